"""Textures that fill the picture: a pattern in two colours, its scale and direction."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.datasets.rules.drawn import HUES, Drawn, colour, rounded, smaller

TEXTURES = (
    ("stripes", "条纹"),
    ("checks", "方格"),
    ("dots", "圆点"),
    ("weave", "编织纹"),
    ("clouds", "云纹"),
    ("grain", "颗粒"),
    ("wood", "木纹"),
)
_OVERSIZE = 2


def draw(seed: int, side: int) -> Drawn:
    """The texture of ``seed``; see ``RULES``."""
    random = np.random.default_rng((13, seed))
    kind, hue = int(random.integers(len(TEXTURES))), int(random.integers(len(HUES)))
    second = (hue + 1 + int(random.integers(len(HUES) - 1))) % len(HUES)
    period = float(np.exp(random.uniform(np.log(0.08), np.log(0.35))))
    turn = float(random.uniform(0, 180))
    contrast = float(random.uniform(0.5, 1.0))
    name, name_zh = TEXTURES[kind]
    amount = _amount(name, side * _OVERSIZE, period, turn, random)
    dark = np.array(colour(HUES[hue][2], 0.6, 0.35), np.float32)
    light = np.array(colour(HUES[second][2], 0.3, 0.95), np.float32)
    mixed = 0.5 + contrast * (amount[..., None] - 0.5)
    canvas = (dark + (light - dark) * mixed + 0.5).astype(np.uint8)
    scale = ("coarse", "粗") if period > 0.2 else ("fine", "细") if period < 0.12 else ("", "")
    return Drawn(
        smaller(canvas, side),
        name,
        rounded(kind=name, colour=HUES[hue][0], second=HUES[second][0], period=period, turn=turn, contrast=contrast),
        " ".join(word for word in (scale[0], HUES[hue][0], "and", HUES[second][0], name) if word),
        f"{HUES[hue][1]}{HUES[second][1]}两色的{scale[1]}{name_zh}",
    )  # fmt: skip


def _amount(name: str, side: int, period: float, turn: float, random: np.random.Generator) -> np.ndarray:
    """How much of the second colour, float32 [side, side] in 0…1. ``period`` in sides of the picture, ``turn`` in degrees."""
    if name == "grain":
        return _noise(side, period * 0.25, random, flat=True)
    if name == "clouds":
        return _noise(side, period, random, flat=False)
    rows, columns = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side
    radians = np.deg2rad(turn)
    u = (columns * np.cos(radians) + rows * np.sin(radians)) / period + random.uniform()
    v = (rows * np.cos(radians) - columns * np.sin(radians)) / period + random.uniform()
    edge = period * side / 2  # a wave times half its period in pixels has edges about a pixel wide
    if name == "stripes":
        return _sharp(np.sin(2 * np.pi * u), edge)
    if name == "checks":
        return _sharp(np.sin(np.pi * u) * np.sin(np.pi * v), edge)
    if name == "dots":
        return _sharp(0.34 - np.hypot(u - np.floor(u) - 0.5, v - np.floor(v) - 0.5), 2 * edge)
    if name == "weave":
        over = (np.floor(u) + np.floor(v)) % 2 < 1
        return (0.5 + 0.5 * np.where(over, np.sin(np.pi * (u % 1)), -np.sin(np.pi * (v % 1)))).astype(
            np.float32
        )
    rings = np.hypot(u * 0.35, v) * 1.6 + 0.8 * (_noise(side, 0.5, random, flat=False) - 0.5)
    return (0.5 + 0.5 * np.sin(2 * np.pi * rings)).astype(np.float32)


def _sharp(wave: np.ndarray, slope: float) -> np.ndarray:
    return np.clip(0.5 + wave * slope, 0, 1).astype(np.float32)


def _noise(side: int, period: float, random: np.random.Generator, *, flat: bool) -> np.ndarray:
    """Smooth noise whose coarsest waves have ``period``; ``flat``: only those, else also finer ones, each half as strong.
    Cut to 0…1 around its mean."""
    total = np.zeros((side, side), np.float32)
    weight, cells = 1.0, max(2, round(1 / period))
    while cells <= 256:
        coarse = random.normal(0, 1, (cells + 1, cells + 1)).astype(np.float32)
        total += weight * cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
        weight, cells = weight / 2, cells * 2
        if flat:
            break
    deviation = float(total.std()) or 1.0
    return np.clip(0.5 + (total - total.mean()) / (4 * deviation), 0, 1)
