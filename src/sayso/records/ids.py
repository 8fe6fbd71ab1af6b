"""Identity: what is hashed, and what is not.

A claim's id hashes what is said, by whom, in which article text. It leaves out when the page was
fetched and which reader found the claim, so that reading a page again changes no id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

#: 16 hex digits are 64 bits: among ten million claims a chance clash has odds of about 1 in 370,000.
ID_LENGTH = 16


def digest(parts: Iterable[str]) -> str:
    """Hex SHA-256 of the parts, each preceded by its length so that no two lists read alike."""
    hasher = hashlib.sha256()
    _feed(hasher, parts)
    return hasher.hexdigest()


class ArticleIds:
    """Ids of the claims of one article, whose text is hashed once for all of them."""

    def __init__(self, article_text: str) -> None:
        self._hasher = hashlib.sha256()
        _feed(self._hasher, (article_text,))

    def claim_id(self, chain: Iterable[str], stance: str, words: Iterable[str]) -> str:
        """The same as ``claim_id`` with the article's text."""
        hasher = self._hasher.copy()
        _feed(hasher, (stance, "\x1f".join(chain), *words))
        return hasher.hexdigest()[:ID_LENGTH]


def claim_id(article_text: str, chain: Iterable[str], stance: str, words: Iterable[str]) -> str:
    """Id of a claim from the article's text, the voices of its chain, the stance and the words claimed."""
    return ArticleIds(article_text).claim_id(chain, stance, words)


def _feed(hasher: hashlib._Hash, parts: Iterable[str]) -> None:
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        hasher.update(len(raw).to_bytes(8, "big"))
        hasher.update(raw)
