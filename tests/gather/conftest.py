"""A site on loopback for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gather.sites import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site
