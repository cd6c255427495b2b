"""What of a pixel is foreground: alpha from a trimap, in closed form or guided; and colours freed of the background.

Levin, Lischinski, Weiss, "A closed form solution to natural image matting", CVPR 2006, with the product of the matting
Laplacian by box filters of He, Sun, Tang, "Fast matting using large kernel matting Laplacian matrices", CVPR 2010; He, Sun,
Tang, "Guided image filtering", PAMI 2013; Forte, "Approximate fast foreground colour estimation", ICIP 2021.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Literal

import cv2
import numpy as np

from studio.raster.stopping import heed
from studio.raster.strips import row_strips, side_by_side
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.problems import EMPTY, FULL, OTHER_SIZE, HealError, finite

NO_FOREGROUND = QT_TRANSLATE_NOOP(
    "document", "Nothing stands out from the background here. Select roughly what is to stay."
)
Way = Literal["closed-form", "guided"]
Matting = Generator[float, None, np.ndarray]
_REACH = 1
_EPSILON = 1e-5
_HOLD = 100.0
_SIDE = 400
"""The closed form is solved at most at this size, and brought to full size by its local linear model."""
_CUT_SIDE = 320
_STEPS = 400
_CUTS = 5
_BLURS = (45, 6)
_BLURRED = sum(_BLURS) + 1
_STRIP = 256

_MORPHED = 1 << 18
"""Pixels worked on between two looks whether it is still wanted."""


def trimap_of(mask: np.ndarray, band: int) -> np.ndarray:
    """uint8 [h, w]: 0 background, 255 foreground, 128 unknown within ``band`` pixels of the mask's outline and where it is soft.

    Raises HealError for a mask that is empty or full.
    """
    inside = mask > 0.5
    if not inside.any():
        raise HealError(EMPTY)
    if inside.all():
        raise HealError(FULL)
    side = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * band + 1, 2 * band + 1))
    certain = _morphed((mask > 0.95).astype(np.uint8), side, cv2.erode)
    possible = _morphed((mask > 0.05).astype(np.uint8), side, cv2.dilate)
    heed()
    result = np.full(mask.shape, 128, np.uint8)
    result[certain > 0] = 255
    heed()
    result[possible == 0] = 0
    return result


def _morphed(values: np.ndarray, side: np.ndarray, way: Callable[..., np.ndarray]) -> np.ndarray:
    """Values [h, w] eroded or dilated by the element ``side``, in strips on all processors."""
    out, reach = np.empty_like(values), side.shape[0] // 2

    def one(rows: slice) -> None:
        first = max(0, rows.start - reach)
        out[rows] = way(values[first : rows.stop + reach], side)[rows.start - first :][
            : rows.stop - rows.start
        ]

    side_by_side(one, row_strips(values.shape, _MORPHED))
    return out


def found(pixels: np.ndarray) -> Generator[float, None, np.ndarray]:
    """A first mask [h, w] of what stands before the background: GrabCut from a frame along the border.

    Rother, Kolmogorov, Blake, "GrabCut", SIGGRAPH 2004, on the picture at most 320 pixels large. Background is what looks
    like the border's colours. Raises HealError where nothing differs from them.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _CUT_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(finite(pixels), size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], 4)
    colours = np.ascontiguousarray((np.clip(small[..., :3], 0, 1) * 255).round().astype(np.uint8))
    frame = max(1, round(min(size) * 0.03))
    if min(size) < 4 * frame + 2 or float(colours.std(axis=(0, 1)).max()) < 0.5:
        raise HealError(NO_FOREGROUND)
    labels = np.full(colours.shape[:2], cv2.GC_PR_FGD, np.uint8)
    for edge in (np.s_[:frame], np.s_[-frame:], np.s_[:, :frame], np.s_[:, -frame:]):
        labels[edge] = cv2.GC_BGD
    labels[small[..., 3] < 0.02] = cv2.GC_BGD
    if not (labels == cv2.GC_PR_FGD).any():
        raise HealError(NO_FOREGROUND)
    back, front = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)
    for step in range(_CUTS):
        mode = cv2.GC_INIT_WITH_MASK if step == 0 else cv2.GC_EVAL
        cv2.grabCut(colours, labels, (0, 0, 1, 1), back, front, 1, mode)
        yield (step + 1) / _CUTS
    inside = np.isin(labels, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    if not inside.any():
        raise HealError(NO_FOREGROUND)
    return np.clip(cv2.resize(inside, (width, height), interpolation=cv2.INTER_LINEAR), 0, 1)


def matted(pixels: np.ndarray, trimap: np.ndarray, way: Way = "closed-form") -> Matting:
    """Alpha float32 [h, w], 0–1, from a trimap (0 background, 255 foreground, else unknown).

    ``closed-form``: (L + λD) α = λDα₀ by conjugate gradients, windows of 3×3, ε = 10⁻⁵, λ = 100 on what is known.
    ``guided``: the guided filter, its linear models drawn from what is known; quicker and softer. Where the trimap is certain alpha is 0 or 1.
    Raises HealError where nothing is certainly background or foreground.
    """
    if trimap.shape != pixels.shape[:2]:
        raise HealError(OTHER_SIZE)
    if not (trimap == 255).any():
        raise HealError(EMPTY)
    if not (trimap == 0).any():
        raise HealError(FULL)
    colours = np.ascontiguousarray(finite(pixels)[..., :3])
    guess = trimap.astype(np.float32) / 255
    unknown = (trimap != 0) & (trimap != 255)
    if not unknown.any():
        return guess
    left, top, across, down = cv2.boundingRect(unknown.astype(np.uint8))
    area = (slice(max(0, top - 8), top + down + 8), slice(max(0, left - 8), left + across + 8))
    part, known = colours[area], ~unknown[area]
    if way == "guided":
        reach = 4 + 2 * round(float(cv2.distanceTransform(unknown.astype(np.uint8), cv2.DIST_L2, 3).max()))
        alpha = _guided(part, guess[area], reach, 1e-4, known)
    else:
        alpha = yield from _closed_form(part, guess[area], known)
    result = guess.copy()
    result[area] = np.where(known, guess[area], np.clip(alpha, 0, 1))
    yield 1.0
    return result


def _mean(values: np.ndarray, reach: int) -> np.ndarray:
    heed()
    return cv2.blur(values, (2 * reach + 1, 2 * reach + 1), borderType=cv2.BORDER_REFLECT_101)


_PAIRS = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))


def _inverse(values: np.ndarray) -> np.ndarray:
    """The inverses [h, w, 3, 3] of symmetric matrices, given as their upper triangles [h, w, 6]: adjugate by determinant."""
    a, b, c, d, e, f = np.moveaxis(values, -1, 0)

    def minor(one: np.ndarray, other: np.ndarray, third: np.ndarray, fourth: np.ndarray) -> np.ndarray:
        heed()
        return one * other - third * fourth

    rows = (
        (minor(d, f, e, e), minor(c, e, b, f), minor(b, e, c, d)),
        (minor(a, f, c, c), minor(b, c, a, e)),
        (minor(a, d, b, b),),
    )
    heed()
    scale = 1 / (a * rows[0][0] + b * rows[0][1] + c * rows[0][2])
    result = np.empty((*values.shape[:2], 3, 3))
    for one, row in enumerate(rows):
        for other, value in enumerate(row, one):
            heed()
            result[..., one, other] = result[..., other, one] = value * scale
    return result


class _Windows:
    """The means and inverse covariances of all windows of a colour picture, float64; ``weight`` [h, w]: what counts in them."""

    def __init__(
        self, colours: np.ndarray, reach: int, epsilon: float, weight: np.ndarray | None = None
    ) -> None:
        self.reach = reach
        self.colours = colours.astype(np.float64)
        height, width = colours.shape[:2]
        self.weight = weight
        self.size = self._sum(np.ones((height, width)) if weight is None else weight)
        self.means = self._mean(self.colours)
        covariance = np.empty((height, width, 6))
        for index, (one, other) in enumerate(_PAIRS):
            mean = self._mean(self.colours[..., one] * self.colours[..., other])
            heed()
            covariance[..., index] = mean - self.means[..., one] * self.means[..., other]
            if one == other:
                covariance[..., index] += epsilon / self.size
        self.inverse = _inverse(covariance)

    def _sum(self, values: np.ndarray) -> np.ndarray:
        heed()
        side = (2 * self.reach + 1, 2 * self.reach + 1)
        if values.ndim == 2:
            return cv2.boxFilter(values, -1, side, normalize=False, borderType=cv2.BORDER_CONSTANT)
        out = np.empty_like(values)
        for channel in range(values.shape[2]):
            out[..., channel] = self._sum(np.ascontiguousarray(values[..., channel]))
        return out

    def _mean(self, values: np.ndarray) -> np.ndarray:
        size = self.size if values.ndim == 2 else self.size[..., None]
        heed()
        if self.weight is not None:
            values = values * (self.weight if values.ndim == 2 else self.weight[..., None])
        total = self._sum(values)
        heed()
        total /= size
        return total

    def model(self, alpha: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """a [h, w, 3] and b [h, w] of each window: alpha ≈ a · colour + b."""
        mean = self._mean(alpha)
        heed()
        mixed = self._mean(self.colours * alpha[..., None])
        heed()
        mixed -= self.means * mean[..., None]
        slope = np.empty_like(mixed)
        for rows in row_strips(alpha.shape, _MORPHED):
            heed()
            slope[rows] = np.einsum("hwij,hwj->hwi", self.inverse[rows], mixed[rows])
        return slope, mean - np.einsum("hwi,hwi->hw", slope, self.means)

    def laplacian(self, alpha: np.ndarray) -> np.ndarray:
        """The matting Laplacian times alpha."""
        slope, shift = self.model(alpha)
        told = np.einsum("hwi,hwi->hw", self._sum(slope), self.colours) + self._sum(shift)
        return self._sum(np.ones_like(alpha)) * alpha - told


def _closed_form(
    colours: np.ndarray, guess: np.ndarray, known: np.ndarray
) -> Generator[float, None, np.ndarray]:
    height, width = guess.shape
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if scale < 1:
        small = cv2.resize(colours, size, interpolation=cv2.INTER_AREA)
        start = cv2.resize(guess, size, interpolation=cv2.INTER_AREA)
        held = cv2.resize(known.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.99
    else:
        small, start, held = colours, guess, known
    windows = _Windows(small, _REACH, _EPSILON)
    first = _guided(small, start, 8, 1e-4, held)
    alpha = yield from _solved(windows, np.where(held, start, first).astype(np.float64), start, held)
    if scale == 1:
        return alpha.astype(np.float32)
    wide = _Windows(small, 2, 1e-4)
    slope, shift = wide.model(np.clip(alpha, 0, 1))
    model = cv2.resize(
        np.dstack((slope, shift)).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    )
    return np.einsum("hwi,hwi->hw", model[..., :3], colours) + model[..., 3]


def _solved(
    windows: _Windows, alpha: np.ndarray, guess: np.ndarray, known: np.ndarray
) -> Generator[float, None, np.ndarray]:
    """Conjugate gradients with the diagonal as preconditioner."""
    hold = known * _HOLD
    diagonal = windows.size + hold
    rest = hold * guess - windows.laplacian(alpha) - hold * alpha
    scaled = rest / diagonal
    way, product = scaled.copy(), float((rest * scaled).sum())
    least = 1e-6 * max(product, 1e-12)
    for step in range(_STEPS):
        if product <= least:
            break
        turned = windows.laplacian(way) + hold * way
        length = product / float((way * turned).sum())
        alpha = alpha + length * way
        rest = rest - length * turned
        scaled = rest / diagonal
        before, product = product, float((rest * scaled).sum())
        way = scaled + (product / before) * way
        yield step / _STEPS
    return alpha


def _guided(
    colours: np.ndarray, guess: np.ndarray, reach: int, epsilon: float, known: np.ndarray
) -> np.ndarray:
    """The guided filter with a colour guide, its models drawn from what is known; the radius is held within the picture."""
    reach = max(1, min(reach, (min(guess.shape) - 1) // 2 or 1))
    weight = np.where(known, 1.0, 1e-4)
    windows = _Windows(colours, reach, epsilon * (2 * reach + 1) ** 2, weight)
    slope, shift = windows.model(guess.astype(np.float64))
    near = _mean(slope, reach)
    heed()
    told = np.einsum("hwi,hwi->hw", near, windows.colours) + _mean(shift, reach)
    return told.astype(np.float32)


def shifted(alpha: np.ndarray, pixels: float) -> np.ndarray:
    """``alpha`` [h, w] whose edge lies ``pixels`` farther out, below 0 farther in: the greatest, or least, value in a disc.

    Between whole radii the two results are mixed. Soft edges stay as soft as they are.
    """
    whole, part = divmod(abs(pixels), 1.0)
    grown = cv2.dilate if pixels > 0 else cv2.erode

    def by(radius: int) -> np.ndarray:
        if not radius:
            return alpha
        side = (2 * radius + 1, 2 * radius + 1)
        return _morphed(alpha, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, side), grown)

    first = by(int(whole))
    return first if part == 0 else first + np.float32(part) * (by(int(whole) + 1) - first)


def carried_out(freed: np.ndarray, reach: int) -> np.ndarray:
    """Straight colours [h, w, 3] of ``freed`` (premultiplied [h, w, 4]); where it is all but transparent the mean of what
    is within ``reach`` pixels, by opacity; zero where that is nothing."""
    alpha = freed[..., 3]
    near, share = _mean(freed[..., :3], reach), _mean(alpha, reach)
    heed()
    around = np.divide(near, share[..., None], out=np.zeros_like(near), where=share[..., None] > 1e-6)
    heed()
    return np.divide(freed[..., :3], alpha[..., None], out=around, where=alpha[..., None] > 0.05)


def decontaminated(pixels: np.ndarray, alpha: np.ndarray) -> Matting:
    """The foreground alone: premultiplied float32 [h, w, 4] with ``alpha`` [h, w], its colours freed of the background.

    Forte's blur fusion, twice, with windows of 91 and 13 pixels: F̂ = mean(αI) / mean(α), B̂ alike, F = F̂ + α (I − αF̂ − (1−α)B̂).
    Where alpha is 1 the colour stays as it is. The picture's own alpha is multiplied in. In strips; yields the part done.
    """
    height = len(pixels)
    result = np.empty(pixels.shape, np.float32)
    for top in range(0, height, _STRIP):
        first, end = max(0, top - _BLURRED), min(height, top + _STRIP + _BLURRED)
        strip = _freed(
            finite(pixels[first:end]), np.clip(alpha[first:end], 0, 1).astype(np.float32)[..., None]
        )
        result[top : top + _STRIP] = strip[top - first : top - first + _STRIP]
        yield min(1.0, (top + _STRIP) / height)
    return result


def _freed(source: np.ndarray, cover: np.ndarray) -> np.ndarray:
    own = np.clip(source[..., 3:], 0, 1)
    colours = np.divide(source[..., :3], own, out=np.zeros_like(source[..., :3]), where=own > 1e-4)
    front, back = colours, colours
    for reach in _BLURS:
        front, back = _fused(colours, cover, front, back, reach)
    freed = np.where(cover >= 1, colours, np.maximum(front, 0))
    return np.concatenate((freed * (own * cover), own * cover), 2)


def _fused(
    colours: np.ndarray, cover: np.ndarray, front: np.ndarray, back: np.ndarray, reach: int
) -> tuple[np.ndarray, np.ndarray]:
    """One pass of blur fusion."""
    share = _mean(cover, reach)[..., None]
    first = _mean(front * cover, reach) / (share + 1e-5)
    second = _mean(back * (1 - cover), reach) / ((1 - share) + 1e-5)
    missing = colours - cover * first - (1 - cover) * second
    return np.clip(first + cover * missing, 0, np.maximum(colours, 1)), np.maximum(second, 0)
