"""One canonical name for each outlet."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.outlets import fold_name, outlet_at, outlet_name, outlet_named, outlets, same_outlet


def test_no_name_and_no_site_means_two_outlets() -> None:
    names = Counter(fold for row in outlets() for fold in {fold_name(name) for name in (row.name, *row.aliases)})
    sites = Counter(site for row in outlets() for site in row.domains)

    assert [name for name, times in names.items() if times > 1] == []
    assert [site for site, times in sites.items() if times > 1] == []


def test_the_table_is_sorted_and_its_sites_are_hosts() -> None:
    for kind in ("agency", "outlet"):
        names = [fold_name(row.name).replace(" ", "") for row in outlets() if row.kind == kind]
        assert names == sorted(names)
    assert all(site == site.lower() and "." in site and "/" not in site for row in outlets() for site in row.domains)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("AP", "The Associated Press", True),
        ("ITAR-TASS", "TASS", True),
        ("Al Jazeera News", "Al-Jazeera", True),
        ("Ember Post", "The Ember Post Online", True),
        ("emberpost.com", "Ember Post", True),
        ("Ember Post", "Ember Post Abroad", False),
        ("AFP", "AP", False),
        ("News", "Online", False),
    ],
)
def test_same_outlet(one: str, other: str, same: bool) -> None:
    assert same_outlet(one, other) is same
    assert same_outlet(other, one) is same


def test_by_site() -> None:
    assert outlet_at("www.reuters.com") == outlet_named("Reuters")
    assert outlet_at("notreuters.com") is None
    assert outlet_at("") is None


@given(st.text(max_size=40))
def test_a_canonical_name_is_its_own_canonical_name(name: str) -> None:
    assert outlet_name(outlet_name(name)) == outlet_name(name)
    assert fold_name(fold_name(name)) == fold_name(name)
