"""Six pictures by rule that are as hard to cut as photographs, with their true masks.

Each is a textured, shaded object of one to three materials over a textured background, with a soft edge, light falling
off, blur and sensor noise. ``clicks`` are where a hand would press.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

WIDTH, HEIGHT = 480, 360


@dataclass(frozen=True)
class Photograph:
    name: str
    pixels: np.ndarray
    """Premultiplied float32 [360, 480, 4], opaque."""
    truth: np.ndarray
    """float32 [360, 480] 0–1."""
    clicks: tuple[tuple[int, int], ...]


def cloud(rng: np.random.Generator, scale: float, octaves: int = 4) -> np.ndarray:
    """Fractal value noise, about −1 to 1, its coarsest features ``scale`` pixels wide."""
    out = np.zeros((HEIGHT, WIDTH), np.float32)
    for octave in range(octaves):
        step = max(scale / 2**octave, 1.5)
        size = (int(WIDTH / step) + 3, int(HEIGHT / step) + 3)
        small = rng.standard_normal((size[1], size[0])).astype(np.float32)
        out += cv2.resize(small, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) * 0.5**octave
    return out / max(float(np.abs(out).max()), 1e-6)


def grid() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return x, y


def blob(rng: np.random.Generator, cx: float, cy: float, rx: float, ry: float, wobble: float) -> np.ndarray:
    """Signed distance, roughly in pixels, positive inside an uneven ellipse."""
    x, y = grid()
    angle = np.arctan2((y - cy) / ry, (x - cx) / rx)
    radius = np.hypot((x - cx) / rx, (y - cy) / ry)
    edge = np.ones_like(angle)
    for wave in range(2, 7):
        edge += wobble / wave * np.sin(wave * angle + rng.uniform(0, 6.28))
    return (edge - radius) * min(rx, ry)


def soft(distance: np.ndarray, width: float = 1.5) -> np.ndarray:
    return np.clip(distance / width + 0.5, 0, 1).astype(np.float32)


def coloured(value: np.ndarray, dark: tuple[float, ...], light: tuple[float, ...]) -> np.ndarray:
    t = np.clip(value * 0.5 + 0.5, 0, 1)[..., None]
    return np.array(dark, np.float32) * (1 - t) + np.array(light, np.float32) * t


def finished(
    rng: np.random.Generator,
    name: str,
    back: np.ndarray,
    front: np.ndarray,
    mask: np.ndarray,
    *clicks: tuple[int, int],
) -> Photograph:
    x, y = grid()
    light = 1.06 - 0.22 * ((x / WIDTH - 0.3) ** 2 + (y / HEIGHT - 0.3) ** 2)
    seen = back + mask[..., None] * (front - back)
    seen = cv2.GaussianBlur(seen * light[..., None], (0, 0), 0.8)
    seen += rng.normal(0, 0.018, seen.shape).astype(np.float32) * np.sqrt(np.maximum(seen, 0.05))
    pixels = np.ones((HEIGHT, WIDTH, 4), np.float32)
    pixels[..., :3] = np.round(np.clip(seen, 0, 1) * 255) / 255
    return Photograph(name, pixels, cv2.GaussianBlur(mask, (0, 0), 0.8), clicks)


def leaf(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    back = coloured(cloud(rng, 14, 5), (0.16, 0.10, 0.06), (0.55, 0.42, 0.30))
    mask = soft(blob(rng, 240, 180, 150, 85, 0.12))
    veins = np.abs(np.sin((x - 240 + 1.4 * np.abs(y - 180)) / 13)) ** 12 + np.exp(-((y - 180) ** 2) / 14)
    front = (
        coloured(cloud(rng, 60, 3) * 0.7, (0.10, 0.32, 0.06), (0.38, 0.60, 0.18)) + veins[..., None] * 0.10
    )
    return finished(rng, "leaf", back, front, mask, (200, 165))


def apple(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    rings = np.sin((y + 8 * cloud(rng, 120, 2)) / 5) * 0.5 + cloud(rng, 40, 4) * 0.5
    back = coloured(rings, (0.36, 0.16, 0.10), (0.70, 0.44, 0.28))
    mask = soft(blob(rng, 250, 190, 105, 100, 0.05))
    round_ = np.clip(1 - np.hypot((x - 220) / 130, (y - 150) / 125), 0, 1)[..., None]
    front = coloured(cloud(rng, 25, 4) * 0.5, (0.42, 0.05, 0.06), (0.70, 0.20, 0.12)) * (0.55 + 0.7 * round_)
    front = front + np.exp(-((x - 215) ** 2 + (y - 145) ** 2) / 260)[..., None] * 0.55
    return finished(rng, "apple", back, front, mask, (270, 210), (215, 145))


def animal(rng: np.random.Generator) -> Photograph:
    blades = cv2.blur(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (1, 9)) * 2.2
    soil = np.clip(cloud(rng, 60, 2) * 3 - 0.6, 0, 1)[..., None]
    back = coloured(blades + 0.3 * cloud(rng, 80, 2), (0.10, 0.22, 0.06), (0.45, 0.62, 0.22))
    back = back * (1 - soil) + coloured(cloud(rng, 9, 3), (0.14, 0.09, 0.05), (0.40, 0.28, 0.18)) * soil
    body = blob(rng, 260, 220, 130, 75, 0.08)
    head = blob(rng, 140, 140, 55, 50, 0.06)
    fur = cv2.blur(rng.standard_normal((HEIGHT, WIDTH)).astype(np.float32), (7, 2)) * 1.6
    mask = soft(np.maximum(body, head) + fur * 1.5, 3.0)
    front = coloured(fur + 0.4 * cloud(rng, 70, 3), (0.36, 0.22, 0.12), (0.78, 0.60, 0.42))
    return finished(rng, "animal", back, front, mask, (270, 220), (140, 140))


def vase(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    back = coloured(cloud(rng, 200, 3) * 0.4 + (x / WIDTH - 0.5), (0.62, 0.58, 0.50), (0.88, 0.85, 0.78))
    width = 60 + 38 * np.sin((y - 60) / 62) * (y > 40)
    side = np.minimum(width - np.abs(x - 240), np.minimum(y - 60, 320 - y))
    mask = soft(side)
    bands = (np.sin(y / 17 + 0.4 * np.sin(x / 11)) > 0.35).astype(np.float32)
    shade = (1.0 - 0.45 * np.abs((x - 215) / 110) ** 1.5)[..., None]
    white = coloured(cloud(rng, 30, 3) * 0.3, (0.36, 0.50, 0.62), (0.52, 0.66, 0.76))
    blue = coloured(cloud(rng, 12, 3), (0.05, 0.10, 0.34), (0.16, 0.26, 0.58))
    front = (white * (1 - bands[..., None]) + blue * bands[..., None]) * shade
    return finished(rng, "vase", back, front, mask, (240, 100), (240, 200), (240, 290))


def portrait(rng: np.random.Generator) -> Photograph:
    x, y = grid()
    back = coloured(cloud(rng, 70, 3) * 1.4, (0.12, 0.16, 0.18), (0.56, 0.56, 0.50))
    shirt = np.minimum(blob(rng, 240, 380, 150, 130, 0.03), 400 - y)
    face = blob(rng, 240, 160, 58, 75, 0.03)
    hair = np.minimum(blob(rng, 240, 140, 82, 92, 0.08), 190 - y) + cloud(rng, 6, 2) * 3
    neck = np.minimum(28 - np.abs(x - 240), np.minimum(y - 200, 290 - y))
    mask = soft(np.maximum.reduce([shirt, face, hair, neck]), 2.5)
    skin = coloured(cloud(rng, 50, 3) * 0.4 - (x - 240) / 160, (0.56, 0.36, 0.26), (0.90, 0.70, 0.58))
    strands = coloured(np.sin(x / 2.3 + cloud(rng, 50, 2) * 6), (0.05, 0.03, 0.03), (0.22, 0.14, 0.09))
    cloth = coloured(
        np.sin((x + y) / 5) * 0.4 + cloud(rng, 60, 2) * 0.5, (0.50, 0.10, 0.12), (0.72, 0.24, 0.22)
    )
    front = np.where(soft(np.maximum(face, neck))[..., None] > 0.5, skin, strands)
    front = front + soft(shirt)[..., None] * (cloth - front)
    return finished(rng, "portrait", back, front.astype(np.float32), mask, (240, 175), (180, 95), (240, 320))


def pebble(rng: np.random.Generator) -> Photograph:
    stones = np.full((HEIGHT, WIDTH, 3), 0.16, np.float32)
    for _ in range(520):
        tone, warm = rng.uniform(0.30, 0.66), rng.uniform(0.78, 1.0)
        centre = int(rng.uniform(0, WIDTH)), int(rng.uniform(0, HEIGHT))
        axes = int(rng.uniform(8, 20)), int(rng.uniform(8, 20))
        stone = (tone, tone * (0.5 + 0.46 * warm), tone * (0.4 + 0.5 * warm))
        cv2.ellipse(stones, centre, axes, rng.uniform(0, 180), 0, 360, stone, -1, cv2.LINE_AA)
    mask = soft(blob(rng, 235, 185, 115, 80, 0.10))
    speck = (cloud(rng, 4, 2) > 0.45).astype(np.float32)[..., None]
    front = coloured(cloud(rng, 45, 4), (0.46, 0.26, 0.16), (0.78, 0.52, 0.34)) - speck * 0.18
    return finished(rng, "pebble", stones, front, mask, (230, 180), (170, 190), (300, 190))


MAKERS: tuple[Callable[[np.random.Generator], Photograph], ...] = (
    leaf,
    apple,
    animal,
    vase,
    portrait,
    pebble,
)


def photograph(name: str) -> Photograph:
    maker = next(one for one in MAKERS if one.__name__ == name)
    return maker(np.random.default_rng(len(name) * 1000 + ord(name[0])))


NAMES = tuple(maker.__name__ for maker in MAKERS)
