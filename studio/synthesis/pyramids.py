"""Gaussian and Laplacian pyramids (Burt and Adelson, 1983), and pictures blended band by band."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import Annotated, TypeVar

import cv2
import msgspec
import numpy as np

from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.fusion import STRIP_PIXELS, Fusion, Steps

Result = TypeVar("Result")


class MultiBand(msgspec.Struct, frozen=True, kw_only=True):
    levels: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Bands"), low=0, high=14,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How often the picture is halved: the more, the wider large shapes are blended. 0: as often as it can."
            ),
        ),
    ] = 6  # fmt: skip


def most_levels(height: int, width: int) -> int:
    """How often a picture can be halved: ⌊log₂ of the smaller side⌋."""
    return int(math.log2(max(1, min(height, width))))


def gaussian(picture: np.ndarray, levels: int) -> Generator[None, None, list[np.ndarray]]:
    """``levels`` + 1 pictures [h, w] or [h, w, n], each half of the one before (weights 1 4 6 4 1)."""
    found = [picture]
    for _ in range(levels):
        found.append(cv2.pyrDown(found[-1]))
        yield
    return found


def laplacian(picture: np.ndarray, levels: int) -> Generator[None, None, list[np.ndarray]]:
    """``levels`` bands and the rest; :func:`collapsed` gives the picture back."""
    found = yield from gaussian(picture, levels)
    for number in range(levels):
        larger = _up(found[number + 1], found[number])
        heed()
        found[number] = np.subtract(found[number], larger, out=larger)
        yield
    return found


def collapsed(bands: Sequence[np.ndarray]) -> Generator[None, None, np.ndarray]:
    """The picture whose bands these are."""
    out = bands[-1]
    for band in reversed(bands[:-1]):
        larger = _up(out, band)
        heed()
        larger += band
        out = larger
        yield
    return out


def _up(small: np.ndarray, large: np.ndarray) -> np.ndarray:
    """``small`` at the size of ``large``; in strips, each with as many rows around it as its edge would change."""
    out, (height, width) = np.empty(large.shape, np.float32), large.shape[:2]
    rows = max(8, STRIP_PIXELS // width)
    for top in range(0, len(small), rows):
        heed()
        first, last = max(0, top - 2), min(len(small), top + rows + 2)
        size = (width, min(height - 2 * first, 2 * (last - first)))
        made = cv2.pyrUp(small[first:last], dstsize=size).reshape(size[1], *large.shape[1:])
        end = min(height, 2 * (top + rows))
        out[2 * top : end] = made[2 * (top - first) : end - 2 * first]
    return out


def weighted(
    pictures: Sequence[np.ndarray], weights: Sequence[np.ndarray], levels: int
) -> Generator[float, None, np.ndarray]:
    """Σ over the pictures of their bands times the Gaussian pyramid of their weights [h, w], collapsed."""
    total: list[np.ndarray] = []
    for number, (picture, weight) in enumerate(zip(pictures, weights, strict=True)):
        part = number / len(pictures)
        shares = yield from _telling(gaussian(weight, levels), part)
        bands = yield from _telling(laplacian(picture, levels), part)
        for level, (band, share) in enumerate(zip(bands, shares, strict=True)):
            product = np.multiply(band, share[..., None], out=band if levels else None)
            heed()
            if number:
                total[level] += product
            else:
                total.append(product)
            yield part
    return (yield from _telling(collapsed(total), 1.0))


def _telling(steps: Generator[None, None, Result], part: float) -> Generator[float, None, Result]:
    """The same steps, each telling the part done."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
        yield part


def extended(picture: np.ndarray) -> Generator[float, None, np.ndarray]:
    """Straight colours [h, w, 3] of a premultiplied picture, carried on to where it is transparent.

    Averages of smaller and smaller pictures fill what is empty (pull and push: Gortler et al., The Lumigraph, 1996).
    """
    pulled = [picture]
    while min(pulled[-1].shape[:2]) > 1 and bool((pulled[-1][..., 3] < 1).any()):
        heed()
        small = cv2.pyrDown(pulled[-1])
        heed()
        # However little of a cell is covered, it has a colour.
        share = small[..., 3:]
        np.divide(small, share, out=small, where=share > 1e-6)
        pulled.append(small)
        yield 0.0
    out = pulled[-1]
    for fine in reversed(pulled[:-1]):
        larger = _up(out, fine)
        heed()
        larger *= 1 - np.clip(fine[..., 3:], 0, 1)
        heed()
        larger += fine
        out = larger
        yield 0.0
    return np.divide(out[..., :3], out[..., 3:], out=np.zeros_like(out[..., :3]), where=out[..., 3:] > 1e-6)


def multi_band(pictures: Sequence[np.ndarray], parameters: MultiBand, mask: np.ndarray | None) -> Steps:
    """Each picture blended into what lies below it, large shapes widely and detail sharply."""
    most = most_levels(*pictures[0].shape[:2])
    levels = min(parameters.levels, most) if parameters.levels else most
    out = pictures[0]
    for number, source in enumerate(pictures[1:]):
        share = np.clip(source[..., 3], 0, 1) if mask is None else np.clip(source[..., 3], 0, 1) * mask
        low = yield from extended(out)
        high = yield from extended(source)
        colours = yield from weighted((low, high), (1 - share, share), levels)
        heed()
        alpha = 1 - (1 - out[..., 3:]) * (1 - share[..., None])
        colours *= alpha
        heed()
        out = np.concatenate((colours, alpha), axis=2)
        yield (number + 1) / (len(pictures) - 1)
    return out


def fewer_bands(parameters: MultiBand, scale: float) -> MultiBand:
    """Each halving of the pictures takes the finest band away; 0 stays as many as there are."""
    if not parameters.levels:
        return parameters
    return msgspec.structs.replace(parameters, levels=max(1, round(parameters.levels + math.log2(scale))))


FUSIONS = (
    Fusion(
        name="multi-band",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Multi-band blending"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Splits each picture into bands of detail, Lk = Gk − up(Gk+1), G halved with the weights 1 4 6 4 1, and adds the "
            "bands mixed by the Gaussian pyramid of the upper picture's alpha times the mask; straight encoded colours, "
            "carried on to where a picture is transparent (Burt, Adelson, A Multiresolution Spline, 1983).",
        ),
        parameters=MultiBand,
        function=multi_band,
        masked=True,
        reduced=fewer_bands,
    ),
)
