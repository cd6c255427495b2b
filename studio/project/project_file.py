"""Opening and saving ``.danqing`` files."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time as clock
from dataclasses import dataclass
from pathlib import Path

import msgspec
import zstandard

from studio.document.artwork import Artwork
from studio.project import atomic, store
from studio.project.archive import Archive, Entry, Report, RevisionId
from studio.project.errors import ExportError, ProjectError, StoreError, write_failure
from studio.project.journal import Journal
from studio.project.manifest import page_entries, references
from studio.project.store import Reader, connect
from studio.project.tiles import StoredTiles

IN_PLACE_FROM = 64 << 20
"""Files smaller than this are written beside and renamed; larger ones are changed in one transaction."""
KEPT_REVISIONS = 500
KEPT_RESULTS = 500


@dataclass(frozen=True, kw_only=True)
class Opened:
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
    opened = open_project(path)
    try:
        journal = Journal.create(folder, title=Path(path).stem)
    except StoreError:
        opened.archive.close()
        raise
    journal.adopt(opened.archive)
    journal.set_meta(cursor=opened.cursor, saved=opened.cursor, title=Path(path).stem)
    return journal, opened


def save(journal: Journal, path: str | Path, *, thumbnail: bytes = b"", keep: int = KEPT_REVISIONS) -> None:
    """Writes all that the journal holds to ``path``: at most ``keep`` steps, the results, the picture.

    Raises ProjectError (disk_full, read_only, no_permission, not_written); then the old file is as it was. Call it on the
    lane that commits, after the last commit.
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
            _save_in_place(journal, path, keep)
            journal.look_again()
        else:
            _save_beside(journal, path, keep)
    except sqlite3.Error as error:
        failed = store.failure(error, path)
        raise ExportError(failed.kind, path, failed.arguments) from None
    except OSError as error:
        raise write_failure(error, path) from None
    journal.set_meta(saved=journal.cursor, path=str(path.absolute()), saved_time=clock.time())


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


def _save_beside(journal: Journal, path: Path, keep: int) -> None:
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
            _fill(connection, journal, keep)
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


def _save_in_place(journal: Journal, path: Path, keep: int) -> None:
    connection = connect(path, "rw")
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA synchronous=FULL")
        store.migrate(connection)
        _fill(connection, journal, keep)
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, journal: Journal, keep: int) -> None:
    """Makes the target hold exactly what the kept revisions and results need, in one transaction."""
    main = connection.execute("PRAGMA database_list").fetchone()[2]
    # The target itself may be the origin; attached twice it would wait for its own lock.
    readers = [
        reader for reader in journal.source.readers if reader.path.exists() and not _same(reader.path, main)
    ]
    for index, reader in enumerate(readers):
        connection.execute(f"ATTACH ? AS source{index}", (store.address(reader.path, "ro"),))
    sources = {f"source{index}": reader for index, reader in enumerate(readers)}
    connection.execute(
        "CREATE TEMP TABLE needed (kind TEXT, digest BLOB, PRIMARY KEY (kind, digest)) WITHOUT ROWID"
    )
    kept = _kept_revisions(connection, "source0", keep)
    with store.transaction(connection):
        _copy_lists(connection, "source0", kept)
        needed = _Needed(journal.archive)
        needed.manifests(
            row[0] for row in connection.execute("SELECT DISTINCT manifest FROM revision").fetchall()
        )
        for recipe, data in connection.execute("SELECT recipe, bytes FROM result").fetchall():
            needed.result(recipe, data)
        connection.executemany("INSERT OR IGNORE INTO needed VALUES (?, ?)", needed.found)
        for table in store.ADDRESSED:
            wanted = {digest for kind, digest in needed.found if kind == table}
            connection.execute(
                f"DELETE FROM main.{table} WHERE digest NOT IN (SELECT digest FROM needed WHERE kind = '{table}')"
            )
            for source, reader in sources.items():
                store.copy_rows(connection, table, source, reader, wanted)


def _same(path: Path, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _kept_revisions(connection: sqlite3.Connection, source: str, keep: int) -> list[tuple]:
    """The line of steps through the cursor, at most ``keep``, nearest to the tip; off-line steps are left out."""
    meta = dict(
        connection.execute(f"SELECT key, value FROM {source}.meta WHERE key IN ('cursor', 'tip')").fetchall()
    )
    rows = {row[1]: row for row in connection.execute(f"SELECT * FROM {source}.revision").fetchall()}
    line, at = [], meta.get("tip")
    while at in rows and (len(line) < keep or meta.get("cursor") not in {row[1] for row in line}):
        line.append(rows[at])
        at = rows[at][2]
    return line[::-1]


def _copy_lists(connection: sqlite3.Connection, source: str, revisions: list[tuple]) -> None:
    for table in ("revision", "result", "thumbnail", "meta"):
        connection.execute(f"DELETE FROM main.{table}")
    connection.executemany("INSERT INTO main.revision VALUES (?, ?, ?, ?, ?, ?)", revisions)
    connection.execute(
        f"INSERT INTO main.result SELECT * FROM {source}.result ORDER BY time DESC LIMIT {KEPT_RESULTS}"
    )
    connection.execute(f"INSERT INTO main.thumbnail SELECT * FROM {source}.thumbnail")
    connection.execute(
        f"INSERT INTO main.meta SELECT * FROM {source}.meta "
        "WHERE key NOT IN ('origin', 'path', 'saved', 'saved_time') AND value IS NOT NULL"
    )


class _Needed:
    """Walks rows from manifests down to tiles; each row once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.found: set[tuple[str, bytes]] = set()

    def manifests(self, digests) -> None:
        for digest in digests:
            self._row("manifest", digest)

    def result(self, recipe: bytes, data: bytes) -> None:
        self.found.add(("recipe", recipe))
        with contextlib.suppress(zstandard.ZstdError, msgspec.DecodeError):
            self._plain(store.unpacked(data))

    def _row(self, table: str, digest: bytes) -> None:
        if (table, digest) in self.found:
            return
        self.found.add((table, digest))
        if table == "blob":
            return
        data = self._archive.row(table, digest)
        if data is None:
            return
        if table == "page":
            self.found.update(("tile", name) for _, _, name in page_entries(data))
        else:
            self._plain(data)

    def _plain(self, data: bytes) -> None:
        for table, digest in references(msgspec.msgpack.decode(data)):
            self._row(table, digest)
