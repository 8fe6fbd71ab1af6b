"""What the formats are tried on: the examples, read by rules, and stories made of anything that a reading may hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.export import Material, material
from sayso.gather import Wanted, gather
from sayso.reading import read_page
from sayso.records import Page, Reading
from sayso.settings import Settings
from sayso.stories import find_stories

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="session")
def examples() -> tuple[Reading, ...]:
    settings = Settings(reader="rules")
    pages = gather((str(EXAMPLES),), Wanted(), settings)
    return tuple(read_page(page, settings) for page in pages if isinstance(page, Page))


@pytest.fixture(scope="session")
def given(examples: tuple[Reading, ...]) -> Material:
    return material(find_stories(examples), examples)
