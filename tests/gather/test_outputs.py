"""What bulk reading wrote, taken as a source; its folder may have been cut short, or be nobody's."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sayso.gather import Wanted, gather
from sayso.records import Reading, SourceError
from sayso.settings import Settings
from tests.bulk.inputs import article, write_lines
from tests.bulk.jobs import done


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("job")
    done(write_lines(at / "in.jsonl", map(article, range(3))), at / "out")
    return at / "out"


@pytest.fixture
def output(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "out")


def test_its_readings_are_taken_as_they_are(output: Path) -> None:
    found = list(gather([str(output)], Wanted(), Settings()))

    assert [item.id for item in found if isinstance(item, Reading)] == ["a0", "a1", "a2"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_manifest_that_breaks_off_is_one_error(share: float, output: Path) -> None:
    path = output / "job.json"
    whole = path.read_bytes()
    path.write_bytes(whole[: max(int(len(whole) * share), 40)])
    (found,) = gather([str(output)], Wanted(), Settings())

    assert isinstance(found, SourceError)
    assert found.place == str(path)


@pytest.mark.parametrize("slices", [None, "", [1], [{}], [{"name": 3}], [{"name": "../../other/readings/x"}]])
def test_a_manifest_of_another_form_is_one_error(slices: object, output: Path) -> None:
    told = {"schema": "sayso.bulk/1", "slices": slices}
    (output / "job.json").write_text(json.dumps(told, separators=(",", ":")))
    (found,) = gather([str(output)], Wanted(), Settings())

    assert isinstance(found, SourceError)
