"""What people decided, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.case import Decision
from sayso.render.wording import days_words, one_line
from sayso.stories import SLOTS, Correction
from sayso.stories.values import count_words

_JOINED = {"merge": "goes by the name", "split": "goes by its own name", "roof": "stands under", "kind": "is"}
_CLAIMS = {
    "accept": "read rightly", "reject": "read wrongly", "correct": "corrected", "together": "made one story",
    "apart": "made a story of its own",
}  # fmt: skip


def decision_words(decision: Decision) -> str:
    """A decision on one line, with the ids of its claims."""
    if decision.voice is not None:
        return what_words(decision)
    corrected = f" {', '.join(_corrected(decision.correction))}" if decision.correction is not None else ""
    return one_line(f"{decision.what}{corrected} ({', '.join(decision.claims)})")


def what_words(decision: Decision) -> str:
    """What was decided, without the claims that it is about: ``corrected: killed at least 77``."""
    if decision.voice is not None:
        return " ".join(map(one_line, filter(None, (decision.voice, _JOINED[decision.what], decision.to))))
    if decision.correction is None:
        return _CLAIMS[decision.what]
    return one_line(f"corrected: {', '.join(_corrected(decision.correction))}")


def _corrected(correction: Correction) -> Iterator[str]:
    for name in SLOTS:
        value = getattr(correction, name)
        if value is not None:
            yield f"{name} {_value(name, value)}"


def _value(slot: str, value: Any) -> str:
    if slot == "date":
        return days_words(value)
    if slot in ("killed", "injured"):
        return count_words(value)
    return one_line(str(value)).replace("_", " ") if slot == "type" else one_line(str(value))
