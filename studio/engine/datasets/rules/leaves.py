"""Dead leaves: discs that fall on each other, their radii by a power law, so that the picture has the statistics of
photographs: edges, occlusion and structure at every scale (Lee, Mumford and Huang 2001; Baradad et al. 2021 trained on it)."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.datasets.rules.drawn import OVERSIZE, Drawn, colour, rounded, smaller

PALETTES = (
    ("spring", "春", 0.28, 0.12),
    ("summer", "夏", 0.40, 0.16),
    ("autumn", "秋", 0.06, 0.07),
    ("winter", "冬", 0.60, 0.06),
)
"""Name, mean hue and how far the hues spread."""
LARGEST = 0.35
AT_ONCE = 200
MOST = 4000
COVERED_AT = 192
"""Side at which it is seen whether discs cover the ground: the same discs whatever the side of the picture."""


def draw(seed: int, side: int) -> Drawn:
    """The leaves of ``seed``; see ``RULES``. Discs fall until no ground is seen, at most 4000."""
    random = np.random.default_rng((17, seed))
    palette = int(random.integers(len(PALETTES)))
    smallest = float(np.exp(random.uniform(np.log(0.02), np.log(0.08))))
    saturation = float(random.uniform(0.15, 0.8))
    covered = np.zeros((COVERED_AT, COVERED_AT), np.uint8)
    fallen: list[np.ndarray] = []
    while len(fallen) * AT_ONCE < MOST and not covered.all():
        fallen.append(_discs(smallest, random))
        for x, y, radius, *_ in fallen[-1]:
            _disc(covered, x, y, radius, (255,))
    canvas = np.zeros((side * OVERSIZE, side * OVERSIZE, 3), np.uint8)
    hue, spread = PALETTES[palette][2:]
    for x, y, radius, tone, value in np.concatenate(fallen):
        _disc(canvas, x, y, radius, colour(hue + spread * tone, saturation, value))
    count = len(fallen) * AT_ONCE
    name, name_zh, *_ = PALETTES[palette]
    size = ("small", "小") if smallest < 0.035 else ("large", "大") if smallest > 0.06 else ("", "")
    vivid = (
        ("vivid", "鲜艳的") if saturation > 0.55 else ("greyish", "灰调的") if saturation < 0.3 else ("", "")
    )
    words = " ".join(word for word in (vivid[0], size[0], "round leaves in", name, "colours") if word)
    return Drawn(
        smaller(canvas, side),
        name,
        rounded(palette=name, smallest=smallest, saturation=saturation, count=count),
        words,
        f"{name_zh}色调，{vivid[1]}{size[1]}圆叶层层叠落",
    )


def _discs(smallest: float, random: np.random.Generator) -> np.ndarray:
    """So many discs [n, 5]: x, y, radius in sides of the picture, tone N(0, 1), value. Radii r between the smallest and
    ``LARGEST`` with density ∝ r⁻³, by inversion: r = (a⁻² − p·(a⁻² − b⁻²))^(−1/2)."""
    low, high = smallest**-2, LARGEST**-2
    radii = (low - random.uniform(size=AT_ONCE) * (low - high)) ** -0.5
    places = random.uniform(-0.1, 1.1, (AT_ONCE, 2))
    tones, values = random.normal(size=AT_ONCE), random.uniform(0.25, 1.0, AT_ONCE)
    return np.column_stack([places, radii, tones, values])


def _disc(canvas: np.ndarray, x: float, y: float, radius: float, ink: tuple[int, ...]) -> None:
    side = canvas.shape[0]
    middle = (round(x * side * 16), round(y * side * 16))
    cv2.circle(canvas, middle, round(radius * side * 16), ink, -1, cv2.LINE_AA, 4)
