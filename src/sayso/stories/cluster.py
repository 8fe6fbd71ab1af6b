"""Groups mentions into happenings: average linkage over the pairs that may be one, best first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations, product

from sayso.stories.compare import Comparison, days_from, weights
from sayso.stories.mentions import Mention, folded_words

#: What a pair that shares nothing, and so was never compared, weighs against a merger of the groups that hold it.
_UNSEEN = -6.0

#: A word or place that more articles hold tells too little to bring two together.
_MOST_HOLD = 30

#: Articles with fewer words or places of that kind in common are not compared. On the development data these two
#: leave out four pairs of five of a large case and change no figure.
_IN_COMMON = 6

#: Mentions further apart than this are no candidates; those of a longer range are brought together by their words.
_MOST_DAYS = 7


def cluster(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions by happening; the order of the articles makes no difference."""
    mentions = sorted(mentions, key=lambda mention: mention.key)
    comparison, threshold = Comparison(mentions), weights()["threshold"]
    found = {(i, j): comparison.score(mentions[i], mentions[j]) for i, j in candidates(mentions)}
    return [[mentions[n] for n in group] for group in average_linkage(len(mentions), found, threshold)]


def candidates(mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: all of two articles whose mentions have rare words and places in common, less those whose
    days cannot be near. All, because a group is judged by the average of its pairs."""
    of_article: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        of_article[mention.reading.id].append(number)
    for one, other in _meeting(mentions, of_article):
        pairs = combinations(of_article[one], 2) if one == other else product(of_article[one], of_article[other])
        yield from (pair for pair in pairs if _may_meet(mentions[pair[0]], mentions[pair[1]]))


def _meeting(mentions: Sequence[Mention], articles: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of articles worth comparing, each with itself among them."""
    holders: dict[object, set[str]] = defaultdict(set)
    for mention in mentions:
        for key in _keys(mention):
            holders[key].add(mention.reading.id)
    telling = [sorted(held) for held in holders.values() if len(held) <= _MOST_HOLD]
    keys = Counter(article for held in telling for article in held)
    common = Counter(pair for held in telling for pair in combinations(held, 2))
    # a report of one sentence has few words to share: half of them are enough
    met = (pair for pair, count in common.items() if count >= min(_IN_COMMON, min(keys[one] for one in pair) / 2))
    return sorted([*((one, one) for one in articles), *met])


def _keys(mention: Mention) -> Iterator[object]:
    month = mention.date[0][:7] if mention.date else ""
    yield ("place", frozenset(folded_words(mention.event.place or "")), month)
    yield from mention.words


def _may_meet(one: Mention, other: Mention) -> bool:
    if one.date is None or other.date is None:
        return True
    return max(days_from(one.date[1], other.date[0]), days_from(other.date[1], one.date[0])) <= _MOST_DAYS


def average_linkage(count: int, scores: dict[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Joins the two groups whose pairs go together best on average, until none reaches the threshold.

    Ties are broken by the members' order, so that the same scores give the same groups.
    """
    members = {n: [n] for n in range(count)}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in scores.items():
        near[i][j] = near[j][i] = value - _UNSEEN
    heap = [(-value, i, j) for (i, j), value in scores.items() if value >= threshold]
    heapify(heap)
    fresh = count
    while heap:
        _, i, j = heappop(heap)
        if i not in members or j not in members:
            continue
        members[fresh] = members.pop(i) + members.pop(j)
        _join(near, i, j, fresh)
        for other, value in near[fresh].items():
            mean = value / (len(members[fresh]) * len(members[other])) + _UNSEEN
            if mean >= threshold:
                heappush(heap, (-mean, other, fresh))
        fresh += 1
    return sorted(sorted(group) for group in members.values())


def _join(near: dict[int, dict[int, float]], i: int, j: int, fresh: int) -> None:
    """The new group's sums to all others are those of its halves together."""
    for half in (i, j):
        for other, value in near.pop(half, {}).items():
            if other not in (i, j):
                del near[other][half]
                near[fresh][other] = near[other][fresh] = near[fresh].get(other, 0.0) + value
