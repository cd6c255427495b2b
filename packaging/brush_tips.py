"""Draws the tip images of the brushes that come with Danqing into ``resources/brushes/tips``; the same every time.

Each is 8-bit grey, white where the tip covers. Run: ``python packaging/brush_tips.py``.
"""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np

TIPS = Path(__file__).resolve().parent.parent / "resources" / "brushes" / "tips"
SIDE = 160
FINE = 4
"""Shapes are drawn this many times larger and averaged down."""


def noise(seed: int, sigma: float, side: int = SIDE) -> np.ndarray:
    """Smooth noise, evenly spread over 0–1, periodic."""
    values = np.random.default_rng(seed).standard_normal((side, side)).astype(np.float32)
    reach = int(4 * sigma) + 1
    smooth = cv2.GaussianBlur(np.pad(values, reach, mode="wrap"), (0, 0), sigma)[reach:-reach, reach:-reach]
    order = np.argsort(np.argsort(smooth, axis=None)).reshape(side, side)
    return (order / (side * side - 1)).astype(np.float32)


def disc(softness: float = 0.05, side: int = SIDE, squeeze: float = 1.0) -> np.ndarray:
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    middle = (side - 1) / 2
    distance = np.hypot((x - middle) / middle, (y - middle) / (middle * squeeze))
    return np.clip((0.97 - distance) / softness, 0, 1)


def bristles_flat() -> np.ndarray:
    """A flat brush seen end on: bristles in a narrow band, each with its own load."""
    random = np.random.default_rng(11)
    tip = np.zeros((SIDE * FINE, SIDE * FINE), np.float32)
    for _ in range(150):
        across = random.uniform(0.04, 0.96)
        along = 0.5 + random.normal(0, 0.022)
        radius = SIDE * FINE * random.uniform(0.005, 0.014)
        load = float(random.uniform(0.25, 1.0)) * (0.4 + 0.6 * math.sin(math.pi * across) ** 0.5)
        spot = np.zeros_like(tip)
        cv2.circle(spot, (int(along * SIDE * FINE), int(across * SIDE * FINE)), int(radius), load, -1)
        tip = np.maximum(tip, spot)
    return small(tip)


def bristles_full() -> np.ndarray:
    """A loaded flat brush: bristles close together, here and there a gap that draws a streak."""
    random = np.random.default_rng(14)
    tip = np.zeros((SIDE * FINE, SIDE * FINE), np.float32)
    for _ in range(190):
        across, along = random.uniform(0.05, 0.95), 0.5 + random.normal(0, 0.05)
        spot = np.zeros_like(tip)
        radius = SIDE * FINE * random.uniform(0.008, 0.02)
        cv2.circle(
            spot,
            (int(along * SIDE * FINE), int(across * SIDE * FINE)),
            int(radius),
            float(random.uniform(0.35, 1)),
            -1,
        )
        tip = np.maximum(tip, spot)
    for _ in range(16):
        row = int(random.uniform(0.06, 0.94) * SIDE * FINE)
        tip[row : row + int(SIDE * FINE * random.uniform(0.004, 0.011))] *= float(random.uniform(0.0, 0.12))
    return small(tip)


def bristles_round() -> np.ndarray:
    """A round brush spread open: tufts with gaps between them."""
    random = np.random.default_rng(12)
    tip = np.zeros((SIDE * FINE, SIDE * FINE), np.float32)
    for _ in range(95):
        angle, distance = random.uniform(0, math.tau), 0.47 * math.sqrt(random.uniform(0, 1))
        place = (0.5 + distance * math.cos(angle), 0.5 + distance * math.sin(angle))
        radius = SIDE * FINE * random.uniform(0.008, 0.03)
        load = float(random.uniform(0.3, 1.0)) * (1.1 - distance)
        spot = np.zeros_like(tip)
        cv2.circle(spot, tuple(int(one * SIDE * FINE) for one in place), int(radius), load, -1)
        tip = np.maximum(tip, spot)
    return small(tip)


def charcoal() -> np.ndarray:
    """The worn end of a stick: a ragged lump with holes of paper."""
    edge = disc(0.35, squeeze=0.62) + (noise(21, 5.0) - 0.5) * 0.7
    holes = np.clip((noise(22, 1.6) - 0.32) * 3.0, 0, 1)
    return np.clip((edge - 0.3) * 2.5, 0, 1) * (0.15 + 0.85 * holes) * disc(0.1)


def sponge() -> np.ndarray:
    """A natural sponge: rounded pores of two sizes."""
    pores = np.clip((noise(31, 3.2) - 0.45) * 6, 0, 1) * np.clip((noise(32, 7.0) - 0.25) * 4, 0, 1)
    edge = np.clip((disc(0.5) + (noise(33, 6.0) - 0.5) * 0.8 - 0.25) * 3, 0, 1)
    return pores * edge * disc(0.1)


def cloud() -> np.ndarray:
    """A puff of mist: soft, with billows."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    middle = (SIDE - 1) / 2
    distance = np.hypot((x - middle) / middle, (y - middle) / middle)
    billows = 0.6 * noise(41, 12.0) + 0.4 * noise(42, 5.0)
    return np.clip((1 - distance) * 1.6, 0, 1) ** 1.5 * np.clip(billows * 1.7 - 0.35, 0, 1)


def blot(seed: int) -> np.ndarray:
    """A drop that burst: a round body, rays and small drops around it."""
    random = np.random.default_rng(seed)
    side = SIDE * FINE
    tip = np.zeros((side, side), np.float32)
    middle = side / 2
    angles = np.linspace(0, math.tau, 180, endpoint=False)
    radius = np.full(180, 0.19)
    for _ in range(11):
        at, width, reach = random.uniform(0, math.tau), random.uniform(0.03, 0.1), random.uniform(0.03, 0.2)
        turned = np.angle(np.exp(1j * (angles - at)))
        radius += reach * np.exp(-((turned / width) ** 2))
    outline = np.stack([middle + radius * side * np.cos(angles), middle + radius * side * np.sin(angles)], 1)
    cv2.fillPoly(tip, [outline.astype(np.int32)], 1.0)
    for _ in range(26):
        angle, distance = random.uniform(0, math.tau), random.uniform(0.26, 0.48)
        place = (
            int(middle + distance * side * math.cos(angle)),
            int(middle + distance * side * math.sin(angle)),
        )
        cv2.circle(tip, place, int(side * random.uniform(0.004, 0.022)), 1.0, -1)
    return small(cv2.GaussianBlur(tip, (0, 0), FINE))


def bamboo(seed: int) -> np.ndarray:
    """One bamboo leaf, pressed down and lifted: broad behind the stem, ending in a hair."""
    random = np.random.default_rng(seed)
    side = SIDE * FINE
    along = np.linspace(0, 1, 200)
    bend = random.uniform(-0.10, 0.10)
    width = 0.105 * np.sin(math.pi * along**0.62) ** 0.8 * (1 - 0.35 * along)
    x = 0.03 + 0.94 * along
    y = 0.5 + bend * np.sin(math.pi * along)
    upper, lower = np.stack([x, y - width], 1), np.stack([x, y + width], 1)[::-1]
    tip = np.zeros((side, side), np.float32)
    cv2.fillPoly(tip, [(np.concatenate([upper, lower]) * side).astype(np.int32)], 1.0)
    streaks = cv2.GaussianBlur(
        random.standard_normal((side, side)).astype(np.float32), (0, 0), sigmaX=60, sigmaY=3
    )
    streaks = np.clip(0.85 + 0.9 * streaks / (streaks.std() * 6), 0.45, 1)
    return small(cv2.GaussianBlur(tip * streaks, (0, 0), FINE * 0.7))


def plum() -> np.ndarray:
    """A plum blossom of five dotted petals, the stamp of the set."""
    side = SIDE * FINE
    tip = np.zeros((side, side), np.float32)
    for petal in range(5):
        angle = math.tau * petal / 5 - math.pi / 2
        place = (
            int(side * (0.5 + 0.26 * math.cos(angle))),
            int(side * (0.5 + 0.26 * math.sin(angle))),
        )
        cv2.circle(tip, place, int(side * 0.185), 1.0, -1)
        cv2.circle(tip, place, int(side * 0.185), 0.25, int(side * 0.012))
    for ray in range(15):
        angle = math.tau * ray / 15
        inner, outer = 0.05, 0.145
        start = (int(side * (0.5 + inner * math.cos(angle))), int(side * (0.5 + inner * math.sin(angle))))
        end = (int(side * (0.5 + outer * math.cos(angle))), int(side * (0.5 + outer * math.sin(angle))))
        cv2.line(tip, start, end, 0.0, int(side * 0.009))
        cv2.circle(tip, end, int(side * 0.013), 0.0, -1)
    return small(cv2.GaussianBlur(tip, (0, 0), FINE * 0.6))


def light() -> np.ndarray:
    """A point of light out of focus: a flat disc with a bright rim."""
    body, inner = disc(0.06), disc(0.25, squeeze=1.0) ** 2
    return np.clip(body * 0.95 - inner * 0.45, 0, 1)


def small(fine: np.ndarray) -> np.ndarray:
    return cv2.resize(fine, (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def tips() -> dict[str, np.ndarray]:
    """Every tip by name, float32 [160, 160] 0–1; the checker, a texture, is [8, 8]."""
    return {
        "bristles-flat": bristles_flat(),
        "bristles-full": bristles_full(),
        "bristles-round": bristles_round(),
        "charcoal": charcoal(),
        "sponge": sponge(),
        "cloud": cloud(),
        "plum": plum(),
        "light": light(),
        "checker": (np.indices((8, 8)).sum(0) % 2).astype(np.float32),
        **{f"blot-{i}": blot(50 + i) for i in (1, 2, 3)},
        **{f"bamboo-{i}": bamboo(60 + i) for i in (1, 2, 3)},
    }


def main() -> None:
    TIPS.mkdir(parents=True, exist_ok=True)
    for name, tip in tips().items():
        grey = np.round(np.clip(tip, 0, 1) * 255).astype(np.uint8)
        done, data = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        assert done, name
        (TIPS / f"{name}.png").write_bytes(data.tobytes())


if __name__ == "__main__":
    main()
