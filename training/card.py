"""What goes with the weights: the manifest's facts, and the part of the model card that is made from them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sayso.encoder.model import DATA, FILES, MANIFEST
from training.corpora import FILES as CORPORA
from training.corpora import TIMES_READ
from training.fit import Recipe
from training.losses import LINKS, SLOTTED, WEIGHTS

CARD = Path("docs") / "reference" / "model-card.md"
MARKS = ("<!-- weights -->", "<!-- /weights -->")


def about(shared: Path) -> dict[str, Any]:
    """Recipe and data of a run, as the manifest keeps them."""
    data = {name: hashlib.sha256((shared / "data" / file).read_bytes()).hexdigest() for name, file in CORPORA.items()}
    losses = {**WEIGHTS, "links": LINKS, "slots": SLOTTED}
    return {"recipe": asdict(Recipe()), "read": TIMES_READ, "losses": losses, "data": data}


def write(root: Path) -> None:
    """Makes the card's part between its marks anew, from the manifest of the weights that are there."""
    manifest = json.loads((DATA / MANIFEST).read_text(encoding="utf-8"))
    text = (root / CARD).read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    part = "\n".join(_rows(manifest))
    (root / CARD).write_text(f"{before}{MARKS[0]}\n{part}\n{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8")


def _rows(manifest: dict[str, Any]) -> list[str]:
    recipe = manifest["recipe"]
    sizes = {name: (DATA / name).stat().st_size for name in FILES}
    return [
        "| what | |",
        "|---|---|",
        *(f"| `{name}` | {size:,} bytes, sha256 `{manifest['files'][name]}` |" for name, size in sizes.items()),
        f"| passes, windows in a batch, seed | {recipe['passes']}, {recipe['windows']}, {recipe['seed']} |",
        f"| learning rate of the encoder, of what is new | {recipe['encoder_rate']}, {recipe['heads_rate']} |",
        f"| warm-up, then linear to zero; weight decay | {recipe['warm_up']}; {recipe['decay']} |",
        f"| running average of the weights | {recipe['average']} a step |",
        f"| a text is read in each pass | {_listed(manifest['read'])} times |",
        f"| weight of each loss | {_listed(manifest['losses'])} |",
        *(f"| train file of `{name}` | sha256 `{value}` |" for name, value in sorted(manifest["data"].items())),
    ]


def _listed(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in values.items())
