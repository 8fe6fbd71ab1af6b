"""Count in how many texts each word stands, for sayso.stories.rarity.

    python scripts/count_words.py            print how many words there are, and the commonest
    python scripts/count_words.py --write    also write src/sayso/stories/rarity.tsv

The texts are news of all kinds that lie with the data for training: attribution (US politics), incident (attacks in
Latin America), pages (the web). The conflict articles are left out: stories are fitted and measured on that war, and
its names must be as rare there as those of any other war. Counting them in moves no B-cubed or pairs figure by more
than 0.005.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.stories.mentions import folded_words

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "sayso" / "stories" / "rarity.tsv"

#: Files of the data folder, and the field that holds a record's text.
SOURCES = {
    "attribution/train.jsonl": "text",
    "incident/train.jsonl": "text",
    "pages/truth.jsonl": "articleBody",
}

#: A word that fewer texts hold counts as rare as can be; names of people and misprints are most of those.
FEWEST = 3


def texts(data: Path) -> Iterator[str]:
    for name, field in SOURCES.items():
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield f"{record.get('title') or ''}\n{record[field] or ''}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    number = 0
    for text in texts(options.shared / "data"):
        counts.update(set(folded_words(text)))
        number += 1
    kept = sorted((word, count) for word, count in counts.items() if count >= FEWEST)
    print(f"{number} texts, {len(kept)} words; commonest: {', '.join(word for word, _ in counts.most_common(12))}")
    if options.write:
        rows = [f"{number}\t{FEWEST}", *(f"{word}\t{count}" for word, count in kept)]
        TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
