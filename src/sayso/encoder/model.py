"""The learned model at run time: loaded once, when it is first needed, and read one window at a time.

Windows are never joined in a batch. With 8-bit weights the network scales its activations by their range over the whole
input, so a window's result would depend on its neighbours; alone, a page reads the same among a thousand others.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from sayso.encoder.decode import Floats, Range, allowed_steps, best_path, ranges, softmax
from sayso.encoder.inputs import Doc, Inputs, Vocabulary, make_inputs, windows
from sayso.encoder.labels import COLUMNS, TAGS, WIDTH
from sayso.encoder.pairs import Pairs, distances, sentence_distances
from sayso.records import DataError, Span

DATA = Path(__file__).with_name("data")
MANIFEST = "manifest.json"
FILES = ("encoder.onnx", "pairs.npz", "vocabulary.txt")

REMEDY = "the learned reader's files (install sayso again, or read by rules: --reader rules)"

#: How much the learned chain of labels counts, and what is added to the scores of labels that the network gives too
#: seldom. Chosen on the dev articles of the attribution data: full attributions 0.710 without, 0.720 with.
CHAIN = 1.5
LEAN = {"source": 0.5, "cue": 0.2, "content": 0.2}

#: Numbers of one token's state.
SIZE = 384


class Marks:
    """What the model sees in one text: for every token the scores of all labels, and its state for scoring pairs."""

    def __init__(self, model: Model, doc: Doc, inputs: Inputs, states: Floats, logits: Floats) -> None:
        self._model, self.doc, self._inputs = model, doc, inputs
        self.states, self.logits = states, logits
        self._known: dict[str, Floats] = {}
        self._projected: dict[str, tuple[Floats, Floats]] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.doc.tokens]

    def tokens(self, span: Span) -> Span:
        """The tokens that a span of the text touches, at least one."""
        first = max(0, bisect_right(self._starts, span[0]) - 1)
        return first, max(first + 1, bisect_left(self._starts, span[1]))

    def presence(self, head: str, span: Span) -> float:
        """How likely a head marks something at a span: the likeliest of its tokens counts."""
        first, last = self.tokens(span)
        return float(1 - self.shares(head)[first:last, 0].min())

    def shares(self, head: str) -> Floats:
        """The probability of each of a head's labels, [tokens, labels]."""
        if head not in self._known:
            self._known[head] = softmax(self.logits[:, slice(*COLUMNS[head])])
        return self._known[head]

    def ranges(self, head: str) -> list[Range]:
        """What a head marks, in text order."""
        logits = self.logits[:, slice(*COLUMNS[head])] + np.array(
            [_lean(label) for label in TAGS[head]], dtype=np.float32
        )
        steps, starts = self._model.steps(head)
        return ranges(best_path(logits, steps, starts), TAGS[head], self.shares(head))

    def span(self, first: int, last: int) -> Span:
        """The code points of the tokens from ``first`` up to ``last``."""
        return self.doc.tokens[first][0], self.doc.tokens[last - 1][1]

    @cached_property
    def sentences(self) -> list[int]:
        """For each token the number of its sentence."""
        inputs, count, numbers = self._inputs, 0, []
        for first in inputs.firsts:
            count += bool(first >= 0 and inputs.breaks[first] >= 3)
            numbers.append(count)
        return numbers

    def pairs(self, scorer: str, left: list[Span], right: list[Span], kinds: list[int]) -> Floats:
        """Scores of pairs of token ranges: [left, candidates, roles].

        ``kinds`` has one entry for each right range, and further ones for candidates that stand for no words.
        """
        pairs, extra = self._model.scorers[scorer], len(kinds) - len(right)
        theirs = self._met(scorer, "right", right)
        theirs = np.concatenate((theirs, np.zeros((extra, theirs.shape[1]), dtype=np.float32)))
        near = distances(left, right)
        apart = sentence_distances([self.sentences[a] for a, _ in left], [self.sentences[a] for a, _ in right])
        middle = distances([(0, 1)], [(0, 1)])[0, 0]
        near, apart = (np.pad(row, ((0, 0), (0, extra)), constant_values=middle) for row in (near, apart))
        return pairs.meet(self._met(scorer, "left", left), theirs, kinds, near, apart)

    def _met(self, scorer: str, side: str, spans: list[Span]) -> Floats:
        """The spans as one side of a scorer meets them: what their first and their last token add."""
        key = f"{scorer} {side}"
        if key not in self._projected:
            self._projected[key] = self._model.scorers[scorer].project(self.states, side)
        firsts, lasts = self._projected[key]
        met: Floats = firsts[[a for a, _ in spans]] + lasts[[b - 1 for _, b in spans]]
        return met.reshape(len(spans), firsts.shape[1])


class Model:
    """The network and its scorers, as stored in one folder.

    Raises:
        DataError: where a file is missing or is not the one that the manifest names.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self.manifest, content = _read(folder)
        self.hash: str | None = hashlib.sha256(json.dumps(self.manifest, sort_keys=True).encode()).hexdigest()
        self.vocabulary = Vocabulary(content["vocabulary.txt"].decode().split("\n"))
        with np.load(folder / "pairs.npz") as stored:
            weights = {name: stored[name] for name in stored.files}
        self.scorers = {name: Pairs(weights, name) for name in ("speaker", "saying", "slots")}
        self._chain = weights["steps"], weights["starts"]
        self._session = open_session(content["encoder.onnx"], threads)

    def steps(self, head: str) -> tuple[Floats, Floats]:
        """The scores of steps between a head's labels and of starting with each: learned for who says what."""
        labels = TAGS[head]
        steps = allowed_steps(labels)
        starts = np.array([-1e4 if label.startswith("I-") else 0 for label in labels], dtype=np.float32)
        if head == "attribution":
            return steps + CHAIN * self._chain[0], starts + CHAIN * self._chain[1]
        return steps, starts

    def read(self, doc: Doc) -> Marks:
        """The model's marks on a text."""
        inputs = make_inputs(doc, self.vocabulary)
        states = np.zeros((len(doc.tokens), SIZE), dtype=np.float32)
        logits = np.zeros((len(doc.tokens), WIDTH), dtype=np.float32)
        margins = np.full(len(doc.tokens), -1)
        for start, end in windows(inputs):
            pieces = inputs.cut(start, end, self.vocabulary.marks)
            names = ("pieces", "forms", "quotes", "breaks")
            found = self._session.run(None, {name: row[None] for name, row in zip(names, pieces, strict=True)})
            here = np.flatnonzero((inputs.firsts >= start) & (inputs.firsts < end))
            at = inputs.firsts[here] - start
            # Of overlapping windows the one counts in which a token stands furthest from an edge.
            margin = np.minimum(
                at + (start == 0) * len(inputs.pieces),
                end - start - at + (end == len(inputs.pieces)) * len(inputs.pieces),
            )
            better = margin > margins[here]
            here, at, margin = here[better], at[better] + 1, margin[better]
            margins[here], states[here], logits[here] = margin, found[0][0, at], found[1][0, at]
        return Marks(self, doc, inputs, states, logits)


class NoModel:
    """Stands where a model would, and marks nothing."""

    hash: None = None

    def read(self, doc: Doc) -> None:
        """No marks."""


def model_for(reader: str, threads: int = 0) -> Model | NoModel:
    """What marks the texts for a reader: the model, loaded once, or for ``rules`` nothing.

    Raises:
        DataError: where the model's files are missing or damaged.
    """
    return load_model(DATA, threads) if reader == "learned" else NoModel()


@lru_cache(maxsize=4)
def load_model(folder: Path, threads: int = 0) -> Model:
    """The model in a folder, loaded once for each number of threads (0: as many as there are cores)."""
    return Model(folder, threads)


def open_session(content: bytes, threads: int) -> Any:
    # Loaded here, and not above: a quarter of a second that only the learned reader needs.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that wait in a loop steal the cores of other processes: several sayso at once ran three times slower.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _read(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The manifest and the files it names, each with the hash it states."""
    try:
        manifest = dict(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        content = {name: (folder / name).read_bytes() for name in FILES}
        stated = {name: manifest["files"][name] for name in FILES}
    except (OSError, ValueError, KeyError) as error:
        raise DataError(expected=REMEDY, found=_fault(error), place=str(folder)) from error
    for name, data in content.items():
        if hashlib.sha256(data).hexdigest() != stated[name]:
            raise DataError(expected=REMEDY, found="other bytes than its manifest states", place=str(folder / name))
    return manifest, content


def _lean(label: str) -> float:
    return LEAN.get(label[2:], 0.0)


def _fault(error: Exception) -> str:
    return (
        f"no file {Path(error.filename).name}" if isinstance(error, FileNotFoundError) else f"{error!r} in the manifest"
    )
