"""The journal: every committed step of an open picture on disk, within a second, in the background."""

from __future__ import annotations

import os
import sqlite3
import threading
import time as clock
import uuid
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from studio import paths
from studio.document.artwork import Artwork
from studio.document.history import Revision
from studio.document.layer import Layer, Variant
from studio.project import earlier, store
from studio.project.archive import Archive, Entry, Needed, Report, Result, RevisionId
from studio.project.codec import encode_tile
from studio.project.errors import StoreError
from studio.project.lock import FileLock
from studio.project.manifest import plain_of, write_manifest
from studio.project.store import Reader, connect, digest_of, packed
from studio.project.tiles import StoredTiles
from studio.raster.tile import Tile
from studio.recipe import Stored

_CHECKPOINT_PAGES = 256
"""4 MiB: small and frequent, so that no single commit has to move much (p99 268 ms; at 4096 pages 492 ms)."""
_ADOPT_TILES = 16
_WORKERS = min(2, os.cpu_count() or 1)


class Journal:
    """One open picture's journal. One thread at a time writes; any thread may load tiles and revisions.

    ``commit`` takes frozen artworks, so the caller only hands over a reference.
    """

    def __init__(self, path: Path, lock: FileLock) -> None:
        self.path = path
        self._lock = lock
        self._writing = threading.RLock()
        self._connection = connect(path, "rw")
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
        store.migrate(self._connection)
        self.archive = Archive([Reader(path)])
        self._written: WeakKeyDictionary[Layer, bytes] = WeakKeyDictionary()
        self._known = {table: self._digests(table) for table in store.ADDRESSED}
        self._origin: Path | None = None
        if origin := self.meta("origin"):
            self._follow(Path(origin))
        self._seconds_before = earlier.seconds(self.archive.tiles.readers[0])

    @classmethod
    def create(cls, folder: Path | None = None, *, title: str = "") -> Journal:
        """A new journal. Raises StoreError when its folder cannot be written."""
        folder = folder or paths.journals()
        path = folder / f"{uuid.uuid4()}.danqing"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(path.with_suffix(".lock"))
            lock.acquire()
        except OSError as error:
            raise store.failure(error, path) from None
        connection = connect(path, "rwc")
        try:
            store.migrate(connection)
        except sqlite3.Error as error:
            raise store.failure(error, path) from None
        finally:
            connection.close()
        journal = cls(path, lock)
        journal.set_meta(title=title, created=clock.time())
        return journal

    @classmethod
    def open(cls, path: str | Path) -> Journal:
        """An existing journal, to go on with. Raises StoreError: in_use, damaged, newer_version, missing."""
        path = Path(path)
        lock = FileLock(path.with_suffix(".lock"))
        if not lock.acquire():
            raise StoreError("in_use", path)
        try:
            return cls(path, lock)
        except sqlite3.Error as error:
            lock.release()
            raise store.failure(error, path) from None
        except StoreError:
            lock.release()
            raise

    # Reading -------------------------------------------------------------------------------------------------------

    @property
    def source(self) -> StoredTiles:
        """Where evicted tiles come back from."""
        return self.archive.tiles

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.archive.entries()

    @property
    def cursor(self) -> RevisionId | None:
        return self.archive.cursor

    def load(self, revision: RevisionId) -> Artwork:
        """The artwork of a revision, for a history that dropped it. Raises StoreError."""
        return self.archive.load(revision)

    def artwork(self) -> tuple[Artwork, Report]:
        """What is shown, and what of it is lost; the cursor goes back where a step is lost. Raises StoreError."""
        artwork, revision, back = self.archive.newest()
        if back:
            self.move(revision)
        return artwork, self.archive.report(back)

    def results(self) -> tuple[Result, ...]:
        return self.archive.results()

    def meta(self, key: str, default: Any = None) -> Any:
        return self.archive.meta(key, default)

    @property
    def modified(self) -> bool:
        """True while the shown revision is not the saved one."""
        return self.meta("saved") != self.cursor

    # Writing -------------------------------------------------------------------------------------------------------

    def commit(self, revision: Revision, *, thumbnail: bytes = b"") -> None:
        """Writes what the document announces: a new or amended step, steps that have grown, or only a moved cursor (undo,
        redo).

        Only tiles, pages and layers that are not in the file yet are written; returns when they are synced. Raises
        StoreError; then nothing was written. ``thumbnail``: PNG for recovery, given every few seconds.
        """
        tip = revision.history[-1] if revision.history else revision.id
        if revision.grown:
            self._write_grown(revision, tip, thumbnail)
        elif revision.new:
            entry = Entry(id=revision.id, parent=revision.parent, label=revision.label, time=revision.time)
            seconds = self._seconds_before + revision.undone_seconds if revision.undone_seconds else None
            self.write(revision.artwork, entry, tip=tip, thumbnail=thumbnail, earlier_seconds=seconds)
        else:
            self.set_meta(cursor=revision.id, tip=tip)
            if thumbnail:
                self.write_thumbnail(thumbnail)

    def _write_grown(self, revision: Revision, tip: RevisionId, thumbnail: bytes) -> None:
        """All or none of the steps; where one of them had been saved, the project file is behind from now on."""
        before = dict(zip(revision.history, (None, *revision.history), strict=False))
        steps = []
        for grown in revision.grown:
            assert grown.artwork is not None, "what was added is in memory"
            parent = before.get(grown.revision_id)
            entry = Entry(id=grown.revision_id, parent=parent, label=grown.label, time=grown.time)
            steps.append((grown.artwork, entry))
        meta: dict[str, Any] = {"cursor": revision.id, "tip": tip}
        if self.meta("saved") in {entry.id for _, entry in steps}:
            meta["saved"] = None
        self._write(steps, thumbnail, meta)

    def write(
        self,
        artwork: Artwork,
        entry: Entry,
        *,
        tip: RevisionId | None = None,
        thumbnail: bytes = b"",
        earlier_seconds: float | None = None,
    ) -> None:
        """Writes ``artwork`` as the step ``entry`` and moves the cursor there; a step of the same id is replaced.

        ``earlier_seconds``: how long was worked on steps that are gone, where that is another time than before.
        """
        meta: dict[str, Any] = {"cursor": entry.id, "tip": entry.id if tip is None else tip}
        if earlier_seconds is not None:
            meta["earlier_seconds"] = earlier_seconds
        self._write([(artwork, entry)], thumbnail, meta)

    def _write(self, steps: list[tuple[Artwork, Entry]], thumbnail: bytes, meta: dict[str, Any]) -> None:
        with self._writing, self._sentence():
            batch = _Batch(self._known, self._written)
            manifests = [write_manifest(artwork, batch) for artwork, _ in steps]
            encoded = batch.encoded()
            with store.transaction(self._connection):
                batch.write(self._connection, encoded)
                self._connection.executemany(
                    "INSERT INTO revision (id, parent, label, time, manifest) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) "
                    "DO UPDATE SET label = excluded.label, time = excluded.time, manifest = excluded.manifest",
                    [
                        (entry.id, entry.parent, entry.label, entry.time, manifest)
                        for (_, entry), manifest in zip(steps, manifests, strict=True)
                    ],
                )
                self._put(**meta)
                if thumbnail:
                    self._put_thumbnail(thumbnail)
            self._remember(batch)

    def add_tiles(self, tiles: list[tuple[Tile, bytes]]) -> None:
        """Stores encoded tiles ahead of the step that will name them. Raises StoreError."""
        with self._writing, self._sentence():
            with store.transaction(self._connection):
                store.insert(self._connection, "tile", ((tile.digest, data) for tile, data in tiles))
            self._known["tile"] |= {tile.digest for tile, _ in tiles}
            self.archive.keep_tiles([tile for tile, _ in tiles])

    def move(self, cursor: RevisionId) -> None:
        """Undo and redo: another revision is shown now."""
        self.set_meta(cursor=cursor)

    def add_result(self, variant: Variant, recipe: Stored, *, time: float | None = None) -> None:
        """Keeps a generated picture the moment it arrives, whether or not it ever becomes a layer."""
        with self._writing, self._sentence():
            batch = _Batch(self._known, self._written)
            plain = msgspec.msgpack.encode(plain_of(variant, batch))
            name = batch.row("recipe", msgspec.msgpack.encode(recipe))
            encoded = batch.encoded()
            with store.transaction(self._connection):
                batch.write(self._connection, encoded)
                self._connection.execute(
                    "INSERT OR REPLACE INTO result (id, time, recipe, bytes) VALUES (?, ?, ?, ?)",
                    (variant.id, clock.time() if time is None else time, name, packed(plain)),
                )
                self._put(unsaved_results=1)
            self._remember(batch)

    @property
    def unsaved_results(self) -> bool:
        """True while there are generated pictures that the project file does not have."""
        return bool(self.meta("unsaved_results"))

    def write_thumbnail(self, png: bytes) -> None:
        """The picture shown when this journal is offered for recovery."""
        with self._writing, self._sentence(), store.transaction(self._connection):
            self._put_thumbnail(png)

    def write_frame(self, revision: RevisionId, picture: bytes) -> None:
        """A step's small picture, for the film of steps that the project will hold no more."""
        with self._writing, self._sentence(), store.transaction(self._connection):
            values = (earlier.name_of(revision), picture, clock.time())
            self._connection.execute("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)", values)

    def set_meta(self, **values: Any) -> None:
        with self._writing, self._sentence(), store.transaction(self._connection):
            self._put(**values)

    def checkpoint(self) -> None:
        """Moves what was written into the main file; for moments of rest."""
        with self._writing, self._sentence():
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    # Following the project it was opened from ----------------------------------------------------------------------

    def adopt(self, archive: Archive) -> None:
        """Takes over an opened project: its history at once, its tiles lazily; ``adopt_tiles`` copies them.

        Artworks already loaded through ``archive`` stay valid: their tiles are now looked for here first.
        """
        origin, reader = archive.path, archive.tiles.readers[-1]
        with self._writing, self._sentence():
            needed = Needed(archive)
            needed.manifests(row[0] for row in reader.query("SELECT DISTINCT manifest FROM revision"))
            for recipe, data in reader.query("SELECT recipe, bytes FROM result"):
                needed.result(recipe, data)
            with store.transaction(self._connection):
                for table in store.ADDRESSED[1:]:
                    wanted = [digest for kind, digest in needed.found if kind == table]
                    store.copy_rows(self._connection, table, wanted, [reader])
                for table in ("revision", "result", "thumbnail", "meta"):
                    if rows := reader.query(f"SELECT * FROM {table}"):
                        marks = ", ".join("?" * len(rows[0]))
                        self._connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)
                self._put(origin=str(origin.absolute()), path=str(origin.absolute()))
            for table in store.ADDRESSED:
                self._known[table] = self._digests(table)
            own, self.archive = self.archive, archive
            archive.attach(own.tiles.readers[0])
            self._origin = origin
            self._seconds_before = earlier.seconds(archive.tiles.readers[0])
            self._known["tile"] |= archive.tiles.readers[-1].digests("tile") or set()

    def _follow(self, origin: Path) -> None:
        """Tiles that were never copied still lie in the project; without it they are lost."""
        self._origin = origin
        try:
            reader = Reader(origin)
        except StoreError:
            return
        own = self.archive.tiles.readers[0]
        self.archive.close()
        self.archive = Archive([Reader(own.path), reader])
        self._known["tile"] |= reader.digests("tile") or set()

    def adopt_tiles(self) -> Iterator[tuple[int, int]]:
        """Copies the tiles that only the origin has, a few each step; yields (done, total)."""
        if self._origin is None or len(self.archive.tiles.readers) < 2:
            return
        missing = sorted((self.archive.tiles.readers[-1].digests("tile") or set()) - self._digests("tile"))
        for start in range(0, len(missing), _ADOPT_TILES):
            if self._origin is None:  # somebody else copied the rest meanwhile
                return
            # Asked anew at each step: a save in between replaces the file and its connection.
            origin = self.archive.tiles.readers[-1]
            part = missing[start : start + _ADOPT_TILES]
            rows = [(digest, data) for digest in part if (data := origin.fetch("tile", digest)) is not None]
            with self._writing, self._sentence(), store.transaction(self._connection):
                store.insert(self._connection, "tile", rows)
            yield min(start + _ADOPT_TILES, len(missing)), len(missing)
        self.set_meta(origin=None)
        first, origin = self.archive.tiles.readers[0], self.archive.tiles.readers[-1]
        self.archive.tiles.readers = (first,)
        self._origin = None
        origin.close()

    def detach_origin(self) -> Callable[[], None]:
        """Closes the project file while it is replaced; the returned call opens it again."""
        if self._origin is None or len(self.archive.tiles.readers) < 2:
            return lambda: None
        origin, first = self._origin, self.archive.tiles.readers[0]
        self.archive.tiles.readers[-1].close()

        def again() -> None:
            self.archive.tiles.readers = (first, Reader(origin))
            self.look_again()

        return again

    def look_again(self) -> None:
        """Notes anew which tiles are stored, after the project file was replaced or shortened."""
        with self._writing:
            known = self._digests("tile")
            for reader in self.archive.tiles.readers[1:]:
                known |= reader.digests("tile") or set()
            self._known["tile"] = known

    # Ending --------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Ends this session with the journal; it stays on disk."""
        with self._writing:
            self.archive.close()
            self._connection.close()
            self._lock.release()

    def discard(self) -> None:
        """Closes and deletes the journal."""
        with self._writing:
            self.archive.close()
            self._connection.close()
            remove_files(self.path)
            self._lock.remove()

    # Details -------------------------------------------------------------------------------------------------------

    def _sentence(self) -> _Sentence:
        return _Sentence(self.path)

    def _digests(self, table: str) -> set[bytes]:
        return {row[0] for row in self._connection.execute(f"SELECT digest FROM {table}")}

    def _put(self, **values: Any) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    def _put_thumbnail(self, png: bytes) -> None:
        values = ("picture", png, clock.time())
        self._connection.execute("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)", values)

    def _remember(self, batch: _Batch) -> None:
        for table, rows in batch.rows.items():
            self._known[table] |= rows.keys()
        self._known["tile"] |= batch.tiles.keys()
        self._written.update(batch.layers)
        for layer, digest in batch.layers.items():
            self.archive.keep_layer(digest, layer)
        self.archive.keep_tiles(batch.seen)


class _Sentence:
    """Turns SQLite's errors into a sentence about ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise store.failure(error, self.path) from error


class _Batch:
    """What one commit has to write: rows and tiles that the file does not have yet."""

    def __init__(self, known: dict[str, set[bytes]], written: WeakKeyDictionary[Layer, bytes]) -> None:
        self._known = known
        self._layers_before = written
        self.rows: dict[str, dict[bytes, bytes]] = {}
        self.tiles: dict[bytes, Tile] = {}
        self.seen: list[Tile] = []
        self.layers: dict[Layer, bytes] = {}

    def row(self, table: str, data: bytes) -> bytes:
        digest = digest_of(data)
        if digest not in self._known[table]:
            self.rows.setdefault(table, {})[digest] = data
        return digest

    def tile(self, tile: Tile) -> bytes:
        digest = tile.digest
        self.seen.append(tile)
        if digest not in self._known["tile"]:
            self.tiles[digest] = tile
        return digest

    def layer(self, layer: Layer, write: Callable[[], bytes]) -> bytes:
        digest = self._layers_before.get(layer) or self.layers.get(layer)
        if digest is None:
            digest = write()
            self.layers[layer] = digest
        return digest

    def encoded(self) -> list[tuple[bytes, bytes, int]]:
        """The new tiles as rows, encoded on two cores (numpy and zstd let the interpreter go)."""

        def encode(item: tuple[bytes, Tile]) -> tuple[bytes, bytes, int]:
            data = encode_tile(item[1].pixels())
            return item[0], data, zlib.crc32(data)

        if len(self.tiles) < 4:
            return [encode(item) for item in self.tiles.items()]
        with ThreadPoolExecutor(_WORKERS) as pool:
            return list(pool.map(encode, self.tiles.items()))

    def write(self, connection: sqlite3.Connection, encoded: list[tuple[bytes, bytes, int]]) -> None:
        connection.executemany("INSERT OR IGNORE INTO tile VALUES (?, ?, ?)", encoded)
        for table, rows in self.rows.items():
            store.insert(connection, table, ((digest, packed(data)) for digest, data in rows.items()))


def remove_files(path: Path) -> None:
    """A journal with all that SQLite keeps beside it."""
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)
