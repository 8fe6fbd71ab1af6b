"""A job: what its folder holds, what is still to be read, and its report. Begun anew, it goes on where it ended."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from sayso.bulk.engine import leave_cluster, run_slices
from sayso.bulk.input import Seen, base_of, escaped, files_in
from sayso.bulk.metrics import write_metrics
from sayso.bulk.parts import Done, done_with, fill, is_kept, keep_only, sweep, write_whole
from sayso.bulk.sieve import Sieve
from sayso.bulk.slices import Slice, cut, order_of
from sayso.bulk.telling import Told, tell
from sayso.bulk.work import Work, begin, end
from sayso.case.cores import over_processes
from sayso.case.store import Progress, no_progress
from sayso.encoder import model_for
from sayso.gather import Wanted, is_list
from sayso.pages import resiliparse
from sayso.records import JobError, Record, RecordError, SaysoError, from_json, to_json
from sayso.settings import Settings
from sayso.version import VERSION

#: How often slices are handed out again after the engine lost those that read them.
_ATTEMPTS = 3

_MANIFEST, _REPORT = "job.json", "report.json"

_LOG = logging.getLogger("sayso.bulk")


class Manifest(Record, frozen=True, kw_only=True):
    """What a job's folder was made from, and by what: only the same goes on in it."""

    schema: Literal["sayso.bulk/1"] = "sayso.bulk/1"
    sayso: str
    weights: str | None
    settings: Settings
    sieve: Sieve
    root: str
    files: dict[str, Seen]
    slices: tuple[Slice, ...]


class Failed(Record, frozen=True, kw_only=True):
    """A slice that could not be read, and why; the next run tries it again."""

    paths: tuple[str, ...]
    start: int
    end: int
    why: str


class Report(Record, frozen=True, kw_only=True):
    """What a job has come to, over all its runs; ``seconds`` are of this run, ``gone``: files that are no more."""

    slices: int
    pages: int
    read: int
    skipped: int
    lost: int
    claims: int
    why: dict[str, int]
    failed: tuple[Failed, ...]
    gone: tuple[str, ...]
    articles: int
    copies: int
    stories: int
    status: dict[str, int]
    seconds: float


class Job:
    """One folder of input read into one folder of tables."""

    def __init__(
        self, root: Path, output: Path, settings: Settings = Settings(), sieve: Sieve = Sieve(), *,
        processes: int = 1, cluster: str | None = None, slice_bytes: int = 0,
    ) -> None:  # fmt: skip
        """Looks at what there is and what is done already; writes nothing yet.

        Args:
            processes: how many pages are read at once on each machine.
            cluster: see ``engine.run_slices``.
            slice_bytes: see ``slices.cut``; it changes nothing of what comes out.

        Raises:
            JobError: where the input is not there, or the output holds something else.
            MissingExtraError: where what takes a glance at pages is not installed.
            DataError: where the learned reader's files are missing or damaged.
        """
        self._output, self._processes, self._cluster = output.absolute(), processes, cluster
        root = root.absolute()
        _check_places(root, self._output)
        if not sieve.everything:
            resiliparse()
        weights = model_for(settings.reader, settings.threads).hash
        # threads change nothing of what is read
        fresh = Manifest(
            sayso=VERSION, weights=weights, settings=replace(settings, threads=1), sieve=sieve, root=str(root),
            files=files_in(root, settings), slices=(),
        )  # fmt: skip
        known = _known(self._output)
        if known is not None:
            _check_same(known, fresh, self._output)
        self.manifest = _planned(known, fresh, slice_bytes)
        self.gone = tuple(sorted(set(known.files if known else ()) - set(fresh.files)))
        self._work = Work(
            root=str(root), output=str(self._output), settings=self.manifest.settings, sieve=sieve, processes=processes
        )  # fmt: skip
        self._done: dict[str, Done] = {}
        self._seconds = 0.0
        self.stopped = False

    @property
    def slices(self) -> tuple[Slice, ...]:
        return self.manifest.slices

    def left(self) -> list[Slice]:
        """The slices that are not done, or whose failure is to be tried again."""
        for one in self.slices:
            if one.name not in self._done and (done := done_with(self._output, one.name)) is not None:
                self._done[one.name] = done
        return [one for one in self.slices if one.name not in self._done or self._done[one.name].failed]

    def read(self) -> Iterator[Done]:
        """Reads what is left; gives what became of each slice, as it is done.

        Raises:
            JobError: where there is no room to write, or nothing can be written at all.
            MissingExtraError: where the engine is not installed.
        """
        began = time.monotonic()
        try:
            self._output.mkdir(parents=True, exist_ok=True)
            write_whole(self._output / _MANIFEST, to_json(self.manifest))
            keep_only(self._output, (one.name for one in self.slices))
        except OSError as error:
            raise _no_room(error.strerror or str(error), self._output) from None
        begin(self._work)
        try:
            for done in map(self._seen, self._handed_out(lambda left: run_slices(self._work, left, self._cluster))):
                if self.stopped and done.failed:
                    continue
                self._done[done.name] = done
                self._seconds = time.monotonic() - began
                yield done
                if done.full:
                    raise _no_room(str(done.failed), self._output)
                write_metrics(self._output, self._done.values(), len(self.slices))
                if self.stopped and self._cluster:
                    # other machines do not hear of it until this one parts with them
                    break
        except OSError as error:
            raise _no_room(error.strerror or str(error), self._output) from None
        finally:
            end(self._work)
            leave_cluster()

    def _seen(self, done: Done) -> Done:
        """What became of a slice, if this machine sees its parts as the one that wrote them does."""
        if done.failed or done_with(self._output, done.name) is not None:
            return done
        return Done(name=done.name, failed="its parts are not seen here: do all machines have the same folder there?")

    def stop(self) -> None:
        """Ends the reading soon, from a signal or another thread; what is done is kept."""
        self.stopped = True
        end(self._work)

    def _handed_out(self, run: Callable[[Sequence[Slice]], Iterator[Done]]) -> Iterator[Done]:
        """All that is left handed out, and again what the engine lost; what failed twice is left for the next run."""
        left = self.left()
        for attempt in range(_ATTEMPTS):
            if not left or self.stopped:
                return
            told: set[str] = set()
            try:
                for done in run(left):
                    told.add(done.name)
                    yield done
            except SaysoError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever an engine raises, what it has not done is still to do
                why = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
                _LOG.warning("the engine ended: %s", why)
                if attempt + 1 == _ATTEMPTS:
                    yield from (Done(name=one.name, failed=why) for one in left if one.name not in told)
            left = [one for one in left if one.name not in told]

    def tell(self, progress: Progress = no_progress) -> Report:
        """Tells copies and stories of all that is read, and writes the report."""
        began = time.monotonic()
        self.left()
        names = [one.name for one in self.slices if one.name in self._done and not self._done[one.name].failed]
        try:
            told = tell(self._output, names, over_processes(self._processes), progress)
            fill(self._output)
            report = self._report(told, self._seconds + time.monotonic() - began)
            write_whole(self._output / _REPORT, to_json(report))
            write_metrics(self._output, self._done.values(), len(self.slices), told)
        except OSError as error:
            raise _no_room(error.strerror or str(error), self._output) from None
        sweep(self._output)
        return report

    def _report(self, told: Told, seconds: float) -> Report:
        done_ones = [(one, self._done[one.name]) for one in self.slices if one.name in self._done]
        dones = [done for _, done in done_ones]
        why: Counter[str] = Counter()
        for done in dones:
            why.update(done.why)
        failed = (
            Failed(paths=one.paths, start=one.start, end=one.end, why=str(done.failed))
            for one, done in done_ones
            if done.failed
        )
        return Report(
            slices=len(self.slices), pages=sum(done.read + done.skipped + done.lost for done in dones),
            read=sum(done.read for done in dones), skipped=sum(done.skipped for done in dones),
            lost=sum(done.lost for done in dones), claims=sum(done.claims for done in dones),
            why=dict(sorted(why.items())), failed=tuple(failed), gone=self.gone, articles=told.articles,
            copies=told.copies, stories=told.stories, status=told.status, seconds=round(seconds, 1),
        )  # fmt: skip


def _check_places(root: Path, output: Path) -> None:
    for path in (root, output):
        # other machines are told of both in JSON, which cannot carry them; names inside the input may be of any bytes
        if any("\ud800" <= char <= "\udfff" for char in str(path)):
            raise JobError(expected="a path in UTF-8", found="other bytes", place=escaped(str(path)))
    if not root.exists():
        raise JobError(expected="a file or a folder of pages", found="nothing there", place=str(root))
    inside, outside = (Path(os.path.realpath(path)) for path in (base_of(root), output))
    whole = inside if root.is_dir() else Path(os.path.realpath(root))
    if outside in (inside, whole) or whole in outside.parents:
        # what it writes would be read as input by the next run
        raise JobError(expected="a folder outside the input", found="one inside it", place=str(output))
    if root.is_file() and is_list(root, Wanted(), Settings()):
        raise JobError(expected="pages; sayso add fetches addresses", found="a list of these", place=str(root))
    if output.exists() and not output.is_dir():
        raise JobError(expected="a folder", found="a file", place=str(output))
    if output.is_dir() and not (output / _MANIFEST).exists() and any(map(is_kept, output.iterdir())):
        raise JobError(expected="an empty folder, or that of a job", found="other files", place=str(output))


def _known(output: Path) -> Manifest | None:
    path = output / _MANIFEST
    try:
        return from_json(path.read_bytes(), Manifest, place=str(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JobError(expected="a folder that can be read", found=str(error.strerror), place=str(path)) from None
    except RecordError as error:
        raise JobError(expected="the folder of a job", found=error.found, place=str(path)) from None


def _check_same(known: Manifest, fresh: Manifest, output: Path) -> None:
    """Two jobs never share a folder: their readings would not go together."""
    for name in ("root", "sayso", "weights", "sieve", "settings"):
        before, now = getattr(known, name), getattr(fresh, name)
        if before != now:
            what = "input" if name == "root" else name
            raise JobError(
                expected=f"the {what} that this folder was made with ({before}); for another take another folder",
                found=str(now), place=str(output),
            )  # fmt: skip


def _planned(known: Manifest | None, fresh: Manifest, slice_bytes: int) -> Manifest:
    """The slices of what is there now; those that a changed file has made stale are not among them.

    What was cut before stays as it was cut; what a file gave that is gone since stays too, if its part is not stale.
    """
    before = known.files if known else {}
    changed = {path for path, seen in fresh.files.items() if before.get(path) != seen}
    slices = known.slices if known else ()
    kept = [one for one in slices if not _is_stale(one, changed, fresh.files)]
    covered = {path for one in kept for path in one.paths}
    new = {path: seen for path, seen in fresh.files.items() if path not in covered}
    every = sorted([*kept, *cut(Path(fresh.root), new, slice_bytes)], key=lambda one: one.order)
    files = {**{path: before[path] for path in covered if path in before}, **fresh.files}
    return replace(fresh, files=files, slices=tuple(every))


def _is_stale(one: Slice, changed: set[str], files: dict[str, Seen]) -> bool:
    """Whether a file of the slice was changed, or a new one stands between its files: rows go in the order of paths."""
    if changed.intersection(one.paths):
        return True
    first, last = order_of(one.paths[0]), order_of(one.paths[-1])
    between = len(one.paths) > 1 and any(first < order_of(path) < last for path in changed)
    # what a lost file gave is worth more than the order
    return between and all(path in files for path in one.paths)


def _no_room(why: str, output: Path) -> JobError:
    return JobError(
        expected="room to write; what is done is kept, and the same command goes on from there", found=why,
        place=str(output),
    )  # fmt: skip
