"""What is measured on: a photograph-like picture and an artwork of ten mixed layers."""

from __future__ import annotations

import numpy as np

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.raster import colour
from studio.raster.geometry import TILE
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile

MODES = (
    "normal", "multiply", "screen", "overlay", "soft-light", "linear-light", "vivid-light", "darken", "normal", "lighten",
)  # fmt: skip
"""Ten layers from bottom to top: two of them run as SkSL (linear light, vivid light); the ninth is masked."""


def photograph(width: int, height: int, seed: int = 1) -> np.ndarray:
    """uint8 RGB [height, width, 3] with a photograph's statistics: an amplitude of 1/f, and a little sensor noise."""
    random = np.random.default_rng(seed)
    side = 1024
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.rfftfreq(side), indexing="ij"))
    frequency[0, 0] = 1.0
    planes = []
    for _ in range(3):
        spectrum = np.fft.rfft2(random.standard_normal((side, side))) / frequency**1.4
        plane = np.fft.irfft2(spectrum)
        planes.append(plane / plane.std())
    shared = planes[0]
    picture = np.stack([0.5 + 0.18 * (0.9 * shared + 0.3 * plane) for plane in planes], axis=2)
    whole = np.tile(picture, (-(-height // side), -(-width // side), 1))[:height, :width]
    whole = whole + random.normal(0.0, 0.006, whole.shape).astype(np.float32)
    return np.clip(whole * 255 + 0.5, 0, 255).astype(np.uint8)


def photo_surface(width: int, height: int, seed: int = 1, alpha: float = 1.0) -> Surface:
    """The photograph as half-float tiles; ``alpha`` makes it see-through."""
    rgb = photograph(width, height, seed)
    straight = np.dstack([rgb, np.full((height, width), round(alpha * 255), np.uint8)])
    return Surface.from_pixels(colour.to_half(straight))


def ten_layers(side: int) -> Artwork:
    """A square artwork of ten mixed layers (``MODES``), opacities below 1, one masked."""
    artwork = edits.new_artwork(side, side)
    artwork = artwork.with_(layers=())
    ramp = np.linspace(0, 1, TILE, dtype=np.float16)
    mask_tile = Tile(np.tile(ramp, (TILE, 1)))
    keys = [(x, y) for y in range(-(-side // TILE)) for x in range(-(-side // TILE))]
    first = photo_surface(side, side, 1)
    second = photo_surface(side, side, 2, 0.6)
    for index, mode in enumerate(MODES):
        surface = first if index == 0 else Surface(dict(second.tiles), second.dtype)
        mask = Mask(dict.fromkeys(keys, mask_tile)) if index == 8 else None
        opacity = 1.0 if index == 0 else 0.8
        layer = Paint(name=mode, surface=surface, mode=mode, opacity=opacity, mask=mask)
        artwork = edits.add_layer(artwork, layer)
    return artwork
