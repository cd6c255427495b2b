"""Journals that an ended or crashed studio left behind."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from studio import paths
from studio.project.archive import Archive
from studio.project.errors import StoreError
from studio.project.journal import remove_files
from studio.project.lock import FileLock
from studio.project.store import Reader

DAMAGED = ".damaged"
"""The ending of journals that were put aside."""


class Recoverable(msgspec.Struct, frozen=True, kw_only=True):
    """A journal that nobody has open. ``source``: the project it belongs to, empty when it was never saved.

    ``modified``: it holds steps that were not saved; ``unsaved_results``: generated pictures that were not. ``problem``: why
    it cannot be opened, as the kind of a StoreError; empty otherwise.
    """

    path: Path
    title: str = ""
    time: float = 0.0
    thumbnail: bytes = b""
    source: str = ""
    modified: bool = True
    unsaved_results: bool = False
    steps: int = 0
    problem: str = ""


def list_journals(folder: Path | None = None) -> list[Recoverable]:
    """Every journal that no running studio holds, newest first."""
    folder = folder or paths.journals()
    found = []
    for path in sorted(folder.glob("*.danqing")) if folder.is_dir() else ():
        lock = FileLock(path.with_suffix(".lock"))
        try:
            if not lock.acquire():
                continue
        except OSError:  # a folder that may not be written: nothing in it can be gone on with
            continue
        try:
            found.append(_described(path))
        finally:
            lock.release()
    return sorted(found, key=lambda item: -item.time)


def _described(path: Path) -> Recoverable:
    try:
        archive = Archive([Reader(path)])
    except StoreError as error:
        return Recoverable(path=path, time=path.stat().st_mtime, problem=error.kind)
    try:
        entries = archive.entries()
        return Recoverable(
            path=path,
            title=str(archive.meta("title", "") or ""),
            time=entries[-1].time if entries else path.stat().st_mtime,
            thumbnail=archive.thumbnail(),
            source=str(archive.meta("path", "") or ""),
            modified=archive.meta("saved") != archive.cursor,
            unsaved_results=bool(archive.meta("unsaved_results")),
            steps=len(entries),
            problem="" if entries else "no_revision",
        )
    finally:
        archive.close()


def put_aside(path: str | Path) -> None:
    """Renames a journal that cannot be read, so that it is offered no more; its bytes stay. Not while a studio has it open."""
    path = Path(path)
    lock = FileLock(path.with_suffix(".lock"))
    if lock.acquire():
        with contextlib.suppress(OSError):
            path.rename(path.with_suffix(DAMAGED))
        lock.remove()


def discard(path: str | Path) -> bool:
    """Deletes a journal for good; False when a running studio has it open."""
    path = Path(path)
    lock = FileLock(path.with_suffix(".lock"))
    if not lock.acquire():
        return False
    with contextlib.suppress(FileNotFoundError):
        remove_files(path)
    lock.remove()
    return True
