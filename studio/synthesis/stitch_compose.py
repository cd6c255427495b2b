"""The panorama at full size, block by block: pictures warped, seams enlarged, bands blended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np

from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis.stitch_projection import inside, origin_of, sampled
from studio.synthesis.stitch_seams import filled, gain_at
from studio.synthesis.stitch_values import Frame, Gains, Seams, Source, Stitch, Warped

SIDE = 1024
MARGIN = 6


def blocks(whole: Rect, side: int = SIDE) -> list[Rect]:
    """Squares on the grid of tiles that cover ``whole``."""
    lefts = range(whole.left // side * side, whole.right, side)
    tops = range(whole.top // side * side, whole.bottom, side)
    return [Rect(left, top, left + side, top + side).intersect(whole) for top in tops for left in lefts]


def warped_block(
    source: Source, frame: Frame, index: int, field: np.ndarray, part: Rect, sampling: str
) -> np.ndarray:
    """``part`` of the panorama from one picture with its gain: premultiplied float32 [h, w, 4], 0 beyond its edge."""
    x, y = origin_of(frame, index, part)
    seen = inside(x, y, source.size)
    if not seen.any():
        return np.zeros((part.height, part.width, 4), np.float32)
    xs, ys = x[seen], y[seen]
    near = Rect(
        int(xs.min()) - MARGIN, int(ys.min()) - MARGIN, int(xs.max()) + MARGIN + 2, int(ys.max()) + MARGIN + 2
    )
    near = near.intersect(Rect(0, 0, *source.size))
    pixels = source.surface.read(near.move(source.rect.left, source.rect.top)).astype(np.float32)
    x -= near.left
    y -= near.top
    x[~seen], y[~seen] = 0, 0
    found = sampled(pixels, x, y, sampling)
    found[..., :3] *= gain_at(field, frame.rects[index], part)
    alpha = np.clip(found[..., 3], 0, 1)
    found[..., 3] = alpha
    np.maximum(found, 0, out=found)
    found *= seen[..., None]
    return found


def shown_in(seams: Seams, warped: Warped, part: Rect, seen: Sequence[np.ndarray], which: Sequence[int]) -> list:
    """Boolean [h, w] per picture of ``which``: each pixel belongs to the one whose reduced mask weighs most there."""
    best, owner = np.full((part.height, part.width), -1.0, np.float32), np.full(
        (part.height, part.width), -1, np.int16
    )
    zoom = warped.zoom
    for number, index in enumerate(which):
        place = warped.places[index]
        x = np.float32((np.arange(part.left, part.right) + 0.5) * zoom - 0.5 - place.left)
        y = np.float32((np.arange(part.top, part.bottom) + 0.5) * zoom - 0.5 - place.top)
        mask = seams.masks[index]
        weight = _enlarged(mask, x, y)
        weight = np.where(seen[number], weight, np.float32(-1))
        better = weight > best
        best[better], owner[better] = weight[better], number
    return [(owner == number) & seen[number] for number in range(len(which))]


def _enlarged(mask: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """``mask`` at the places x × y, linear between pixels, its edge repeated."""
    height, width = mask.shape
    xs, ys = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    left, top = int(xs[0]), int(ys[0])
    piece = mask[top : int(ys[-1]) + 2, left : int(xs[-1]) + 2].astype(np.float32)
    column = np.minimum((xs - left).astype(int), piece.shape[1] - 1)
    row = np.minimum((ys - top).astype(int), piece.shape[0] - 1)
    right, below = np.minimum(column + 1, piece.shape[1] - 1), np.minimum(row + 1, piece.shape[0] - 1)
    part = np.float32(ys - top - row)[:, None]
    lines = piece[row] * (1 - part) + piece[below] * part
    part = np.float32(xs - left - column)[None, :]
    return lines[:, column] * (1 - part) + lines[:, right] * part


def read_part(
    sources: Sequence[Source], warped: Warped, gains: Gains, seams: Seams, sampling: str, part: Rect
) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """(number, premultiplied pixels, shown) of all pictures that touch ``part``."""
    frame = warped.frame
    which = [index for index, rect in enumerate(frame.rects) if not rect.intersect(part).empty]
    pixels = [
        warped_block(sources[index], frame, index, gains.fields[index], part, sampling) for index in which
    ]
    seen = [one[..., 3] > 0 for one in pixels]
    shown = shown_in(seams, warped, part, seen, which)
    return [(index, one, mask) for index, one, mask in zip(which, pixels, shown, strict=True)]


Read = Callable[[Rect], list[tuple[np.ndarray, np.ndarray]]]
"""(premultiplied pixels [h, w, 4], shown part [h, w] float32) of every picture that touches a rectangle."""


def blended(read: Read, part: Rect, parameters: Stitch) -> np.ndarray:
    """``part`` of the panorama, premultiplied float32. Bit-equal however the panorama is divided on the grid of blocks."""
    if parameters.blend == "none":
        return _laid(read(part), part)
    step = 2**parameters.bands
    reach = 6 * step
    wide = Rect(
        (part.left - reach) // step * step, (part.top - reach) // step * step,
        -(-(part.right + reach) // step) * step, -(-(part.bottom + reach) // step) * step,
    )  # fmt: skip
    layers = [(pixels, shown) for pixels, shown in read(wide) if shown.any()]
    inner = part.move(-wide.left, -wide.top)
    cut = np.s_[inner.top : inner.bottom, inner.left : inner.right]
    if len(layers) < 2:
        return _laid([(pixels[cut], shown[cut]) for pixels, shown in layers], part)
    alpha = np.ones((part.height, part.width), np.float32)
    most = np.ones((part.height, part.width), np.float32)
    for pixels, shown in layers:
        alpha *= 1 - pixels[cut][..., 3] * shown[cut]
        np.maximum(most, pixels[cut][..., :3].max(2), out=most)
    colour = _bands(layers, parameters.bands)[cut]
    colour = np.clip(colour, 0, most[..., None])
    alpha = 1 - alpha
    return np.concatenate((colour * alpha[..., None], alpha[..., None]), 2)


def _laid(layers: list[tuple[np.ndarray, np.ndarray]], part: Rect) -> np.ndarray:
    """One over the other, as a group of masked layers is shown."""
    found = np.zeros((part.height, part.width, 4), np.float32)
    for pixels, shown in layers:
        top = pixels * shown[..., None]
        found *= 1 - top[..., 3:]
        found += top
    return found


def _bands(layers: list[tuple[np.ndarray, np.ndarray]], bands: int) -> np.ndarray:
    """Straight colours [h, w, 3]: each frequency band is joined over a width of its own size (Burt and Adelson, A
    multiresolution spline with application to image mosaics, 1983)."""
    sums: list[np.ndarray] = []
    weights: list[np.ndarray] = []
    for pixels, shown in layers:
        now = filled(pixels[..., :3], pixels[..., 3], bands)
        weight = np.ascontiguousarray(shown, dtype=np.float32) * (pixels[..., 3] > 0)
        for level in range(bands + 1):
            band, less = now, None
            if level < bands:
                less = cv2.pyrDown(now)
                band = now - cv2.pyrUp(less, dstsize=(now.shape[1], now.shape[0]))
            if len(sums) <= level:
                sums.append(band * weight[..., None])
                weights.append(weight)
            else:
                sums[level] += band * weight[..., None]
                weights[level] = weights[level] + weight
            if less is not None:
                now, weight = less, cv2.pyrDown(weight)
    found = sums[-1] / np.maximum(weights[-1], 1e-6)[..., None]
    for total, weight in zip(sums[-2::-1], weights[-2::-1], strict=True):
        found = cv2.pyrUp(found, dstsize=(total.shape[1], total.shape[0]))
        found += total / np.maximum(weight, 1e-6)[..., None]
    return found


def backdrop_at(seams: Seams, zoom: float, part: Rect) -> np.ndarray:
    """The smooth filling [h, w, 3] of ``part``."""
    height, width = seams.backdrop.shape[:2]
    x = np.clip((np.arange(part.left, part.right) + 0.5) * zoom - 0.5, 0, width - 1)
    y = np.clip((np.arange(part.top, part.bottom) + 0.5) * zoom - 0.5, 0, height - 1)
    grid = np.meshgrid(np.float32(x), np.float32(y))
    return cv2.remap(seams.backdrop, *grid, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def area_of(warped: Warped, seams: Seams, parameters: Stitch) -> Rect:
    """What of the frame becomes the panorama."""
    whole = Rect(0, 0, warped.frame.width, warped.frame.height)
    return seams.inner if parameters.border == "crop" and not seams.inner.empty else whole


def composed(
    sources: Sequence[Source], warped: Warped, gains: Gains, seams: Seams, parameters: Stitch, dtype: np.dtype
) -> Iterator[float | Surface]:
    """Yields the part done, and last the panorama as a surface whose origin is that of the frame."""
    area = area_of(warped, seams, parameters)

    def read(part: Rect) -> list[tuple[np.ndarray, np.ndarray]]:
        found = read_part(sources, warped, gains, seams, parameters.sampling, part)
        return [(pixels, shown.astype(np.float32)) for _, pixels, shown in found]

    surface, parts = Surface(dtype=dtype), blocks(area)
    for done, part in enumerate(parts):
        pixels = blended(read, part, parameters)
        if parameters.border == "fill":
            behind = backdrop_at(seams, warped.zoom, part)
            pixels[..., :3] += behind * (1 - pixels[..., 3:])
            pixels[..., 3] = 1
        surface = surface.write(part, pixels.astype(dtype))
        yield (done + 1) / len(parts)
    yield surface


def layered(
    sources: Sequence[Source], warped: Warped, gains: Gains, seams: Seams, parameters: Stitch, dtype: np.dtype
) -> Iterator[float | tuple[tuple[Surface, Mask], ...]]:
    """Yields the part done, and last each picture warped, with its seam as a mask; the frame's origin is theirs."""
    frame = warped.frame
    surfaces = [Surface(dtype=dtype) for _ in sources]
    masks = [Mask(default=0.0) for _ in sources]
    parts = blocks(Rect(0, 0, frame.width, frame.height))
    for done, part in enumerate(parts):
        for index, pixels, shown in read_part(sources, warped, gains, seams, parameters.sampling, part):
            surfaces[index] = surfaces[index].write(part, pixels.astype(dtype))
            masks[index] = masks[index].write(part, shown.astype(np.float16))
        yield (done + 1) / len(parts)
    yield tuple(zip(surfaces, masks, strict=True))
