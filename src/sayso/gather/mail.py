"""Pages in the form of mails: a page saved by a browser with its pictures (MHTML), and a mail itself (EML).

A mail was published when it was sent: its date is the sender's word as a page's date is the site's. Whoever sent it
need not have written it, and a list or a service may stand in its From: it gives no publisher and no authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from sayso.gather.sniff import looks_binary
from sayso.records import Given, Page, PageKind, SourceError

#: Kinds of files that this reads.
MAILS = frozenset({"mhtml", "eml"})

_KINDS: dict[str, PageKind] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
#: Lines of a mail, parts in it, and parts with parts in them: the library makes an object of each part and of each line
#: of a head, and looks in each line for the end of each part that is not over.
_LINES, _PARTS, _NESTED = 2_000_000, 5_000, 50
#: What says of what kind a part is, longer than any mail has it: the library takes such a field apart again and again.
_LONG_FIELD = re.compile(rb"^content-[\w-]{1,30}:(?:[^\n]|\n[ \t]){4000}", re.IGNORECASE | re.MULTILINE)
_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)
#: Characters of a field of a mail's head that is looked at.
_FIELD = 2000


def page_of_mail(content: bytes, kind: str, ident: str, name: str, given: Given) -> Page:
    """The page that a saved page or a mail holds; what the mail says of it goes behind what the caller says.

    Args:
        content: the mail.
        kind: ``mhtml`` or ``eml``.
        ident: the page's id.
        name: where the mail is, for an error.
        given: what the caller says.

    Raises:
        SourceError: where it holds no text, or more parts than a mail has.
    """
    message = _parsed(content, name)
    root = _root(message)
    text = _content(root) if root else b""
    if root is None or not text.strip() or looks_binary(text):
        expected = "a saved page with its text" if kind == "mhtml" else "a mail with a text"
        raise SourceError(expected=expected, found="none", place=name)
    sent = _sent(message)
    saved = kind == "mhtml"
    return Page(
        id=ident,
        content=text,
        kind=_KINDS[root.get_content_type()],
        charset=root.get_content_charset(),
        # a browser dates a page by when it saved it
        fetched=sent.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if sent and saved else None,
        given=replace(
            given,
            title=given.title or (None if saved else _field(message, "Subject")),
            published=given.published or (sent.date().isoformat() if sent and not saved else None),
            url=given.url or _url(message, root),
        ),
    )


def _parsed(content: bytes, name: str) -> Message:
    """The mail in its parts; with the older rules, which never raise at a field of a head."""
    nested = sum(1 for _ in _MULTIPART.finditer(content))
    if content.count(b"\n") > _LINES or content.count(b"\n--") > _PARTS or nested > _NESTED:
        expected = f"a mail of at most {_LINES} lines and {_PARTS} parts, {_NESTED} of them with parts in them"
        raise SourceError(expected=expected, found="more", place=name)
    if _LONG_FIELD.search(content):
        raise SourceError(expected="a mail that says in a few words of what kind a part is", found="many", place=name)
    try:
        return message_from_bytes(content, policy=policy.compat32)
    except (RecursionError, ValueError, LookupError) as error:
        raise SourceError(expected="a mail", found=str(error)[:200], place=name) from None


def _root(message: Message) -> Message | None:
    """The part that is the page: the one that the mail says, else the first that is HTML, else the first text."""
    texts = list(_texts(message))
    pages = [one for one in texts if one.get_content_type() != "text/plain"]
    start, shown = _parameter(message, "start"), _field(message, "Snapshot-Content-Location")
    for one in pages:
        if (start and _field(one, "Content-ID") == start) or (shown and _field(one, "Content-Location") == shown):
            return one
    return next(iter(pages or texts), None)


def _texts(message: Message) -> Iterator[Message]:
    """Parts that are HTML or text and shown, not attached; none of a mail within the mail."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and isinstance(parts := part.get_payload(), list):
            waiting += [one for one in reversed(parts) if isinstance(one, Message)]
        elif part.get_content_type() in _KINDS and part.get_content_disposition() != "attachment":
            yield part


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _field(message: Message, name: str) -> str | None:
    """A field of a head as one line, None where there is none, or one that no mail has."""
    from email.header import decode_header, make_header

    raw = message.get(name)
    if raw is None or len(str(raw)) > _FIELD:
        return None
    try:
        text = str(make_header(decode_header(raw)))
    except (ValueError, LookupError):
        text = str(raw)
    return " ".join(text.split()) or None


def _parameter(message: Message, name: str) -> str | None:
    value = message.get_param(name) if len(str(message.get("Content-Type", ""))) < _FIELD else None
    return value.strip() if isinstance(value, str) else None


def _url(message: Message, root: Message) -> str | None:
    """Where the page stood; what browsers write for files and parts of a page is no address."""
    fields = (_field(message, "Snapshot-Content-Location"), _field(root, "Content-Location"))
    return next((one for one in fields if one and one.startswith(("http://", "https://"))), None)


def _sent(message: Message) -> datetime | None:
    try:
        return parsedate_to_datetime(_field(message, "Date") or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
