"""From trained weights to what ships: the encoder in ONNX with 8-bit weights, the scorers' matrices, and a manifest."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from sayso.encoder.model import FILES, MANIFEST
from training.network import Network

INPUTS = ("pieces", "forms", "quotes", "breaks")
OUTPUTS = ("states", "tags")


def export(network: Network, vocabulary: str, folder: Path, *, about: dict[str, Any], quantised: bool = True) -> None:
    """Writes the folder that ``sayso.encoder`` loads; ``about`` goes into the manifest as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    _to_onnx(network, full)
    if quantised:
        _quantise(full, folder / FILES[0])
        full.unlink()
    else:
        full.replace(folder / FILES[0])
    heads = {
        name: value.cpu().numpy() for name, value in network.state_dict().items() if not name.startswith("encoder.")
    }
    np.savez(folder / FILES[1], **heads)  # type: ignore[arg-type]
    (folder / FILES[2]).write_text(vocabulary, encoding="utf-8")
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    manifest = {**about, "files": hashes}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _to_onnx(network: Network, path: Path) -> None:
    encoder = network.encoder.eval()
    example = tuple(torch.zeros(1, 20, dtype=torch.int64) for _ in INPUTS)
    # Run time reads one window at a time; a batch is for benchmarks.
    length = {name: {0: "batch", 1: "length"} for name in (*INPUTS, *OUTPUTS)}
    torch.onnx.export(
        encoder, example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=length,
        opset_version=17, dynamo=False,
    )  # fmt: skip


def _quantise(full: Path, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # One scale for each output channel; one for a whole matrix cost 1.4 points of attribution F1 in a trial. The
    # weights keep to 7 bits: with 8, processors without VNNI overflow where they add two products in 16 bits, and
    # read otherwise than those that have it.
    quantize_dynamic(
        full, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
    )  # fmt: skip
