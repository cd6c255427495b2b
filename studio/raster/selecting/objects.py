"""Quick select: the object under a few strokes, by superpixels and a graph cut along the edge that they find.

Rother, Kolmogorov and Blake, "GrabCut", SIGGRAPH 2004; here it sees only a band around what the superpixels say
(``belonging``), so that a thin or many-coloured object is not lost to the mixtures of the whole picture. Soft edges by the guided
filter (He, Sun and Tang, TPAMI 2013).
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from studio.raster.geometry import Rect
from studio.raster.selecting.belonging import belonging
from studio.raster.selecting.pieces import Pieces, bytes_of, lab_of, pieces_of, squares_apart

WORKING_SIDE = 400
"""The longer side, in pixels, of the picture that is cut; edges are then found again in the full one."""
BOX_ROUNDS, BAND_ROUNDS = 4, 2
BAND = 7
"""Pixels around the edge that the superpixels say in which the cut may move it."""
WHOLE = (0, 0, 1, 1)
"""GrabCut takes a rectangle that it does not look at when it is given marks."""


def cut(
    pixels: np.ndarray,
    inside: np.ndarray,
    outside: np.ndarray,
    within: np.ndarray | None = None,
    about: np.ndarray | None = None,
) -> Generator[None, None, np.ndarray]:
    """bool [h, w]: the object that ``inside`` marks, bool [h, w], without what ``outside`` marks.

    ``pixels``: premultiplied [h, w, 4], about WORKING_SIDE long. ``within``, bool [h, w]: the object lies there, the
    only thing known where nothing is marked inside. ``about``, bool [h, w]: what the brush touched around its middle: it
    speaks for the object but may be cut away. Yields after each part of the work. What is marked comes back as marked;
    only areas that hang together with marks are kept.
    """
    if within is not None:
        inside, outside = inside & within, outside | ~within
    inside = inside & ~outside
    if not inside.any() and (within is None or not within.any()):
        return np.zeros(inside.shape, bool)
    pieces = pieces_of(pixels)
    yield
    if inside.any():
        touched = inside if about is None else about & ~outside
        likely = yield from belonging(pieces, inside, outside, touched)
        marks, rounds = _banded(likely[pieces.labels]), BAND_ROUNDS
    else:
        guess = _unlike(pieces, outside) & ~outside
        marks, rounds = np.where(guess, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8), BOX_ROUNDS
    yield
    marks[inside], marks[outside] = cv2.GC_FGD, cv2.GC_BGD
    found = yield from _grab_cut(pixels, marks, rounds)
    return _whole(found, inside if inside.any() else _largest(found & ~outside), outside)


def _banded(likely: np.ndarray) -> np.ndarray:
    """GrabCut's marks: sure away from the edge of what is likely, 0–1 [h, w]; probable in a band along it."""
    likely = cv2.GaussianBlur(likely.astype(np.float32), (0, 0), 1.0).reshape(likely.shape)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * BAND + 1, 2 * BAND + 1))
    marks = np.where(likely > 0.5, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[cv2.erode((likely > 0.6).astype(np.uint8), disc) > 0] = cv2.GC_FGD
    marks[cv2.dilate((likely > 0.25).astype(np.uint8), disc) == 0] = cv2.GC_BGD
    return marks


def _grab_cut(pixels: np.ndarray, marks: np.ndarray, rounds: int) -> Generator[None, None, np.ndarray]:
    """bool [h, w]: ``marks`` with what was only probable decided."""
    if (marks & 1).all() or not (marks & 1).any():
        return (marks & 1).astype(bool)
    seen = bytes_of(lab_of(pixels))
    inner, outer = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)  # the mixtures begin at k-means' own random centres
    for turn in range(rounds):
        mode = cv2.GC_INIT_WITH_MASK if turn == 0 else cv2.GC_EVAL
        cv2.grabCut(seen, marks, WHOLE, outer, inner, 1, mode)
        yield
    return (marks & 1).astype(bool)


def _unlike(pieces: Pieces, outside: np.ndarray) -> np.ndarray:
    """Superpixels whose colour is not found outside: the first guess where only a frame is known."""
    around = np.unique(pieces.labels[outside])
    if not len(around):
        return np.ones(outside.shape, bool)
    like = np.sqrt(squares_apart(pieces.colours, pieces.colours[around]).min(1))
    own = np.setdiff1d(np.arange(pieces.count), around)
    if not len(own):
        return ~outside
    chosen = np.zeros(pieces.count, bool)
    chosen[own] = like[own] >= min(np.percentile(like[own], 60), 8.0)
    return chosen[pieces.labels]


def _largest(found: np.ndarray) -> np.ndarray:
    """The largest connected part, and all that are a fifth of it or more."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found.astype(np.uint8), connectivity=4)
    if count < 2:
        return found
    areas = stats[1:, cv2.CC_STAT_AREA]
    kept = [index + 1 for index in range(count - 1) if areas[index] >= areas.max() / 5]
    return np.isin(labels, kept)


def _whole(found: np.ndarray, inside: np.ndarray, outside: np.ndarray) -> np.ndarray:
    """The parts that hang together with the marks, without crumbs and pinholes."""
    small = max(9, found.size // 1500)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((~found).astype(np.uint8), connectivity=4)
    holes = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] < small]
    found = found | (np.isin(labels, holes) & ~outside)
    # Bridges of a pixel or two are broken, so that what hangs on them falls off; the rest grows back.
    core = cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    core[inside] = 1
    _, labels = cv2.connectedComponents(core, connectivity=4)
    kept = np.unique(labels[inside])
    core = np.isin(labels, kept[kept > 0])
    grown = cv2.dilate(core.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    return (found & grown & ~outside) | inside & ~outside


def reduced(pixels: np.ndarray) -> tuple[np.ndarray, float]:
    """``pixels`` [h, w, 4] no longer than WORKING_SIDE, and by what they were multiplied."""
    scale = min(1.0, WORKING_SIDE / max(pixels.shape[:2]))
    if scale == 1.0:
        return pixels, 1.0
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return small.reshape(size[1], size[0], 4), scale


def stroke(shape: tuple[int, int], points: Sequence[tuple[float, float]], radius: float) -> np.ndarray:
    """bool [h, w]: what a round brush covers that goes along ``points``."""
    out = np.zeros(shape, np.uint8)
    size = max(1, round(radius))
    places = [(math.floor(x), math.floor(y)) for x, y in points]
    for x, y in places:
        cv2.circle(out, (x, y), size, 1, -1)
    for first, second in pairwise(places):
        cv2.line(out, first, second, 1, max(1, 2 * size))
    return out.astype(bool)


def refined(pixels: np.ndarray, found: np.ndarray) -> np.ndarray:
    """float32 [h, w] 0–1: the soft edge, in the full ``pixels`` [H, W, 4], of what was ``found`` [h, w] in a small copy."""
    whole = Rect(0, 0, pixels.shape[1], pixels.shape[0])
    return Edge(found, whole).refined(pixels, whole)


class Edge:
    """The edge of what was ``found`` [h, w] bool in a small copy of the document rectangle ``area``."""

    def __init__(self, found: np.ndarray, area: Rect) -> None:
        self._soft = cv2.GaussianBlur(found.astype(np.float32), (0, 0), 0.7).reshape(found.shape)
        self._area = area
        self._scale = max(area.width / found.shape[1], 1.0)
        self._to_small = found.shape[1] / area.width, found.shape[0] / area.height
        self.reach = math.ceil(8 * self._scale)

    def coarse(self, rect: Rect) -> np.ndarray:
        """float32 [h, w]: the small copy's soft mask enlarged, in document pixels."""
        across, down = self._to_small
        place = np.array(
            [
                [across, 0, (rect.left + 0.5 - self._area.left) * across - 0.5],
                [0, down, (rect.top + 0.5 - self._area.top) * down - 0.5],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = rect.width, rect.height
        return cv2.warpAffine(self._soft, place, size, flags=flags, borderMode=cv2.BORDER_REPLICATE).reshape(
            rect.height, rect.width
        )

    def uniform(self, rect: Rect) -> float | None:
        """0 or 1 where nothing in ``rect`` is in doubt."""
        coarse = self.coarse(rect.grow(self.reach))
        return 1.0 if coarse.min() > 0.98 else 0.0 if coarse.max() < 0.02 else None

    def refined(self, pixels: np.ndarray, rect: Rect) -> np.ndarray:
        """float32 [h, w] 0–1 for the premultiplied ``pixels`` of ``rect``."""
        coarse = self.coarse(rect)
        guide = np.ascontiguousarray(lab_of(pixels) / 100, np.float32)
        radius = max(2, math.ceil(1.5 * self._scale))
        alpha = cv2.ximgproc.guidedFilter(guide, coarse, radius, 1e-4).reshape(coarse.shape)
        # Two pixels of the small copy away from its edge nothing is in doubt.
        sure = cv2.GaussianBlur(coarse, (0, 0), 1.5 * self._scale).reshape(coarse.shape)
        alpha = np.where(sure > 0.98, 1, np.where(sure < 0.02, 0, alpha))
        return np.clip((alpha - 0.5) * 1.6 + 0.5, 0, 1).astype(np.float32)
