"""What each window costs: its labels, the order of its attribution labels, its links and its events' slots."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from sayso.encoder.labels import COLUMNS, SLOTS
from sayso.encoder.pairs import distances, sentence_distances
from sayso.records import Span
from training.batches import Batch, Window, labels_of
from training.corpora import UNLABELLED
from training.network import Network

#: How much each head's loss counts. Types and modality are labelled on triggers only, a few tokens in a hundred.
WEIGHTS = {"entity": 1.0, "place": 1.0, "time": 1.0, "trigger": 2.0, "type": 2.0, "modality": 1.0}
LINKS, SLOTTED = 0.2, 0.3

#: As many candidates of one window are scored at the most.
MOST = 80


def loss_of(network: Network, batch: Batch) -> Tensor:
    """The loss of a batch; one number, to be made small."""
    device = network.steps.device
    mask = None if batch.mask is None else batch.mask.to(device)
    states, _ = network.encoder(*(row.to(device) for row in batch.inputs), mask)
    states = network.drop(states)
    tokens = [states[n, window.firsts] for n, window in enumerate(batch.windows)]
    flat = torch.cat(tokens)
    logits = network.encoder.tags(flat)
    total = flat.new_zeros(())
    for head, weight in WEIGHTS.items():
        labels = torch.from_numpy(np.concatenate([labels_of(window, head) for window in batch.windows])).to(device)
        if bool((labels != UNLABELLED).any()):
            columns = logits[:, slice(*COLUMNS[head])]
            cost = functional.cross_entropy(columns, labels, ignore_index=UNLABELLED, reduction="sum")
            total = total + weight * cost / len(flat)
    parts = logits[:, slice(*COLUMNS["attribution"])].split([len(row) for row in tokens])
    said = [n for n, window in enumerate(batch.windows) if "attribution" in window.text.labels]
    if said:
        labels = [torch.from_numpy(labels_of(batch.windows[n], "attribution")).to(device) for n in said]
        total = total + order_loss(network, [parts[n] for n in said], labels) / len(flat)
    links = [cost for n in said for cost in link_losses(network, batch.windows[n], tokens[n])]
    if links:
        total = total + LINKS * torch.stack(links).mean()
    slots = [cost for n in said for cost in slot_losses(network, batch.windows[n], tokens[n])]
    return total + SLOTTED * torch.stack(slots).mean() if slots else total


def order_loss(network: Network, logits: Sequence[Tensor], labels: Sequence[Tensor]) -> Tensor:
    """The negative log-likelihood of the label sequences under a linear chain, summed over windows."""
    length = max(len(row) for row in logits)
    scores = torch.stack([functional.pad(row, (0, 0, 0, length - len(row))) for row in logits])
    known = torch.stack([functional.pad(row, (0, length - len(row))) for row in labels])
    here = torch.stack([torch.arange(length, device=row.device) < len(row) for row in logits])
    ahead = network.starts + scores[:, 0]
    for n in range(1, length):
        step = torch.logsumexp(ahead.unsqueeze(2) + network.steps, dim=1) + scores[:, n]
        ahead = torch.where(here[:, n, None], step, ahead)
    gold = (scores.gather(2, known.unsqueeze(2)).squeeze(2) * here).sum() + network.starts[known[:, 0]].sum()
    steps = network.steps[known[:, :-1], known[:, 1:]]
    return torch.logsumexp(ahead, dim=1).sum() - gold - (steps * here[:, 1:]).sum()


class Local:
    """A window's tokens by their number in the text, and spans of them as the scorers take them."""

    def __init__(self, window: Window, states: Tensor) -> None:
        self._states = states
        self._at = {int(token): n for n, token in enumerate(window.tokens)}
        breaks = window.text.inputs.breaks[window.text.inputs.firsts[window.tokens]]
        self._sentences = np.cumsum(breaks >= 3)

    def holds(self, span: Span) -> bool:
        return span[0] in self._at and span[1] - 1 in self._at

    def vectors(self, spans: Sequence[Span]) -> Tensor:
        firsts = [self._at[span[0]] for span in spans]
        lasts = [self._at[span[1] - 1] for span in spans]
        return torch.cat((self._states[firsts], self._states[lasts]), dim=1)

    def sentences(self, spans: Sequence[Span]) -> list[int]:
        return [int(self._sentences[self._at[span[0]]]) for span in spans]

    def apart(self, left: Sequence[Span], right: Sequence[Span]) -> tuple[Tensor, Tensor]:
        near, apart = distances(left, right), sentence_distances(self.sentences(left), self.sentences(right))
        device = self._states.device
        return torch.from_numpy(near).to(device), torch.from_numpy(apart).to(device)


def _score(
    scorer: torch.nn.Module, local: Local, left: Sequence[Span], right: Sequence[Span], kinds: list[int]
) -> Tensor:
    """Logits [left, right + the candidates that stand for no words]: those are of the kinds beyond ``right``."""
    vectors = local.vectors(right) if right else local.vectors(left[:1])[:0]
    extra = len(kinds) - len(right)
    vectors = torch.cat((vectors, vectors.new_zeros(extra, vectors.shape[1])))
    near, apart = local.apart(left, right)
    near, apart = (functional.pad(row, (0, extra), value=int(_NOWHERE)) for row in (near, apart))
    scores: Tensor = scorer(local.vectors(left), vectors, torch.tensor(kinds, device=vectors.device), near, apart)
    return scores


#: What stands for no words stands at no distance: the middle class.
_NOWHERE = distances([(0, 1)], [(0, 1)])[0, 0]


def link_losses(network: Network, window: Window, states: Tensor) -> list[Tensor]:
    """What it costs to find the source of each cue, and the cue of each piece of content."""
    local = Local(window, states)
    rows = [
        ({role: [s for s in getattr(link, role) if local.holds(s)] for role in ("source", "cue", "content")}, link)
        for link in window.text.links
    ]
    cues = sorted({span for row, _ in rows for span in row["cue"]})
    sources = sorted({span for row, _ in rows for span in row["source"]})
    contents = sorted({span for row, _ in rows for span in row["content"]})
    costs: list[Tensor] = []
    if cues:
        scores = _score(network.speaker, local, cues, sources, [0] * len(sources) + [1])[:, :, 0]
        for n, cue in enumerate(cues):
            mine = [row for row in rows if cue in row[0]["cue"]]
            right = [sources.index(s) for row, _ in mine for s in row["source"]]
            if right or any(not link.source for _, link in mine):
                costs.append(_picked(scores[n], right or [len(sources)]))
    if contents:
        said_by = cues + [s for s in sources if s not in cues]
        kinds = [0] * len(cues) + [2] * (len(said_by) - len(cues)) + [1]
        scores = _score(network.saying, local, contents, said_by, kinds)[:, :, 0]
        for n, content in enumerate(contents):
            mine = [row for row in rows if content in row[0]["content"]]
            right = [said_by.index(s) for row, _ in mine for s in row["cue"]]
            right = right or [said_by.index(s) for row, link in mine if not link.cue for s in row["source"]]
            if right or any(not link.cue and not link.source for _, link in mine):
                costs.append(_picked(scores[n], right or [len(said_by)]))
    return costs


def slot_losses(network: Network, window: Window, states: Tensor) -> list[Tensor]:
    """What it costs to find the place, days and parties of each event among the candidates of the window."""
    text = window.text
    if not text.wanted:
        return []
    local = Local(window, states)
    last = len(text.candidates) - 2
    inside = [n for n in range(last) if local.holds(text.candidates[n].span)][:MOST]
    events = [event for event in text.wanted if local.holds(event.trigger)]
    if not events:
        return []
    spans = [text.candidates[n].span for n in inside]
    kinds = [text.candidates[n].kind for n in inside] + [text.candidates[last].kind, text.candidates[last + 1].kind]
    scores = _score(network.slots, local, [event.trigger for event in events], spans, kinds)
    numbers = [*inside, last, last + 1]
    costs: list[Tensor] = []
    for n, event in enumerate(events):
        for slot, wanted in event.slots.items():
            right = [numbers.index(k) for k in wanted if k in numbers]
            if right:
                fits = torch.tensor([_fits(slot, kind) for kind in kinds], device=scores.device)
                costs.append(_picked(scores[n, :, SLOTS.index(slot)].masked_fill(~fits, -1e4), right))
    return costs


#: The kinds of candidates (of ``CANDIDATES``) that may fill each slot.
_KINDS = {"place": (0, 3), "date": (1, 3, 4), "agent": (2, 3), "patient": (2, 3)}


def _fits(slot: str, kind: int) -> bool:
    return kind in _KINDS[slot]


def _picked(scores: Tensor, right: Sequence[int]) -> Tensor:
    """The negative log of the share that all right answers have together."""
    return torch.logsumexp(scores, dim=0) - torch.logsumexp(scores[list(right)], dim=0)
