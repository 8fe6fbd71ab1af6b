"""``sayso read`` as its user runs it: formats, order, bad input, exit status."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = """<!DOCTYPE html><html><head><title>Shelling in Redhill - The Sample Post</title>
<meta property="og:site_name" content="The Sample Post"></head><body><nav>Home News</nav><article>
<h1>Shelling in Redhill</h1><p>At least 12 people were killed when shells hit a market in Redhill on Monday,
the Interior Ministry said.</p><p>"The shelling went on for an hour," said Anna Brown, a doctor at the town's
hospital. She told Sample News Agency that 30 people were injured.</p></article><footer>About us</footer>
</body></html>"""

FRENCH = "Le ministre a déclaré lundi que les soldats avaient quitté la ville pendant la nuit. " * 5
WRONGLY_DECLARED = PAGE.replace("<head>", '<head><meta charset="utf-8">').replace("hospital", "h\xf4pital")


def sayso(*args: object, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from sayso.cli import main; main()", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=120)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "redhill.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_the_report_is_plain_and_narrow_when_piped(page: Path) -> None:
    result = sayso("read", page)
    lines = result.stdout.decode().splitlines()

    assert result.returncode == 0
    assert result.stderr == b""
    assert any("Shelling in Redhill" in line for line in lines)
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in result.stdout.decode()


def test_json_is_an_array_and_jsonl_a_line_each_in_the_order_given(page: Path) -> None:
    lines = b'{"id": "b", "text": "One died, police said."}\n{"id": "a", "text": "None died, police said."}\n'
    one = json.loads(sayso("read", page, "--format", "json").stdout)
    many = sayso("read", "-", page, "--format", "jsonl", stdin=lines).stdout.splitlines()

    assert [row["id"] for row in one] == ["redhill"]
    assert [json.loads(line)["id"] for line in many] == ["b", "a", "redhill"]


def test_a_ready_article_is_taken_as_it_stands() -> None:
    text = "  Odd   spacing,\tkept. \u201cYes,\u201d he said.\n\n\n  End  "
    row = json.loads(
        sayso("read", "-", "--format", "jsonl", stdin=json.dumps({"id": "x", "text": text}).encode()).stdout
    )

    assert row["article"]["text"] == text


def test_a_reading_passes_through_unchanged(page: Path, tmp_path: Path) -> None:
    first = sayso("read", page, "--format", "jsonl").stdout
    (tmp_path / "again.jsonl").write_bytes(first)

    assert sayso("read", tmp_path / "again.jsonl", "--format", "jsonl").stdout == first


def test_every_span_slices_to_words_and_every_index_points_at_something(page: Path) -> None:
    (row,) = json.loads(sayso("read", page, "--format", "json").stdout)
    text = row["article"]["text"]
    spans = [span for a in row["attributions"] for part in ("source", "cue", "content") for span in a[part]]
    spans += [item["span"] for part in ("entities", "times", "places") for item in row[part]]
    spans += [event["trigger"] for event in row["events"]]
    spans += [span for event in row["events"] for found in event["spans"].values() for span in found]
    spans += [span for claim in row["claims"] for span in claim["content"]]

    assert spans
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
    for claim in row["claims"]:
        assert claim["event"] is None or claim["event"] < len(row["events"])
        assert claim["attribution"] is None or claim["attribution"] < len(row["attributions"])
        assert claim["chain"]


def test_html_is_one_page_without_anything_from_elsewhere(page: Path) -> None:
    out = sayso("read", page, "--format", "html").stdout.decode()

    assert out.lstrip().lower().startswith("<!doctype html>")
    assert "Shelling in Redhill" in out
    for outside in ('src="http', "src='http", '<link rel="stylesheet"', "@import", "url("):
        assert outside not in out


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("binary.html", bytes(range(256)) * 64, "expected a page of text, found binary data"),
        ("lines.jsonl", b"{oops\n", "line 1: expected a JSON object, found no JSON"),
        ("lines.jsonl", b'{"id": "a"}\n', 'line 1: expected "text", a string, found none'),
        ("page.warc", b"no archive", "expected a WARC record"),
        ("page.html.gz", b"\x1f\x8bnot gzip", "expected gzip data"),
    ],
)
def test_bad_input_is_one_line_on_standard_error_and_the_rest_is_done(
    page: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    result = sayso("read", tmp_path / name, tmp_path / "missing.html", page, "--format", "jsonl")
    errors = result.stderr.decode().splitlines()

    assert result.returncode == 1
    assert len(errors) == 2
    assert message in errors[0]
    assert errors[1].endswith("missing.html: expected a file, a folder or -, found no such file")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["redhill"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.html", b""),
        ("empty.txt", b" \n "),
        ("furniture.html", b"<html><nav>Home</nav><footer>About</footer></html>"),
        ("french.txt", FRENCH.encode()),
        ("broken.html.gz", gzip.compress(PAGE.encode() * 3)[:-200]),
        ("wrong.html", WRONGLY_DECLARED.encode("latin-1")),
    ],
)  # fmt: skip
def test_a_page_that_can_be_read_only_in_part_is_a_reading_with_problems(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    result = sayso("read", tmp_path / name, "--format", "json")
    (row,) = json.loads(result.stdout)

    assert result.returncode == 0
    assert result.stderr == b""
    assert row["problems"]
    assert all(problem["what"] for problem in row["problems"])


@pytest.mark.parametrize(
    "args",
    [
        ["read"],
        ["read", "x.html", "--format", "xml"],
        ["read", "x.html", "--published", "yesterday"],
        ["read", "x.html", "--set", "colour=red"],
        ["read", "x.csv", "--column", "text"],
        ["read", "x.csv", "--column", "colour=red"],
        ["add", "x.csv", "--column", "text=a", "--column", "text=b"],
        ["schema", "poem"],
        ["reed"],
    ],
)
def test_wrong_use_exits_2_and_says_what_is_right(args: list[str]) -> None:
    result = sayso(*args)

    assert result.returncode == 2
    assert b"Error" in result.stderr
    assert result.stdout == b""


def test_what_the_sender_knows_is_taken_and_marked_as_given(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Three people were arrested on Monday, police said.")
    options = ("--published", "2024-03-06", "--publisher", "The Sample Post")
    (row,) = json.loads(sayso("read", tmp_path / "note.txt", *options, "--format", "json").stdout)

    assert (row["article"]["published"], row["article"]["publisher"]) == ("2024-03-06", "The Sample Post")
    assert row["article"]["evidence"]["published"]["from"] == "given"
    assert row["times"][0]["start"] == "2024-03-04"


def test_a_reader_of_the_pipe_that_had_enough_is_no_error(page: Path) -> None:
    read = f"{sys.executable} -c 'from sayso.cli import main; main()' read {page} {page} {page} --format jsonl"
    command = f"set -o pipefail; {read} | head -c 10"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)

    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line_and_exits_1(page: Path) -> None:
    command = f"{sys.executable} -c 'from sayso.cli import main; main()' read {page} > /dev/full"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=120)

    assert result.returncode == 1
    assert result.stderr == b"sayso: standard output: expected room to write, found No space left on device\n"


@pytest.mark.parametrize("form", ["report", "json", "html"])
def test_a_terminal_that_lacks_a_character_still_gets_the_rest(
    page: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    result = sayso("read", page, "--format", form)

    assert (result.returncode, result.stderr) == (0, b"")
    assert "Shelling in Redhill" in result.stdout.decode("cp1252" if form == "report" else "utf-8")


def test_half_a_character_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "l.jsonl").write_text('{"id": "\\ud800", "title": "\\udfff", "text": "a \\ud800 b"}\n{"text": "c"}\n')
    result = sayso(
        "read", tmp_path / "l.jsonl", "--publisher", b"\xe9".decode("utf-8", "surrogateescape"), "--format", "jsonl"
    )
    first, second = map(json.loads, result.stdout.splitlines())

    assert (result.returncode, result.stderr) == (0, b"")
    assert (first["id"], first["article"]["title"], first["article"]["text"]) == ("\ufffd", "\ufffd", "a \ufffd b")
    assert first["problems"]
    assert second["article"]["publisher"] == "\ufffd"


def test_the_schema_describes_what_is_written(page: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(sayso("schema", "reading").stdout)

    jsonschema.validate(json.loads(sayso("read", page, "--format", "jsonl").stdout), schema)


@pytest.mark.parametrize("args", [["--help"], ["read", "--help"], ["schema", "--help"], ["--version"]])
def test_help_is_there_and_teaches(args: list[str]) -> None:
    result = sayso(*args)

    assert result.returncode == 0
    assert b"sayso" in result.stdout


def test_missing_weights_are_one_line_with_the_remedy_and_rules_still_read(page: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import sayso.encoder.model as model;"
        f"model.DATA = Path({str(tmp_path / 'nowhere')!r}); from sayso.cli import main; main()"
    )

    def run(reader: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", script, "read", str(page), "--format", "jsonl", "--reader", reader]
        return subprocess.run(command, capture_output=True, check=False, timeout=120)

    learned, rules = run("learned"), run("rules")

    assert learned.returncode == 1
    assert learned.stdout == b""
    assert len(learned.stderr.splitlines()) == 1
    assert b"--reader rules" in learned.stderr
    assert rules.returncode == 0
    assert json.loads(rules.stdout)["made_by"]["reader"] == "rules"
    assert json.loads(rules.stdout)["made_by"]["weights"] is None


def test_settings_come_from_a_file_with_places_beside_it(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("name,lat,lon\nHalvorin,47.5,19.25\n", encoding="utf-8")
    (tmp_path / "sayso.toml").write_text('reader = "rules"\nplaces = "places.csv"\n', encoding="utf-8")
    (tmp_path / "a.txt").write_text("Ten people were killed in Halvorin on Monday, police said.", encoding="utf-8")
    (tmp_path / "bad.toml").write_text("speed = 9\n", encoding="utf-8")
    command = [sys.executable, "-c", "from sayso.cli import main; main()", "read", str(tmp_path / "a.txt")]

    def run(file: str, *more: str) -> subprocess.CompletedProcess[str]:
        words = [*command, "--format", "jsonl", "--settings", str(tmp_path / file), *more]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    reading = json.loads(run("sayso.toml").stdout)
    assert [place["lat"] for place in reading["places"]] == [47.5]
    assert reading["made_by"]["reader"] == "rules"
    assert json.loads(run("sayso.toml", "--set", "places=").stdout)["places"] != reading["places"]
    for file in ("bad.toml", "none.toml"):
        refused = run(file)
        assert refused.returncode == 2
        assert "expected" in refused.stderr


def test_a_table_is_read_by_the_columns_that_are_named(tmp_path: Path) -> None:
    rows = [("key", "prosa", "paper"), ("b", 'Two died, "police" said.\n', "The Sample Post"), ("a", "None died.", "")]
    with (tmp_path / "t.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    result = sayso(
        "read", tmp_path / "t.csv", "--column", "text=prosa", "--column", "id=key", "--column", "publisher=paper",
        "--format", "json", "--reader", "rules",
    )  # fmt: skip
    unnamed = sayso("read", tmp_path / "t.csv")

    assert (result.returncode, result.stderr) == (0, b"")
    found = [(row["id"], row["article"]["text"], row["article"]["publisher"]) for row in json.loads(result.stdout)]
    assert found == [("b", 'Two died, "police" said.\n', "The Sample Post"), ("a", "None died.", None)]
    assert unnamed.returncode == 1
    assert unnamed.stderr.decode() == (
        f"sayso: {tmp_path / 't.csv'}: expected a column of texts or of addresses; say which: --column text=NAME "
        "(or url=NAME), found the columns key, prosa, paper\n"
    )


def test_what_was_written_as_an_array_is_read_again(page: Path, tmp_path: Path) -> None:
    first = sayso("read", page, "--format", "json").stdout
    (tmp_path / "again.json").write_bytes(first)

    assert sayso("read", tmp_path / "again.json", "--format", "json").stdout == first
