"""The mentions of many articles as columns of numbers, so that one is compared with thousands at a time.

Row n of every column is the n-th mention; words and places are numbers in one vocabulary. What many mentions have in
common (``days``, ``spot``, ``counts``, ``agent``) is the number of a set of values that stands in ``shared`` once.
"""

from __future__ import annotations

from typing import get_args

import numpy as np
from numpy.typing import NDArray

from sayso.records import EventType
from sayso.stories.arrays import Column, Lists
from sayso.stories.mentions import Mention, Sketch
from sayso.stories.shared import Agents, Counts, Days, Spots, Tolls, Vocabulary, Where, ordinal
from sayso.stories.traits import LEAD
from sayso.stories.values import victims_of

TYPES: tuple[str, ...] = get_args(EventType)
_TYPE = {kind: number for number, kind in enumerate(TYPES)}
_SIDES = {"people": 0, "fighters": 1, "soldiers": 2}


class Columns:
    """All mentions of the sketches added so far, article by article."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.articles: list[str] = []
        self.published, self.article_words = Column(np.int32), Lists()
        self.first_rows = Column(np.int64)
        self.first_rows.extend([0])
        self.article, self.number, self.sentence, self.part = (Column(np.int32) for _ in range(4))
        self.type, self.words = Column(np.int16), Lists()
        self.days, self.spot, self.counts, self.agent = (Column(np.int32) for _ in range(4))
        self.all_days, self.all_counts = Days(), Counts()
        self.all_spots, self.all_agents = Spots(self.vocabulary), Agents(self.vocabulary)

    def add(self, sketch: Sketch) -> int:
        """Adds an article's mentions behind the others; gives the article's number."""
        number, mentions, code = len(self.articles), sketch.mentions, self.vocabulary.__getitem__
        self.articles.append(sketch.article)
        self.published.extend([ordinal(sketch.published)])
        self.article_words.append(list(map(code, sketch.words)))
        self.first_rows.extend([len(self) + len(mentions)])
        self.words.extend([code(word) for one in mentions for word in one.words], [len(one.words) for one in mentions])
        self.number.extend([one.number for one in mentions])
        self.sentence.extend([one.sentence_number for one in mentions])
        self.part.extend([2 * number + (one.sentence_number < LEAD) for one in mentions])
        self.type.extend([_TYPE[one.event.type] for one in mentions])
        self.days.extend([self.all_days.number_of(one.event.date) for one in mentions])
        self.spot.extend([self.all_spots.number_of(_where(one)) for one in mentions])
        self.counts.extend([self.all_counts.number_of(_tolls(one)) for one in mentions])
        self.agent.extend([self.all_agents.number_of(one.event.agent) for one in mentions])
        self.article.extend([number] * len(mentions))
        return number

    def rows_of(self, article: int) -> NDArray[np.int64]:
        first = self.first_rows.values
        return np.arange(first[article], first[article + 1])

    def rows_of_all(self, articles: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of several articles, one article behind the other."""
        first = self.first_rows.values
        counts = first[articles + 1] - first[articles]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.asarray(np.repeat(first[articles], counts) + within, dtype=np.int64)

    def told_on(self, row: int) -> int:
        """The day on which a mention's article was published, as a number; ``NONE`` where none is known."""
        return int(self.published.values[self.article.values[row]])

    def __len__(self) -> int:
        return len(self.article)


def _where(mention: Mention) -> Where:
    event, spot, elsewhere = mention.event, mention.spot, mention.placed_elsewhere
    if spot is None:
        return Where(event.place, event.place_in, elsewhere, None, None, None, None, None, None)
    return Where(
        event.place, event.place_in, elsewhere, spot.name, spot.lat, spot.lon, spot.geonameid, spot.country, spot.admin1
    )


def _tolls(mention: Mention) -> Tolls:
    event = mention.event
    return Tolls(event.killed, event.injured, _SIDES[victims_of(event)], event.modality == "planned")
