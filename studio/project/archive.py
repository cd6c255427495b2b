"""The reading side of a project or journal: history, artworks of any revision, results."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import msgspec
import numpy as np
import zstandard

from studio.document.artwork import Artwork
from studio.document.layer import Layer, Variant
from studio.project import earlier
from studio.project.earlier import Earlier
from studio.project.errors import StoreError
from studio.project.manifest import Reading, grids_of, page_entries, references
from studio.project.store import Reader, digest_of, unpacked
from studio.project.tiles import StoredTiles
from studio.raster.tile import Tile
from studio.recipe import Stored, described

RevisionId = int | str
_VERIFIED_AT_ONCE = 16


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the history. ``label`` is English source text (context ``history``); ``time`` seconds since 1970."""

    id: RevisionId
    parent: RevisionId | None
    label: str
    time: float


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """A generated picture as it arrived, with the recipe that makes it again."""

    id: str
    time: float
    recipe: Stored
    variant: Variant


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a damaged file could not give back: names of layers gone altogether, and of layers with a hole."""

    gone: tuple[str, ...] = ()
    holes: tuple[str, ...] = ()
    steps_back: int = 0

    def __bool__(self) -> bool:
        return bool(self.gone or self.holes or self.steps_back)


class Archive:
    """Reads one or several files that together hold a picture. Safe from any thread.

    Equal layers and tiles of different revisions come back as one object each, so a revision read again shares with what
    is in memory all that is unchanged.
    """

    def __init__(self, readers: list[Reader]) -> None:
        self.tiles = StoredTiles(readers)
        self.lost: dict[str, str] = {}
        self._layers: WeakValueDictionary[bytes, Layer] = WeakValueDictionary()
        self._lock = threading.RLock()
        self._available: set[bytes] | None = None
        self._read_available()

    @property
    def path(self) -> Path:
        return self.tiles.readers[0].path

    def _read_available(self) -> None:
        found: set[bytes] = set()
        for reader in self.tiles.readers:
            digests = reader.digests("tile")
            if digests is None:  # the index is damaged: find out tile by tile
                self._available = None
                return
            found |= digests
        self._available = found

    def row(self, table: str, digest: bytes) -> bytes | None:
        for reader in self.tiles.readers:
            data = reader.fetch(table, digest)
            if data is None:
                continue
            try:
                plain = unpacked(data)
            except zstandard.ZstdError:
                continue
            if digest_of(plain) == digest:
                return plain
        return None

    def stored(self, digests: Sequence[bytes], channels: int, dtype: np.dtype) -> list[Tile | None]:
        there = self._available
        if there is None or there.issuperset(digests):
            return [*self.tiles.tiles(digests, channels, dtype)]
        return [self.tiles.tiles((one,), channels, dtype)[0] if one in there else None for one in digests]

    def known_layer(self, digest: bytes) -> Layer | None:
        with self._lock:
            return self._layers.get(digest)

    def keep_layer(self, digest: bytes, layer: Layer) -> None:
        with self._lock:
            self._layers.setdefault(digest, layer)

    def keep_tiles(self, tiles: list[Tile]) -> None:
        self.tiles.keep(tiles)
        if self._available is not None:
            self._available.update(tile.digest for tile in tiles)

    def attach(self, reader: Reader) -> None:
        """Adds a file that is asked before the others."""
        self.tiles.readers = (reader, *self.tiles.readers)

    def _query(self, statement: str, values: tuple = ()) -> list[tuple]:
        return self.tiles.readers[0].query(statement, values)

    def meta(self, key: str, default: Any = None) -> Any:
        return self.tiles.readers[0].meta(key, default)

    def entries(self) -> tuple[Entry, ...]:
        """The steps from the first one to the tip, through parents; steps off this line are not listed."""
        rows = self._query("SELECT id, parent, label, time FROM revision ORDER BY seq")
        known = {row[0]: Entry(id=row[0], parent=row[1], label=row[2], time=row[3]) for row in rows}
        at = self.meta("tip", rows[-1][0] if rows else None)
        line: list[Entry] = []
        while at in known and len(line) <= len(known):
            line.append(known[at])
            at = known[at].parent
        return tuple(reversed(line))

    @property
    def cursor(self) -> RevisionId | None:
        """The revision that is shown; None in an empty file."""
        rows = self._query("SELECT id FROM revision ORDER BY seq DESC LIMIT 1")
        return self.meta("cursor", rows[0][0] if rows else None)

    def load(self, revision: RevisionId) -> Artwork:
        """The artwork of one revision; its tiles are read when they are first needed. Raises StoreError."""
        rows = self._query("SELECT manifest FROM revision WHERE id = ?", (revision,))
        reading = Reading(self)
        artwork = reading.artwork(rows[0][0]) if rows else None
        if artwork is None:
            raise StoreError("no_revision", self.path)
        with self._lock:
            self.lost |= reading.lost
        return artwork

    def newest(self) -> tuple[Artwork, RevisionId, int]:
        """The artwork at the cursor, its id and how many steps before the cursor it lies (0 in a whole file)."""
        line = [entry.id for entry in self.entries()]
        cursor = self.cursor
        if cursor in line:
            line = line[: line.index(cursor) + 1]
        for back, revision in enumerate(reversed(line)):
            try:
                return self.load(revision), revision, back
            except StoreError:
                continue
        raise StoreError("no_revision", self.path)

    def report(self, steps_back: int = 0) -> Report:
        """What has been found missing so far; names of layers."""
        gone = tuple(name for name, what in self.lost.items() if what == "all")
        holes = tuple(name for name, what in self.lost.items() if what == "part")
        return Report(gone=gone, holes=holes, steps_back=steps_back)

    def verify(self, artwork: Artwork) -> Iterator[str]:
        """Reads every tile's row, some at a time; yields the layer's name. Afterwards ``report`` knows every hole."""
        for layer in artwork.walk():
            stored = {
                tile for grid in grids_of(layer) for tile in grid.tiles.values() if self.tiles.holds(tile)
            }
            for number, tile in enumerate(stored, start=1):
                if not any(reader.fetch("tile", tile.digest) is not None for reader in self.tiles.readers):
                    self.lost.setdefault(layer.name, "part")
                if number % _VERIFIED_AT_ONCE == 0:
                    yield layer.name
            yield layer.name

    def result_names(self) -> tuple[str, ...]:
        """Ids of all generated pictures, oldest first."""
        return tuple(row[0] for row in self._query("SELECT id FROM result ORDER BY time, rowid"))

    def result(self, name: str) -> Result | None:
        """The generated picture of this id; None where there is none or it cannot be read."""
        for time, recipe, data in self._query("SELECT time, recipe, bytes FROM result WHERE id = ?", (name,)):
            stored = self.row("recipe", recipe)
            try:
                variant = Reading(self).variant(msgspec.msgpack.decode(unpacked(data)))
            except (zstandard.ZstdError, msgspec.DecodeError, TypeError, KeyError):
                return None
            if stored is not None:
                kept = msgspec.msgpack.decode(stored, type=described(Stored))
                return Result(id=name, time=time, recipe=kept, variant=variant)
        return None

    def results(self) -> tuple[Result, ...]:
        """Every generated picture, oldest first; those that cannot be read are left out."""
        found = (self.result(name) for name in self.result_names())
        return tuple(one for one in found if one is not None)

    def thumbnail(self) -> bytes:
        rows = self._query("SELECT png FROM thumbnail WHERE name = 'picture'")
        return rows[0][0] if rows else b""

    def earlier(self) -> Earlier:
        """What is known of the steps before the first one."""
        return earlier.earlier(self.tiles.readers[0])

    def film(self) -> list[tuple[int, bytes]]:
        """Small pictures of the steps before the first one: (number counted from the very first, WebP)."""
        return earlier.film(self.tiles.readers[0])

    def close(self) -> None:
        self.tiles.close()


class Needed:
    """Walks rows from manifests down to tiles; each row once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.found: set[tuple[str, bytes]] = set()

    def manifests(self, digests: Iterable[bytes]) -> None:
        for digest in digests:
            self._row("manifest", digest)

    def result(self, recipe: bytes, data: bytes) -> None:
        self.found.add(("recipe", recipe))
        with contextlib.suppress(zstandard.ZstdError, msgspec.DecodeError):
            self._plain(unpacked(data))

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
