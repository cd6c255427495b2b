"""Opening and saving ``.danqing`` files."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time as clock
from collections.abc import Iterator
from pathlib import Path

import msgspec

from studio.document.artwork import Artwork
from studio.project import atomic, earlier, store
from studio.project.archive import Archive, Entry, Needed, Report, RevisionId
from studio.project.errors import ExportError, ProjectError, StoreError, write_failure
from studio.project.journal import Journal
from studio.project.store import Reader, connect
from studio.project.tiles import StoredTiles

IN_PLACE_FROM = 64 << 20
"""Files smaller than this are written beside and renamed; larger ones are changed in one transaction."""
KEPT_REVISIONS = 500
KEPT_RESULTS = 500
_COPIED_AT_ONCE = 64


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A project as opened: the picture, its undo history, and where its tiles come from."""

    artwork: Artwork
    entries: tuple[Entry, ...]
    cursor: RevisionId
    source: StoredTiles
    report: Report
    archive: Archive
    path: Path


def open_project(path: str | Path) -> Opened:
    """Reads the manifest, no pixels. Raises StoreError: missing, not_a_project, newer_version, damaged, no_revision.

    Pass ``archive`` to ``Journal.adopt`` to go on working, or close it.
    """
    archive = Archive([Reader(path)])
    try:
        artwork, revision, back = archive.newest()
    except StoreError:
        archive.close()
        raise
    return Opened(
        artwork=artwork,
        entries=archive.entries(),
        cursor=revision,
        source=archive.tiles,
        report=archive.report(back),
        archive=archive,
        path=Path(path),
    )


def open_as_journal(path: str | Path, folder: Path | None = None) -> tuple[Journal, Opened]:
    """Opens a project and begins its journal, which has the whole history at once. Raises StoreError."""
    state = _state_of(Path(path))
    opened = open_project(path)
    try:
        journal = Journal.create(folder, title=Path(path).stem)
    except StoreError:
        opened.archive.close()
        raise
    try:
        journal.adopt(opened.archive)
    except StoreError:
        journal.discard()
        opened.archive.close()
        raise
    journal.set_meta(cursor=opened.cursor, saved=opened.cursor, title=Path(path).stem, file_state=state)
    return journal, opened


def _state_of(path: Path) -> str | None:
    """What changes when somebody writes the file: its time in nanoseconds and its size; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return f"{found.st_mtime_ns} {found.st_size}"


def refuse_if_changed(journal: Journal, path: str | Path) -> None:
    """Raises ExportError (changed_elsewhere) where another program has written the file since it was opened or saved here."""
    known, now = journal.meta("file_state"), _state_of(Path(path))
    if known is not None and now is not None and known != now:
        raise ExportError("changed_elsewhere", path)


def save(journal: Journal, path: str | Path, *, thumbnail: bytes = b"", keep: int = KEPT_REVISIONS) -> None:
    """All of :func:`saving` at once."""
    for _ in saving(journal, path, thumbnail=thumbnail, keep=keep):
        pass


def saving(
    journal: Journal, path: str | Path, *, thumbnail: bytes = b"", keep: int = KEPT_REVISIONS
) -> Iterator[float]:
    """Writes all that the journal holds to ``path``: at most ``keep`` steps, the results, the picture. Yields the part done.

    Raises ProjectError (disk_full, read_only, no_permission, not_written); then, and where it is closed before its end, the
    old file is as it was. Drive it on the lane that commits, after the last commit and without one in between.
    """
    path = Path(path)
    journal.set_meta(title=path.stem)
    if thumbnail:
        journal.write_thumbnail(thumbnail)
    try:
        if len(journal.source.readers) > 1 and _steps_would_go(journal, keep):
            for _ in journal.adopt_tiles():  # what only dropped steps use would leave with the old file
                pass
        if _is_large_project(path):
            yield from _save_in_place(journal, path, keep)
            journal.look_again()
        else:
            yield from _save_beside(journal, path, keep)
    except sqlite3.Error as error:
        failed = store.failure(error, path)
        raise ExportError(failed.kind, path, failed.arguments) from error
    except OSError as error:
        raise write_failure(error, path) from None
    except StoreError as error:  # said of the file beside, which the artist never sees
        raise ExportError(error.kind, path, error.arguments) from error
    journal.set_meta(
        saved=journal.cursor,
        path=str(path.absolute()),
        saved_time=clock.time(),
        unsaved_results=None,
        file_state=_state_of(path),
    )


def _steps_would_go(journal: Journal, keep: int) -> bool:
    total = journal.source.readers[0].query("SELECT count(*) FROM revision")[0][0]
    return total > min(keep, len(journal.entries))


def _is_large_project(path: Path) -> bool:
    try:
        if os.path.getsize(path) < IN_PLACE_FROM:
            return False
        connect(path, "ro").close()
        return True
    except (OSError, ProjectError):
        return False


def _save_beside(journal: Journal, path: Path, keep: int) -> Iterator[float]:
    if path.is_dir():
        raise IsADirectoryError
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError
    temporary = atomic.beside(path)
    try:
        connection = connect(temporary, "rwc")
        try:
            connection.execute("PRAGMA journal_mode=MEMORY")
            connection.execute("PRAGMA synchronous=OFF")
            store.migrate(connection)
            yield from _fill(connection, journal, keep)
        finally:
            connection.close()
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        again = journal.detach_origin()
        try:
            atomic.replace(temporary, path)
        finally:
            again()
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _save_in_place(journal: Journal, path: Path, keep: int) -> Iterator[float]:
    connection = connect(path, "rw")
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=FULL")
        store.migrate(connection)
        yield from _fill(connection, journal, keep)
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, journal: Journal, keep: int) -> Iterator[float]:
    """Makes the target hold exactly what the kept revisions and results need, in one transaction; yields the part done."""
    readers = journal.source.readers
    with store.transaction(connection):
        _copy_lists(connection, readers[0], keep)
        needed = Needed(journal.archive)
        rows = connection.execute("SELECT manifest FROM revision ORDER BY seq").fetchall()
        manifests = list(dict.fromkeys(row[0] for row in rows))
        needed.manifests(manifests)
        for recipe, data in connection.execute("SELECT recipe, bytes FROM result").fetchall():
            needed.result(recipe, data)
        total, done = max(1, len(needed.found)), 0
        for table in store.ADDRESSED:
            wanted = {digest for kind, digest in needed.found if kind == table}
            there = {row[0] for row in connection.execute(f"SELECT digest FROM {table}")}
            connection.executemany(
                f"DELETE FROM {table} WHERE digest = ?", [(name,) for name in there - wanted]
            )
            missing = sorted(wanted - there)
            if (
                table == "manifest"
            ):  # in the order of the steps: all that is left of it where their own rows are lost
                missing = [digest for digest in manifests if digest not in there]
            done += len(wanted) - len(missing)
            for start in range(0, len(missing), _COPIED_AT_ONCE):
                part = missing[start : start + _COPIED_AT_ONCE]
                store.copy_rows(connection, table, part, readers)
                done += len(part)
                yield done / total


def _line(reader: Reader) -> list[tuple]:
    """The steps to the tip, oldest first; off-line steps are left out."""
    rows = {row[1]: row for row in reader.query("SELECT * FROM revision")}
    at, line = reader.meta("tip"), []
    while (row := rows.pop(at, None)) is not None:
        line.append(row)
        at = row[2]
    return line[::-1]


def _kept_of(line: list[tuple], cursor: object, keep: int) -> int:
    """How many of its last steps are kept: ``keep``, or as many as it takes to have the cursor among them."""
    ids = [row[1] for row in line]
    back = len(ids) - ids.index(cursor) if cursor in ids else len(ids)
    return min(len(ids), max(keep, back))


def _copy_lists(connection: sqlite3.Connection, reader: Reader, keep: int) -> None:
    line = _line(reader)
    kept = _kept_of(line, reader.meta("cursor"), keep)
    revisions = line[len(line) - kept :]
    for table in ("revision", "result", "thumbnail", "meta"):
        connection.execute(f"DELETE FROM {table}")
    connection.executemany("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?)", revisions)
    results = reader.query(f"SELECT * FROM result ORDER BY time DESC LIMIT {KEPT_RESULTS}")
    connection.executemany("INSERT INTO result VALUES (?, ?, ?, ?)", results)
    names = [row[0] for row in reader.query("SELECT name FROM thumbnail") if not earlier.is_frame(row[0])]
    for name in names:
        row = reader.query("SELECT * FROM thumbnail WHERE name = ?", (name,))
        connection.executemany("INSERT INTO thumbnail VALUES (?, ?, ?)", row)
    own = ("origin", "path", "saved", "saved_time", "unsaved_results", "file_state")
    rows = [
        row for row in reader.query("SELECT key, value FROM meta") if row[0] not in own and row[1] is not None
    ]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
    earlier.carry(connection, reader, line, kept)
