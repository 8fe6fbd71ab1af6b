"""Pages read by several processes: the same as by one, and no page takes the others with it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children

import pytest
from msgspec.structs import replace

from sayso.bulk import read_all
from sayso.reading import read_page
from sayso.records import Page, Reading
from sayso.settings import Settings

RULES = Settings(reader="rules", threads=1)

#: One sentence that all readers have work with.
SENTENCE = "At least 9 soldiers were killed near Halvorin on Tuesday, the army said, citing rebels in the town. "


def page(number: int, times: int = 1) -> Page:
    return Page(id=f"p{number}", content=f"Report {number}. {SENTENCE * times}".encode(), kind="article")


def test_several_processes_read_what_one_reads_in_the_same_order() -> None:
    pages = [page(number) for number in range(12)]
    ready = read_page(page(99), RULES)
    items: list[Page | Reading] = [*pages[:5], ready, *pages[5:]]

    assert list(read_all(items, RULES, 2)) == list(read_all(items, RULES, 1))


def test_a_page_that_eats_time_costs_itself_alone() -> None:
    # read whole, it would take half a minute; the others take less than a second each
    quick = replace(RULES, max_page_seconds=6, max_text_chars=10_000_000)
    readings = list(read_all([page(1), page(2, 60_000), page(3)], quick, 2))

    assert [reading.id for reading in readings] == ["p1", "p2", "p3"]
    assert readings[0].claims
    assert readings[2].claims
    assert [problem.what for problem in readings[1].problems] == ["took longer than 6 seconds to read"]
    assert readings[1].page is not None
    assert readings[1].page.bytes == len(page(2, 60_000).content)


def test_a_killed_process_loses_nothing() -> None:
    pages = [page(number, 20) for number in range(16)]
    given: list[Reading] = []
    for reading in read_all(pages, RULES, 2):
        # so far apart that no page is under way at both times: one whose process ends twice is given up
        if len(given) in (1, 12):
            kill_all()
        given.append(reading)

    assert given == [read_page(one, RULES) for one in pages]


def test_a_page_whose_process_always_ends_is_given_up() -> None:
    with repeating(kill_all):
        readings = list(read_all([page(1, 2_000)], RULES, 2))

    assert [reading.id for reading in readings] == ["p1"]
    assert "ended, twice" in readings[0].problems[0].what


def test_who_wants_no_more_does_not_wait() -> None:
    readings = read_all((page(number, 50) for number in range(1_000_000)), RULES, 2)

    assert next(readings).id == "p0"
    readings.close()  # type: ignore[attr-defined]
    assert not active_children()


def kill_all() -> None:
    for child in active_children():
        if child.pid:
            os.kill(child.pid, signal.SIGKILL)


@contextmanager
def repeating(deed: Callable[[], None]) -> Iterator[None]:
    """Does something again and again beside the rest."""
    over = threading.Event()

    def again() -> None:
        while not over.wait(1.0):
            deed()

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    assert not active_children()
