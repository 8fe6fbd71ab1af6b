"""Settings are a table: every one has a default and a help text, and nothing else is taken."""

from __future__ import annotations

import pytest

from sayso.records import SettingError
from sayso.settings import SETTINGS, Settings, settings_from, settings_from_words


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    assert [row.name for row in SETTINGS] == list(Settings.__struct_fields__)
    assert all(row.help for row in SETTINGS)
    assert settings_from({row.name: row.default for row in SETTINGS}) == Settings()


@pytest.mark.parametrize(
    "values", [{"colour": 1}, {"reader": "oracle"}, {"max_text_chars": "many"}, {"max_text_chars": 1.5}]
)
def test_unknown_names_and_other_types_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(SettingError, match=r"settings.*expected .* found"):
        settings_from(values)


def test_words_of_a_command_line() -> None:
    assert settings_from_words(["max_text_chars=1000", "reader=rules"]) == Settings(max_text_chars=1000, reader="rules")
    with pytest.raises(SettingError, match="NAME=VALUE"):
        settings_from_words(["max_text_chars"])
