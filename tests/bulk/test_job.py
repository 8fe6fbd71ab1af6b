"""Jobs of bulk reading: the same tables whatever the cuts, the engine and the faults on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest
from msgspec.structs import replace
from pyarrow import parquet

from sayso.bulk import Job, Sieve
from sayso.bulk.tables import OF_ALL, OF_SLICES
from sayso.case import open_case
from sayso.reading import read_page
from sayso.records import JobError, Page, Reading, Story, from_json, to_json
from tests.bulk.inputs import article, html_of, other_subject, warc_of, write_lines
from tests.bulk.jobs import RULES, SAYSO, done, tables, until


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 40 articles in files of three kinds."""
    root = tmp_path_factory.mktemp("input")
    rows = [other_subject(number) if number % 5 == 4 else article(number) for number in range(40)]
    write_lines(root / "a.jsonl", rows[:20])
    (root / "b.warc.gz").write_bytes(warc_of(rows[20:32]))
    for row in rows[32:]:
        (root / f"{row['id']}.html").write_bytes(html_of(row))
    return root


@pytest.fixture(scope="module")
def whole(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the folder gives: the measure of what it gives in any other way."""
    output = tmp_path_factory.mktemp("whole")
    report = done(folder, output)
    assert (report.pages, report.read, report.skipped, report.lost) == (40, 32, 8, 0)
    return output


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    assert not active_children()


@pytest.mark.parametrize(("size", "processes"), [(300, 2), (2_000, 1), (10**9, 3)])
def test_the_tables_do_not_depend_on_the_cuts(
    size: int, processes: int, folder: Path, whole: Path, tmp_path: Path
) -> None:
    done(folder, tmp_path / "out", slice_bytes=size, processes=processes)

    assert tables(tmp_path / "out") == tables(whole)


def test_stories_are_those_of_a_case_with_the_same_pages(whole: Path, tmp_path: Path) -> None:
    found = tables(whole)
    case = open_case(tmp_path / "case.sayso")
    for row in found["readings"]:
        case.add(from_json(row["reading"], Reading, place="readings"))
    case.refresh()
    stories = {row["story"]: from_json(row["json"], Story, place="stories") for row in found["stories"]}

    assert {story.id: story for story in case.full_stories()} == stories
    assert {row["status"] for row in found["stories"]} >= {"disputed"}


def test_every_claim_of_a_happening_joins_its_story(whole: Path) -> None:
    claims, reports, stories = (
        parquet.read_table(whole / name).to_pylist() for name in ("claims", "reports", "stories")
    )
    told = {(row["slice"], row["number"], row["event"]) for row in claims if row["event"] is not None}

    assert told
    assert told == {(row["slice"], row["number"], row["event"]) for row in reports}
    assert {row["story"] for row in reports} == {row["story"] for row in stories}


def test_what_is_passed_over_is_written_down(whole: Path) -> None:
    skipped = tables(whole)["skipped"]

    assert {row["why"] for row in skipped} == {"other subject"}
    assert all(row["score"] is not None and row["page"] for row in skipped)
    assert {row["page_id"] for row in skipped} >= {"a4", "a9", "a34"}


def test_a_finished_job_reads_nothing_again(folder: Path, whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "out")
    job = Job(folder, tmp_path / "out", RULES)

    assert job.left() == []
    assert list(job.read()) == []


def test_a_job_goes_on_where_it_ended(folder: Path, whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    first = Job(folder, output, RULES, slice_bytes=2_000, processes=2)
    reading = first.read()
    names = {next(reading).name for _ in range(3)}
    reading.close()  # type: ignore[attr-defined]
    second = Job(folder, output, RULES, processes=2)
    left = {one.name for one in second.left()}
    list(second.read())
    second.tell()

    assert len(second.slices) == len(first.slices)
    assert not names & left
    assert tables(output) == tables(whole)


def test_new_changed_and_lost_files(tmp_path: Path) -> None:
    root, output = tmp_path / "in", tmp_path / "out"
    root.mkdir()
    for name, numbers in (("a", range(3)), ("b", range(3, 6)), ("c", range(6, 8))):
        write_lines(root / f"{name}.jsonl", map(article, numbers))
    done(root, output)
    write_lines(root / "b.jsonl", map(article, range(3, 5)))
    os.utime(root / "b.jsonl", ns=(1, 1))
    write_lines(root / "d.jsonl", [article(9)])
    (root / "c.jsonl").unlink()
    job = Job(root, output, RULES, processes=2)
    read = [name.name for name in job.left()]
    list(job.read())
    report = job.tell()

    assert sorted(name[:7] for name in read) == ["b-jsonl", "d-jsonl"]
    assert report.gone == ("c.jsonl",)
    # what the lost file gave stays; what the changed one gave is replaced
    assert {row["article"] for row in tables(output)["readings"]} == {f"a{n}" for n in (0, 1, 2, 3, 4, 6, 7, 9)}
    assert len(tables(output)["readings"]) == 8


def test_articles_of_one_id_are_told_under_names_of_their_own(tmp_path: Path) -> None:
    rows = [
        article(1, url="https://x.example/1", fetched="2024-05-08T00:00:00Z"),
        article(2, url="http://x.example/1", fetched="2024-05-09T00:00:00Z"),
        {**article(3, url="https://x.example/3"), "id": "a1"},
    ]
    done(write_lines(tmp_path / "in.jsonl", rows), tmp_path / "out")
    found = tables(tmp_path / "out")

    assert {(row["reading"], row["article"], row["state"]) for row in found["articles"]} == {
        ("a1", "a1", "older"), ("a2", "a1", "told"), ("a1", "a1-2", "told"),
    }  # fmt: skip
    assert {row["article"] for row in found["reports"]} == {"a1", "a1-2"}


# jobs that cannot be


def test_two_jobs_never_share_a_folder(folder: Path, whole: Path, tmp_path: Path) -> None:
    with pytest.raises(JobError, match="sieve"):
        Job(folder, whole, RULES, Sieve(everything=True))
    with pytest.raises(JobError, match="settings"):
        Job(folder, whole, replace(RULES, max_text_chars=99))
    with pytest.raises(JobError, match="input"):
        Job(folder / "a.jsonl", whole, RULES)
    # how many threads read changes nothing of what is read
    assert Job(folder, whole, replace(RULES, threads=2)).left() == []


def test_a_job_that_was_killed_as_it_began_begins_anew(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "job.json.there.1-1.tmp").write_text("{")

    assert Job(folder, tmp_path, RULES).left()


def test_places_that_cannot_be(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    for root, output, what in (
        (tmp_path / "none", tmp_path / "out", "nothing there"),
        (folder, folder / "out", "inside"),
        (folder / "a.jsonl", folder, "inside"),
        (folder, tmp_path / "full", "other files"),
        (folder, folder / "a.jsonl", "inside"),
    ):
        with pytest.raises(JobError, match=what):
            Job(root, output, RULES)


# faults


def test_a_broken_archive_costs_what_is_broken(tmp_path: Path) -> None:
    whole_archive = warc_of([article(number) for number in range(12)], packed=False)
    middle = whole_archive.index(b"a5</title>")
    broken = whole_archive[: middle - 200] + b"\x00" * 90 + whole_archive[middle + 300 :]
    (tmp_path / "in.warc").write_bytes(broken)
    report = done(tmp_path / "in.warc", tmp_path / "out", slice_bytes=1_500)
    problems = [row for row in tables(tmp_path / "out")["problems"] if row["lost"]]

    assert report.lost == len(problems)
    assert 1 <= report.lost <= 2
    assert report.read >= 10
    assert all("at byte" in row["what"] and row["source"] == "in.warc" for row in problems)


def test_a_page_that_eats_time_or_memory_costs_itself(tmp_path: Path) -> None:
    greedy = article(1)["text"] * 25_000
    rows = [article(0), article(1, greedy), article(2)]
    root = write_lines(tmp_path / "in.jsonl", rows)
    slow = replace(RULES, max_page_seconds=3, max_text_chars=100_000_000)
    large = replace(RULES, max_page_memory=250, max_text_chars=100_000_000)

    for settings, what in ((slow, "took longer than 3 seconds"), (large, "took more than 250 MiB")):
        output = tmp_path / what[:9].replace(" ", "-")
        report = done(root, output, settings)
        (problem,) = [row for row in tables(output)["problems"] if row["lost"]]

        assert (report.read, report.lost) == (2, 1)
        assert problem["article"] == "a1"
        assert problem["what"].startswith(what)


def test_killed_readers_lose_and_double_nothing(folder: Path, whole: Path, tmp_path: Path) -> None:
    job = Job(folder, tmp_path / "out", RULES, slice_bytes=1_000, processes=2)
    for number, _ in enumerate(job.read()):
        # so far apart that no page is under way at both times: one whose process ends twice is given up
        if number in (1, 9):
            for child in active_children():
                os.kill(child.pid or 0, signal.SIGKILL)
    job.tell()

    assert tables(tmp_path / "out") == tables(whole)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_a_job_that_is_killed_is_gone_on_with(sent: signal.Signals, folder: Path, whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    command = [str(SAYSO), "bulk", str(folder), str(output), "--reader", "rules", "--slice", "0.001"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: len(list(output.glob("done/*.json"))) >= 2)
        process.send_signal(sent)
        said = process.communicate()[1]
    before = len(list(output.glob("done/*.json")))
    assert process.returncode == (130 if sent == signal.SIGTERM else -signal.SIGKILL)
    assert ("goes on from there" in said) == (sent == signal.SIGTERM)
    again = subprocess.run([*command, "--log", "json"], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in again.stderr.splitlines() if line.startswith("{")]

    assert 2 <= before < len(Job(folder, output, RULES).slices)
    assert len(lines) + before == len(Job(folder, output, RULES).slices)
    assert tables(output) == tables(whole)
    assert not list(output.rglob("*.tmp"))


def own_disks() -> bool:
    """Whether a disk can be mounted that only the one who mounts it sees."""
    asked = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return (
        shutil.which("unshare") is not None and subprocess.run(asked, capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not own_disks(), reason="needs a system where disks can be mounted")
def test_a_full_disk_ends_the_job_and_the_next_run_goes_on(folder: Path, whole: Path, tmp_path: Path) -> None:
    disk, output = tmp_path / "disk", tmp_path / "kept"
    disk.mkdir()
    run = f"{SAYSO} bulk {folder} {disk}/out --reader rules --slice 0.001"
    script = f"""
        mount -t tmpfs -o size=160k none {disk}
        {run}; echo "first $?"
        ls {disk}/out/done | wc -l
        mount -o remount,size=50m {disk}
        {run}; echo "second $?"
        cp -r {disk}/out {output}
    """
    asked = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
    ran = subprocess.run(asked, capture_output=True, text=True, check=True)
    said = ran.stdout.split()

    assert "room to write" in ran.stderr
    assert said[said.index("first") + 1] == "1"
    assert said[said.index("second") + 1] == "0"
    assert "goes on from there" in ran.stderr
    assert tables(output) == tables(whole)


def test_the_output_loads_into_a_case(whole: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.sayso"
    ran = subprocess.run(
        [str(SAYSO), "add", str(whole), "--case", str(case)], capture_output=True, text=True, check=True
    )

    assert ran.stdout.startswith("added 32, changed 0, unchanged 0 · 32 articles")
    found = {row["story"] for row in tables(whole)["stories"]}
    assert {story.id for story in open_case(case).full_stories()} == found


def test_every_table_has_a_file(whole: Path, tmp_path: Path) -> None:
    done(write_lines(tmp_path / "in.jsonl", []), tmp_path / "out")

    for table in (*OF_SLICES, *OF_ALL):
        of_none, of_some = (next(iter((output / table).glob("*.parquet"))) for output in (tmp_path / "out", whole))
        assert parquet.read_table(of_none).num_rows == 0
        assert parquet.read_schema(of_none) == parquet.read_schema(of_some)


def test_a_list_of_addresses_is_not_for_bulk(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("url,outlet\nhttps://daily.example/1,Daily Example\n")

    with pytest.raises(JobError, match="sayso add"):
        Job(tmp_path / "list.csv", tmp_path / "out", RULES)


# what a review found


def test_parts_that_no_plan_has_are_taken_out_and_lost_ones_read_again(
    folder: Path, whole: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    shutil.copytree(whole, output)
    one = next((output / "claims").glob("a-*.parquet"))
    shutil.copy(one, output / "claims" / "old-000000000000.parquet")
    (output / "done" / "old-000000000000.json").write_text("{}")
    one.unlink()
    job = Job(folder, output, RULES, processes=2)

    assert [left.name for left in job.left()] == [one.stem]
    list(job.read())
    job.tell()
    assert tables(output) == tables(whole)


def test_a_damaged_part_is_named_and_read_again(folder: Path, whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    shutil.copytree(whole, output)
    one = next((output / "sketches").glob("a-*.parquet"))
    one.write_bytes(b"PAR1")
    with pytest.raises(JobError, match="reads it again"):
        Job(folder, output, RULES).tell()
    done(folder, output)

    assert tables(output) == tables(whole)


def test_a_reading_that_does_not_hold_together_costs_itself(tmp_path: Path) -> None:
    good = to_json(read_page(Page(id="g", content=article(1)["text"].encode(), kind="article"), RULES)).decode()
    broken = json.loads(good)
    broken["claims"][0]["event"] = 99
    root = write_lines(tmp_path / "in.jsonl", [article(2), broken, article(3)])
    report = done(root, tmp_path / "out")

    assert (report.read, report.lost) == (2, 1)


def test_processes_that_cannot_start_lose_no_page(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    # only the processes that read end as they begin
    (site / "sitecustomize.py").write_text(
        "import sys\nif 'multiprocessing.spawn' in ' '.join(sys.orig_argv): sys.exit(3)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(site))
    job = Job(folder, tmp_path / "out", RULES, processes=1)
    failed = [one.failed or "" for one in job.read()]

    assert failed
    assert all("exit status" in why for why in failed)
    monkeypatch.delenv("PYTHONPATH")
    report = done(folder, tmp_path / "out")
    assert (report.read, report.lost) == (32, 0)
