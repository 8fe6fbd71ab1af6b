"""The network: MiniLM's encoder, one linear layer for all token labels, and two scorers of pairs of spans.

The forward pass of the encoder is written out, so that it exports to ONNX as it stands. Pairs are scored outside of the
exported graph, by a few matrix products: ``sayso.encoder.pairs`` does the same in numpy.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from sayso.encoder.inputs import BREAKS, FORMS, QUOTES
from sayso.encoder.labels import CANDIDATES, SLOTS, TAGS, WIDTH
from sayso.encoder.pairs import DISTANCES

SIZE, HEADS, INNER, LAYERS = 384, 12, 1536, 6
VOCABULARY, POSITIONS = 30522, 512

#: The width in which two spans of a pair meet.
MEETING = 96


class Block(nn.Module):
    """One transformer layer, normalised after each half as BERT is."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Linear(SIZE, 3 * SIZE)
        self.out = nn.Linear(SIZE, SIZE)
        self.after_mix = nn.LayerNorm(SIZE, eps=1e-12)
        self.wide = nn.Linear(SIZE, INNER)
        self.narrow = nn.Linear(INNER, SIZE)
        self.after_wide = nn.LayerNorm(SIZE, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = states.shape
        parts = self.mix(states).view(batch, length, 3, HEADS, SIZE // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        states = self.after_mix(states + self.out(mixed.transpose(1, 2).reshape(batch, length, SIZE)))
        return self.after_wide(states + self.narrow(functional.gelu(self.wide(states))))


class Encoder(nn.Module):
    """Word pieces with their form, quotation state and break → hidden states and the logits of all labels."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, SIZE)
        self.positions = nn.Embedding(POSITIONS, SIZE)
        self.forms = nn.Embedding(len(FORMS), SIZE)
        self.quotes = nn.Embedding(len(QUOTES), SIZE)
        self.breaks = nn.Embedding(len(BREAKS), SIZE)
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.tags = nn.Linear(SIZE, WIDTH)
        for added in (self.forms, self.quotes, self.breaks):
            nn.init.normal_(added.weight, std=0.02)

    def forward(
        self, pieces: Tensor, forms: Tensor, quotes: Tensor, breaks: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        positions = torch.arange(pieces.shape[1], device=pieces.device).unsqueeze(0)
        states = self.pieces(pieces) + self.positions(positions)
        states = self.norm(states + self.forms(forms) + self.quotes(quotes) + self.breaks(breaks))
        for block in self.blocks:
            states = block(states, mask)
        return states, self.tags(states)

    def start_from(self, weights: Path) -> None:
        """Takes the encoder's weights from the file that the package of MiniLM carries."""
        old = load_file(weights)
        kinds = old["embeddings.token_type_embeddings.weight"][0]
        new = {
            "pieces.weight": old["embeddings.word_embeddings.weight"],
            # There is one kind of text here: its vector joins the positions'.
            "positions.weight": old["embeddings.position_embeddings.weight"] + kinds,
            "norm.weight": old["embeddings.LayerNorm.weight"],
            "norm.bias": old["embeddings.LayerNorm.bias"],
        }
        for n in range(LAYERS):
            layer = f"encoder.layer.{n}."
            for end in ("weight", "bias"):
                mixes = (old[f"{layer}attention.self.{name}.{end}"] for name in ("query", "key", "value"))
                new[f"blocks.{n}.mix.{end}"] = torch.cat(tuple(mixes))
                new[f"blocks.{n}.out.{end}"] = old[f"{layer}attention.output.dense.{end}"]
                new[f"blocks.{n}.after_mix.{end}"] = old[f"{layer}attention.output.LayerNorm.{end}"]
                new[f"blocks.{n}.wide.{end}"] = old[f"{layer}intermediate.dense.{end}"]
                new[f"blocks.{n}.narrow.{end}"] = old[f"{layer}output.dense.{end}"]
                new[f"blocks.{n}.after_wide.{end}"] = old[f"{layer}output.LayerNorm.{end}"]
        self.load_state_dict(new, strict=False)


class Pairs(nn.Module):
    """How well each span of one row goes with each of another: one logit for each pair and role."""

    def __init__(self, kinds: int, roles: int) -> None:
        super().__init__()
        self.left = nn.Linear(2 * SIZE, MEETING)
        self.right = nn.Linear(2 * SIZE, MEETING)
        self.kinds = nn.Embedding(kinds, MEETING)
        self.near = nn.Embedding(DISTANCES, MEETING)
        self.apart = nn.Embedding(DISTANCES, MEETING)
        self.score = nn.Linear(MEETING, roles)
        for added in (self.kinds, self.near, self.apart):
            nn.init.normal_(added.weight, std=0.1)

    def forward(self, left: Tensor, right: Tensor, kinds: Tensor, near: Tensor, apart: Tensor) -> Tensor:
        """``left`` [n, 2·SIZE], ``right`` [m, 2·SIZE], ``kinds`` [m], ``near`` and ``apart`` [n, m] → [n, m, roles]."""
        met = self.left(left).unsqueeze(1) + (self.right(right) + self.kinds(kinds)).unsqueeze(0)
        return self.score(functional.gelu(met + self.near(near) + self.apart(apart)))


class Network(nn.Module):
    """All that is trained."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.1)
        # A cue picks its source, a content its cue; kind 1 is "none", and for contents kind 2 a source without a cue.
        self.speaker = Pairs(kinds=2, roles=1)
        self.saying = Pairs(kinds=3, roles=1)
        self.slots = Pairs(kinds=len(CANDIDATES), roles=len(SLOTS))
        labels = len(TAGS["attribution"])
        self.steps = nn.Parameter(torch.zeros(labels, labels))
        self.starts = nn.Parameter(torch.zeros(labels))
