"""Scenes that look like photographs from afar: dead leaves whose every leaf has a surface, a light and its own sharpness.

Occlusion and structure at every scale are those of ``leaves``; surfaces are noise with the power law of photographs (amplitude
∝ 1/f^α; Field 1987), shaded across; what lies far is blurred, and the whole has the noise of a sensor. Networks for photographs
learn on it without any photograph.
"""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.datasets.rules.drawn import Drawn, rounded

LIGHTS = (
    ("day", "日光", 1.0, 0.0),
    ("evening", "傍晚", 0.75, 0.12),
    ("overcast", "阴天", 0.9, -0.05),
    ("lamp", "灯", 0.7, 0.2),
)
"""Name, exposure, and how much warmer than white."""
LARGEST, FEWEST, MOST = 0.6, 20, 400
SURFACES = 6
COARSE = 24
"""Waves across a surface that are the same at every size of the picture."""
_OVERSIZE = 2


def draw(seed: int, side: int) -> Drawn:
    """The scene of ``seed``; see ``RULES``."""
    random = np.random.default_rng((19, seed))
    light = int(random.integers(len(LIGHTS)))
    smallest = float(np.exp(random.uniform(np.log(0.015), np.log(0.15))))
    roughness = float(random.uniform(0.9, 1.6))
    count = int(np.exp(random.uniform(np.log(FEWEST), np.log(MOST))))
    grain = float(random.uniform(0.0, 0.02))
    whole = side * _OVERSIZE
    surfaces = [_surface(whole, roughness, np.random.default_rng((23, seed, one))) for one in range(SURFACES)]
    canvas = _painted(surfaces[0], random)
    for number in range(count):
        random = np.random.default_rng((31, seed, number))  # of its own: one beside the canvas draws less
        corners = _leaf(whole, smallest, random)
        blur = float(random.uniform(0.3, 1.2 + 3.0 * (1 - number / count) ** 2)) * whole / 512
        surface = surfaces[int(random.integers(SURFACES))]
        _lay(canvas, corners, blur, surface, random)
    name, name_zh, exposure, warmth = LIGHTS[light]
    canvas *= exposure * np.array([1 + warmth, 1.0, 1 - warmth], np.float32)
    small = cv2.resize(canvas, (side, side), interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng((29, seed)).normal(
        0, 1, small.shape
    )  # how many it takes depends on the side
    small = small + noise.astype(np.float32) * grain
    return Drawn(
        np.ascontiguousarray((np.clip(small, 0, 1) * 255 + 0.5).astype(np.uint8)),
        name,
        rounded(light=name, smallest=smallest, roughness=roughness, count=count, grain=grain),
        f"a scene of {count} things in {name} light",
        f"{name_zh}下的 {count} 件物体",
    )


def _surface(side: int, roughness: float, random: np.random.Generator) -> np.ndarray:
    """Noise with amplitude ∝ 1/f^roughness, float32 [side, side], mean 0, deviation 1; stretched in one direction."""
    rows, columns = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None, :]
    turn, stretch = random.uniform(0, np.pi), np.exp(random.uniform(-1.2, 1.2))
    u = (columns * np.cos(turn) + rows * np.sin(turn)) * stretch
    v = (rows * np.cos(turn) - columns * np.sin(turn)) / stretch
    amplitude = 1 / np.maximum(np.hypot(u, v), 1 / side) ** roughness
    amplitude[0, 0] = 0
    broad = random.normal(size=(COARSE, COARSE // 2, 2)) @ (1, 1j) * side * np.sqrt(0.5)
    noise = np.fft.rfft2(random.normal(size=(side, side)))
    for rows_of in (
        slice(0, COARSE // 2),
        slice(-(COARSE // 2), None),
    ):  # the broad waves are the same whatever the side
        noise[rows_of, : COARSE // 2] = broad[rows_of]
    made = np.fft.irfft2(noise * amplitude, s=(side, side)).astype(np.float32)
    return made / max(float(made.std()), 1e-6)


def _painted(surface: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A part of a surface [rows, columns] in a colour of its own under a light of its own, float32 [rows, columns, 3]."""
    contrast, turn = np.exp(random.uniform(np.log(0.01), np.log(0.18))), random.uniform(0, 2 * np.pi)
    down, right = (np.linspace(-0.5, 0.5, length, dtype=np.float32) for length in surface.shape)
    fall = random.uniform(0, 0.5) * (np.cos(turn) * right[None, :] + np.sin(turn) * down[:, None])
    tone = surface * np.float32(contrast) + fall.astype(np.float32)
    base = random.uniform(0.05, 0.95) + random.normal(0, 0.08, 3)
    tint = 1 + random.normal(0, 0.1, 3)
    return (base + tone[..., None] * tint).astype(np.float32)


def _leaf(side: int, smallest: float, random: np.random.Generator) -> np.ndarray:
    """Corners [n, 2] of one thing in pixels: an ellipse or a polygon, its radius by density ∝ r⁻³."""
    low, high = smallest**-2, LARGEST**-2
    radius = (low - random.uniform() * (low - high)) ** -0.5 * side
    middle, flat = random.uniform(-0.1, 1.1, 2) * side, random.uniform(0.3, 1.0)
    turn = random.uniform(0, np.pi)
    count = int(random.choice([3, 4, 5, 40, 40, 40]))
    angles = np.sort(random.uniform(0, 2 * np.pi, count)) if count < 40 else np.linspace(0, 2 * np.pi, 40)
    around = np.stack([np.cos(angles), flat * np.sin(angles)], 1) * radius
    return around @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + middle


def _lay(
    canvas: np.ndarray, corners: np.ndarray, blur: float, surface: np.ndarray, random: np.random.Generator
) -> None:
    """Puts a thing onto the canvas [side, side, 3], its edge as soft as ``blur`` pixels."""
    side = len(canvas)
    reach = round(3 * blur) + 2
    left, top = np.clip(np.floor(corners.min(0)).astype(int) - reach, 0, side)
    right, bottom = np.clip(np.ceil(corners.max(0)).astype(int) + reach, 0, side)
    if right <= left or bottom <= top:
        return
    cover = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillPoly(cover, [np.round((corners - (left, top)) * 16).astype(np.int32)], (255,), cv2.LINE_AA, 4)
    edge = cv2.GaussianBlur(cover.astype(np.float32) / 255, (0, 0), blur)[..., None]
    below = canvas[top:bottom, left:right]
    below += edge * (_painted(surface[top:bottom, left:right], random) - below)
