"""Work shared by processes: in order, with what is in memory, and a fault of a part is a fault of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.case import grouping, open_case
from sayso.case.cores import counted, over_processes
from sayso.gather import Wanted, gather
from sayso.reading import read_page
from sayso.records import Page
from sayso.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.mark.parametrize("processes", [1, 2])
def test_parts_come_in_order_and_see_what_is_in_memory(processes: int) -> None:
    known = object()
    parts = list(range(100))
    assert list(over_processes(processes)(lambda n: (n, id(known)), parts)) == [(n, id(known)) for n in parts]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_of_a_part_is_raised(processes: int) -> None:
    def fails(number: int) -> float:
        return 1 / (number - 7)

    with pytest.raises(ZeroDivisionError):
        list(over_processes(processes)(fails, range(20)))


def test_progress_counts_parts() -> None:
    told: list[tuple[str, int, int]] = []
    over = counted(map, "comparing", lambda *what: told.append(what))
    assert list(over(str, iter([1, 2, 3]))) == ["1", "2", "3"]
    assert told == [("comparing", 0, 3), ("comparing", 1, 3), ("comparing", 2, 3)]


def _readings() -> Iterator[object]:
    settings = Settings(reader="rules")
    for page in gather([str(EXAMPLES)], Wanted(), settings):
        assert isinstance(page, Page)
        yield read_page(page, settings)


def test_several_processes_tell_the_same_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "_SMALL", 0)
    found = []
    for processes in (1, 2):
        with open_case(tmp_path / f"{processes}.sayso", processes=processes) as case:
            for reading in _readings():
                case.add(reading)  # type: ignore[arg-type]
            found.append((case.stories(), [case.stories_named(row.id) for row in case.stories()]))
    assert found[0] == found[1]
    assert len(found[0][0]) > 10
