"""Small pictures and artworks that the file tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.project.archive import Entry
from studio.project.journal import Journal
from studio.raster.geometry import Rect
from studio.raster.surface import Surface


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def photo(random: np.random.Generator) -> np.ndarray:
    """Straight uint8 RGB [240, 330, 3] with soft ramps and a little noise."""
    y, x = np.mgrid[0:240, 0:330]
    ramps = np.stack([x * 0.7, y, (x + y) * 0.4], 2)
    return np.clip(ramps + random.normal(0, 3, ramps.shape), 0, 255).astype(np.uint8)


@pytest.fixture
def artwork(random: np.random.Generator) -> Artwork:
    """Two paint layers on 600 × 400."""
    ground = Paint(name="Ground", surface=Surface.from_pixels(noise(random, 600, 400)))
    ink = Paint(
        name="Ink", surface=Surface.from_pixels(noise(random, 90, 70), 300, 200), opacity=0.5, mode="multiply"
    )
    return Artwork(width=600, height=400, layers=(ground, ink), active=ink.id)


def noise(random: np.random.Generator, width: int, height: int) -> np.ndarray:
    return random.random((height, width, 4), np.float32).astype(np.float16)


@pytest.fixture
def painted(random: np.random.Generator) -> Callable[[Artwork, int], Artwork]:
    """Writes random pixels into the first layer at a place that follows from ``number``."""

    def paint(artwork: Artwork, number: int) -> Artwork:
        layer = artwork.layers[0]
        assert isinstance(layer, Paint)
        rect = Rect.of(17 * number % 400, 29 * number % 300, 40, 30)
        changed = layer.with_(surface=layer.surface.write(rect, noise(random, 40, 30)))
        return artwork.with_(layers=(changed, *artwork.layers[1:]))

    return paint


@pytest.fixture
def journals(tmp_path: Path) -> Path:
    return tmp_path / "journals"


@pytest.fixture
def journal(journals: Path) -> Iterator[Journal]:
    journal = Journal.create(journals, title="Lake")
    yield journal
    journal.close()


def step(number: int) -> Entry:
    return Entry(
        id=f"r{number}", parent=f"r{number - 1}" if number else None, label="Stroke", time=100.0 + number
    )


@pytest.fixture
def entry() -> Callable[[int], Entry]:
    return step


def pixels_of(artwork: Artwork) -> list[np.ndarray]:
    """Every surface and mask of the artwork as one array each."""
    from studio.project.manifest import grids

    return [grid.read(artwork.rect) for grid in grids(artwork)]


@pytest.fixture
def same() -> Callable[[Artwork, Artwork], bool]:
    def equal(one: Artwork, other: Artwork) -> bool:
        first, second = pixels_of(one), pixels_of(other)
        return len(first) == len(second) and all(
            np.array_equal(a, b) for a, b in zip(first, second, strict=True)
        )

    return equal
