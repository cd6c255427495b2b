"""In the reduced panorama: warped pictures, gains that make them alike, and the seams between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from studio.raster.geometry import Rect
from studio.synthesis.stitch_projection import framed, inside, origin_of, sampled
from studio.synthesis.stitch_values import Cameras, Features, Gains, Seams, Stitch, Warped

BLOCK = 32
SMOOTH, ANCHOR = 0.3, 1e-3
DARKEST, LIGHTEST = 0.02, 0.98
MOST_BLOCKS = 1600
CELLS = 256


def warped(cameras: Cameras, features: Sequence[Features], parameters: Stitch) -> Warped:
    """All matched pictures at the size in which seams are sought. Raises StitchError."""
    frame = framed(cameras, parameters)
    typical = float(np.median([rect.width * rect.height for rect in frame.rects]))
    zoom = min(1.0, float(np.sqrt(parameters.seam_megapixels * 1e6 / typical)))
    pictures, places = [], []
    for index, number in enumerate(cameras.matched):
        one, rect = features[number], frame.rects[index]
        place = Rect(
            int(rect.left * zoom),
            int(rect.top * zoom),
            int(rect.right * zoom) + 1,
            int(rect.bottom * zoom) + 1,
        )
        x, y = origin_of(frame, index, place, zoom)
        seen = inside(x, y, one.size)
        height, width = one.small.shape[:2]
        x, y = (x + 0.5) * (width / one.size[0]) - 0.5, (y + 0.5) * (height / one.size[1]) - 0.5
        pixels = sampled(one.small, np.where(seen, x, 0), np.where(seen, y, 0), "linear")
        pictures.append(pixels * seen[..., None])
        places.append(place)
    return Warped(frame=frame, zoom=zoom, pictures=tuple(pictures), places=tuple(places))


def _cut(warped: Warped, index: int, part: Rect) -> np.ndarray:
    place = warped.places[index]
    inner = part.move(-place.left, -place.top)
    return warped.pictures[index][inner.top : inner.bottom, inner.left : inner.right]


def _overlaps(warped: Warped) -> Iterator[tuple[int, int, Rect]]:
    for one in range(len(warped.places)):
        for other in range(one + 1, len(warped.places)):
            part = warped.places[one].intersect(warped.places[other])
            if not part.empty:
                yield one, other, part


def gains_of(warped: Warped, parameters: Stitch) -> Gains:
    """Gains g that bring the means of overlaps together: least Σ N (log gᵢ + log Īᵢ − log gⱼ − log Īⱼ)².

    With N pixels and means Ī of an overlap in picture i and j, and weak terms for g = 1 and for neighbouring blocks alike.
    In the logarithm it is linear and, unlike with Brown and Lowe (2007, section 6), no gain is pulled to 1 by half.
    """
    count = len(warped.pictures)
    if parameters.exposure == "off":
        return Gains(fields=(np.ones((1, 1, 3), np.float32),) * count)
    grids = _grids(warped, parameters.exposure == "blocks")
    firsts = np.r_[0, np.cumsum([rows * columns for rows, columns in grids])]
    normal = np.zeros((firsts[-1], firsts[-1]))
    right = np.zeros((firsts[-1], 3))
    for one, other, part in _overlaps(warped):
        _gather(warped, one, other, part, grids, firsts, normal, right)
    weight = max(float(np.trace(normal)) / max(1, firsts[-1]), 1e-6)
    for (rows, columns), first in zip(grids, firsts[:-1], strict=True):
        _smooth(normal, rows, columns, first, SMOOTH * weight)
    normal[np.diag_indices_from(normal)] += ANCHOR * weight
    if parameters.exposure == "gain":
        right[:] = right.mean(1, keepdims=True)
    logs = np.linalg.solve(normal, right)
    fields = [
        np.exp(logs[first : first + rows * columns]).reshape(rows, columns, 3).astype(np.float32)
        for (rows, columns), first in zip(grids, firsts[:-1], strict=True)
    ]
    return Gains(fields=tuple(fields))


def _grids(warped: Warped, blocks: bool) -> list[tuple[int, int]]:
    if not blocks:
        return [(1, 1)] * len(warped.pictures)
    area = sum(one.shape[0] * one.shape[1] for one in warped.pictures)
    side = max(BLOCK, (area / MOST_BLOCKS) ** 0.5)
    return [
        (max(1, round(one.shape[0] / side)), max(1, round(one.shape[1] / side))) for one in warped.pictures
    ]


def _blocks(warped: Warped, index: int, part: Rect, grid: tuple[int, int]) -> np.ndarray:
    """The number of the block of each pixel of ``part`` in picture ``index``."""
    place, (rows, columns) = warped.places[index], grid
    down = (np.arange(part.top, part.bottom) - place.top) * rows // place.height
    across = (np.arange(part.left, part.right) - place.left) * columns // place.width
    return down[:, None] * columns + across[None, :]


def _gather(warped: Warped, one: int, other: int, part: Rect, grids, firsts, normal, right) -> None:
    """Adds the equations of one overlap."""
    ours, theirs = _cut(warped, one, part), _cut(warped, other, part)
    low = np.minimum(ours[..., :3].min(2), theirs[..., :3].min(2))
    high = np.maximum(ours[..., :3].max(2), theirs[..., :3].max(2))
    both = (ours[..., 3] > 0.99) & (theirs[..., 3] > 0.99)
    told = both & (low > DARKEST) & (high < LIGHTEST)
    if told.sum() < 16:
        told = both
    if not told.any():
        return
    key = _blocks(warped, one, part, grids[one])[told] * (grids[other][0] * grids[other][1])
    key = key + _blocks(warped, other, part, grids[other])[told]
    kinds, key = np.unique(key, return_inverse=True)
    number = np.bincount(key).astype(float)
    logs = []
    for pixels in (ours[told], theirs[told]):
        means = np.stack([np.bincount(key, pixels[:, channel]) for channel in range(3)], 1) / number[:, None]
        logs.append(np.log(np.maximum(means, 1e-3)))
    apart = logs[1] - logs[0]
    i, j = (
        firsts[where] + part_of
        for where, part_of in zip(
            (one, other), np.divmod(kinds, grids[other][0] * grids[other][1]), strict=True
        )
    )
    np.add.at(normal, (i, i), number)
    np.add.at(normal, (j, j), number)
    np.add.at(normal, (i, j), -number)
    np.add.at(normal, (j, i), -number)
    np.add.at(right, i, number[:, None] * apart)
    np.add.at(right, j, -number[:, None] * apart)


def _smooth(normal: np.ndarray, rows: int, columns: int, first: int, weight: float) -> None:
    numbers = np.arange(rows * columns).reshape(rows, columns) + first
    for one, other in ((numbers[1:], numbers[:-1]), (numbers[:, 1:], numbers[:, :-1])):
        i, j = one.ravel(), other.ravel()
        np.add.at(normal, (i, i), weight)
        np.add.at(normal, (j, j), weight)
        np.add.at(normal, (i, j), -weight)
        np.add.at(normal, (j, i), -weight)


def gain_at(field: np.ndarray, whole: Rect, part: Rect) -> np.ndarray:
    """The gains of ``part`` [h, w, 3] (or [1, 1, 3]) of a picture that lies at ``whole``; blocks are joined linearly."""
    rows, columns = field.shape[:2]
    if rows == columns == 1:
        return field
    x = (np.arange(part.left, part.right) - whole.left + 0.5) * columns / whole.width - 0.5
    y = (np.arange(part.top, part.bottom) - whole.top + 0.5) * rows / whole.height - 0.5
    grid = np.meshgrid(np.float32(np.clip(x, 0, columns - 1)), np.float32(np.clip(y, 0, rows - 1)))
    return cv2.remap(field, *grid, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def seams_of(warped: Warped, gains: Gains, parameters: Stitch) -> Iterator[float | Seams]:
    """Yields the part done, and last where each picture is shown.

    Nearest middle first (a Voronoi diagram of the pictures), then graph cuts of each overlap along which colours and their
    gradients differ least (Kwatra et al., Graphcut textures, 2003; OpenCV's GraphCutSeamFinder).
    """
    level = [
        pixels[..., :3] * gain_at(field, place, place)
        for pixels, field, place in zip(warped.pictures, gains.fields, warped.places, strict=True)
    ]
    masks = [np.where(pixels[..., 3] > 0.5, np.uint8(255), np.uint8(0)) for pixels in warped.pictures]
    overlaps = list(_overlaps(warped))
    finder = cv2.detail_GraphCutSeamFinder("COST_COLOR_GRAD")  # type: ignore[attr-defined]
    for done, (one, other, part) in enumerate(overlaps):
        if parameters.seams == "middle":
            _parted(warped, masks, one, other, part)
        elif (_mask_of(warped, masks, one, part) & _mask_of(warped, masks, other, part)).any():
            corners = [(place.left, place.top) for place in (warped.places[one], warped.places[other])]
            pictures = [np.ascontiguousarray(np.clip(level[i], 0, 4)) for i in (one, other)]
            found = finder.find(pictures, corners, [masks[one], masks[other]])
            masks[one], masks[other] = (mask.get() if isinstance(mask, cv2.UMat) else mask for mask in found)
        yield (done + 1) / len(overlaps)
    yield Seams(
        masks=tuple(masks),
        claims=_claims(warped, masks),
        backdrop=_backdrop(warped, level, masks),
        inner=_inner(warped),
    )


def _claims(warped: Warped, masks: Sequence[np.ndarray]) -> tuple[np.ndarray, ...]:
    """Where each picture is shown, or seen where the edge of the one that is shown is near: at full size it may end sooner."""
    height, width = _canvas(warped)
    sure, around = np.zeros((height, width), np.uint8), np.ones((5, 5), np.uint8)
    for pixels, mask, place in zip(warped.pictures, masks, warped.places, strict=True):
        deep = cv2.erode((pixels[..., 3] > 0.99).astype(np.uint8), around, borderValue=0)
        sure[place.top : place.bottom, place.left : place.right] |= deep & mask
    found = []
    for pixels, mask, place in zip(warped.pictures, masks, warped.places, strict=True):
        seen = cv2.dilate((pixels[..., 3] > 0).astype(np.uint8), around)
        unsure = sure[place.top : place.bottom, place.left : place.right] == 0
        found.append(np.where((mask > 0) | (unsure & (seen > 0)), np.uint8(255), np.uint8(0)))
    return tuple(found)


def _mask_of(warped: Warped, masks: list[np.ndarray], index: int, part: Rect) -> np.ndarray:
    place = warped.places[index]
    inner = part.move(-place.left, -place.top)
    return masks[index][inner.top : inner.bottom, inner.left : inner.right]


def _parted(warped: Warped, masks: list[np.ndarray], one: int, other: int, part: Rect) -> None:
    """Gives each pixel of an overlap to the picture in which it lies farther from the edge."""
    depth = []
    for index in (one, other):
        seen = cv2.copyMakeBorder(
            (warped.pictures[index][..., 3] > 0.5).astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT
        )
        place = warped.places[index]
        inner = part.move(-place.left + 1, -place.top + 1)
        far = cv2.distanceTransform(seen, cv2.DIST_L2, 5)
        depth.append(far[inner.top : inner.bottom, inner.left : inner.right])
    ours, theirs = _mask_of(warped, masks, one, part), _mask_of(warped, masks, other, part)
    both = (ours > 0) & (theirs > 0)
    theirs[both & (depth[0] >= depth[1])] = 0
    ours[both & (depth[0] < depth[1])] = 0


def _canvas(warped: Warped) -> tuple[int, int]:
    places = warped.places
    return max(place.bottom for place in places), max(place.right for place in places)


def _backdrop(warped: Warped, level: Sequence[np.ndarray], masks: Sequence[np.ndarray]) -> np.ndarray:
    """The reduced panorama, float32 [h, w, 3], its missing parts filled smoothly from what surrounds them."""
    height, width = _canvas(warped)
    colour, alpha = np.zeros((height, width, 3), np.float32), np.zeros((height, width), np.float32)
    for pixels, mask, place in zip(level, masks, warped.places, strict=True):
        shown = mask > 0
        colour[place.top : place.bottom, place.left : place.right][shown] = pixels[shown]
        alpha[place.top : place.bottom, place.left : place.right][shown] = 1
    return filled(colour, alpha, 16)


def filled(colour: np.ndarray, alpha: np.ndarray, depth: int) -> np.ndarray:
    """``colour`` [h, w, 3], premultiplied by ``alpha`` [h, w], with colours everywhere: pull and push over ``depth`` levels
    (Gortler et al., The lumigraph, 1996)."""
    if depth == 0 or min(alpha.shape) < 4 or alpha.min() >= 1:
        return colour / np.maximum(alpha, 1e-6)[..., None]
    less, least = cv2.pyrDown(colour), cv2.pyrDown(alpha)
    rest = filled(less, least, depth - 1)
    size = alpha.shape[1], alpha.shape[0]
    return colour + np.maximum(1 - alpha, 0)[..., None] * cv2.pyrUp(rest, dstsize=size)


def _inner(warped: Warped) -> Rect:
    """The largest rectangle of the full panorama that pictures cover, from the reduced one, a little inside."""
    height, width = _canvas(warped)
    covered = np.zeros((height, width), np.uint8)
    for pixels, place in zip(warped.pictures, warped.places, strict=True):
        covered[place.top : place.bottom, place.left : place.right] |= pixels[..., 3] > 0.99
    covered = cv2.erode(covered, np.ones((3, 3), np.uint8), borderValue=0)
    step = max(1, -(-max(height, width) // CELLS))
    rows, columns = height // step, width // step
    cells = covered[: rows * step, : columns * step].reshape(rows, step, columns, step).min((1, 3))
    left, top, right, bottom = (side * step / warped.zoom for side in largest_rectangle(cells > 0))
    whole = Rect(0, 0, warped.frame.width, warped.frame.height)
    return Rect(int(left) + 1, int(top) + 1, int(right), int(bottom)).intersect(whole)


def largest_rectangle(cells: np.ndarray) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of the largest rectangle of true cells [rows, columns]; empty where there is none."""
    best, found = 0, (0, 0, 0, 0)
    tall = np.zeros(cells.shape[1] + 1, int)
    for row, line in enumerate(cells):
        tall[:-1] = np.where(line, tall[:-1] + 1, 0)
        stack: list[tuple[int, int]] = []
        for column, now in enumerate(tall.tolist()):
            start = column
            while stack and stack[-1][1] >= now:
                start, height = stack.pop()
                if height * (column - start) > best:
                    best, found = height * (column - start), (start, row + 1 - height, column, row + 1)
            stack.append((start, now))
    return found
