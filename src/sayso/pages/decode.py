"""Bytes to characters, whatever the declaration says: never raises, and says what was wrong or lost."""

from __future__ import annotations

import codecs
import re

from sayso.records import Page, Problem

#: Detection reads this many bytes around the first that are not ASCII: more changes its answer rarely and costs
#: seconds on large pages.
SAMPLE_BYTES = 32_000

#: Text that is mostly valid UTF-8 is UTF-8 with a few broken bytes: one bad sequence in ten is tolerated.
TOLERATED = 10

#: Characters that no reader should meet: C0 and C1 controls but tab and line ends, byte order marks, soft hyphens
#: and zero-width spaces, none of which is visible.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]+|[\ud800-\udfff]")

#: Control bytes that no page needs; one pass over the bytes costs a tenth of one over the characters.
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])

_NOT_ASCII = re.compile(rb"[\x80-\xff]")

#: Words that hold letters beyond ASCII (of windows-1252: 0x80 to 0xBF are mostly signs), and what of them is ASCII.
_WORD_BEYOND_ASCII = re.compile(rb"[A-Za-z]*[\xc0-\xff][A-Za-z\xc0-\xff]*")

#: Pages in these languages write Latin letters that windows-1252 lacks.
_OTHER_LATIN = re.compile(rb"\blang=[\"']?(?:bs|cs|et|hr|hu|lt|lv|pl|ro|sk|sl|sq|sr|tr)\b", re.IGNORECASE)

_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(page: Page, max_bytes: int) -> tuple[str, tuple[Problem, ...]]:
    """The characters of a page of kind ``html`` or ``text``, without control characters.

    Args:
        page: whose content is decoded.
        max_bytes: what stands behind this many bytes is not read.

    Returns:
        The characters, with ``U+FFFD`` for bytes that mean nothing, and what went wrong on the way.
    """
    content, problems = page.content, []
    if len(content) > max_bytes:
        problems.append(_problem(f"the page has {len(content)} bytes; only the first {max_bytes} were read"))
        content = content[:max_bytes]
    declared = _declared(page, content)
    if not _is_wide(declared):
        if _is_binary(content):
            return "", (*problems, _problem("the bytes are no text"))
        content = content.translate(None, _CONTROLS)
    encoding, text = _decoded(content, declared)
    if declared is not None and encoding != declared:
        problems.append(_problem(f"declared as {declared}, but read as {encoding}"))
    lost = text.count("\ufffd") - content.count("\ufffd".encode())
    if lost > 0:
        problems.append(_problem(f"{lost} characters could not be read as {encoding}"))
    # what was taken for wide characters kept its zeros, also where it turns out to be none
    wide = _is_wide(declared) or _is_wide(encoding)
    return visible(text) if wide else text, tuple(problems)


def decode_article(content: bytes, max_bytes: int) -> tuple[str, tuple[Problem, ...]]:
    """Text of kind ``article``: UTF-8, code point for code point, made ``whole``."""
    problems = []
    if len(content) > max_bytes:
        problems.append(_problem(f"the text has {len(content)} bytes; only the first {max_bytes} were read"))
        content = _whole_utf8(content[:max_bytes])
    try:
        found = content.decode("utf-8", "surrogatepass")
        text, lost = whole(found), len(_SURROGATE.findall(found))
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
        lost = text.count("\ufffd")
    if lost:
        problems.append(_problem(f"not UTF-8: {lost} characters could not be read"))
    return text, tuple(problems)


def visible(text: str) -> str:
    """The text without the characters that cannot be seen."""
    return UNSEEN.sub("", text)


def whole(text: str) -> str:
    """The text with each half of a character (a lone surrogate) as U+FFFD, one for one: JSON cannot carry it."""
    return _SURROGATE.sub("\ufffd", text)


def _declared(page: Page, content: bytes) -> str | None:
    """The codec that the byte order mark, the transport or the mark-up names, in this order, as browsers do."""
    from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

    mark, _ = read_bom(content)
    if mark is not None:
        return mark
    if (wide := _unmarked(content)) is not None:
        return wide
    transport = resolve_encoding(page.charset) if page.charset and page.charset.isascii() else None
    if transport is None and page.kind == "html":
        transport = html_body_declared_encoding(content[:4096])
    return _text_codec(transport)


def _unmarked(content: bytes) -> str | None:
    """UTF-16 without a mark: spaces and mark-up have a zero in one half of each pair of bytes, never in the other."""
    first, second = content[:2048:2].count(0), content[1:2048:2].count(0)
    enough = max(1, len(content[:2048]) // 20)
    if min(first, second) * 10 > enough or max(first, second) < enough:
        return None
    return "utf-16-le" if second > first else "utf-16-be"


def _is_binary(content: bytes) -> bool:
    """Whether there are more control bytes than text in any encoding has; the escapes of ISO 2022 do not count."""
    sample = content[:SAMPLE_BYTES].replace(b"\x1b", b"")
    return len(sample) > 512 and len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50


def _text_codec(name: str | None) -> str | None:
    """The codec if it makes text of bytes ("rot13" and "zip" do not), and is not UTF-16, which shows itself."""
    if name is None or name.startswith(("utf-16", "utf-32")):
        return None
    try:
        b"a".decode(name, "replace")
    except (LookupError, ValueError, AssertionError):
        return None
    return name


def _decoded(content: bytes, declared: str | None) -> tuple[str, str]:
    """The codec that fits the bytes, and their characters.

    Valid UTF-8 that is not ASCII is never anything else by chance, so it outranks a declared one-byte codec, which
    would accept it too and show two or three wrong characters for each.
    """
    for encoding in (declared if _is_wide(declared) else None, "utf-8", declared):
        if encoding is not None and (text := _strictly(content, encoding)) is not None:
            pure = encoding == "utf-8" and declared is not None and content.isascii()
            return (declared if pure and declared is not None else encoding), text
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * TOLERATED <= len(_NOT_ASCII.findall(content)):
        return "utf-8", text
    encoding = "cp1252" if _is_western(content) else _detected(content) or declared or "cp1252"
    return encoding, content.decode(encoding, "replace")


def _is_western(content: bytes) -> bool:
    """Whether bytes that are not what they were declared as are windows-1252, as browsers take them to be.

    A few accents and curly quotes in English tell a detector too little: it reads "Pe\u0144a" for "Pe\u00f1a". In other
    scripts whole words lie beyond ASCII, so there it is asked.
    """
    words = b"".join(_WORD_BEYOND_ASCII.findall(content))
    beyond = len(_NOT_ASCII.findall(words))
    return (
        beyond * 2 <= len(words)
        and not _OTHER_LATIN.search(content[:4096])
        and _strictly(content, "cp1252") is not None
    )


def _is_wide(encoding: str | None) -> bool:
    """Whether the codec writes ASCII letters in more than one byte, or switches by escapes in ASCII."""
    return encoding is not None and encoding.startswith(("utf-16", "utf-32", "iso2022", "hz"))


def _strictly(content: bytes, encoding: str) -> str | None:
    from w3lib.encoding import read_bom

    mark, found = read_bom(content)
    body = content[len(found) :] if found is not None and mark == encoding else content
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _detected(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    first = _NOT_ASCII.search(content)
    start = max(0, first.start() - SAMPLE_BYTES // 4) if first else 0
    best = from_bytes(content[start : start + SAMPLE_BYTES]).best()
    return best.encoding if best is not None else None


def _whole_utf8(content: bytes) -> bytes:
    """The bytes without a character that the cut broke in two."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    try:
        return decoder.decode(content).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return content


def _problem(what: str) -> Problem:
    return Problem(reader="pages", what=what)
