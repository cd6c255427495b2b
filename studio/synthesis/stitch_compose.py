"""The panorama at full size, block by block: pictures warped, seams enlarged, bands blended."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import cv2
import numpy as np

from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.stopping import heard, heed, stop_here
from studio.raster.surface import Surface
from studio.synthesis.stitch_projection import inside, origin_of, sampled
from studio.synthesis.stitch_seams import filled, gain_at
from studio.synthesis.stitch_values import Frame, Gains, Seams, Source, Stitch, Warped

SIDE = 1024
MARGIN = 6
AT_A_TIME = 2
REACH = 6
"""Times 2 to the power of the bands: farther than this nothing acts on a pixel through a pyramid of 5 × 5 kernels."""


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
    mask = seen.view(np.uint8)
    (left, right, *_), (top, bottom, *_) = cv2.minMaxLoc(x, mask), cv2.minMaxLoc(y, mask)
    whole = Rect(0, 0, *source.size)
    if not seen.any():
        return np.zeros((part.height, part.width, 4), np.float32)
    near = Rect(
        int(left) - MARGIN, int(top) - MARGIN, int(right) + MARGIN + 2, int(bottom) + MARGIN + 2
    ).intersect(whole)
    pixels = widen(source.surface.read(near.move(source.rect.left, source.rect.top)))
    x -= near.left
    y -= near.top
    outside = None if seen.all() else ~seen
    if outside is not None:
        x[outside], y[outside] = 0, 0
    found = sampled(pixels, x, y, sampling)
    gains = gain_at(field, frame.rects[index], part)
    found *= np.concatenate((gains, np.ones((*gains.shape[:2], 1), np.float32)), 2)
    np.maximum(found, 0, out=found)  # what the cubic undershoots
    if pixels[..., 3].min() >= 1:
        found[..., 3] = 1
    else:
        np.minimum(found[..., 3], 1, out=found[..., 3])
    if outside is not None:
        found[outside] = 0
    return found


def needed(seams: Seams, warped: Warped, index: int, part: Rect, reach: int, step: int) -> Rect | None:
    """What of picture ``index`` has a say in ``part``: where it is shown and ``reach`` pixels around, on a grid of ``step``.

    None where it is not shown in ``part``. Two reduced pixels around its claim are taken as shown, too.
    """
    place, zoom = warped.places[index], warped.zoom
    left, top = int(part.left * zoom) - place.left - 2, int(part.top * zoom) - place.top - 2
    right, bottom = int(part.right * zoom) - place.left + 3, int(part.bottom * zoom) - place.top + 3
    left, top = max(left, 0), max(top, 0)
    piece = seams.claims[index][top : max(bottom, 0), left : max(right, 0)]
    if not piece.any():
        return None
    rows, columns = np.flatnonzero(piece.any(1)), np.flatnonzero(piece.any(0))
    left, right = left + int(columns[0]) + place.left, left + int(columns[-1]) + place.left + 1
    top, bottom = top + int(rows[0]) + place.top, top + int(rows[-1]) + place.top + 1
    shown = Rect(
        int((left - 2) / zoom) - 1,
        int((top - 2) / zoom) - 1,
        int((right + 2) / zoom) + 1,
        int((bottom + 2) / zoom) + 1,
    ).intersect(part)
    if shown.empty:
        return None
    grown = Rect(
        (shown.left - reach) // step * step, (shown.top - reach) // step * step,
        -(-(shown.right + reach) // step) * step, -(-(shown.bottom + reach) // step) * step,
    )  # fmt: skip
    return grown.intersect(part)


def _shown(
    seams: Seams, warped: Warped, part: Rect, which: Sequence[tuple[int, Rect, np.ndarray]]
) -> list[np.ndarray]:
    """Boolean [h, w] per picture (number, place, pixels): a pixel belongs to the one whose reduced mask weighs most there.

    So seams are smooth at full size, and each covered pixel belongs to exactly one picture.
    """
    best = np.full((part.height, part.width), -1.0, np.float32)
    owner = np.full((part.height, part.width), -1, np.int16)
    for index, place, pixels in which:
        low = warped.places[index]
        x = ((np.arange(place.left, place.right) + 0.5) * warped.zoom - 0.5 - low.left).astype(np.float32)
        y = ((np.arange(place.top, place.bottom) + 0.5) * warped.zoom - 0.5 - low.top).astype(np.float32)
        weight = _enlarged(seams.masks[index], x, y)
        cut = _inside(place, part)
        better = (weight > best[cut]) & (pixels[..., 3] > 0)
        np.copyto(best[cut], weight, where=better)
        owner[cut][better] = index
    return [owner[_inside(place, part)] == index for index, place, _ in which]


def _inside(place: Rect, part: Rect) -> tuple[slice, slice]:
    inner = place.move(-part.left, -part.top)
    return np.s_[inner.top : inner.bottom, inner.left : inner.right]


def _enlarged(mask: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """``mask`` at the places x × y, linear between pixels, its edge repeated."""
    height, width = mask.shape
    xs, ys = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    left, top = int(xs[0]), int(ys[0])
    piece = mask[top : int(ys[-1]) + 2, left : int(xs[-1]) + 2].astype(np.float32)
    column = np.minimum((xs - left).astype(int), piece.shape[1] - 1)
    row = np.minimum((ys - top).astype(int), piece.shape[0] - 1)
    right, below = np.minimum(column + 1, piece.shape[1] - 1), np.minimum(row + 1, piece.shape[0] - 1)
    part = (ys - top - row).astype(np.float32)[:, None]
    lines = piece[row] * (1 - part) + piece[below] * part
    part = (xs - left - column).astype(np.float32)[None, :]
    return lines[:, column] * (1 - part) + lines[:, right] * part


def read_part(
    sources: Sequence[Source],
    warped: Warped,
    gains: Gains,
    seams: Seams,
    parameters: Stitch,
    part: Rect,
    reach: int,
) -> list[tuple[int, Piece]]:
    """(number, piece) of all pictures that are shown in ``part``."""
    frame, found = warped.frame, []
    step = 2**parameters.bands if reach else 1
    for index, source in enumerate(sources):
        heed()
        place = needed(seams, warped, index, part, reach, step)
        if place is not None:
            pixels = warped_block(source, frame, index, gains.fields[index], place, parameters.sampling)
            found.append((index, place, pixels))
    shown = _shown(seams, warped, part, found)
    return [(index, (place, pixels, mask)) for (index, place, pixels), mask in zip(found, shown, strict=True)]


Piece = tuple[Rect, np.ndarray, np.ndarray]
"""Where it lies, premultiplied float32 pixels [h, w, 4], shown part [h, w]: float32, or booleans that exclude each other."""
Read = Callable[[Rect, int], list[Piece]]
"""The pieces of all pictures that are shown in a rectangle, with so many pixels around what is shown."""


def blended(read: Read, part: Rect, parameters: Stitch, several: Callable[[Rect], bool]) -> np.ndarray:
    """``part`` of the panorama, premultiplied float32. ``several``: whether more than one picture is shown in a rectangle."""
    step = 2**parameters.bands
    reach = REACH * step
    wide = Rect(
        (part.left - reach) // step * step, (part.top - reach) // step * step,
        -(-(part.right + reach) // step) * step, -(-(part.bottom + reach) // step) * step,
    )  # fmt: skip
    if parameters.blend == "none" or not several(wide):
        return _laid(read(part, 0), part)
    pieces = [piece for piece in read(wide, reach) if piece[2].any()]
    cut = _inside(part, wide)
    clear = np.ones((wide.height, wide.width), np.float32)
    most = np.ones((wide.height, wide.width), np.float32)
    for place, pixels, shown in pieces:
        inner = _inside(place, wide)
        clear[inner] *= 1 - pixels[..., 3] * shown
        if pixels.max() > 1:
            np.maximum(most[inner], pixels[..., :3].max(2), out=most[inner])
    if not pieces:
        return np.zeros((part.height, part.width, 4), np.float32)
    found = np.empty((part.height, part.width, 4), np.float32)
    found[..., 3] = 1 - clear[cut]
    colour = np.maximum(_bands(pieces, wide, parameters.bands)[cut], 0)
    np.minimum(colour, _three(most[cut]), out=colour)
    found[..., :3] = colour if found[..., 3].min() >= 1 else colour * found[..., 3:]
    return found


def _laid(pieces: list[Piece], part: Rect) -> np.ndarray:
    """One over the other, as a group of masked layers is shown."""
    found = np.zeros((part.height, part.width, 4), np.float32)
    for place, pixels, shown in pieces:
        under = found[_inside(place, part)]
        if shown.dtype == bool:
            np.copyto(under, pixels, where=shown[..., None])
            continue
        top = pixels * shown[..., None]
        under *= 1 - top[..., 3:]
        under += top
    return found


def _bands(pieces: list[Piece], wide: Rect, bands: int) -> np.ndarray:
    """Straight colours [h, w, 3]: each frequency band is joined over a width of its own size (Burt and Adelson, A
    multiresolution spline with application to image mosaics, 1983).

    Beyond its edge a picture is continued by what is shown there, and where nothing is, smoothly (``filled``).
    """
    shapes = [(wide.height >> level, wide.width >> level) for level in range(bands + 1)]
    sums = [np.zeros((*shape, 3), np.float32) for shape in shapes]
    weights = [np.zeros(shape, np.float32) for shape in shapes]
    laid = _laid(pieces, wide)
    around = filled(np.ascontiguousarray(laid[..., :3]), np.ascontiguousarray(laid[..., 3]), bands)
    for place, pixels, shown in pieces:
        now, clear = np.ascontiguousarray(pixels[..., :3]), 1 - pixels[..., 3]
        if clear.any():
            now += _three(clear) * around[_inside(place, wide)]
        weight = np.float32(1) * shown * (pixels[..., 3] > 0)
        inner = place.move(-wide.left, -wide.top)
        for level in range(bands + 1):
            heed()
            cut = np.s_[
                inner.top >> level : inner.bottom >> level, inner.left >> level : inner.right >> level
            ]
            less = cv2.pyrDown(now) if level < bands else None
            band = now if less is None else now - cv2.pyrUp(less, dstsize=(now.shape[1], now.shape[0]))
            sums[level][cut] += cv2.multiply(band, _three(weight))
            weights[level][cut] += weight
            if less is not None:
                now, weight = less, cv2.pyrDown(weight)
    found: np.ndarray | None = None
    heed()
    for total, weight in zip(sums[::-1], weights[::-1], strict=True):
        total /= _three(np.maximum(weight, 1e-6))
        if found is not None:
            total += cv2.pyrUp(found, dstsize=(total.shape[1], total.shape[0]))
        found = total
    assert found is not None
    return found


def _three(values: np.ndarray) -> np.ndarray:
    """``values`` [h, w] for each of three channels; numpy is slow at spreading them itself."""
    return cv2.merge((values, values, values))


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

    def read(part: Rect, reach: int) -> list[Piece]:
        return [piece for _, piece in read_part(sources, warped, gains, seams, parameters, part, reach)]

    def several(part: Rect) -> bool:
        return sum(needed(seams, warped, index, part, 0, 1) is not None for index in range(len(sources))) > 1

    def made(part: Rect) -> np.ndarray:
        pixels = blended(read, part, parameters, several)
        if parameters.border == "fill":
            behind = backdrop_at(seams, warped.zoom, part)
            pixels[..., :3] += behind * (1 - pixels[..., 3:])
            pixels[..., 3] = 1
        return as_type(pixels, dtype)

    surface, parts = Surface(dtype=dtype), blocks(area)
    for done, (part, pixels) in enumerate(beside(made, parts)):
        surface = surface.write(part, pixels)
        yield (done + 1) / len(parts)
    yield surface


def beside(made: Callable[[Rect], np.ndarray], parts: Sequence[Rect]) -> Iterator[tuple[Rect, np.ndarray]]:
    """(part, its pixels) in order, two of them made at a time: numpy uses one core, OpenCV not all of them all the time.

    Closing it waits for no more than what is being made, which hears a stop.
    """
    stop = stop_here()

    def heeding(part: Rect) -> np.ndarray:
        with heard(stop):
            heed()
            return made(part)

    waiting: deque[tuple[Rect, Future[np.ndarray]]] = deque()
    with ThreadPoolExecutor(AT_A_TIME, "stitch") as pool:
        try:
            for part in parts:
                waiting.append((part, pool.submit(heeding, part)))
                if len(waiting) > AT_A_TIME:
                    first, pixels = waiting.popleft()
                    yield first, pixels.result()
            while waiting:
                first, pixels = waiting.popleft()
                yield first, pixels.result()
        finally:
            for _, future in waiting:
                future.cancel()


def layered(
    sources: Sequence[Source], warped: Warped, gains: Gains, seams: Seams, parameters: Stitch, dtype: np.dtype
) -> Iterator[float | tuple[tuple[Surface, Mask], ...]]:
    """Yields the part done, and last each picture warped, with its seam as a mask; the frame's origin is theirs."""
    frame = warped.frame
    surfaces = [Surface(dtype=dtype) for _ in sources]
    masks = [Mask(default=0.0) for _ in sources]
    parts = blocks(Rect(0, 0, frame.width, frame.height))
    for done, part in enumerate(parts):
        for index, pixels, shown in _whole_part(sources, warped, gains, seams, parameters, part):
            surfaces[index] = surfaces[index].write(part, as_type(pixels, dtype))
            masks[index] = masks[index].write(part, shown.astype(np.float16))
        yield (done + 1) / len(parts)
    yield tuple(zip(surfaces, masks, strict=True))


def _whole_part(
    sources: Sequence[Source], warped: Warped, gains: Gains, seams: Seams, parameters: Stitch, part: Rect
) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """(number, pixels, shown) of every picture that touches ``part``, whether it is shown there or not."""
    frame, found = warped.frame, []
    for index, source in enumerate(sources):
        heed()
        if not frame.rects[index].intersect(part).empty:
            pixels = warped_block(source, frame, index, gains.fields[index], part, parameters.sampling)
            found.append((index, part, pixels))
    shown = _shown(seams, warped, part, found)
    return [(index, pixels, mask) for (index, _, pixels), mask in zip(found, shown, strict=True)]
