"""A landscape in the manner of 山水 by rule: ridges in mist, water, sun or moon, as far to both sides as one looks."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.lattice import View
from studio.synthesis.scene import Scene, own
from studio.synthesis.scroll import (
    HAZE,
    HEIGHTS,
    LIFTS,
    NEAR,
    RIDGES,
    STREAM,
    STRETCH,
    Columns,
    Shanshui,
    bank_crest,
    bank_of,
    columns_of,
    crest,
    shoreline,
    stretches,
)
from studio.synthesis.staffage import Stand, birds, boat, grove, pavilion
from studio.synthesis.strokes import Strokes, collected, drawn, joined
from studio.synthesis.washes import PALETTES, Palette, Rgb, mixed, numbers, step, texture

LEAST_SEEN = 12
"""Pixels of a landscape's height below which its trees, boats and houses are left out: none of them could be told there, but a
tile of so small a scroll would hold hundreds."""


def _rock(
    parameters: Shanshui, palette: Palette, seed: int, index: int, u: np.ndarray, slope: np.ndarray, depth: np.ndarray,
    pixel: float,
) -> np.ndarray:  # fmt: skip
    """The colour of a ridge's rock [h, w, 3] at ``depth`` under its crest, before mist."""
    near, strength = NEAR[index], parameters.texture / 100
    sunk = step(0.0, 0.26, depth)
    tone = mixed(palette.crest, palette.middle, step(0.0, 0.10, depth))
    tone = mixed(tone, palette.foot, sunk)
    tone = mixed(palette.far, tone, np.float32(0.10 + 0.90 * near))
    scale = 3.2 - 1.4 * near
    along = u[None] - 0.55 * np.tanh(slope * 1.4) * depth
    fine = pixel * scale
    shift = 0.37 * index
    cloud = texture(seed, along * 0.9 + shift, depth * 1.6 + shift, pixel * 1.6)
    fold = texture(seed, along * scale * 0.45 + shift + 0.05 * cloud, depth * 0.55 + shift, fine * 0.45, True)
    strokes = texture(seed, along * scale + shift + 0.03 * cloud, depth * 1.25 + 0.7 * shift, fine, True)
    dry = texture(seed, along * scale * 3.1 + shift, depth * 4.2, fine * 3.1)
    side = 0.5 + 0.5 * np.tanh(1.6 * slope)
    weight = step(0.56, 0.86, 0.62 * strokes + 0.38 * fold + 0.16 * (dry - 0.5))
    weight *= (0.45 + 0.55 * side) * np.exp(-depth / (0.13 + 0.18 * near))
    shadow = step(0.35, 0.9, 0.6 * side + 0.4 * fold) * (0.5 + 0.5 * cloud) * np.exp(-depth / 0.2)
    contour = np.exp(-np.maximum(depth, 0) / (0.0035 + 0.004 * near)) * (0.25 + 0.75 * step(0.2, 0.8, dry))
    moss = step(0.80, 0.90, texture(seed, u[None] * 9.0, depth * 9.0, pixel * 9)) * np.exp(-depth / 0.07)
    dark = palette.strokes * strength * (0.15 + 0.85 * near)
    tone = mixed(tone, palette.ink, np.clip(dark * (0.85 * weight + 0.30 * shadow), 0, 0.9))
    light = step(0.55, 0.95, 1 - 0.6 * fold - 0.4 * side) * (1 - weight) * strength * (0.2 + 0.4 * near)
    pale = palette.paper if parameters.style in ("ink", "snow") else palette.foot
    tone = mixed(tone, pale, light * 0.55 * np.exp(-depth / 0.25))
    if parameters.style == "snow" or parameters.season == "winter":
        lying = step(0.42, 0.8, 1 - weight - 0.55 * side + 0.25 * cloud) * (0.45 + 0.5 * near)
        lying *= 0.95 if parameters.style == "snow" else 0.6
        tone = mixed(tone, (0.955, 0.965, 0.975), lying * (1 - 0.8 * contour))
    return mixed(
        tone, palette.ink, np.clip((0.25 + 0.6 * near) * (0.75 * contour + 0.6 * moss * near), 0, 0.92)
    )


def _wisps(seed: int, u: np.ndarray, y: np.ndarray, pixel: float, shift: float) -> np.ndarray:
    bent = texture(seed, u[None] * 0.5 + shift, y * 0.8, pixel * 0.8)
    return texture(seed, u[None] * 0.24 + shift, y * 0.95 + 0.07 * bent + 1.7 * shift, pixel * 0.95)


def land(
    parameters: Shanshui, palette: Palette, seed: int, columns: Columns, y: np.ndarray, pixel: float
) -> tuple[np.ndarray, np.ndarray]:
    """Sky, ridges and mist [h, w, 3] at y [h, w], and where the sky stays open [h, w]."""
    shore, mist, u = shoreline(parameters), parameters.mist / 100, columns.u
    fall = step(0.0, 1.0, y / np.float32(shore))
    picture = mixed(palette.sky_high, palette.sky_low, fall)
    wisps = _wisps(seed, u, y, pixel, 0.0)
    picture = mixed(picture, palette.mist, step(0.5, 1.0, wisps) * (0.25 + 0.35 * mist) * (1 - 0.5 * fall))
    open_sky = np.ones(y.shape, np.float32)
    for index in range(RIDGES):
        near = NEAR[index]
        soft = max(pixel, 0.0009 + 0.004 * (1 - near) ** 2)
        depth = (y - columns.crest[index]).astype(np.float32)
        seen = (depth > -8 * soft) & (y < columns.hidden[index] + 8 * (soft + pixel))
        rows = np.flatnonzero(seen.any(1))
        if len(rows):
            part = depth[rows]
            cover = step(-0.5, 0.5, part / (np.float32(soft) * np.sqrt(columns.slant[index])))
            tone = _misted(parameters, palette, seed, index, columns, y[rows], np.maximum(part, 0), pixel)
            picture[rows] = mixed(picture[rows], tone, cover)
            open_sky[rows] *= 1 - cover
        away = np.float32(shore - LIFTS[index] - 0.012 - 0.25 * HEIGHTS[index])
        bank = (y - away) / np.float32(0.035 + 0.05 * mist)
        rows = np.flatnonzero((np.abs(bank) < 3.2).any(1))
        if len(rows) and mist:
            veil = np.exp(-np.square(bank[rows])) * step(
                0.30, 0.85, _wisps(seed, u, y[rows], pixel, 0.17 + 0.23 * index)
            )
            picture[rows] = mixed(
                picture[rows], palette.mist, veil * float(step(0.0, 0.8, np.array(mist))) * (0.9 - 0.5 * near)
            )
    return picture, open_sky


def _misted(
    parameters: Shanshui, palette: Palette, seed: int, index: int, columns: Columns, y: np.ndarray, depth: np.ndarray, pixel: float
) -> np.ndarray:  # fmt: skip
    """A ridge's rock with the mist that hides its foot and the haze before it."""
    mist = parameters.mist / 100
    tone = _rock(parameters, palette, seed, index, columns.u, columns.slope[index], depth, pixel)
    drift = _wisps(seed, columns.u, y, pixel, 0.31 * (index + 1))
    thick = np.float32((0.34 - 0.24 * mist) * (0.5 + 0.9 * HEIGHTS[index] / 0.6))
    fade = 1 - np.exp(-np.power(depth / thick * (0.35 + 1.1 * drift), np.float32(1.7)))
    tone = mixed(tone, palette.mist, fade * (0.50 + 0.50 * mist) * (1 - 0.25 * (index >= 7)))
    return mixed(tone, palette.mist, np.float32(mist * HAZE[index]))


def _water(
    parameters: Shanshui,
    palette: Palette,
    seed: int,
    picture: np.ndarray,
    u: np.ndarray,
    y: np.ndarray,
    pixel: float,
) -> np.ndarray:
    """The mirrored land under the shore as water: paler with distance from the shore, with lines of light."""
    shore, mist = shoreline(parameters), parameters.mist / 100
    below = np.maximum(y - shore, 0)
    wide = 1 / (0.06 + below * 0.9)
    calm = texture(seed, u[None] * 0.55 + 0.2, y * 6.0, pixel * 6)
    ripple = texture(seed, u[None] * 0.9, (y - shore) * wide * 2.4 + 0.3, pixel * 8, False)
    water = mixed(picture, palette.water, 0.34 + 0.52 * step(0.0, 0.26, below))
    bright = step(0.70, 0.95, 0.62 * ripple + 0.38 * calm)
    water = mixed(water, palette.sky_low, bright * (0.25 + 0.4 * step(0.0, 0.2, below)))
    water = mixed(water, palette.ink, step(0.78, 0.98, 1 - 0.5 * ripple - 0.5 * calm) * 0.10)
    veil = np.exp(-np.square(below / (0.012 + 0.03 * mist))) * (0.25 + 0.55 * mist)
    water = mixed(water, palette.mist, veil * (0.45 + 0.55 * step(0.2, 0.8, calm)))
    return mixed(picture, water, step(-0.5, 0.5, (y - shore) / pixel))


def _darkened(parameters: Shanshui, picture: np.ndarray) -> np.ndarray:
    """Moonlight: dark and blue, the mist the brightest part."""
    share = parameters.night / 100 * (0.35 if parameters.style == "night" else 0.94)
    if not share:
        return picture
    grey = picture.mean(-1, keepdims=True)
    dark = (picture + (grey - picture) * 0.45) * np.array((0.26, 0.36, 0.54)) + np.array(
        (0.012, 0.022, 0.055)
    )
    dark = dark * (0.42 + 0.72 * grey)
    return (picture + (dark - picture) * share).astype(np.float32)


def _sun_place(parameters: Shanshui, seed: int) -> tuple[float, float]:
    chance = numbers(seed, 0, 4, STREAM + 1)
    side = -1.0 if parameters.peak >= 0 else 1.0
    return side * (0.20 + 0.16 * chance[0]), 0.13 + 0.10 * chance[1]


def _sun(
    parameters: Shanshui, palette: Palette, seed: int, picture: np.ndarray, open_sky: np.ndarray,
    u: np.ndarray, y: np.ndarray, pixel: float,
) -> np.ndarray:  # fmt: skip
    if not parameters.sun:
        return picture
    place = _sun_place(parameters, seed)
    moon = max(parameters.night / 100, 1.0 if parameters.style == "night" else 0.0)
    night = PALETTES["night"]
    body: Rgb = tuple(a + (b - a) * moon for a, b in zip(palette.sun, night.sun, strict=True))  # type: ignore[assignment]
    halo: Rgb = tuple(a + (b - a) * moon for a, b in zip(palette.glow, night.glow, strict=True))  # type: ignore[assignment]
    away = np.hypot(u[None] - place[0], y - place[1])
    size, shore = parameters.sun, shoreline(parameters)
    glow = 0.5 * np.exp(-np.square(away / (size * 2.4))) + 0.28 * np.exp(-away / (size * 5))
    picture = mixed(picture, halo, glow * (0.25 + 0.75 * open_sky) * (y < shore))
    wash = 0.93 + 0.07 * texture(seed, u[None] * 3, y * 3, pixel * 3)
    disc = step(-0.5, 0.5, (size - away) / max(pixel, 0.0012)) * open_sky * wash
    # The wisps of the mist pass before it.
    disc *= 1 - 0.55 * step(0.55, 0.95, _wisps(seed, u, y, pixel, 0.0)) * parameters.mist / 100
    return mixed(picture, body, disc * 0.95 * (y < shore))


def _papered(
    parameters: Shanshui, seed: int, picture: np.ndarray, u: np.ndarray, y: np.ndarray, pixel: float
) -> np.ndarray:
    strength = parameters.paper / 100
    if not strength:
        return picture
    fibre = texture(seed ^ 0x5A5A, u[None] * 2.1, y * 7.0, pixel * 7) + texture(
        seed ^ 0x5A5A, u[None] * 8.0 + 0.4, y * 2.6, pixel * 8
    )
    grain = texture(seed ^ 0x5A5A, u[None] * 16.0, y * 16.0, pixel * 16)
    return picture * (1 + np.float32(strength) * (0.028 * (fibre - 1) + 0.022 * (grain - 0.5)))[..., None]


def draw(parameters: Shanshui, seed: int, view: View) -> np.ndarray:
    palette = PALETTES[parameters.style]
    _, v, pixel = own(parameters, view)
    columns = columns_of(parameters, seed, view.rect.left, view.rect.right, view.pixel)
    u, shore = columns.u, np.float32(shoreline(parameters))
    y = np.ascontiguousarray(np.broadcast_to(v[:, None] + 0.5, (len(v), len(u))), np.float32)
    below = np.maximum(y - shore, 0)
    seen = y
    if y[-1, 0] > shore - pixel:
        wave = texture(seed, u[None] * 1.7, y * 12.0, pixel * 12) - np.float32(0.5)
        mirrored = np.minimum(
            shore - below * np.float32(1.08) - np.float32(0.03) * wave * step(0.0, 0.10, below), shore
        )
        seen = np.where(y < shore, y, mirrored)
    picture, open_sky = land(parameters, palette, seed, columns, seen, pixel)
    if seen is not y:
        picture = _water(parameters, palette, seed, picture, u, y, pixel)
        picture = _before(parameters, palette, seed, picture, columns, y, pixel)
    picture = _darkened(parameters, picture)
    picture = _sun(parameters, palette, seed, picture, open_sky, u, y, pixel)
    ground = np.ones((*y.shape, 4), np.float32)
    ground[..., :3] = picture
    made = ground
    if pixel * LEAST_SEEN < 1:
        cells = tuple(stretches(np.array([u[0], u[-1]]), 1.0))
        things = staffage(msgspec.structs.replace(parameters, size=1.0, x=0.0, y=0.0), seed, cells)
        made = drawn(things.placed(parameters.size, parameters.x, parameters.y), view, ground)
    made[..., :3] = np.clip(_papered(parameters, seed, made[..., :3], u, y, pixel), 0, 1)
    return made


def _before(
    parameters: Shanshui, palette: Palette, seed: int, picture: np.ndarray, columns: Columns, y: np.ndarray, pixel: float
) -> np.ndarray:  # fmt: skip
    """The bank on this side of the water."""
    depth = (y - columns.bank).astype(np.float32)
    rows = np.flatnonzero((depth > -8 * pixel).any(1))
    if len(rows):
        part = depth[rows]
        tone = _rock(
            parameters, palette, seed, RIDGES - 1, columns.u, columns.slope[-1], np.maximum(part, 0), pixel
        )
        cover = step(-0.5, 0.5, part / (np.float32(max(pixel, 0.001)) * columns.bank_slant))
        picture[rows] = mixed(picture[rows], tone, cover)
    return picture


@lru_cache(maxsize=16)
def staffage(parameters: Shanshui, seed: int, cells: tuple[int, ...]) -> Strokes:
    """All that stands in some stretches of the scroll, in its own coordinates."""
    palette = PALETTES[parameters.style]
    ink, cloth = _tinted(parameters, palette.ink), _tinted(parameters, palette.middle)
    parts = [collected([])]
    shore = shoreline(parameters)
    for cell in cells:
        chance = numbers(seed, cell, 64, STREAM + 2)
        middle, side = cell * STRETCH, -1.0 if parameters.peak >= 0 else 1.0
        if parameters.figures:
            parts.append(
                birds(middle - side * (0.06 + 0.12 * chance[0]), -0.33 + 0.10 * chance[1], chance[2:], ink)
            )
        if parameters.figures:
            u = middle - side * (0.10 + 0.28 * chance[16])
            top = float(crest(parameters, seed, RIDGES - 1, np.array([u]))[0])
            parts.append(pavilion(u, top - 0.5 + 0.002, 0.026, ink, cloth))
        if parameters.figures:
            v = shore + (0.30 + 0.25 * chance[18]) * (1 - shore)
            parts.append(
                boat(middle - side * 0.22 * chance[19], v - 0.5, 0.03 + 0.05 * (v - shore), side, ink, cloth)
            )
        if parameters.trees:
            parts.append(
                grove(
                    _stands(parameters, seed, cell),
                    parameters.style,
                    parameters.season,
                    palette.ink,
                    lambda one: _tinted(parameters, one),
                )
            )
    return joined(*parts)


def _stands(parameters: Shanshui, seed: int, cell: int) -> list[Stand]:
    """The trees on the bank of one stretch, and small ones on the far shore."""
    chance = numbers(seed, cell, 64, STREAM + 3)
    place, wide, _ = bank_of(parameters, seed, cell)
    inward = 1.0 if place < cell * STRETCH else -1.0
    stands = []
    for index in range(3):
        u = place + inward * wide * (0.75 - 0.62 * index + 0.25 * (chance[index] - 0.5))
        foot = float(bank_crest(parameters, seed, np.array([u]))[0]) - 0.5
        kind = "tree" if parameters.season in ("spring", "autumn") and index != 2 else "pine"
        kind = "tree" if index == 1 else kind
        height = (0.24, 0.34, 0.46)[index] * (0.85 + 0.3 * chance[8 + index])
        stands.append(Stand(u, foot + 0.012, height, kind, int(chance[16 + index] * 2**20)))
    return stands


def _tinted(parameters: Shanshui, colour: Rgb) -> Rgb:
    return tuple(_darkened(parameters, np.array(colour, np.float32)).tolist())  # type: ignore[return-value]


SCENE = Scene(
    name="landscape", version=1, title=QT_TRANSLATE_NOOP("recipe", "Mountains and water"), parameters=Shanshui, draw=draw,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Nine ridges from far to near, each y = foot − height · mound(u) · shape(u), shape a sum of Perlin noise along the line "
        "with creases by crags, one mound for each stretch of 1.7 heights. Under the crest the tone runs from crest to foot of "
        "the manner's palette, darkened by fibres that follow the slope (cun), and mist covers it as 1 − exp(−(depth / t)^1.7). The "
        "water mirrors it; trees are L-systems. Everything is a function of place and seed, so the scroll has no end.",
    ),
)  # fmt: skip
