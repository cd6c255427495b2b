"""Small fixed pictures for the golden pixels of fusions, made by formula, so that no generator of chance numbers matters."""

from __future__ import annotations

import numpy as np

from tests.synthesis.fusing import fused

HEIGHT, WIDTH = 24, 32
VALUES: dict[str, dict[str, object]] = {
    "hdr": {"times": "1/4, 1, 4"},
    "cross-dissolve": {"position": 0.25},
    "morph": {"position": 0.25},
}
"""Parameters other than the declared ones, where those would leave the method nothing to do."""


def pictures() -> list[np.ndarray]:
    """Three premultiplied float32 [24, 32, 4]: waves; other waves, half transparent to the left; a ramp with a disc, smaller than both."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float64)
    one = np.stack([0.5 + 0.4 * np.sin(x / 2), 0.5 + 0.4 * np.cos(y / 3), 0.5 + 0.4 * np.sin((x + y) / 5)], 2)
    two = np.stack([0.3 + 0.2 * np.cos(x / 4), 0.4 + 0.3 * np.sin(y / 2), 0.2 + x / 80], 2)
    disc = ((x - 16) ** 2 + (y - 12) ** 2 < 49)[..., None]
    three = np.where(disc, (0.9, 0.3, 0.1), np.stack([x / 40, y / 30, 0.6 - x / 80], 2))
    opaque = np.ones((HEIGHT, WIDTH, 1))
    veil = np.where(x < 10, 0.5, 1.0)[..., None]
    card = np.where((abs(x - 16) < 11) & (abs(y - 12) < 9), 1.0, 0.0)[..., None]
    made = [np.dstack([one, opaque]), np.dstack([two * veil, veil]), np.dstack([three * card, card])]
    return [part.astype(np.float32) for part in made]


def measured(name: str) -> tuple[tuple[float, ...], ...]:
    """Mean, top left, bottom right and middle pixel of what fuses the three, each red, green, blue, alpha."""
    found = fused(name, pictures(), **VALUES.get(name, {})).astype(np.float64)
    rows = (found.mean((0, 1)), found[0, 0], found[-1, -1], found[HEIGHT // 2, WIDTH // 2])
    return tuple(tuple(float(value) for value in row) for row in rows)
