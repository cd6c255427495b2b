"""The palettes of a folder: pictures grouped by their colours, so that a model can be asked for one of them.

A picture is described by the first two colour moments, mean and standard deviation, of each channel (Stricker & Orengo 1995,
"Similarity of color images") in OKLab (Ottosson 2020), where equal distances look equal; k-means groups them. Where things lie in
a picture does not count.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from studio.engine.datasets.listing import DataError
from studio.messages.models import ClassTitle, Level
from studio.recipe import QT_TRANSLATE_NOOP

TOO_FEW = QT_TRANSLATE_NOOP(
    "engine",
    "Pictures to train on: {count}, too few for so many palettes ({palettes}); each palette needs two. Add pictures, or ask for fewer palettes.",
)
ALIKE = QT_TRANSLATE_NOOP(
    "engine",
    "The colours of the pictures are too much alike for {palettes} palettes. Ask for fewer palettes.",
)
SEED, TRIES, ROUNDS = 1995, 5, 100
MOMENTS = 6
SEEN = 32
"""Pixels a side at which colours are looked at: a palette is told from afar."""
AT_ONCE = 512
SWATCHES, POOLED = 5, 20_000
"""Colours that stand for a palette, and pixels of it that they are found among."""
SAME = 0.02
"""Pictures whose moments are nearer than this in OKLab count as of one palette."""

# Ottosson, "A perceptual color space for image processing", 2020: linear sRGB to cones, their cube roots to OKLab.
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)
BLACK, WHITE, DARK, LIGHT = 0.2, 0.95, 0.45, 0.8
"""OKLab lightness up to which a colour is black or called dark, and from which on it is called light or white."""
GREY = 0.035
"""Chroma below which a colour has no hue."""
HUES = (
    (40.0, "red", "红"),
    (70.0, "orange", "橙"),
    (115.0, "yellow", "黄"),
    (165.0, "green", "绿"),
    (215.0, "cyan", "青"),
    (285.0, "blue", "蓝"),
    (335.0, "purple", "紫"),
    (360.0, "pink", "粉"),
)
"""Up to which angle in degrees of OKLCH a hue is called so. Below 5 degrees it is pink as well."""
PINK_AGAIN = 5.0
BROWN = ("brown", "棕")
"""Red, orange and yellow that are dark and weak."""
BROWN_HUES, BROWN_CHROMA, BROWN_LIGHTNESS = (20.0, 100.0), 0.12, 0.6


class Palette(NamedTuple):
    """``centre`` float32 [6]: moments of the pictures. ``title``: its name on the screen, with the colours that stand for it."""

    name: str
    title: ClassTitle
    centre: np.ndarray


def moments(pixels: np.ndarray) -> np.ndarray:
    """Mean and standard deviation of L, a and b of pictures uint8 [count, side, side, 1, 3 or 4], sRGB, with alpha premultiplied and
    then seen over white: float32 [count, 6]."""
    found = np.empty((len(pixels), MOMENTS), np.float32)
    for start in range(0, len(pixels), AT_ONCE):
        lab = _oklab(_afar(pixels[start : start + AT_ONCE])).reshape(-1, SEEN * SEEN, 3)
        found[start : start + len(lab)] = np.concatenate([lab.mean(1), lab.std(1)], 1)
    return found


def palettes_of(pixels: np.ndarray, count: int) -> tuple[Palette, ...]:
    """The ``count`` palettes that tell pictures uint8 [pictures, side, side, channels] apart, dark to light; the same pictures always
    have the same. Raises DataError where there are too few pictures, or their colours are too much alike."""
    if len(pixels) < 2 * count:
        raise DataError(TOO_FEW, count=str(len(pixels)), palettes=str(count))
    seen = moments(pixels)
    if len(np.unique(np.round(seen / SAME), axis=0)) < count:
        raise DataError(ALIKE, palettes=str(count))
    groups, centres = _grouped(seen, count)
    order = np.argsort(centres[:, 0], kind="stable")
    swatches = [_swatches(pixels[groups == one]) for one in order]
    titles = _distinct([_title(one) for one in swatches])
    return tuple(
        Palette(
            name=english.lower().replace(",", "").replace(" ", "-"),
            title=ClassTitle(title=english, title_zh=chinese, swatches=tuple(one.level for one in colours)),
            centre=centres[one],
        )
        for one, colours, (english, chinese) in zip(order, swatches, titles, strict=True)
    )


def nearest(seen: np.ndarray, palettes: Sequence[Palette]) -> np.ndarray:
    """Moments [count, 6] → the number of the palette that each is nearest to, int64 [count]."""
    centres = np.stack([one.centre for one in palettes])
    return np.square(seen[:, None] - centres).sum(2).argmin(1)


def _grouped(seen: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Groups int32 [pictures] and centres float32 [count, columns]."""
    cv2.setRNGSeed(SEED)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, ROUNDS, 1e-5)
    _, groups, centres = cv2.kmeans(seen, count, None, stop, TRIES, cv2.KMEANS_PP_CENTERS)  # type: ignore[call-overload]
    return groups[:, 0], centres


def _afar(pixels: np.ndarray) -> np.ndarray:
    """uint8 [count, SEEN, SEEN, 3] over white."""
    small = np.stack([cv2.resize(one, (SEEN, SEEN), interpolation=cv2.INTER_AREA) for one in pixels])
    small = small.reshape(len(pixels), SEEN, SEEN, -1)  # OpenCV leaves a single channel out
    if small.shape[3] == 4:
        return small[..., :3] + (255 - small[..., 3:])
    return small if small.shape[3] == 3 else np.repeat(small, 3, axis=3)


def _oklab(rgb: np.ndarray) -> np.ndarray:
    """sRGB levels uint8 [..., 3] → OKLab float32 [..., 3]."""
    encoded = np.arange(256, dtype=np.float32) / 255
    light = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.cbrt(light.astype(np.float32)[rgb] @ _TO_CONES.T) @ _TO_OKLAB.T


class _Swatch(NamedTuple):
    """``strength``: how far it colours a picture, its share times its chroma."""

    level: Level
    called: tuple[str, str]
    strength: float


def _swatches(pixels: np.ndarray) -> list[_Swatch]:
    """The colours that stand for pictures, the commonest first, and what each is called."""
    rgb = _afar(pixels).reshape(-1, 3)
    rgb = rgb[:: max(1, len(rgb) // POOLED)]
    groups, centres = _grouped(_oklab(rgb), SWATCHES)
    shares = np.bincount(groups, minlength=SWATCHES)
    found = []
    for one in np.argsort(-shares, kind="stable"):
        if shares[one]:
            red, green, blue = (round(level) for level in rgb[groups == one].mean(0).tolist())
            lightness, a, b = centres[one].tolist()
            strength = float(shares[one]) * math.hypot(a, b)
            found.append(_Swatch((red, green, blue), _called(lightness, a, b), strength))
    return found


def _called(lightness: float, a: float, b: float) -> tuple[str, str]:
    """What an OKLab colour is called in two languages."""
    chroma, hue = math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360
    if lightness < BLACK:
        return "black", "黑"
    if chroma < GREY:
        english, chinese = ("white", "白") if lightness > WHITE else ("grey", "灰")
    elif BROWN_HUES[0] < hue < BROWN_HUES[1] and chroma < BROWN_CHROMA and lightness < BROWN_LIGHTNESS:
        english, chinese = BROWN
    else:
        at = 359.0 if hue < PINK_AGAIN else hue
        english, chinese = next((one, other) for end, one, other in HUES if at < end)
    if english == "white":
        return english, chinese
    if lightness < DARK:
        return f"dark {english}", f"深{chinese}"
    return (f"light {english}", f"浅{chinese}") if lightness > LIGHT else (english, chinese)


def _title(swatches: Sequence[_Swatch]) -> tuple[str, str]:
    """The commonest colour, and of those that are called differently the one that colours most: paper is common everywhere."""
    called = [swatches[0].called]
    others = [one for one in swatches if one.called != called[0]]
    if others:
        called.append(max(others, key=lambda one: one.strength).called)
    english = ", ".join(one for one, _ in called)
    return english[0].upper() + english[1:], "、".join(one for _, one in called)


def _distinct(titles: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """With a number behind those that are called like one before."""
    met: dict[str, Iterator[int]] = {}
    for english, chinese in titles:
        number = next(met.setdefault(english, itertools.count(1)))
        yield (english, chinese) if number == 1 else (f"{english} {number}", f"{chinese} {number}")
