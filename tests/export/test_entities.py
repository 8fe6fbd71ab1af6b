"""FollowTheMoney entities, checked by FollowTheMoney."""

from __future__ import annotations

import json

import pytest

from sayso.export import TEXTS, Material


def test_every_entity_is_valid(given: Material) -> None:
    pytest.importorskip("followthemoney")
    from followthemoney import model

    rows = [json.loads(line) for line in TEXTS["ftm"](given).splitlines()]
    for row in rows:
        entity = model.get_proxy(row, cleaned=False)
        entity.schema.validate(row)
        kept = {name: entity.get(name) for name in row["properties"]}
        assert all(kept.values()), row


def test_what_points_at_another_entity_points_at_one_that_is_there(given: Material) -> None:
    rows = [json.loads(line) for line in TEXTS["ftm"](given).splitlines()]
    known = {row["id"] for row in rows}
    schemata = {row["schema"] for row in rows}

    assert len(known) == len(rows)
    assert {"Article", "Event", "Mention"} < schemata
    for row in rows:
        for name in ("proof", "involved", "document", "resolved"):
            assert set(row["properties"].get(name, ())) <= known
