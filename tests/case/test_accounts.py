"""Accounts of a case: passwords and sessions that cannot be read back, roles, an owner always left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sayso.case import Case, open_case
from sayso.case.accounts import LASTS
from sayso.records import CaseError

PASSWORD = "correct horse battery"  # noqa: S105 - of the tests' own account
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)

pytest.importorskip("argon2")


def with_owner(where: str) -> Case:
    case = open_case(where)
    case.add_account("amira", PASSWORD, "owner")
    return case


def test_a_session_is_known_by_its_token_alone_and_runs_out(where: str) -> None:
    with with_owner(where) as case:
        token = case.sign_in("amira", PASSWORD, NOW)

        assert token
        account = case.session(token, NOW)
        assert account
        assert (account.name, account.role) == ("amira", "owner")
        assert case.session(token + "x", NOW) is None
        assert case.session(token, NOW + LASTS + timedelta(seconds=1)) is None


def test_use_prolongs_a_session(where: str) -> None:
    with with_owner(where) as case:
        token = case.sign_in("amira", PASSWORD, NOW)
        assert token
        for hours in range(6, 60, 6):
            assert case.session(token, NOW + timedelta(hours=hours))
        case.sign_out(token)

        assert case.session(token, NOW) is None


@pytest.mark.parametrize(
    ("name", "password"), [("amira", "wrong wrong wrong"), ("nobody", PASSWORD), ("", ""), ("amira", "x" * 10**6)]
)
def test_what_does_not_fit_is_not_let_in(where: str, name: str, password: str) -> None:
    with with_owner(where) as case:
        assert case.sign_in(name, password, NOW) is None


def test_a_change_signs_out_and_who_is_disabled_stays_out(where: str) -> None:
    with with_owner(where) as case:
        case.add_account("ben", PASSWORD, "reviewer")
        token = case.sign_in("ben", PASSWORD, NOW)
        assert token
        case.change_account("ben", password=PASSWORD + "!")
        assert case.session(token, NOW) is None
        assert case.sign_in("ben", PASSWORD, NOW) is None
        token = case.sign_in("ben", PASSWORD + "!", NOW)
        assert token
        case.change_account("ben", disabled=True)
        assert case.session(token, NOW) is None
        assert case.sign_in("ben", PASSWORD + "!", NOW) is None
        assert [(row.name, row.disabled is None) for row in case.accounts()] == [("amira", True), ("ben", False)]


def test_what_no_account_may_be_is_refused(where: str) -> None:
    with open_case(where) as case:
        with pytest.raises(CaseError, match="expected an owner as the first account"):
            case.add_account("ben", PASSWORD, "reader")
        with pytest.raises(CaseError, match="expected a password of 10"):
            case.add_account("amira", "short", "owner")
        with pytest.raises(CaseError, match="expected a name of 1 to 200 letters"):
            case.add_account(" ", PASSWORD, "owner")
        case.add_account("amira", PASSWORD, "owner")
        with pytest.raises(CaseError, match="expected a name that nobody has"):
            case.add_account("amira", PASSWORD, "owner")
        for change in ({"role": "reader"}, {"disabled": True}):
            with pytest.raises(CaseError, match="expected an owner to be left"):
                case.change_account("amira", **change)  # type: ignore[arg-type]
        assert case.sign_in("amira", PASSWORD, NOW)


def test_neither_password_nor_token_stands_in_the_case(tmp_path: object) -> None:
    from pathlib import Path

    where = Path(str(tmp_path)) / "a.sayso"
    with with_owner(str(where)) as case:
        token = case.sign_in("amira", PASSWORD, NOW)
    written = b"".join(file.read_bytes() for file in where.parent.iterdir())

    assert token
    assert b"argon2id" in written
    assert PASSWORD.encode() not in written
    assert token.encode() not in written
