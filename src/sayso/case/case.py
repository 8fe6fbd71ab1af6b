"""A case opened, and what is done to it: pages added, decisions made and withdrawn, what must go forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from msgspec.structs import replace
from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from sayso.case.accounts import (
    Account,
    Role,
    add_account,
    begin_session,
    change_account,
    end_session,
    end_sessions,
    give_password,
    prolong_session,
    session,
    set_own_password,
    signed_in,
)
from sayso.case.building import check_claims, happenings_of, rebuild
from sayso.case.captures import drop_read, keep_capture, tie_captures
from sayso.case.decisions import Decided, Decision, note, withdraw
from sayso.case.engine import engine_for, is_url, shown
from sayso.case.feeds import note_feed, note_link
from sayso.case.forgetting import Forgotten, Target, buried, forget, hash_of, may_stay, scrub, spellings, wipe
from sayso.case.meetings import current_rulings
from sayso.case.names import note_reading
from sayso.case.schema import bring_up_to_date
from sayso.case.shelf import Shelf, reason_of
from sayso.case.tables import ARTICLES, VERSIONS
from sayso.case.versions import hash_of_text, insert_version, replace_reading
from sayso.gather import Capture, Known
from sayso.records import CaseError, Reading

Added: TypeAlias = Literal["added", "same", "changed", "forgotten"]


def open_case(where: str | Path, *, create: bool = True, keeps_up: bool = True, processes: int = 1) -> Case:
    """The case in a file or at a database's URL; a case of an older version is brought up to date.

    Args:
        where: a path, or ``postgresql://...``.
        create: whether a file that is not there is made.
        processes: how many group a large case. More than one are forks of this one: only for a program without threads.
        keeps_up: whether lists of stories bring these up to date first; else they show what the last ``refresh`` made.

    Raises:
        CaseError: where it is not there, is no case, or was written by a later version.
        MissingExtraError: where the database's driver is not installed.
    """
    where = str(where)
    if not create and not is_url(where) and not Path(where).is_file():
        raise CaseError(expected="a case", found="no such file; sayso add makes one", place=where)
    engine = engine_for(where)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            bring_up_to_date(connection, shown(where))
    except DatabaseError as error:
        raise CaseError(expected="a case", found=reason_of(error), place=shown(where)) from None
    return Case(engine, shown(where), keeps_up=keeps_up, processes=processes)


class Case(Shelf):
    """One investigation. Processes and threads may hold it at once; every addition is its own transaction."""

    def add(self, reading: Reading) -> Added:
        """Keeps a reading; when this returns it is on the disk.

        An article is known by its address, else by its id. The same text again changes nothing; another text
        becomes a new version under the article's first id, and the old one stays. A new article whose id another
        one has already gets one of its own: ``index-2``. What was forgotten is not kept.

        Raises:
            CaseError: where the database cannot keep it (a full disk, a lost connection).
        """
        key = reading.article.url or f"id:{reading.id}"
        with self._faults():
            try:
                return self._add(reading, key)
            except IntegrityError:
                # another process was first with this article: now it is there, and this text is compared with that one
                return self._add(reading, key)

    def keep(self, capture: Capture) -> None:
        """Keeps a page as it was fetched, unless its address was forgotten; on the disk when this returns.

        Raises:
            CaseError: where the database cannot keep it.
        """
        with self._faults(), self._writing.begin() as connection:
            graves = buried(connection)
            if not any(hash_of("article", url) in graves for url in (capture.url, capture.final_url)):
                keep_capture(connection, capture)

    def note_feed(self, feed: str, known: Known, urls: Sequence[str]) -> None:
        """Notes by what a feed is known, and which pages it names; those that it named before are not noted again."""
        with self._faults(), self._writing.begin() as connection:
            note_feed(connection, feed, known, urls)

    def note_link(self, url: str, *, read: bool) -> None:
        """Notes that a page which a feed named was read, or that it could not be this time."""
        with self._faults(), self._writing.begin() as connection:
            note_link(connection, url, read=read)

    def _add(self, reading: Reading, key: str) -> Added:
        state, dropped = self._add_or_drop(reading, key)
        if dropped:
            wipe(self._engine)
        return state

    def _add_or_drop(self, reading: Reading, key: str) -> tuple[Added, bool]:
        """What became of a reading, and whether its page as it was fetched had to go: it may be kept only as it is."""
        with self._writing.begin() as connection:
            kept = may_stay(reading, key, buried(connection))
            dropped = kept is not reading and drop_read(connection, reading) > 0
            if kept is None:
                return "forgotten", dropped
            known = ARTICLES.c.key.in_(spellings(key))
            article = connection.scalar(
                select(ARTICLES.c.number).where(known).order_by(ARTICLES.c.key != key).limit(1).with_for_update()
            )
            state: Added = "added" if article is None else "changed"
            if article is None:
                kept = _renamed(connection, kept)
                article = connection.execute(insert(ARTICLES).values(key=key)).inserted_primary_key[0]  # type: ignore[index]
            else:
                newest = self._newest(connection, article)
                kept = replace(kept, id=newest.id)
                if newest.text_sha256 == hash_of_text(kept):
                    state = "same"
            put = "there" if state == "same" else insert_version(connection, article, kept, _now())
            if put == "last":
                note_reading(connection, kept)
            tie_captures(connection, kept, article)
        return ("same" if put == "there" else state), dropped

    def _newest(self, connection: Connection, article: int) -> Row[Any, Any]:
        newest = select(VERSIONS.c.id, VERSIONS.c.text_sha256).where(VERSIONS.c.article == article)
        return connection.execute(newest.order_by(VERSIONS.c.number.desc()).limit(1)).one()

    # what people make of it

    def decide(self, decision: Decision, *, who: str, why: str | None = None) -> int:
        """Writes a decision down and tells the stories concerned by it; gives its number.

        Raises:
            CaseError: where it is about claims that no article of the case holds.
        """
        self.refresh()
        with self._faults(), self._writing.begin() as connection:
            check_claims(connection, decision, self.place)
            number = note(connection, decision, who, why, _now())
            rebuild(connection, happenings_of(connection, decision), current_rulings(connection))
            return number

    def undo(self, number: int | None = None, *, who: str) -> Decided:
        """Withdraws a decision, the last one where no number is given; it stays on record.

        Raises:
            CaseError: where there is none, or it is withdrawn already.
        """
        self.refresh()
        with self._faults(), self._writing.begin() as connection:
            withdrawn = withdraw(connection, number, who, _now(), self.place)
            rebuild(connection, happenings_of(connection, withdrawn.decision), current_rulings(connection))
            return withdrawn

    def replace(self, reading: Reading) -> None:
        """Puts a reading of the same text in the place of an article's newest: by other readers, or by newer ones.

        Raises:
            CaseError: where the case has no such article, or its text is another one.
        """
        with self._faults(), self._writing.begin() as connection:
            replace_reading(connection, reading, self.place)

    def forget(self, what: Target, name: str, *, why: str, who: str) -> Forgotten:
        """Erases an article (by address or id), all of an outlet, or a voice's words, for good; a hash stays.

        What is erased cannot be added again. When this returns no byte of it is left in the database's files.
        """
        self.refresh()
        with self._faults():
            with self._writing.begin() as connection:
                forgotten = forget(connection, what, name, why=why, who=who, now=_now())
            self._keeper.begin_anew()
            self.refresh()
            scrub(self._engine)
        return forgotten

    # who may do so, where it is served to others

    def add_account(self, name: str, password: str | None, role: Role, *, who: str) -> str:
        """Lets somebody sign in; gives the password, one that is good once where none is given.

        Raises:
            CaseError: where the name is taken, or the password too short.
        """
        with self._faults(), self._writing.begin() as connection:
            return add_account(connection, name, password, role, datetime.now(UTC), who=who)

    def change_account(
        self,
        name: str,
        *,
        who: str,
        password: str | None = None,
        role: Role | None = None,
        disabled: bool | None = None,
    ) -> None:
        """Changes what is given and signs them out. Raises a CaseError where nobody has the name."""
        now = datetime.now(UTC)
        with self._faults(), self._writing.begin() as connection:
            change_account(connection, name, now, who=who, password=password, role=role, disabled=disabled)

    def give_password(self, name: str, *, who: str) -> str:
        """Another password for an account, which is good once."""
        with self._faults(), self._writing.begin() as connection:
            return give_password(connection, name, datetime.now(UTC), who=who)

    def set_own_password(self, name: str, old: str, new: str, token: str) -> bool:
        """Sets one's own password in the session of a token; False where the old one is not right."""
        with self._faults(), self._writing.begin() as connection:
            return set_own_password(connection, name, old, new, token, datetime.now(UTC))

    def end_sessions(self, name: str, *, who: str) -> None:
        """Signs an account out everywhere."""
        with self._faults(), self._writing.begin() as connection:
            end_sessions(connection, name, datetime.now(UTC), who=who)

    def sign_in(self, name: str, password: str, now: datetime) -> str | None:
        """The token of a new session; None where name and password do not fit."""
        with self._faults(), self._writing.begin() as connection:
            account = signed_in(connection, name, password, now)
            return begin_session(connection, account.name, now) if account else None

    def check_account(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own, without a session: for programs."""
        with self._faults(), self._writing.begin() as connection:
            return signed_in(connection, name, password, datetime.now(UTC))

    def session(self, token: str, now: datetime) -> Account | None:
        """Whose session a token is of; its use prolongs it."""
        with self._faults():
            with self._engine.connect() as connection:
                found = session(connection, token, now)
            if found is not None and found[1]:
                with self._writing.begin() as connection:
                    prolong_session(connection, token, now)
        return found[0] if found else None

    def sign_out(self, token: str) -> None:
        """Ends a session."""
        with self._faults(), self._writing.begin() as connection:
            end_session(connection, token)


def _renamed(connection: Connection, reading: Reading) -> Reading:
    """The reading under an id that no other article has: files of many folders are called ``index``."""
    ident, count = reading.id, 1
    while connection.scalar(select(VERSIONS.c.number).where(VERSIONS.c.id == ident).limit(1)) is not None:
        count += 1
        ident = f"{reading.id}-{count}"
    return reading if count == 1 else replace(reading, id=ident)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
