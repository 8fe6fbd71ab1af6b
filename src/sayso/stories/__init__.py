"""Across articles: which claims speak of one happening, how many independent origins they have, where they differ.

All of it is pure: the same readings give the same stories, whatever their order.
"""

from sayso.stories.mentions import place_of
from sayso.stories.stories import find_stories

__all__ = ["find_stories", "place_of"]
