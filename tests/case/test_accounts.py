"""Accounts of a case: passwords and sessions that cannot be read back, roles, an owner always left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from sayso.case import Case, open_case
from sayso.case.accounts import LASTS, ONCE_LASTS
from sayso.case.migrations.versions import r0005_changes_and_words as r0005
from sayso.records import CaseError
from tests.case.conftest import words_by_index_alone

PASSWORD = "correct horse battery"  # noqa: S105 - of the tests' own account
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)

pytest.importorskip("argon2")


def with_owner(where: str) -> Case:
    case = open_case(where)
    case.add_account("amira", PASSWORD, "owner", who="ada")
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
        case.add_account("ben", PASSWORD, "reviewer", who="ada")
        token = case.sign_in("ben", PASSWORD, NOW)
        assert token
        case.change_account("ben", password=PASSWORD + "!", who="ada")
        assert case.session(token, NOW) is None
        assert case.sign_in("ben", PASSWORD, NOW) is None
        token = case.sign_in("ben", PASSWORD + "!", NOW)
        assert token
        case.change_account("ben", disabled=True, who="ada")
        assert case.session(token, NOW) is None
        assert case.sign_in("ben", PASSWORD + "!", NOW) is None
        assert [(row.name, row.disabled is None) for row in case.accounts()] == [("amira", True), ("ben", False)]


def test_what_no_account_may_be_is_refused(where: str) -> None:
    with open_case(where) as case:
        with pytest.raises(CaseError, match="expected an owner as the first account"):
            case.add_account("ben", PASSWORD, "reader", who="ada")
        with pytest.raises(CaseError, match="expected a password of 10"):
            case.add_account("amira", "short", "owner", who="ada")
        with pytest.raises(CaseError, match="expected a name of 1 to 200 letters"):
            case.add_account(" ", PASSWORD, "owner", who="ada")
        case.add_account("amira", PASSWORD, "owner", who="ada")
        with pytest.raises(CaseError, match="expected a name that nobody has"):
            case.add_account("amira", PASSWORD, "owner", who="ada")
        for change in ({"role": "reader"}, {"disabled": True}):
            with pytest.raises(CaseError, match="expected an owner to be left"):
                case.change_account("amira", **change, who="ada")  # type: ignore[arg-type]
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


def test_a_password_that_is_good_once_runs_out(where: str) -> None:
    with with_owner(where) as case:
        made = case.add_account("ben", None, "reader", who="ada")
        now = datetime.now(UTC)

        assert len(made) >= 16
        assert case.sign_in("ben", made, now)
        assert case.sessions() == {"ben": 1}
        assert case.sign_in("ben", made, now + ONCE_LASTS + timedelta(minutes=1)) is None
        assert [one.once is None for one in case.accounts()] == [True, False]
        case.change_account("ben", password=PASSWORD, who="ada")
        assert case.sign_in("ben", PASSWORD, now + ONCE_LASTS + timedelta(minutes=1))


def test_what_is_changed_stays_on_record(where: str) -> None:
    with with_owner(where) as case:
        case.add_account("ben", PASSWORD, "reader", who="amira")
        with pytest.raises(CaseError):
            case.change_account("amira", role="reader", who="ben")
        case.change_account("ben", role="owner", disabled=True, who="amira")

        assert [(row.account, row.what, row.who) for row in case.account_changes()] == [
            ("ben", "made owner", "amira"), ("ben", "closed", "amira"), ("ben", "added as reader", "amira"),
            ("amira", "added as owner", "ada"),
        ]  # fmt: skip


def test_accounts_of_an_older_case_stay(where: str) -> None:
    with with_owner(where):
        pass
    url = where.replace("postgresql://", "postgresql+psycopg://") if "://" in where else f"sqlite:///{where}"
    engine = create_engine(url)
    with engine.begin() as connection:
        words_by_index_alone(connection)
        connection.execute(text("DROP TABLE account_changes"))
        connection.execute(text("ALTER TABLE accounts DROP COLUMN once"))
        connection.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": r0005.down_revision})
    engine.dispose()
    with open_case(where) as case:
        assert case.sign_in("amira", PASSWORD, NOW)
        assert case.account_changes() == ()
        case.give_password("amira", who="ada")
        assert [row.what for row in case.account_changes()] == ["given a password that is good once"]
        assert case.search("anything") == ()
