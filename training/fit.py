"""Trains the network: one schedule, one seed, checkpoints from which an interrupted run goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from training.batches import Batch, batches, skipped
from training.corpora import Text
from training.losses import loss_of
from training.network import Network


@dataclass(frozen=True)
class Recipe:
    """All that a run depends on besides data and first weights."""

    passes: int = 4
    windows: int = 8
    seed: int = 1
    encoder_rate: float = 2e-4
    heads_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.01
    average: float = 0.998
    checkpoint_every: int = 200


def fit(network: Network, texts: Sequence[Text], recipe: Recipe, marks: tuple[int, int], folder: Path) -> Network:
    """Trains in place and returns the network with the running average of its weights.

    ``folder`` keeps ``checkpoint.pt``; where it is there already, the run goes on from it.
    """
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(mode=True)
    run = _Run(network, recipe, sum(1 for _ in _epochs(texts, recipe, marks, 0)))
    run.resume(folder / "checkpoint.pt")
    started = time.monotonic()
    for batch in _epochs(texts, recipe, marks, run.step):
        cost = run.take(batch)
        if run.step % recipe.checkpoint_every == 0 or run.step == run.steps:
            run.save(folder / "checkpoint.pt")
            row = {"step": run.step, "of": run.steps, "loss": round(cost, 4), "s": round(time.monotonic() - started)}
            print(json.dumps(row), flush=True)
    network.load_state_dict(run.averaged)
    return network


def _epochs(texts: Sequence[Text], recipe: Recipe, marks: tuple[int, int], done: int) -> Iterator[Batch]:
    def chained() -> Iterator[Batch]:
        for number in range(recipe.passes):
            yield from batches(texts, recipe.windows, recipe.seed * 1000 + number, marks)

    return skipped(chained(), done)


class _Run:
    """The state of a run between two steps."""

    def __init__(self, network: Network, recipe: Recipe, steps: int) -> None:
        self.network, self.recipe, self.steps, self.step = network, recipe, steps, 0
        encoder = [
            p
            for name, p in network.encoder.named_parameters()
            if name.startswith(("pieces", "positions", "norm", "blocks"))
        ]
        known = {id(p) for p in encoder}
        heads = [p for p in network.parameters() if id(p) not in known]
        groups = [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.heads_rate}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay, fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)
        self.averaged = {name: value.clone() for name, value in network.state_dict().items()}
        self.recent = 0.0

    def _rate(self, step: int) -> float:
        warm = max(1, int(self.recipe.warm_up * self.steps))
        return min((step + 1) / warm, max(0.0, (self.steps - step) / max(1, self.steps - warm)))

    def take(self, batch: Batch) -> float:
        """One step; returns the mean loss of the last hundred or so."""
        self.network.train()
        loss = loss_of(self.network, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.step += 1
        # Young averages follow quickly, old ones slowly: the first steps are forgotten.
        keep = min(self.recipe.average, self.step / (self.step + 10))
        for name, value in self.network.state_dict().items():
            self.averaged[name].lerp_(value, 1 - keep)
        cost = float(loss.detach())
        self.recent = cost if self.step == 1 else 0.99 * self.recent + 0.01 * cost
        return self.recent

    def save(self, path: Path) -> None:
        state = {
            "step": self.step, "network": self.network.state_dict(), "averaged": self.averaged, "recent": self.recent,
            "optimizer": self.optimizer.state_dict(), "schedule": self.schedule.state_dict(),
            "chance": torch.get_rng_state(), "recipe": self.recipe.__dict__, "steps": self.steps,
        }  # fmt: skip
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def resume(self, path: Path) -> None:
        """Goes on from a checkpoint of the same recipe; another recipe's is refused."""
        if not path.exists():
            return
        state: dict[str, Any] = torch.load(path, weights_only=True, map_location="cpu")
        if state["recipe"] != self.recipe.__dict__ or state["steps"] != self.steps:
            raise SystemExit(
                f"expected a checkpoint of the recipe {self.recipe}, found one of {state['recipe']} in {path}"
            )
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["chance"])
        self.step, self.recent = state["step"], state["recent"]
        for name, value in state["averaged"].items():
            self.averaged[name].copy_(value)
