"""What the files lane does for pictures: open, keep every step, save, export. Generators; what they return is the result.

They run beside the UI thread: of a picture they touch only its journal, its renderer and ``owed``.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.document import Revision
from studio.document.history import worked_seconds
from studio.document.layer import IDENTITY, Locks, Paint, Variant, joined
from studio.jobs.aside import aside
from studio.project.errors import ProjectError, StoreError
from studio.project.options import ExportOptions
from studio.raster.geometry import Rect
from studio.recipe import Stored
from studio.render.whole import strips
from studio.workspace.opened import POLL_SECONDS, Opened, Work
from studio.workspace.picture import Picture

if TYPE_CHECKING:
    from studio.project.journal import Journal

THUMBNAIL = 320
FILM_FRAME = 480
"""Pixels of the longer side of a step's small picture for the film; a smaller picture is kept as it is."""
PROJECT_SUFFIX = ".danqing"
EVICT_EVERY = 16
"""Steps after which tiles that lie in the journal leave the memory if all steps together hold too much …"""
EVICT_SHARE = 8
"""… or as soon as the new ones take this part of what they may: a stroke across a very large picture has 150 MB."""

_UNREADABLE = ("damaged", "no_revision", "not_a_project", "unreadable", "truncated")
_FLATTENING = 0.6
"""The part of an export that is flattening, about; encoding is the rest."""


# opening


def opened(path: str, allow_large: bool, stopped: Callable[[], bool]) -> Work:
    """An :class:`Opened`, a ``Spooling`` for a picture so large that its work is to be submitted by itself, or None when
    ``stopped`` says that nobody waits for it any more."""
    from studio.project import load
    from studio.project.project_file import open_as_journal
    from studio.project.raw import is_raw
    from studio.project.strips import streamed, streamed_file
    from studio.workspace.spooling import Spooling

    if stopped():
        return None
    left = _left_unsaved(path)
    if left is not None:
        return left
    yield None
    if stopped():
        return None
    if load.is_project(path) or path.endswith(PROJECT_SUFFIX):
        try:
            journal, project = open_as_journal(path)
        except StoreError as error:
            if error.kind in _UNREADABLE and (salvaged := _salvaged(path)) is not None:
                return salvaged
            raise
        yield from _results_brought_in(journal, path)
        found = Opened(project.artwork, journal, project.report)
        if project.report and (salvaged := _salvaged(path)) is not None:
            better, worse = sorted((found, salvaged), key=lambda one: (one.steps_back, len(one.lost)))
            assert worse.journal is not None
            worse.journal.discard()
            return better
        return found
    large = streamed_file(path, allow_large=allow_large)
    data = b"" if large is not None else load.read_bytes(path)
    large = large or streamed(data, path, allow_large=allow_large)
    if large is not None:
        return Spooling(large, path, stopped)
    if not is_raw(data):
        return Opened(load.open_data(data, path, allow_large=allow_large))
    half = yield from aside(_glanced(data, path, allow_large), None)
    if half is not None:
        yield half
    if stopped():
        return None
    found = yield from aside(_developed(data, path, allow_large), None)
    return found


def _glanced(data: bytes, path: str, allow_large: bool) -> Generator[None, None, Opened | None]:
    """A RAW photograph at half its size, enlarged and locked, until all of it is there."""
    from studio.project import load, raw

    yield None
    seen = raw.glance(data, path, allow_large=allow_large)
    if seen is None:
        return None
    decoded, width, height = seen
    artwork = load.from_decoded(decoded, Path(path).stem)
    enlarged = (width / artwork.width, 0.0, 0.0, height / artwork.height, 0.0, 0.0)
    layer = artwork.layers[0].with_(transform=enlarged, locks=Locks(all=True))
    found = Opened(artwork.with_(width=width, height=height, layers=(layer,)))
    found.raw = found.half = True
    return found


def _developed(data: bytes, path: str, allow_large: bool) -> Generator[None, None, Opened]:
    from studio.project import load

    yield None
    found = Opened(load.open_data(data, path, allow_large=allow_large))
    found.raw = True
    return found


def made_whole(artwork: Artwork, half: Artwork, whole: Artwork) -> Artwork:
    """With the photograph of ``whole`` in place of that of ``half``, wherever its layer is and whatever was done around it.

    A layer that is gone, or whose pixels were changed meanwhile, stays as it is.
    """
    seen, fine = half.layers[0], whole.layers[0]
    now = artwork.find(seen.id)
    assert isinstance(seen, Paint) and isinstance(fine, Paint)
    if not isinstance(now, Paint) or now.surface is not seen.surface:
        return artwork
    reduced = (
        half.width / whole.width / seen.transform[0],
        0.0,
        0.0,
        half.height / whole.height / seen.transform[3],
        0.0,
        0.0,
    )
    there = IDENTITY if now.transform == seen.transform else joined(now.transform, reduced)
    locks = fine.locks if now.locks == seen.locks else now.locks
    exact = now.with_(surface=fine.surface, transform=there, locks=locks)
    out = tree.rewrite(artwork, now.id, lambda _: (exact,))
    same = (out.width, out.height) == (half.width, half.height)
    return out.with_(width=whole.width, height=whole.height) if same else out


def _salvaged(path: str) -> Opened | None:
    """What a damaged project still holds, in a journal of its own: the file itself is left as it is."""
    from studio.project.salvage import salvaged_journal

    journal = salvaged_journal(path)
    if journal is None:
        return None
    try:
        artwork, report = journal.artwork()
    except ProjectError:
        journal.discard()
        return None
    opened = Opened(artwork, journal, report)
    opened.salvaged = opened.modified = True
    return opened


def _left_unsaved(path: str) -> Opened | None:
    """The unsaved state of this file from an earlier session; a journal that cannot be read leaves the file to be opened."""
    from studio.project import recovery

    for item in recovery.list_journals():
        if item.source == path and item.modified and not item.problem:
            with contextlib.suppress(ProjectError):
                return from_journal(str(item.path))
    return None


def _results_brought_in(journal: Journal, path: str) -> Iterator[None]:
    """Generated pictures that were made for this project and never saved: from the journals that were kept for them."""
    from studio.project import recovery
    from studio.project.journal import Journal

    for item in recovery.list_journals():
        if item.source != path or item.modified or item.problem or not item.unsaved_results:
            continue
        with contextlib.suppress(ProjectError):
            left = Journal.open(item.path)
            try:
                known = set(journal.archive.result_names())
                for name in left.archive.result_names():
                    result = left.archive.result(name) if name not in known else None
                    if result is not None:
                        journal.add_result(result.variant, result.recipe, time=result.time)
                    yield None
            finally:
                left.close()
            recovery.discard(item.path)


def from_journal(path: str) -> Opened:
    """Raises StoreError."""
    from studio.project.journal import Journal

    journal = Journal.open(path)
    try:
        artwork, report = journal.artwork()
    except ProjectError:
        journal.close()
        raise
    return Opened(artwork, journal, report, restored=True)


def recovered(path: str) -> Work:
    """The picture of a journal; of a damaged one what can still be found, and only then the damaged file is put aside: where
    nothing was, the disk may have been full."""
    from studio.project import recovery

    yield None
    try:
        return from_journal(path)
    except StoreError as error:
        if error.kind not in _UNREADABLE:
            raise
        salvaged = _salvaged(path)
        if salvaged is None:
            raise
        recovery.put_aside(path)
        return salvaged


def recoverable() -> Work:
    """Pictures that only a journal has, damaged ones too; journals that hold no more than their project file are put away."""
    from studio.project import recovery

    yield None
    found = []
    for item in recovery.list_journals():
        if item.problem in _UNREADABLE:
            found.append(item)
        if item.problem:
            continue
        filed = bool(item.source) and Path(item.source).is_file()
        if (item.modified and item.steps > 1) or (item.unsaved_results and not filed):
            found.append(item)
        elif filed and not item.modified and not item.unsaved_results:
            recovery.discard(item.path)
            yield None
    return found


def discarded(path: str) -> Work:
    from studio.project import recovery

    yield None
    recovery.discard(path)


def unwanted(journal: Journal) -> Work:
    """A journal that was begun for a picture nobody waits for any more. One that was left unsaved stays."""
    yield from ()
    if journal.modified or journal.unsaved_results:
        journal.close()
    else:
        journal.discard()


def checked_and_copied(picture: Picture, artwork: Artwork) -> Work:
    """Looks at every tile of an opened picture, yields a Report of what is damaged, then copies what the journal lacks."""
    journal = picture.journal
    if journal is None:
        return
    for _ in journal.archive.verify(artwork):
        yield None
        if picture.journal is not journal:  # closed meanwhile
            return
    yield journal.archive.report()
    copying = journal.adopt_tiles()
    while picture.journal is journal and next(copying, None) is not None:
        yield None


# every step


def begun(picture: Picture, title: str) -> Work:
    from studio.project.journal import Journal

    picture.journal = Journal.create(title=title)
    yield None
    return (yield from written(picture))


def written(picture: Picture) -> Work:
    """Writes what the journal still owes, steps of an earlier failure first; returns the revisions. Raises StoreError."""
    from studio.project.journal import Journal
    from studio.project.tiles import evict

    yield from ()
    if picture.closed:
        return ()
    if picture.journal is None:
        picture.journal = Journal.create(title=picture.title)
    stored: list[Revision] = []
    while picture.owed:
        revision = picture.owed[0]
        picture.journal.commit(revision)
        picture.owed.popleft()
        stored.append(revision)
        picture.written += 1
        much = picture.journal.source.fresh * EVICT_SHARE > picture.tile_budget
        if much or picture.written >= EVICT_EVERY:
            picture.written = 0
            steps = tuple(entry.artwork for entry in picture.document.history if entry.artwork is not None)
            evict(steps, picture.journal.source, picture.tile_budget)
        yield None
    return tuple(stored)


def evicted(picture: Picture, shown: bool) -> Work:
    """Drops from memory what the journal has of the earlier steps and, of a picture that is not ``shown``, of the last."""
    from studio.project.manifest import grids
    from studio.project.tiles import evict

    yield from ()
    if picture.closed or picture.journal is None:
        return
    steps = tuple(entry.artwork for entry in picture.document.history if entry.artwork is not None)
    now = grids(picture.document.committed) if shown else ()
    keep = frozenset(tile for grid in now for tile in grid.tiles.values())
    evict(steps, picture.journal.source, picture.tile_budget, keep)


def result_kept(picture: Picture, variant: Variant, recipe: Stored) -> Work:
    stored = ()
    if picture.journal is None:  # making it failed before
        stored = yield from written(picture)
    else:
        yield from ()
    if picture.journal is not None:
        picture.journal.add_result(variant, recipe)
    return stored


def thumbnail_kept(picture: Picture, revision: Revision) -> Work:
    """The small picture of the whole, and that for the film once the step is no longer in the file; returns seconds taken."""
    from studio.project import earlier
    from studio.project.png import encode_png

    yield from ()
    began = time.perf_counter()
    if picture.journal is None:
        return 0.0
    pixels = picture.renderer.thumbnail(revision.artwork, THUMBNAIL)
    picture.journal.write_thumbnail(b"".join(encode_png(pixels)))
    artwork = revision.artwork
    side = min(FILM_FRAME, max(artwork.width, artwork.height))
    if frame := earlier.encode(picture.renderer.thumbnail(artwork, side)):
        picture.journal.write_frame(revision.id, frame)
    return time.perf_counter() - began


def thumbnail_png(picture: Picture, artwork: Artwork) -> bytes:
    from studio.project.png import encode_png

    return b"".join(encode_png(picture.renderer.thumbnail(artwork, THUMBNAIL)))


def ended(picture: Picture, artwork: Artwork, keep: bool) -> Work:
    """Closes the journal. One that is kept first gets all that it owes and lacks. Raises StoreError; then it stays open.

    It is kept, too, while it has generated pictures that no project file has.
    """
    keep = keep or (picture.journal is not None and picture.journal.unsaved_results)
    if keep:
        yield from written(picture)
    picture.closed = True
    journal, picture.journal = picture.journal, None
    if journal is None:
        return
    if not keep:
        journal.discard()
        return
    try:
        with contextlib.suppress(ProjectError):
            journal.write_thumbnail(thumbnail_png(picture, artwork))
            for _ in journal.adopt_tiles():
                yield None
    finally:
        journal.close()


# saving


def saved(
    picture: Picture,
    revision: Revision,
    path: str,
    others: tuple[Picture, ...],
    only_if_unchanged: bool = False,
) -> Work:
    """Saves the project with its history; yields the part done.

    ``others``: open pictures that were opened from, or saved as, this very file. ``only_if_unchanged``: raises ExportError
    where another program has written the file meanwhile.
    """
    from studio.project.project_file import refuse_if_changed, saving

    yield None
    if only_if_unchanged and picture.journal is not None:
        refuse_if_changed(picture.journal, path)
    for other in others:
        yield from _let_go(other)
    yield from _let_go_of_closed(path)
    try:
        yield from written(picture)
        assert picture.journal is not None
        picture.journal.set_meta(title=Path(path).stem)
    except ProjectError:
        # The journal's disk is full or gone: the file must not depend on it.
        _save_without_journal(picture, revision, path)
        return
    yield from saving(picture.journal, path, thumbnail=thumbnail_png(picture, revision.artwork))


def _save_without_journal(picture: Picture, revision: Revision, path: str) -> None:
    """The picture as it stands, without its history, through a journal beside the file. Raises ProjectError."""
    from studio.project import atomic
    from studio.project.errors import ExportError
    from studio.project.journal import Journal
    from studio.project.project_file import save

    folder = atomic.beside(path)
    try:
        if not folder.parent.is_dir():
            raise ExportError("missing", folder.parent)
        journal = Journal.create(folder, title=Path(path).stem)
        try:
            journal.commit(revision)
            steps = picture.document.history[: revision.cursor + 1]
            seconds = picture.earlier.seconds + revision.undone_seconds
            seconds += worked_seconds([step.time for step in steps])
            journal.set_meta(earlier_steps=picture.earlier.steps + revision.cursor, earlier_seconds=seconds)
            save(journal, path, thumbnail=thumbnail_png(picture, revision.artwork))
        finally:
            journal.discard()
    except ProjectError as error:
        if Path(error.file).parent == folder:
            raise ExportError(error.kind, path, error.arguments) from error
        raise
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _let_go(other: Picture) -> Iterator[None]:
    """Another picture's file is about to be replaced: it goes on as an untitled picture that needs nothing of the file."""
    if other.journal is not None:
        for _ in other.journal.adopt_tiles():
            yield None
        other.journal.set_meta(path=None, saved=None)


def _let_go_of_closed(path: str) -> Iterator[None]:
    """The same for pictures of this file that were closed unsaved: they stay among those that can be restored."""
    from studio.project import recovery
    from studio.project.journal import Journal

    for item in recovery.list_journals():
        if item.source == path and (item.modified or item.unsaved_results) and not item.problem:
            with contextlib.suppress(ProjectError):
                journal = Journal.open(item.path)
                try:
                    for _ in journal.adopt_tiles():
                        yield None
                    journal.set_meta(path=None, saved=None)
                finally:
                    journal.close()


def exported(picture: Picture, artwork: Artwork, path: str, options: ExportOptions | None) -> Work:
    """Yields the part done; returns the names of layers that the format could not keep.

    The work of seconds is done beside the lane, so that the steps painted meanwhile are written at once.
    """
    yield None
    for job in picture.renderer.whole_jobs(artwork):
        yield from job.steps
    flattening = _Flattening(picture)
    with ThreadPoolExecutor(1, thread_name_prefix="export") as beside:
        future = beside.submit(_exported, flattening, artwork, path, options)
        try:
            while not future.done():
                yield flattening.part
                wait((future,), timeout=POLL_SECONDS)
        finally:
            flattening.stopped = True
    return future.result()


class _Stopped(Exception):
    """Nobody waits for the file any more; nothing was written."""


class _Flattening:
    """Flattens for an export beside the lane. ``part``: 0–1 of the work, or None; ``stopped``: it is to end."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.part: float | None = None
        self.stopped = False

    def __call__(self, artwork: Artwork) -> np.ndarray:
        """float32 premultiplied [height, width, 4]. Raises _Stopped."""
        pixels = np.empty((artwork.height, artwork.width, 4), np.float32)
        for part in self._picture.renderer.flatten_steps(artwork, pixels):
            self.part = _FLATTENING * part
            if self.stopped:
                raise _Stopped
        return pixels

    def draw(self, artwork: Artwork, take: Callable[[Rect, np.ndarray], None], rect: Rect) -> None:
        """Gives ``take`` what is in ``rect``. Raises _Stopped."""
        parts = strips(rect)
        for number, part in enumerate(parts):
            if self.stopped:
                raise _Stopped
            take(part, self._picture.renderer.compose(artwork, part, 0))
            rows = rect.top + rect.height * _FLATTENING * (number + 1) / len(parts)
            self.part = rows / artwork.height


def _exported(
    flattening: _Flattening, artwork: Artwork, path: str, options: ExportOptions | None
) -> tuple[str, ...]:
    if path.lower().endswith(".ora"):
        from studio.project.ora_write import write_ora

        return tuple(kept.name for kept in write_ora(artwork, flattening, path))
    from studio.project.export import export_artwork

    export_artwork(artwork, flattening, path, options, flattening.draw)
    return ()
