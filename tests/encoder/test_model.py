"""The weights that ship: whole, the same on every run, and refused where they are damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from sayso.encoder import Marks, Model, model_for
from sayso.encoder.labels import WIDTH
from sayso.encoder.model import DATA, FILES, MANIFEST
from sayso.records import DataError
from sayso.text import Doc

TEXT = (
    "The army said on Tuesday that rockets killed at least 16 people in the town of Marwa. “We saw the smoke,” a"
    " resident told the agency. Officials denied the report."
)


def marks_of(model: Model, text: str) -> Marks:
    return model.read(Doc(text))


@pytest.fixture(scope="module")
def model() -> Model:
    found = model_for("learned", 1)
    assert isinstance(found, Model)
    return found


def test_every_token_is_scored(model: Model) -> None:
    marks = marks_of(model, TEXT)

    assert marks.logits.shape == (len(marks.doc.tokens), WIDTH)
    assert np.isfinite(marks.logits).all()
    assert {one.kind for one in marks.ranges("attribution")} == {"source", "cue", "content"}


@pytest.mark.parametrize("text", ["", "\n", "\u200d\u200d", "a" * 20_000, "x " * 3_000])
def test_any_text_can_be_read(model: Model, text: str) -> None:
    marks = marks_of(model, text)

    assert len(marks.logits) == len(marks.doc.tokens)
    marks.ranges("attribution")


def test_a_text_reads_the_same_between_others_and_on_any_number_of_threads(model: Model) -> None:
    alone = marks_of(model, TEXT).logits
    for other in ("Nothing happened.", TEXT * 20):
        marks_of(model, other)
    again = marks_of(model, TEXT).logits
    two = Model(DATA, 2)

    assert np.array_equal(alone, again)
    assert np.array_equal(alone, marks_of(two, TEXT).logits)


def test_the_start_of_a_long_text_reads_like_its_windows(model: Model) -> None:
    long = "\n\n".join([TEXT] * 40)
    marks = marks_of(model, long)

    assert len(marks.ranges("attribution")) >= 40


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(DATA, tmp_path / "data")
    (folder / name).unlink()

    with pytest.raises(DataError, match=rf"--reader rules.*no file {name}"):
        Model(folder, 1)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(DATA, tmp_path / "data")
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(bytes(content))

    with pytest.raises(DataError, match="other bytes"):
        Model(folder, 1)


def test_a_manifest_that_is_no_json_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(DATA, tmp_path / "data")
    (folder / MANIFEST).write_text("{", encoding="utf-8")

    with pytest.raises(DataError, match="manifest"):
        Model(folder, 1)


def test_rules_need_no_model() -> None:
    model = model_for("rules")

    assert model.hash is None
    assert model.read(Doc(TEXT)) is None


def test_weights_are_small() -> None:
    assert sum((DATA / name).stat().st_size for name in FILES) < 30_000_000
