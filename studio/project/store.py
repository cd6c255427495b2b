"""The tables of a ``.danqing`` file (SQLite), and reading them safely from any thread.

Everything that makes a picture is content-addressed: tile, page (a 16×16 block of tile digests), layer, manifest, blob
(profiles, EXIF) and recipe rows are named by the digest of what they hold, so what is unchanged is written once.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import zstandard

from studio.project.errors import StoreError, write_failure

APPLICATION_ID = 0x44516E67
VERSION = 1
PAGE_SIZE = 16384
ADDRESSED = ("tile", "page", "layer", "manifest", "blob", "recipe")
"""Tables of (digest, bytes, crc)."""

_ADDRESSED_COLUMNS = "digest BLOB NOT NULL PRIMARY KEY, bytes BLOB NOT NULL, crc INTEGER NOT NULL"
MIGRATIONS: dict[int, tuple[str, ...]] = {
    0: (
        *(f"CREATE TABLE {table} ({_ADDRESSED_COLUMNS})" for table in ADDRESSED),
        "CREATE TABLE revision (seq INTEGER PRIMARY KEY, id NOT NULL UNIQUE, parent, label TEXT NOT NULL, "
        "time REAL NOT NULL, manifest BLOB NOT NULL)",
        "CREATE TABLE result (id TEXT PRIMARY KEY, time REAL NOT NULL, recipe BLOB NOT NULL, bytes BLOB NOT NULL)",
        "CREATE TABLE thumbnail (name TEXT PRIMARY KEY, png BLOB NOT NULL, time REAL NOT NULL)",
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
    ),
}
"""From a version to the next one. Version 0 is an empty file."""


def digest_of(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def packed(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(data)


def unpacked(data: bytes) -> bytes:
    """Raises zstandard.ZstdError. No row but a tile is larger than 256 MiB."""
    return zstandard.ZstdDecompressor().decompress(data, max_output_size=1 << 28)


def address(path: str | Path, mode: str) -> str:
    """SQLite's URI of a path; ``mode`` is ro, rw or rwc."""
    return f"{Path(path).absolute().as_uri()}?mode={mode}"


def connect(path: str | Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection in autocommit mode that any thread may use (one at a time). Raises StoreError."""
    try:
        if mode != "rwc" and not Path(path).exists():
            raise StoreError("missing", path)
        if Path(path).is_dir():
            raise StoreError("directory", path)
        connection = sqlite3.connect(
            address(path, mode), uri=True, check_same_thread=False, isolation_level=None
        )
    except (sqlite3.Error, OSError) as error:
        raise failure(error, path) from None
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute(f"PRAGMA page_size={PAGE_SIZE}")
        connection.execute("PRAGMA cache_size=-8192")
        if mode != "rwc":
            _check_kind(connection, path)
        return connection
    except (sqlite3.Error, StoreError) as error:
        connection.close()
        raise (error if isinstance(error, StoreError) else failure(error, path)) from None


def _check_kind(connection: sqlite3.Connection, path: str | Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise StoreError("not_a_project", path)
    if version > VERSION:
        raise StoreError("newer_version", path, {"version": str(version)})


def migrate(connection: sqlite3.Connection) -> None:
    """Brings an empty or older file to this version, in one transaction each step."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    for step in range(version, VERSION):
        with transaction(connection):
            for statement in MIGRATIONS[step]:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={step + 1}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def failure(error: Exception, path: str | Path) -> StoreError:
    """The sentence for an error of SQLite or of the file system."""
    if isinstance(error, OSError):
        failed = write_failure(error, path)
        return StoreError(failed.kind, path, failed.arguments)
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_FULL"):
        return StoreError("disk_full", path)
    if name.startswith("SQLITE_READONLY"):
        return StoreError("read_only", path)
    if name.startswith("SQLITE_CANTOPEN"):
        return StoreError("no_permission", path)
    if name.startswith("SQLITE_NOTADB"):
        return StoreError("not_a_project", path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError("in_use", path)
    if name.startswith("SQLITE_IOERR"):
        return StoreError("not_written", path, {"reason": str(error)})
    return StoreError("damaged", path, {"reason": str(error)})


def insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[bytes, bytes]]) -> None:
    """Adds (digest, bytes) rows to a content-addressed table; those already there stay."""
    connection.executemany(
        f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)",
        ((name, data, zlib.crc32(data)) for name, data in rows),
    )


class Reader:
    """A read-only connection of its own behind a lock, so that any thread may fetch a row while another commits."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = connect(path, "ro")

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def fetch(self, table: str, digest: bytes) -> bytes | None:
        """The bytes of one row; None where the row is missing, unreadable, or its checksum is wrong."""
        rows = self.query(f"SELECT bytes, crc FROM {table} WHERE digest = ?", (digest,))
        if not rows or not isinstance(rows[0][0], bytes) or zlib.crc32(rows[0][0]) != rows[0][1]:
            return None
        return rows[0][0]

    def query(self, statement: str, values: tuple = ()) -> list[tuple]:
        """All rows of a query; none where the file is damaged at that place."""
        with self._lock:
            if self._connection is None:
                return []
            try:
                return self._connection.execute(statement, values).fetchall()
            except sqlite3.Error:
                return []

    def digests(self, table: str) -> set[bytes] | None:
        """All names in a content-addressed table; None where the table cannot be read to its end."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                return {row[0] for row in self._connection.execute(f"SELECT digest FROM {table}")}
            except sqlite3.Error:
                return None

    def meta(self, key: str, default: object = None) -> object:
        rows = self.query("SELECT value FROM meta WHERE key = ?", (key,))
        return rows[0][0] if rows else default


def copy_rows(
    connection: sqlite3.Connection, table: str, wanted: Iterable[bytes], readers: Iterable[Reader]
) -> None:
    """Copies rows of a content-addressed table into ``connection``, each from the first file that has it whole.

    Row by row and checked, never by SQL across files: a damaged source must not reach the target.
    """
    readers = tuple(readers)

    def found() -> Iterator[tuple[bytes, bytes]]:
        for digest in wanted:
            data = next(
                (data for reader in readers if (data := reader.fetch(table, digest)) is not None), None
            )
            if data is not None:
                yield digest, data

    insert(connection, table, found())
