"""CSV and its kin: what a writer wrote comes back exactly, and a broken quotation mark makes up no row."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gather.delimited import delimited_table
from sayso.gather.rows import Row, Told
from sayso.records import SourceError
from sayso.settings import Settings

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
#: Pieces of texts that mean something in CSV; and of prose, whose lines do not begin with commas.
PIECES = st.sampled_from(["He said", "\n", "\r\n", ",", '"', '""', " ", "12 dead", "é", ";", "\t", "'", "\u2028"])
MIXED = st.lists(PIECES, min_size=1, max_size=12).map("".join)
SENTENCES = st.sampled_from(
    [
        "He said no. ", '"We left," he said, "at noon." ', "It was over.\n", "First, second, third.\r\n", '"Go!"\n',
        'A "b" c\n', '12" deep; wide ', '"Never," ', 'He called it "bad,"\n', "\tA list:\n- one, two\n", "(Vale) - ",
        "\n\n",
    ]
)  # fmt: skip
PROSE = st.lists(SENTENCES, min_size=1, max_size=10).map("".join).filter(lambda text: text.count(',"\n') < 3)


def written(rows: Sequence[Sequence[str]], **how: object) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


def told(content: bytes, delimiter: str | None = None, limit: int = 64_000_000, numbered: bool = False) -> list[Told]:
    stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
    table = delimited_table(stream, "t.csv", delimiter, Settings(max_page_bytes=limit), numbered=numbered)
    return list(table.rows(frozenset(table.names)))


@given(st.lists(st.tuples(st.text("abc", min_size=1), CELLS | MIXED, CELLS), max_size=8))
def test_rows_come_back_as_they_were_written(rows: list[tuple[str, str, str]]) -> None:
    for delimiter in (",", ";", "\t", "|"):
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            content = written([("id", "text", "title"), *rows], delimiter=delimiter, quoting=quoting)
            found = told(content, "\t" if delimiter == "\t" else None)

            assert [tuple(row.cells.values()) for row in found if isinstance(row, Row)] == rows
            assert len(found) == len(rows)


@given(
    st.lists(st.tuples(st.text("abc", min_size=1), PROSE), min_size=1, max_size=8),
    st.data(),
    st.booleans(),
    st.booleans(),
)
def test_a_quotation_mark_too_many_or_too_few_makes_up_no_row(
    rows: list[tuple[str, str]], data: st.DataObject, removed: bool, all_quoted: bool
) -> None:
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    heading = written([("id", "text")], quoting=quoting)
    body = written(rows, quoting=quoting)
    places = [at for at, one in enumerate(body) if one == 0x22] if removed else range(len(body) + 1)
    if not places:
        return
    at = data.draw(st.sampled_from(list(places)))
    broken = body[:at] + body[at + 1 :] if removed else body[:at] + b'"' + body[at:]
    found = told(heading + broken)

    given_rows = [tuple(row.cells.values()) for row in found if isinstance(row, Row)]
    assert given_rows == rows[: len(given_rows)]
    assert any(isinstance(one, SourceError) for one in found)


def test_what_stood_before_a_break_is_read_and_the_break_is_named() -> None:
    rows = [(str(number), f'"One," he said, "and {number}."') for number in range(10)]
    lines = written([("id", "text"), *rows]).split(b"\r\n")
    lines[8] = lines[8].removesuffix(b'"')
    *good, error = told(b"\r\n".join(lines))

    assert [row.cells["id"] for row in good if isinstance(row, Row)] == [str(number) for number in range(4)]
    assert isinstance(error, SourceError)
    assert error.place == "t.csv, line 6"
    assert error.found.endswith("in the row of line 9; nothing was read from line 6 on")


def test_a_file_that_ends_within_a_cell_is_named() -> None:
    (error,) = told(b'id,text\r\n1,"It was over and nobody said so\r\n2,Nor here\r\n')

    assert isinstance(error, SourceError)
    assert "unexpected end of data in the row of line 2" in error.found


def test_a_row_with_other_cells_than_the_heading_is_named_and_the_rest_is_read() -> None:
    first, short, long, last = told(b"id,text\na,one\nb\n\nc,two,three\n,\nd,four\n")

    assert isinstance(first, Row)
    assert (first.number, first.place) == (1, "t.csv, line 2")
    assert [str(one) for one in (short, long)] == [
        "t.csv, line 3: expected 2 cells, found 1", "t.csv, line 5: expected 2 cells, found 3",
    ]  # fmt: skip
    assert isinstance(last, Row)
    assert (last.number, last.place, last.cells) == (5, "t.csv, line 7", {"id": "d", "text": "four"})


def test_the_line_of_a_row_is_where_it_begins() -> None:
    rows = told(written([("id", "text"), ("a", "one\ntwo"), ("b", "three")]))

    assert [row.place for row in rows if isinstance(row, Row)] == ["t.csv, line 2", "t.csv, line 4"]


def test_a_row_is_no_longer_than_a_page_may_be() -> None:
    content = written([("id", "text"), ("a", "short"), ("b", "x" * 2000), ("c", "short")])
    (error,) = told(content, limit=1000)

    assert "a row of more than 1000 characters in the row of line 3; nothing was read from line 2 on" in str(error)


def test_a_long_text_is_whole() -> None:
    text = 'He said "no", ' * 100_000
    (row,) = told(written([("id", "text"), ("a", text)]))

    assert isinstance(row, Row)
    assert row.cells["text"] == text


def test_tables_as_spreadsheets_save_them() -> None:
    rows = [("id", "text"), ("a", "Zażółć – “yes”"), ("b", "Ö")]
    plain = written(rows, delimiter="\t").decode()
    for content, delimiter in (
        (written(rows).join([b"\xef\xbb\xbf", b""]), None),
        (plain.encode("utf-16"), None),
        (plain.encode("utf-16"), "\t"),
    ):
        assert [tuple(row.cells.values()) for row in told(content, delimiter) if isinstance(row, Row)] == rows[1:]


def test_bytes_that_are_no_utf_8_are_read_as_windows_1252_and_said_to_be() -> None:
    first, second = told("id;text\na;Schüsse – “nein”\nb;plain\n".encode("cp1252"))

    assert isinstance(first, Row)
    assert first.cells["text"] == "Schüsse – “nein”"
    assert [problem.what for problem in first.problems] == ["not UTF-8: read as windows-1252"]
    assert isinstance(second, Row)
    assert second.problems == ()


def test_of_two_columns_with_one_name_the_first_is_taken() -> None:
    (row,) = told(b"text,title,text\none,T,two\n")

    assert isinstance(row, Row)
    assert row.cells == {"text": "one", "title": "T"}


def test_a_table_with_very_many_columns_takes_no_longer_for_each() -> None:
    names = [f"c{number}" for number in range(200_000)]
    began = time.monotonic()
    (row,) = told(written([names, names]))

    assert isinstance(row, Row)
    assert len(row.cells) == 200_000
    assert time.monotonic() - began < 20


def test_a_table_without_a_heading_has_numbers_for_names() -> None:
    raw = told(b'7\t"Open\thttps://news.example/a\n8\tshut"\thttps://news.example/b\n')
    named = told(b"a,one\nb,two\n", numbered=True)

    assert [tuple(row.cells.items()) for row in raw if isinstance(row, Row)] == [
        (("1", "7"), ("2", '"Open'), ("3", "https://news.example/a")),
        (("1", "8"), ("2", 'shut"'), ("3", "https://news.example/b")),
    ]
    assert [tuple(row.cells.items()) for row in named if isinstance(row, Row)] == [
        (("1", "a"), ("2", "one")), (("1", "b"), ("2", "two")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "found"), [(b"", "nothing"), (bytes(range(256)) * 4, "binary data"), (b'"a', "unexpected end of data")]
)
def test_what_is_no_table_is_named(content: bytes, found: str) -> None:
    with pytest.raises(SourceError) as caught:
        told(content)

    assert caught.value.found == found
