"""Tables in every kind of file: the same articles in the same order, exactly; lists are fetched, or left."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.gather import Gathered, Wanted, gather, is_list
from sayso.records import Article, Given, MadeBy, Page, Reading, SourceError, to_json
from sayso.settings import Settings
from tests.gather.sites import HTML, Reply, Site, web

Rows = Sequence[dict[str, Any]]

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.sampled_from(
    ['"', "\n", 'a,"b"\r\n', "\u2028", "a\tb"]
)
ARTICLES = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True), "text": TEXT,
            "title": st.sampled_from(["", "A, B", 'Q "x"']),
            "outlet": st.sampled_from(["", "The Daily Example"]), "date": st.sampled_from(["", "2024-03-01"]),
            "url": st.sampled_from(["", "https://news.example/a"]), "authors": st.sampled_from(["", "A. Bee; C. Dee"]),
        }
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def write_delimited(path: Path, rows: Rows, delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path: Path, rows: Rows) -> None:
    pq.write_table(pa.Table.from_pylist(list(rows)), path, row_group_size=2)


WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    "csv": write_delimited,
    "tsv": lambda path, rows: write_delimited(path, rows, "\t"),
    "json": lambda path, rows: path.write_text(json.dumps(rows, indent=1), encoding="utf-8") and None,
    "jsonl": lambda path, rows: path.write_text("".join(json.dumps(row) + "\n" for row in rows)) and None,
    "parquet": write_parquet,
}


def gathered(*names: object, bounds: Settings = Settings(), **wanted: Any) -> list[Gathered]:
    return list(gather(map(str, names), Wanted(**wanted), bounds))


def expected(rows: Rows) -> list[tuple[Any, ...]]:
    return [
        (
            row["id"], row["text"],
            Given(
                title=row["title"] or None, publisher=row["outlet"] or None, published=row["date"] or None,
                url=row["url"] or None, authors=("A. Bee", "C. Dee") if row["authors"] else (),
            ),
        )
        for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize("kind", WRITERS)
@given(rows=ARTICLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_are_the_same_articles_in_the_same_order(tmp_path: Path, kind: str, rows: Rows) -> None:
    path = tmp_path / f"t.{kind}"
    said = {"columns": {"text": "text", "published": "date", "publisher": "outlet"}} if kind == "jsonl" else {}
    WRITERS[kind](path, rows)
    whole = gathered(path, **said)
    (tmp_path / f"t.{kind}.gz").write_bytes(gzip.compress(path.read_bytes()))

    found = [(page.id, page.content.decode(), page.given) for page in whole if isinstance(page, Page)]
    assert found == expected(rows)
    assert {page.kind for page in whole if isinstance(page, Page)} == {"article"}
    assert gathered(tmp_path / f"t.{kind}.gz", **said) == whole


@pytest.mark.parametrize("kind", WRITERS)
def test_columns_are_what_the_caller_says(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"t.{kind}"
    WRITERS[kind](path, [{"n": "one", "words": "It was over.", "paper": "The Daily Example", "text": "teaser"}])
    (page,) = gathered(path, columns={"text": "words", "publisher": "paper", "id": "n"}, given=Given(title="All"))

    assert isinstance(page, Page)
    assert (page.id, page.content) == ("one", b"It was over.")
    assert page.given == Given(publisher="The Daily Example", title="All")


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "parquet"])
def test_columns_that_do_not_tell_are_one_error(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"t.{kind}"
    WRITERS[kind](path, [{"year": "2024", "killed": str(number)} for number in range(5)])
    (error,) = gathered(path)

    assert isinstance(error, SourceError)
    assert error.place == str(path)
    assert "--column text=NAME" in error.expected
    assert error.found == "the columns year, killed"


def test_ids_and_values_that_are_no_strings(tmp_path: Path) -> None:
    day = date(2024, 3, 1)
    rows = [
        {"id": 7, "text": "seven", "authors": ["A", "B"], "date": day, "seen": datetime(2024, 3, 1, 5, tzinfo=UTC)},
        {"id": None, "text": "none", "authors": None, "date": None, "seen": None},
        {"id": 9, "text": None, "authors": [], "date": day, "seen": None},
    ]
    table = pa.Table.from_pylist(rows)
    table = table.set_column(4, "seen", table["seen"].cast(pa.timestamp("ns", "UTC")))
    pq.write_table(table, tmp_path / "t.parquet")
    seven, none, error = gathered(tmp_path / "t.parquet")
    seen, *_ = gathered(tmp_path / "t.parquet", columns={"published": "seen"})

    assert isinstance(seven, Page)
    assert (seven.id, seven.given) == ("7", Given(authors=("A", "B"), published="2024-03-01"))
    assert isinstance(none, Page)
    assert (none.id, none.given) == ("t-2", Given())
    assert str(error) == f'{tmp_path / "t.parquet"}, row 3: expected "text", a string, found none'
    assert isinstance(seen, Page)
    assert seen.given.published == "2024-03-01T05:00:00+00:00"


def test_arrays_as_services_wrap_them(tmp_path: Path) -> None:
    rows = [{"text": "one", "title": "A"}, {"text": "half a \ud83d"}, 3, {"title": "no text"}]
    for shape, name in ((rows, "array.json"), ({"status": "ok", "count": 4, "articles": rows}, "wrapped.json")):
        (tmp_path / name).write_text(json.dumps(shape))
        one, half, number, none = gathered(tmp_path / name)

        assert isinstance(one, Page)
        assert (one.id, one.given.title) == (f"{name.removesuffix('.json')}-1", "A")
        assert isinstance(half, Page)
        assert half.content == "half a \ud83d".encode("utf-8", "surrogatepass")
        assert str(number).endswith("row 3: expected a JSON object, found int")
        assert str(none).endswith('row 4: expected "text", a string, found none')


def test_a_json_file_of_lines_is_read_as_lines(tmp_path: Path) -> None:
    (tmp_path / "l.json").write_text('{"text": "one"}\nno json\n{"text": "two", "title": "T"}\n')
    one, error, two = gathered(tmp_path / "l.json")

    assert [one.id, two.id] == ["l-1", "l-3"]  # type: ignore[union-attr]
    assert "line 2: expected a JSON object" in str(error)


def test_readings_pass_through_an_array(tmp_path: Path) -> None:
    readings = [Reading(id=name, made_by=MadeBy(sayso="0"), page=None, article=Article(text=name)) for name in "ab"]
    (tmp_path / "r.json").write_bytes(b"[" + b",".join(map(to_json, readings)) + b"]")

    assert gathered(tmp_path / "r.json") == readings
    assert gathered(tmp_path) == readings


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("t.json", b"[" * 100_000, "no JSON"), ("t.json", b'[{"text": "a"}', "no JSON"), ("t.json", b"3", "another"),
        ("t.json", b'[{"text": "' + b"x" * 3000 + b'"}]', "a longer array"),
        ("t.parquet", b"PAR1 and no more", ""), ("t.parquet", b"", ""), ("t.csv", b"", "nothing"),
        ("t.csv", b"\x89PNG\r\n\x1a\n" + bytes(50), "binary data"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_one_error(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    (tmp_path / name).write_bytes(content)
    (error,) = gathered(tmp_path / name, bounds=Settings(max_page_bytes=2000) if "longer" in found else Settings())

    assert isinstance(error, SourceError)
    assert error.place == str(tmp_path / name)
    assert found in error.found


def test_a_damaged_parquet_file_never_raises(tmp_path: Path) -> None:
    write_parquet(tmp_path / "t.parquet", [{"text": f"{number} died", "title": "T"} for number in range(50)])
    whole = (tmp_path / "t.parquet").read_bytes()
    for at in range(0, len(whole), 7):
        (tmp_path / "d.parquet").write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])

        assert all(isinstance(one, Page | SourceError) for one in gathered(tmp_path / "d.parquet"))


def test_a_column_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    table = pa.table({"text": ["a" * 3_000_000], "title": ["T"]})
    pq.write_table(table, tmp_path / "t.parquet", compression="zstd", use_dictionary=False)
    (error,) = gathered(tmp_path / "t.parquet", bounds=Settings(max_page_bytes=1_000_000))

    assert isinstance(error, SourceError)
    assert "a column that unpacks to" in error.found


def test_without_pyarrow_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parquet(tmp_path / "t.parquet", [{"text": "one", "title": "T"}])
    write_delimited(tmp_path / "u.csv", [{"text": "one", "title": "T"}])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    error, page = gathered(tmp_path / "t.parquet", tmp_path / "u.csv")

    assert "pip install 'sayso[parquet]'" in str(error)
    assert isinstance(page, Page)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_of_compressed_rows_that_break_off_none_is_a_part(tmp_path: Path, share: float) -> None:
    texts = [f"{number} died on the day {number * 7919}, said no {number * 104_729}" for number in range(3000)]
    for name, content in (
        ("t.csv.gz", "title,text\n" + "".join(f"T,{text.replace(',', ';')}\n" for text in texts)),
        ("t.jsonl.gz", "".join(json.dumps({"text": text}) + "\n" for text in texts)),
    ):
        packed = gzip.compress(content.encode())
        (tmp_path / name).write_bytes(packed[: int(len(packed) * share)])
        found = gathered(tmp_path / name)
        pages = [page.content.decode().replace(";", ",") for page in found if isinstance(page, Page)]

        assert 500 < len(pages) < 3000
        assert pages == texts[: len(pages)]
        assert str(found[-1]).endswith("expected whole gzip data, found gzip data that breaks off")


def test_standard_input_is_a_table_where_columns_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(content: bytes, **wanted: Any) -> list[Gathered]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        return gathered("-", **wanted)

    (text,) = read(b"text,title\nOne died,T\n")
    (row,) = read(b"text,title\nOne died,T\n", columns={"text": "text"})
    (object_,) = read(b'[\n {"text": "One died"}]')

    assert isinstance(text, Page)
    assert text.kind == "text"
    assert isinstance(row, Page)
    assert (row.id, row.content) == ("stdin-1", b"One died")
    assert isinstance(object_, Page)
    assert object_.content == b"One died"


def test_of_a_folder_only_tables_of_articles_are_taken(tmp_path: Path) -> None:
    write_delimited(tmp_path / "articles.csv", [{"text": "One died", "title": "T"}])
    write_delimited(tmp_path / "list.csv", [{"url": "http://127.0.0.1/", "title": "T"}])
    write_delimited(tmp_path / "labels.csv", [{"text": "One died", "label": "3"}])
    write_delimited(tmp_path / "counts.tsv", [{"year": "2024", "killed": "3"}])
    (tmp_path / "package.json").write_text('{"name": "a", "files": ["b"]}')
    (tmp_path / "broken.json").write_text("[{")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    (tmp_path / "page.txt").write_text("words")
    write_parquet(tmp_path / "z.parquet", [{"body": "Two died", "outlet": "The Daily Example"}])

    assert [one.id if isinstance(one, Page) else str(one) for one in gathered(tmp_path)] == [
        "articles-1",
        "page",
        "z-1",
    ]
    labels = gathered(tmp_path, columns={"id": "label"})
    assert [one.id for one in labels if isinstance(one, Page)] == ["3", "page"]


def test_a_folder_of_other_tables_alone_holds_nothing(tmp_path: Path) -> None:
    write_delimited(tmp_path / "counts.csv", [{"year": "2024", "killed": "3"}])
    (error,) = gathered(tmp_path)

    assert isinstance(error, SourceError)
    assert error.found == "1 others"


def test_a_text_that_nobody_named_is_not_fetched_instead(tmp_path: Path) -> None:
    rows = [{"link": "http://127.0.0.1/", "prosa": "It was over. " * 100}]
    for kind in ("csv", "json", "parquet"):
        path = tmp_path / f"t.{kind}"
        WRITERS[kind](path, rows)
        (error,) = gathered(path)

        assert isinstance(error, SourceError)
        assert "--column text=prosa" in error.expected
        assert "--as list" in error.expected


def fetched(site: Site, path: Path, **wanted: Any) -> list[Gathered]:
    return list(gather([str(path)], Wanted(**wanted), Settings(), web(fetch_pause=0)))


def test_a_list_is_fetched_with_what_its_rows_say(tmp_path: Path, site: Site) -> None:
    for name in ("a", "b", "c"):
        site.paths[f"/{name}"] = Reply()
    rows = [
        {"id": "1", "indexed_date": "2024-03-09", "language": "en", "media_name": "The Daily Example", "media_url": "x",
         "publish_date": "2024-03-02", "title": "Market hit", "url": site.url("/a")},
        {"id": "2", "indexed_date": "2024-03-09", "language": "en", "media_name": "news.example", "media_url": "x",
         "publish_date": "", "title": "", "url": site.url("/b")},
        *({"id": "3", "indexed_date": "", "language": "", "media_name": "", "media_url": "", "publish_date": "",
           "title": "", "url": url} for url in (site.url("/gone"), "", site.url("/a"))),
    ]  # fmt: skip
    for kind in ("csv", "json", "parquet"):
        site.asked.clear()
        WRITERS[kind](tmp_path / f"mc.{kind}", rows)
        one, two, gone, none = fetched(site, tmp_path / f"mc.{kind}", given=Given(publisher="Fallback"))

        assert isinstance(one, Page)
        assert one.given == Given(
            title="Market hit", publisher="The Daily Example", published="2024-03-02", url=site.url("/a")
        )
        assert isinstance(two, Page)
        # an outlet that is the address's own domain is no name
        assert two.given == Given(publisher="Fallback", url=site.url("/b"))
        assert str(gone).endswith(f"{site.url('/gone')}: expected a page, found HTTP 404 Not Found")
        assert str(none).endswith("expected an address, found none in the column url")
        assert site.pages() == ["/a", "/b", "/gone"]
        assert is_list(tmp_path / f"mc.{kind}", Wanted(), Settings())


def test_lists_as_programs_write_them(tmp_path: Path, site: Site) -> None:
    site.paths["/a"] = Reply(headers=HTML)
    url = site.url("/a")
    lists = {
        "gdelt.csv": f'\ufeffURL,MobileURL,Date,Title\n{url},,2024-03-01 10:00:00,"Market hit , ministry says"\n',
        "gdelt.json": json.dumps(
            {"articles": [{"url": url, "url_mobile": "", "title": "Market hit , it says", "domain": "news.example",
                           "seendate": "20240301T100000Z", "language": "English"}]}
        ),
        "gkg.csv": f"DATE,SourceCommonName,DocumentIdentifier\n20240301100000,news.example,{url}\n",
        "20240301.export.CSV": f"1\t20240301\t\"GOV\t3\t{url}\n2\t20240301\tMIL\t4\t{url}\n",
        "sheet.csv": f"link,archive status,archive location,text content\n{url},done,https://store.example/a.html,p\n",
        "archiver.csv": "status,metadata,media\nsuccess,\"{'_processed_at': datetime.datetime(2024, 3, 1, 0, 0), "
        f"'url': '{url}', 'title': \"\"A\"\"}}\",\"[Media(filename='https://store.example/b.png')]\"\n",
        "feeder.csv": f"{url}\n{url}\n",
    }  # fmt: skip
    for name, content in lists.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        (page,) = fetched(site, tmp_path / name)

        assert isinstance(page, Page), name
        assert page.given == Given(url=url), name


def test_a_plain_text_is_a_list_only_where_the_caller_says_so(tmp_path: Path, site: Site) -> None:
    site.paths["/a"] = Reply()
    path = tmp_path / "l.txt"
    path.write_text(
        f"# pages to read\n\n  {site.url('/a')}\nfile:///etc/passwd\n/etc/passwd\n{'x' * 70_000}\n{site.url('/a')}\n"
    )
    (text,) = fetched(site, path)
    asked = site.pages()
    page, *errors = fetched(site, path, take_as="list", given=Given(publisher="The Daily Example"))

    assert isinstance(text, Page)
    assert (text.kind, asked) == ("text", [])
    assert isinstance(page, Page)
    assert page.given == Given(publisher="The Daily Example", url=site.url("/a"))
    assert [str(error).removeprefix(f"{path}, line ").split(":")[0] for error in errors] == [
        "4, file", "5, /etc/passwd", "6",
    ]  # fmt: skip


def test_as_a_list_other_files_are_fetched_from_too(tmp_path: Path, site: Site) -> None:
    site.paths["/a"] = Reply()
    write_delimited(tmp_path / "t.csv", [{"text": "teaser", "url": site.url("/a")}])
    WRITERS["jsonl"](tmp_path / "t.jsonl", [{"url": site.url("/a")}])
    (tmp_path / "t.html").write_text("<p>")
    (first,) = fetched(site, tmp_path / "t.csv", take_as="list")
    (second,) = fetched(site, tmp_path / "t.jsonl", take_as="list")
    (line,) = fetched(site, tmp_path / "t.jsonl")
    refused = [
        one.found for name in (tmp_path / "t.html", tmp_path, "https://news.example/")
        for one in gathered(name, take_as="list") if isinstance(one, SourceError)
    ]  # fmt: skip

    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert str(line).endswith('line 1: expected "text", a string, found an address; --as list fetches it')
    assert refused == ["html", "a folder", "an address"]


def test_of_a_list_no_more_is_fetched_than_is_wanted(tmp_path: Path, site: Site) -> None:
    urls = [site.url(f"/{number}") for number in range(5)]
    (tmp_path / "l.csv").write_text("\n".join(["url", *urls]))
    *gone, error = fetched(site, tmp_path / "l.csv", most_addresses=3)

    assert site.pages() == ["/0", "/1", "/2"]
    assert len(gone) == 3
    assert str(error).endswith("line 5: expected at most 3 addresses, found more")
