"""Quick select: the object under a few strokes, by superpixels and graph cuts.

Superpixels: Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel methods", TPAMI 2012. A first
guess by geodesic distance over them (Bai and Sapiro, "A geodesic framework for fast interactive image and video
segmentation", ICCV 2007), then Rother, Kolmogorov and Blake, "GrabCut", SIGGRAPH 2004. Soft edges by the guided filter
(He, Sun and Tang, TPAMI 2013).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect
from studio.raster.selecting.regions import to_lab

WORKING_SIDE = 320
"""The longer side, in pixels, of the picture that is cut; edges are then found again in the full one."""
ROUNDS = 4
SUPERPIXEL = 10
SMALLEST = 3 * SUPERPIXEL
FAR = 1e9
WHOLE = (0, 0, 1, 1)
"""GrabCut takes a rectangle that it does not look at when it is given marks."""


@dataclass(frozen=True)
class Pieces:
    """Superpixels of a picture: ``labels`` int32 [h, w], mean ``colours`` L*a*b* [n, 3], ``edges`` int [m, 2] of neighbours."""

    labels: np.ndarray
    colours: np.ndarray
    edges: np.ndarray

    @property
    def count(self) -> int:
        return len(self.colours)


def pieces_of(pixels: np.ndarray) -> Pieces:
    """Superpixels of premultiplied ``pixels`` [h, w, 4]."""
    lab = lab_of(pixels)
    labels = _squares(lab.shape[0], lab.shape[1]) if min(lab.shape[:2]) < SMALLEST else _superpixels(lab)
    _, labels = np.unique(labels, return_inverse=True)
    labels = labels.reshape(lab.shape[:2])
    areas = np.bincount(labels.ravel())
    colours = np.stack([np.bincount(labels.ravel(), lab[..., i].ravel()) / areas for i in range(3)], 1)
    return Pieces(labels, colours, _neighbours(labels))


def _superpixels(lab: np.ndarray) -> np.ndarray:
    smooth = cv2.GaussianBlur(lab, (0, 0), 0.8)
    seen = np.clip(smooth + (0, 128, 128), 0, 255).astype(np.uint8)
    slic = cv2.ximgproc.createSuperpixelSLIC(seen, cv2.ximgproc.SLICO, SUPERPIXEL)
    slic.iterate(6)
    slic.enforceLabelConnectivity(20)
    _, labels = np.unique(slic.getLabels(), return_inverse=True)
    return labels.reshape(lab.shape[:2]).astype(np.int32)


def _squares(height: int, width: int) -> np.ndarray:
    """Instead of superpixels where the picture is too small for them: OpenCV's need some room."""
    y, x = np.mgrid[0:height, 0:width] // 3
    return (y * (width // 3 + 1) + x).astype(np.int32)


def lab_of(pixels: np.ndarray) -> np.ndarray:
    """L*a*b* [h, w, 3] float32; what is transparent lies far from every colour."""
    lab = to_lab(unpremultiply(pixels)[..., :3])
    alpha = np.clip(np.asarray(pixels[..., 3:], np.float32), 0, 1)
    return lab * alpha + np.array((50, 100, -100), np.float32) * (1 - alpha)


def _neighbours(labels: np.ndarray) -> np.ndarray:
    pairs = np.concatenate(
        [
            np.stack([labels[:, :-1].ravel(), labels[:, 1:].ravel()], 1),
            np.stack([labels[:-1].ravel(), labels[1:].ravel()], 1),
        ]
    )
    pairs = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    return np.unique(pairs, axis=0)


def cut(
    pixels: np.ndarray, inside: np.ndarray, outside: np.ndarray, within: np.ndarray | None = None
) -> Generator[None, None, np.ndarray]:
    """bool [h, w]: the object that ``inside`` marks, bool [h, w], without what ``outside`` marks.

    ``pixels``: premultiplied [h, w, 4], about WORKING_SIDE long. ``within``, bool [h, w]: the object lies there, the
    only thing known where nothing is marked inside. Yields after each part of the work. What is marked comes back as
    marked; only areas that hang together with marks are kept.
    """
    if within is not None:
        inside, outside = inside & within, outside | ~within
    if not inside.any() and (within is None or not within.any()):
        return np.zeros(inside.shape, bool)
    pieces = pieces_of(pixels)
    yield
    guess = _guess(pieces, inside, outside) if inside.any() else _unlike(pieces, outside) & ~outside
    yield
    seen = np.clip(lab_of(pixels) * (2.55, 1, 1) + (0, 128, 128), 0, 255).astype(np.uint8)
    marks = np.where(guess, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[inside], marks[outside] = cv2.GC_FGD, cv2.GC_BGD
    if (marks & 1).all() or len(np.unique(marks & 1)) < 2:
        return inside & ~outside if not guess.any() else guess & ~outside
    inner, outer = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)  # the mixtures begin at k-means' own random centres
    for turn in range(ROUNDS):
        mode = cv2.GC_INIT_WITH_MASK if turn == 0 else cv2.GC_EVAL
        cv2.grabCut(seen, marks, WHOLE, outer, inner, 1, mode)
        yield
    found = (marks & 1).astype(bool)
    return _whole(found, inside if inside.any() else _largest(found & ~outside), outside)


def _guess(pieces: Pieces, inside: np.ndarray, outside: np.ndarray) -> np.ndarray:
    """Superpixels nearer, along the way of least change of colour, to the inner marks than to the outer ones.

    The picture's edge counts as outside where its colours differ from those marked inside.
    """
    wanted = np.unique(pieces.labels[inside])
    refused = np.setdiff1d(np.unique(pieces.labels[outside]), wanted)
    rim = np.unique(
        np.concatenate([pieces.labels[0], pieces.labels[-1], pieces.labels[:, 0], pieces.labels[:, -1]])
    )
    own = pieces.colours[wanted]
    like = np.sqrt(((pieces.colours[:, None] - own[None]) ** 2).sum(2)).min(1)
    spread = np.percentile(like, 50)
    rim = np.setdiff1d(rim[like[rim] > max(6.0, 0.4 * spread)], wanted)
    near = _geodesic(pieces, wanted)
    far = _geodesic(pieces, np.union1d(refused, rim))
    # A piece of quite another colour than any marked one is not taken for being near alone.
    chosen = near + 0.5 * like < far + 0.25 * spread
    chosen[wanted], chosen[refused] = True, False
    return chosen[pieces.labels]


def _unlike(pieces: Pieces, outside: np.ndarray) -> np.ndarray:
    """Superpixels whose colour is not found outside: the first guess where only a frame is known."""
    around = np.unique(pieces.labels[outside])
    if not len(around):
        return np.ones(outside.shape, bool)
    like = np.sqrt(((pieces.colours[:, None] - pieces.colours[around][None]) ** 2).sum(2)).min(1)
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


def _geodesic(pieces: Pieces, starts: np.ndarray) -> np.ndarray:
    """Least sum of colour differences from any of ``starts`` to each superpixel (Dijkstra, 1959)."""
    apart = np.sqrt(((pieces.colours[pieces.edges[:, 0]] - pieces.colours[pieces.edges[:, 1]]) ** 2).sum(1))
    ways: list[list[tuple[int, float]]] = [[] for _ in range(pieces.count)]
    for (a, b), length in zip(pieces.edges.tolist(), (apart + 0.5).tolist()):
        ways[a].append((b, length))
        ways[b].append((a, length))
    total = [FAR] * pieces.count
    heap = [(0.0, int(start)) for start in starts]
    for _, start in heap:
        total[start] = 0.0
    while heap:
        reached, piece = heapq.heappop(heap)
        if reached > total[piece]:
            continue
        for other, length in ways[piece]:
            if reached + length < total[other]:
                total[other] = reached + length
                heapq.heappush(heap, (reached + length, other))
    return np.array(total)


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
