"""Parts of screens: a quote with who carries it."""

from __future__ import annotations

import re
from typing import Any

from sayso.render.brief import Words
from sayso.serve.pages import _environment


def words(article: str, claim: str | None, chain: tuple[str, ...] = ("Monitor", "Gazette")) -> Words:
    return Words(
        article=article, claim=claim, number=1, stance="says", cue="said", text="“ten dead”", counts=(), chain=chain,
        outlet="Gazette", day=None, title="", url=None, copied_from=None, denies=False, event=None,
    )  # fmt: skip


def test_events_of_one_claim_in_one_article_are_one_line_and_decided_about_together() -> None:
    quoted: Any = _environment().get_template("parts.html.j2").module
    several = [
        words("a", "c2"),
        words("b", "c3"),
        words("a", "c1", ("Mayor", "Gazette")),
        words("a", None),
        words("a", "c2"),
    ]
    shown = quoted.quoted(words("a", "c1"), several, pick=True)

    assert re.findall(r'name="claim" value="([^"]*)"', shown) == ["c1,c2", "c3", "c1"]
    assert shown.count("<li>") == 3
