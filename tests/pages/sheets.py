"""PDF files for tests, written by hand: lines of text at places, in one of the fonts that every reader has."""

from __future__ import annotations

from collections.abc import Sequence

#: Where a line begins, from the left and from the bottom, the size of its type, and its words.
At = tuple[float, float, float, str]


def pdf(sheets: Sequence[Sequence[At]], title: str | None = None) -> bytes:
    """A PDF of sheets of 600 by 800 points."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(sheets)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(sheets)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({title}) >>" if title else "<< >>",
    ]
    for lines in sheets:
        shown = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, size, text in lines)
        content = f"/Contents {len(objects) + 2} 0 R /Resources << /Font << /F1 3 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {content} >>",
            f"<< /Length {len(shown.encode('cp1252'))} >>\nstream\n{shown}\nendstream",
        ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def column(lines: Sequence[str], x: float = 60, top: float = 700, step: float = 14, size: float = 11) -> list[At]:
    """Lines below each other; an empty one leaves a gap."""
    return [(x, top - at * step, size, line) for at, line in enumerate(lines) if line]
