"""One step of 40 changed half-float photo tiles: its share on the UI thread, and until it is on disk."""

from __future__ import annotations

import os
import time

import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.document import edits
from studio.document.document import Document, Revision
from studio.document.layer import Paint
from studio.project.journal import Journal
from studio.raster.geometry import TILE
from studio.raster.tile import Tile

TILES = 40


def measure(quick: bool = False) -> list[Figure]:
    side = 2048
    source = photo_surface(side, side, 3)
    artwork = edits.from_picture(photo_surface(side, side, 4), side, side, name="photo")
    document = Document(artwork)
    journal = Journal.create(title="bench")
    journal.commit(document.revision)
    waiting: list[Revision] = []
    document.committed_signal.connect(waiting.append)
    shares, whole, sizes = [], [], []
    keys = sorted(source.tiles)
    for number in range(3 if quick else 40):
        layer = document.artwork.layers[0]
        assert isinstance(layer, Paint)
        chosen = [keys[(number * 7 + index) % len(keys)] for index in range(TILES)]
        tiles = {key: _shifted(source.tiles[key].pixels(), number + 1) for key in chosen}
        changed = edits.change(document.artwork, layer.id, surface=layer.surface.replace(tiles))
        began = time.perf_counter()
        document.commit("Paint", changed)
        shares.append(1000 * (time.perf_counter() - began))
        before = _bytes(journal)
        began = time.perf_counter()
        journal.commit(waiting.pop())
        whole.append(1000 * (time.perf_counter() - began))
        sizes.append((_bytes(journal) - before) / (TILES * TILE * TILE * 8))
    journal.close()
    return [
        figure("commit of 40 changed half-float photo tiles to fsync", "ms", whole, {"p50": 150, "p99": 450}),
        figure("commit, share of the UI thread", "ms", shares, {"p99": 1.0}),
        figure("commit, written to disk", "× raw size", [size for size in sizes if size > 0], {"p50": 0.3}),
    ]


def _shifted(pixels: np.ndarray, amount: int) -> Tile:
    """Other pixels of the same photograph: no two steps have a tile in common."""
    return Tile(np.ascontiguousarray(np.roll(pixels, (amount, 3 * amount), (0, 1))))


def _bytes(journal: Journal) -> int:
    found = 0
    for ending in ("", "-wal"):
        path = f"{journal.path}{ending}"
        found += os.path.getsize(path) if os.path.exists(path) else 0
    return found
