"""A picture as superpixels and who lies beside whom: what quick select thinks in.

Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel methods", TPAMI 2012.
"""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.selecting.regions import to_lab

SUPERPIXEL = 6
"""Pixels of a side: a thin thing has pieces of its own only if they are about as narrow as it is."""
SMALLEST = 5 * SUPERPIXEL
AROUND = 9.0
"""Sigma, in pixels, of the surroundings of a piece."""
QUIET = 1.5
"""Colour differences below this are no texture."""
FAR = np.float32(1e9)
_ENOUGH = 1000
"""Rounds of :meth:`Pieces.ways`: more than the pieces that any way of a picture goes through."""


class Pieces(msgspec.Struct, frozen=True):
    """``n`` superpixels, each with up to ``k`` neighbours; where a piece has fewer it is its own, with a border of 0.

    ``labels`` int [h, w]; ``areas`` [n] pixels; ``colours`` L*a*b* [n, 3]; ``around`` [n, 3] the mean colour of the
    surroundings; ``beside`` int [n, k]; ``borders`` [n, k] pixels that two share; ``apart`` [n, k] how different their
    colours are; ``noise``: how different neighbours usually are, one number.
    """

    labels: np.ndarray
    areas: np.ndarray
    colours: np.ndarray
    around: np.ndarray
    beside: np.ndarray
    borders: np.ndarray
    apart: np.ndarray
    noise: float

    @property
    def count(self) -> int:
        return len(self.areas)

    @property
    def rim(self) -> np.ndarray:
        """bool [n]: pieces at the edge of the picture."""
        labels = self.labels
        found = np.zeros(self.count, bool)
        found[np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])] = True
        return found

    def share(self, mask: np.ndarray) -> np.ndarray:
        """Part, 0–1 [n], of each piece that ``mask``, bool [h, w], covers."""
        return np.bincount(self.labels.ravel(), mask.ravel(), self.count) / self.areas

    def ways(self, start: np.ndarray, cost: np.ndarray) -> np.ndarray:
        """Least sum of ``cost`` [n, k] on the way to each piece, beginning with ``start`` [n] or [n, sources]."""
        total = np.asarray(start, np.float32)
        step = cost if total.ndim == 1 else cost[..., None]
        for _ in range(_ENOUGH):
            shorter = np.minimum(total, (total[self.beside] + step).min(1))
            if (shorter == total).all():
                break
            total = shorter
        return total


def pieces_of(pixels: np.ndarray) -> Pieces:
    """Superpixels of premultiplied ``pixels`` [h, w, 4]."""
    lab = lab_of(pixels)
    labels = _squares(*lab.shape[:2]) if min(lab.shape[:2]) < SMALLEST else _superpixels(lab)
    _, labels = np.unique(labels, return_inverse=True)
    labels = labels.reshape(lab.shape[:2])
    areas = np.bincount(labels.ravel()).astype(np.float32)
    colours = _means(lab, labels, areas)
    around = _means(cv2.GaussianBlur(lab, (0, 0), AROUND).reshape(lab.shape), labels, areas)
    beside, borders = _neighbours(labels, len(areas))
    apart = np.sqrt(((colours[:, None] - colours[beside]) ** 2).sum(2))
    noise = max(float(np.median(apart[borders > 0])), QUIET) if (borders > 0).any() else QUIET
    return Pieces(labels, areas, colours, around, beside, borders, apart, noise)


def squares_apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """float32 [a, b]: the squared distances between points [a, d] and [b, d]."""
    found = (one * one).sum(1)[:, None] + (other * other).sum(1) - 2 * one @ other.T
    return np.maximum(found, 0)


def lab_of(pixels: np.ndarray) -> np.ndarray:
    """L*a*b* [h, w, 3] float32; what is transparent lies far from every colour."""
    lab = to_lab(unpremultiply(pixels)[..., :3])
    alpha = np.clip(np.asarray(pixels[..., 3:], np.float32), 0, 1)
    return lab * alpha + np.array((50, 100, -100), np.float32) * (1 - alpha)


def bytes_of(lab: np.ndarray) -> np.ndarray:
    """``lab`` [h, w, 3] as uint8, each channel over its whole range."""
    return np.clip(lab * (2.55, 1, 1) + (0, 128, 128), 0, 255).astype(np.uint8)


def _superpixels(lab: np.ndarray) -> np.ndarray:
    smooth = cv2.GaussianBlur(lab, (0, 0), 0.7)
    slic = cv2.ximgproc.createSuperpixelSLIC(bytes_of(smooth), cv2.ximgproc.SLICO, SUPERPIXEL)
    slic.iterate(6)
    slic.enforceLabelConnectivity(15)
    return slic.getLabels()


def _squares(height: int, width: int) -> np.ndarray:
    """Instead of superpixels where the picture is too small for them: OpenCV's need some room."""
    y, x = np.mgrid[0:height, 0:width] // 3
    return y * (width // 3 + 1) + x


def _means(planes: np.ndarray, labels: np.ndarray, areas: np.ndarray) -> np.ndarray:
    sums = [np.bincount(labels.ravel(), planes[..., channel].ravel()) for channel in range(3)]
    return (np.stack(sums, 1) / areas[:, None]).astype(np.float32)


def _neighbours(labels: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(``beside``, ``borders``) of :class:`Pieces`."""
    across = np.stack([labels[:, :-1].ravel(), labels[:, 1:].ravel()], 1)
    down = np.stack([labels[:-1].ravel(), labels[1:].ravel()], 1)
    pairs = np.concatenate([across, down])
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    pairs = np.concatenate([pairs, pairs[:, ::-1]])
    codes, shared = np.unique(pairs[:, 0] * count + pairs[:, 1], return_counts=True)
    one, other = codes // count, codes % count
    degree = np.bincount(one, minlength=count)
    slot = np.arange(len(one)) - (np.cumsum(degree) - degree)[one]
    most = max(int(degree.max()), 1)
    beside = np.tile(np.arange(count)[:, None], (1, most))
    borders = np.zeros((count, most), np.float32)
    beside[one, slot], borders[one, slot] = other, shared
    return beside, borders
