"""The pages of a case as they were fetched, as one web archive that other tools of the web's memory read."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from sayso.gather import Capture
from sayso.version import VERSION

_ABOUT = {"software": f"sayso/{VERSION}", "format": "WARC File Format 1.1", "robots": "obey"}


def write_warc(captures: Iterable[Capture], out: BinaryIO) -> None:
    """Writes a ``.warc.gz``: what wrote it, then every record as it was kept, each its own member of the gzip file."""
    from warcio.warcwriter import WARCWriter

    head = io.BytesIO()
    writer = WARCWriter(head, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record("sayso.warc.gz", _ABOUT))
    out.write(head.getvalue())
    out.writelines(capture.record for capture in captures)
