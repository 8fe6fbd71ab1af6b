"""The page's style: contrast in light and dark, nothing fetched, focus visible, print and phone thought of."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = (files("sayso.render") / "templates" / "page.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\n *\}", CSS, re.DOTALL)
)
TINTS = ("paper", "raised", "content", "event", "lineage", "on", "event-on")


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_every_ground(scheme: dict[str, str]) -> None:
    for tint in TINTS:
        assert contrast(scheme["ink"], scheme[tint]) >= 4.5, tint
    for ink in ("muted", "link", "cue", "party"):
        assert min(contrast(scheme[ink], scheme[ground]) for ground in ("paper", "raised")) >= 4.5, ink


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_under_words_stand_out_from_every_ground(scheme: dict[str, str]) -> None:
    for line in ("source", "cue", "time", "place"):
        assert min(contrast(scheme[line], scheme[tint]) for tint in TINTS) >= 3, line


def test_every_colour_has_its_counterpart_in_the_dark() -> None:
    assert LIGHT.keys() == DARK.keys()
    assert not re.findall(r"#[0-9a-f]{3,6}", CSS.split("* { box-sizing", 1)[1])


def test_nothing_is_fetched() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS


@pytest.mark.parametrize("need", [":focus-visible", "@media print", "max-width: 60rem", "prefers-color-scheme: dark"])
def test_needs_are_met(need: str) -> None:
    assert need in CSS
