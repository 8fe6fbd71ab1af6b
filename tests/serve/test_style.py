"""The application's own colours: contrast in light and dark, a counterpart for each, nothing fetched."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from tests.render.test_page_style import DARK, LIGHT, contrast

CSS = (files("sayso.serve") / "static" / "app.css").read_text("utf-8")
OWN = [
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
]


@pytest.mark.parametrize(("own", "page"), [(OWN[0], LIGHT), (OWN[1], DARK)], ids=["light", "dark"])
def test_words_and_bars_stand_out(own: dict[str, str], page: dict[str, str]) -> None:
    for ink in ("disputed", "corroborated", "single"):
        assert min(contrast(own[ink], page[ground]) for ground in ("paper", "raised")) >= 4.5, ink
    for tint in ("gone", "came", "mark", "origin"):
        assert contrast(page["ink"], own[tint]) >= 4.5, tint
    for line in ("bar-disputed", "wire", "alone", "copied"):
        assert contrast(own[line], page["paper"]) >= 3, line


def test_every_colour_has_its_counterpart_in_the_dark() -> None:
    assert OWN[0].keys() == OWN[1].keys()
    assert not OWN[0].keys() & LIGHT.keys()


def test_nothing_is_fetched_and_every_colour_is_known() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    known = OWN[0].keys() | LIGHT.keys()
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= known
