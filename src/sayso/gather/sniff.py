"""What kind of source a file is: by its ending where it has a known one, else by its first bytes."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

#: Known endings; each may be followed by ``.gz``.
KINDS = {
    ".html": "html", ".htm": "html", ".txt": "text", ".jsonl": "jsonl", ".warc": "warc", ".csv": "csv", ".tsv": "tsv",
    ".json": "json", ".parquet": "parquet",
    ".mhtml": "mhtml", ".mht": "mhtml", ".eml": "eml", ".pdf": "pdf",
    ".zip": "zip", ".wacz": "zip", ".tar": "tar", ".tgz": "tar",
}  # fmt: skip

_HTML_HEAD = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|p|article|\?xml)\b", re.IGNORECASE)
_ARRAY_HEAD = re.compile(rb"\[\s*\{\s*\"")
#: Control bytes that no text has.
_ODD = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))

#: Share of control bytes above which bytes are no text: windows-1252 and broken UTF-8 stay far below it.
BINARY_SHARE = 0.05
_SAMPLE = 8192
_GZIP_MAGIC = b"\x1f\x8b"
#: ``zlib`` window bits for a gzip header.
_GZIP = 31


def strip_endings(name: str) -> tuple[str, str | None]:
    """A file's id (its name without known endings) and its kind, None where the ending tells nothing.

    >>> strip_endings("a.b.html.gz"), strip_endings("notes")
    (('a.b', 'html'), ('notes', None))
    """
    stem = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    for ending, kind in KINDS.items():
        if stem.lower().endswith(ending) and len(stem) > len(ending):
            return stem[: -len(ending)], kind
    return stem, None


def kind_of(name: str) -> str | None:
    """The kind that a file's ending tells, if any."""
    return strip_endings(Path(name).name)[1]


def sniff(head: bytes) -> str:
    """The kind of a source with no telling name, from its first bytes, which may be packed with gzip."""
    if head.startswith(_GZIP_MAGIC):
        try:
            head = zlib.decompressobj(_GZIP).decompress(head, _SAMPLE)
        except zlib.error:
            return "text"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    if start.startswith(b'{"'):
        return "jsonl"
    if start.startswith(b"PAR1"):
        return "parquet"
    if _ARRAY_HEAD.match(start):
        return "json"
    return "html" if _HTML_HEAD.search(start[:1024]) else "text"


def looks_binary(content: bytes) -> bool:
    """Whether bytes are no text in any encoding. UTF-16 and UTF-32 are text although they hold zeros."""
    sample = content[:_SAMPLE]
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    if sample.startswith((b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8\xff", b"GIF8")):
        return True
    zeros = sample.count(0)
    if zeros and _is_wide(sample, zeros):
        return False
    odd = len(sample) - len(sample.translate(None, _ODD))
    return bool(sample) and odd / len(sample) > BINARY_SHARE


def _is_wide(sample: bytes, zeros: int) -> bool:
    """Latin text in UTF-16 has its zeros on one side of each pair of bytes."""
    return zeros > len(sample) // 3 and (sample[0::2].count(0) < zeros // 20 or sample[1::2].count(0) < zeros // 20)
