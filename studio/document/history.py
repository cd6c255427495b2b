"""Undo: a cursor over earlier artworks, held in memory within a byte budget."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from studio.document.artwork import Artwork
from studio.document.changes import tiles_of
from studio.raster.surface import TileGrid
from studio.raster.tile import Tile

Loader = Callable[[str], Artwork]
"""Reads the artwork of a revision back from the journal or project file; equal tiles should be one object."""

DEFAULT_BUDGET = 1 << 30
PAUSE_SECONDS = 120.0
"""A longer time between two steps was a pause; of it only the step itself counts."""
STEP_SECONDS = 10.0


def worked_seconds(times: Sequence[float]) -> float:
    """How long was worked from the first of these steps to the last: the times between them, pauses left out."""
    gaps = (later - earlier for earlier, later in pairwise(times))
    return sum((gap if 0 <= gap <= PAUSE_SECONDS else STEP_SECONDS for gap in gaps), 0.0)


def new_revision_id() -> str:
    return uuid.uuid4().hex


class HistoryEntry(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """One undo step. ``label`` is source text in context ``history``, ``time`` seconds since 1970.

    ``artwork`` None: it was dropped from memory and is read again from its revision. ``additions``: how often something
    was added to it since it was made.
    """

    label: str
    time: float
    revision_id: str
    artwork: Artwork | None = None
    additions: int = 0

    @property
    def resident(self) -> bool:
        return self.artwork is not None


class Revision(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What the journal writes after each commit, undo, redo or amendment.

    ``new`` False: only the cursor moved, the revision ``id`` was written before. ``history``: ids of all undo steps,
    oldest first; ``cursor``: index of ``id`` in it. ``parent`` is the step before, None for the first. ``additions`` are
    those of the step. ``grown``: steps to which something was added, the shown one perhaps among them; they are to be
    written together, and no file that was saved before holds them as they are. ``undone_seconds``: see ``History``.
    """

    id: str
    parent: str | None
    label: str
    time: float
    artwork: Artwork
    cursor: int
    history: tuple[str, ...]
    new: bool = True
    additions: int = 0
    grown: tuple[HistoryEntry, ...] = ()
    undone_seconds: float = 0.0


Edit = Callable[[Artwork], Artwork]
"""Pure; gives back the artwork itself where there is nothing to change."""


class TileCount:
    """How many bytes the tiles of a set of artworks hold; a tile that several share counts once."""

    def __init__(self) -> None:
        self._grids: dict[int, tuple[TileGrid, int]] = {}
        self._tiles: dict[int, tuple[Tile, int]] = {}
        self.whole = 0

    def add(self, artwork: Artwork) -> None:
        for number, grid in tiles_of(artwork).items():
            count = self._grids.get(number, (grid, 0))[1]
            self._grids[number] = (grid, count + 1)
            if count == 0:
                self._add_tiles(grid)

    def _add_tiles(self, grid: TileGrid) -> None:
        for tile in grid.tiles.values():
            count = self._tiles.get(id(tile), (tile, 0))[1]
            self._tiles[id(tile)] = (tile, count + 1)
            if count == 0:
                self.whole += tile.nbytes

    def remove(self, artwork: Artwork) -> None:
        for number, grid in tiles_of(artwork).items():
            count = self._grids[number][1]
            if count > 1:
                self._grids[number] = (grid, count - 1)
                continue
            del self._grids[number]
            for tile in grid.tiles.values():
                self._remove_tile(tile)

    def _remove_tile(self, tile: Tile) -> None:
        count = self._tiles[id(tile)][1]
        if count > 1:
            self._tiles[id(tile)] = (tile, count - 1)
        else:
            del self._tiles[id(tile)]
            self.whole -= tile.nbytes

    @property
    def resident(self) -> int:
        """Bytes in memory now: evicted tiles do not count."""
        return sum(tile.nbytes for tile, _ in self._tiles.values() if tile.resident)

    def exceeds(self, budget: int) -> bool:
        # ``whole`` is known at once and never less than ``resident``, whose sum takes a millisecond
        return self.whole > budget and self.resident > budget


class History:
    """The undo steps and the cursor. Not thread-safe: it belongs to the document.

    An artwork may be dropped only when its revision is known to be stored (``mark_stored``) and there is a loader.
    ``undone_seconds``: how long was worked on steps that were undone and then gone, which the times of those that stay
    do not tell.
    """

    def __init__(
        self,
        entries: Sequence[HistoryEntry],
        cursor: int,
        loader: Loader | None = None,
        budget: int = DEFAULT_BUDGET,
    ) -> None:
        self._entries = list(entries)
        self.cursor = cursor
        self._loader = loader
        self._budget = budget
        self.undone_seconds = 0.0
        self._stored: set[str] = {entry.revision_id for entry in entries if not entry.resident}
        self._count = TileCount()
        for entry in self._entries:
            if entry.artwork is not None:
                self._count.add(entry.artwork)

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        return tuple(self._entries)

    @property
    def current(self) -> HistoryEntry:
        return self._entries[self.cursor]

    @property
    def resident_bytes(self) -> int:
        """Bytes of all tiles that the steps in memory hold, shared ones counted once."""
        return self._count.resident

    def append(self, entry: HistoryEntry) -> None:
        """Adds a step after the cursor and moves to it; steps that had been undone are gone."""
        undone = self._entries[self.cursor + 1 :]
        if undone:
            worked = worked_seconds([one.time for one in (self.current, *undone, entry)])
            told = worked_seconds([self.current.time, entry.time])
            self.undone_seconds += max(0.0, worked - told)
        for gone in undone:
            self._forget(gone)
        del self._entries[self.cursor + 1 :]
        self._entries.append(entry)
        self.cursor += 1
        if entry.artwork is not None:
            self._count.add(entry.artwork)
        self.trim()

    def _forget(self, entry: HistoryEntry) -> None:
        if entry.artwork is not None:
            self._count.remove(entry.artwork)
        self._stored.discard(entry.revision_id)

    def artwork_at(self, index: int) -> Artwork:
        """The artwork of a step, read again when it was dropped. Raises what the loader raises."""
        entry = self._entries[index]
        if entry.artwork is not None:
            return entry.artwork
        assert self._loader is not None, "a step without its artwork needs a loader"
        artwork = self._loader(entry.revision_id)
        self._entries[index] = replace(entry, artwork=artwork)
        self._count.add(artwork)
        return artwork

    def amend(self, artwork: Artwork) -> None:
        """Exchanges the artwork at the cursor without a new step."""
        entry = self.current
        self._count.add(artwork)
        if entry.artwork is not None:
            self._count.remove(entry.artwork)
        self._entries[self.cursor] = replace(entry, artwork=artwork)

    def amend_since(self, revision_id: str, edit: Edit) -> tuple[HistoryEntry, ...]:
        """Exchanges the artworks of a step and of all later ones that ``edit`` changes; returns these steps.

        Raises what the loader raises; nothing is exchanged then. No step of that id: nothing happens.
        """
        ids = [entry.revision_id for entry in self._entries]
        first = ids.index(revision_id) if revision_id in ids else len(ids)
        made = [(index, edit(self.artwork_at(index))) for index in range(first, len(ids))]
        grown = []
        for index, artwork in made:
            entry = self._entries[index]
            if artwork is entry.artwork:
                continue
            assert entry.artwork is not None, "it was read a moment ago"
            self._count.add(artwork)
            self._count.remove(entry.artwork)
            self._entries[index] = replace(entry, artwork=artwork, additions=entry.additions + 1)
            self._stored.discard(entry.revision_id)
            grown.append(self._entries[index])
        self.trim()
        return tuple(grown)

    def mark_stored(self, revision_id: str, artwork: Artwork | None = None) -> None:
        """The revision is on disk: its artwork may be dropped from memory.

        ``artwork``: what was written; when the step shows another one by now, it is not on disk yet.
        """
        entry = next((one for one in self._entries if one.revision_id == revision_id), None)
        if entry is None or (artwork is not None and entry.artwork not in (None, artwork)):
            return
        self._stored.add(revision_id)
        self.trim()

    def mark_changed(self, revision_id: str) -> None:
        """What lies on disk for the revision is no longer what it shows: it must stay in memory until stored again."""
        self._stored.discard(revision_id)

    def set_budget(self, budget: int) -> None:
        """Another number of bytes for what the steps hold; less of it drops stored steps at once."""
        self._budget = budget
        self.trim()

    def trim(self) -> None:
        """Drops stored artworks, farthest from the cursor first and the older of two, until the budget holds."""
        if self._loader is None or not self._count.exceeds(self._budget):
            return
        order = sorted(range(len(self._entries)), key=lambda index: (-abs(index - self.cursor), index))
        for index in order:
            entry = self._entries[index]
            if index == self.cursor or entry.artwork is None or entry.revision_id not in self._stored:
                continue
            self._count.remove(entry.artwork)
            self._entries[index] = replace(entry, artwork=None)
            if not self._count.exceeds(self._budget):
                return

    def let_go(self) -> None:
        """Forgets who reads dropped steps; they stay dropped."""
        self._loader = None
