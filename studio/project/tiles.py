"""Where evicted and not yet loaded tiles come from."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections import deque
from collections.abc import Iterable
from weakref import WeakSet, WeakValueDictionary

import numpy as np

from studio.document.artwork import Artwork
from studio.project.codec import CodecError, decode_tile
from studio.project.manifest import grids
from studio.project.store import Reader
from studio.raster.geometry import TILE
from studio.raster.tile import Tile

LOADED_BUDGET = 640 << 20
"""Bytes of tiles read back from files that stay in memory; a huge picture is read through this window."""

MUCH = 64 << 20
"""Bytes that leave the memory at once from which on they are given back to the system."""


class StoredTiles:
    """The TileSource over one or several files: the journal first, then the project it was opened from.

    Safe from any thread. One digest is one Tile object while anybody holds it, also across revisions. A tile that no file
    can give back is transparent and its digest is added to ``lost``. ``loads`` counts tiles read, ``fresh`` the bytes of tiles
    that came into the store since :func:`evict` looked at them last.
    """

    def __init__(self, readers: Iterable[Reader] = ()) -> None:
        self.readers: tuple[Reader, ...] = tuple(readers)
        self.loads = self.fresh = 0
        self.lost: set[bytes] = set()
        self._lock = threading.Lock()
        self._handles: WeakValueDictionary[bytes, Tile] = WeakValueDictionary()
        self._kept: WeakSet[Tile] = WeakSet()
        self._resident: deque[tuple[bytes, int]] = deque()
        self._held = 0

    def load(self, digest: bytes) -> np.ndarray:
        """Pixels of the tile with this digest; zeros where it is lost."""
        for reader in self.readers:
            data = reader.fetch("tile", digest)
            if data is None:
                continue
            try:
                pixels = decode_tile(data)
            except CodecError:
                continue
            self._note_loaded(digest, pixels.nbytes)
            return pixels
        with self._lock:
            self.lost.add(digest)
            handle = self._handles.get(digest)
        channels, dtype = (handle.channels, handle.dtype) if handle else (4, np.dtype(np.float16))
        return np.zeros((TILE, TILE) if channels == 1 else (TILE, TILE, channels), dtype)

    def _note_loaded(self, digest: bytes, nbytes: int) -> None:
        """Counts a tile that was read; beyond ``LOADED_BUDGET`` those read first leave the memory again."""
        with self._lock:
            self.loads += 1
            self._resident.append((digest, nbytes))
            self._held += nbytes
            leaving = []
            while self._held > LOADED_BUDGET:
                first, freed = self._resident.popleft()
                self._held -= freed
                leaving.append(self._handles.get(first))
            leaving = [tile for tile in leaving if tile is not None and self._holds(tile)]
        for tile in leaving:
            tile.evict(self)

    def tiles(self, digests: Iterable[bytes], channels: int, dtype: np.dtype) -> list[Tile]:
        """The one handle on each stored tile; nothing is read yet."""
        handles, found = self._handles, []
        with self._lock:
            for digest in digests:
                tile = handles.get(digest)
                if tile is None:
                    handles[digest] = tile = Tile.stored(digest, channels, dtype, self)
                found.append(tile)
        return found

    def keep(self, tiles: Iterable[Tile]) -> None:
        """Notes that these tiles are in the store now, so they may be evicted and found again."""
        with self._lock:
            for tile in tiles:
                self._handles.setdefault(tile.digest, tile)
                self._kept.add(tile)
                self.fresh += tile.nbytes

    def holds(self, tile: Tile) -> bool:
        with self._lock:
            return self._holds(tile)

    def _holds(self, tile: Tile) -> bool:
        return tile.comes_from(self) or tile in self._kept

    def close(self) -> None:
        for reader in self.readers:
            reader.close()


def evict(
    artworks: Iterable[Artwork], source: StoredTiles, budget: int, keep: frozenset[Tile] = frozenset()
) -> int:
    """Drops stored pixels from memory, of the first artworks first, until what they hold fits ``budget`` bytes.

    ``keep``: tiles that are shown now. Tiles not yet written are never dropped. Returns the bytes freed.
    """
    source.fresh = 0
    seen: dict[Tile, None] = {}
    for artwork in artworks:
        for grid in grids(artwork):
            seen.update(dict.fromkeys(tile for tile in grid.tiles.values() if tile.resident))
    held, freed = sum(tile.nbytes for tile in seen), 0
    for tile in seen:
        if held - freed <= budget:
            break
        if tile not in keep and source.holds(tile):
            tile.evict(source)
            freed += tile.nbytes
    if freed >= MUCH:
        _give_back()
    return freed


def _give_back() -> None:
    """Returns freed memory to the system where the C library would keep it for itself: of a picture of 30 000² that was
    painted on, 2.5 GiB."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(ctypes.c_size_t(0))
