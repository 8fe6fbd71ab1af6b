"""What people decided, in words."""

from __future__ import annotations

from sayso.case import Decision
from sayso.render.wording import one_line
from sayso.stories import SLOTS

_JOINED = {"merge": "goes by the name", "split": "goes by its own name", "roof": "stands under", "kind": "is"}


def decision_words(decision: Decision) -> str:
    """A decision on one line."""
    if decision.voice is not None:
        return " ".join(map(one_line, filter(None, (decision.voice, _JOINED[decision.what], decision.to))))
    corrected = ""
    if decision.correction is not None:
        given = {name: getattr(decision.correction, name) for name in SLOTS}
        corrected = ", ".join(f" {name}: {value}" for name, value in given.items() if value is not None)
    return one_line(f"{decision.what}{corrected} ({', '.join(decision.claims)})")
