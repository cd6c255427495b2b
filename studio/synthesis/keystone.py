"""The perspective that stands a photographed building upright, told by where its straight lines meet."""

from __future__ import annotations

import cv2
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.problems import HealError, finite

NO_UPRIGHTS = QT_TRANSLATE_NOOP(
    "document",
    "No long lines that would be upright were found. Set the corners by hand, or crop to the building first.",
)
NO_LEVELS = QT_TRANSLATE_NOOP(
    "document",
    "No long lines that would be level were found. Stand only the uprights straight, or set the corners by hand.",
)
TOO_STEEP = QT_TRANSLATE_NOOP(
    "document", "The lines meet inside the picture, or nearly: it is too steep to be stood upright."
)
MOST = 35.0
"""Degrees from upright, or level, beyond which a line is neither."""
NEAR = 1.0
"""Degrees by which a line may miss the point where lines meet."""
TRIES = 600
_LEAST_LINE = 1 / 30
_LEAST = 0.6
"""Parts of the longer side: the shortest line that counts, and what those that meet have to measure together."""
_FOCAL = 1.0
"""Focal length in longer sides where the lines do not tell it: 36 mm on a full frame."""
_FOCAL_RANGE = (0.4, 4.0)
Corners = tuple[tuple[float, float], ...]


def corners(pixels: np.ndarray, *, level: bool = False, seed: int = 1) -> Corners:
    """Where the corners of the picture go, as parts of its width and height: upper left, upper right, lower right, lower left.

    ``pixels``: premultiplied float32 [h, w, 4]. ``level``: lines along the façade become level, too. The middle of the picture
    keeps its place and size, unless a corner would then lie beyond −1…2.

    Line segments (LSD: Grompone von Gioi, Jakubowicz, Morel, Randall, IPOL 2012) within :data:`MOST` degrees of upright vote,
    with their length, for the intersections of random pairs of them (RANSAC: Fischler and Bolles, 1981); the point of the best
    pair is refined by weighted least squares. The camera is then turned, K·R·K⁻¹, so that the point lies at infinity
    upright (Hartley and Zisserman, Multiple View Geometry, section 8.6); with two points the focal length is the one that makes
    their directions orthogonal. Raises HealError.
    """
    height, width = pixels.shape[:2]
    lines = segments(pixels)
    upright = vanishing_point(lines, upright=True, seed=seed)
    if upright is None:
        raise HealError(NO_UPRIGHTS)
    side = vanishing_point(lines, upright=False, seed=seed) if level else None
    if level and side is None:
        raise HealError(NO_LEVELS)
    laid = _placed(homography(upright, side), width, height)
    frame = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1.0]])
    moved = (laid @ _centred(frame, width, height).T).T
    if (moved[:, 2] <= 0.15).any():
        raise HealError(TOO_STEEP)
    places = moved[:, :2] / moved[:, 2:] / (width, height) + 0.5
    furthest = np.abs(places - 0.5).max()
    if furthest > 1.5:
        places = 0.5 + (places - 0.5) * (1.5 / furthest)
    return tuple((float(x), float(y)) for x, y in places)


def segments(pixels: np.ndarray) -> np.ndarray:
    """Float64 [n, 4] x₁ y₁ x₂ y₂ of the lines that are long enough, from the middle of the picture, in longer sides."""
    height, width = pixels.shape[:2]
    luma = cv2.transform(finite(pixels), np.array([[0.2126, 0.7152, 0.0722, 0]], np.float32))
    grey = (np.clip(luma.reshape(height, width), 0, 1) * 255).round().astype(np.uint8)
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0]
    if found is None:
        return np.empty((0, 4))
    longer = max(height, width)
    # LSD counts from the centre of the first pixel; here, as everywhere, that centre lies at ½
    lines = (
        np.asarray(found, np.float64).reshape(-1, 4) + 0.5 - np.tile((width / 2, height / 2), 2)
    ) / longer
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    return lines[length >= _LEAST_LINE]


def vanishing_point(lines: np.ndarray, *, upright: bool, seed: int = 1) -> np.ndarray | None:
    """Homogeneous [3], of length 1, where the lines near upright (or level) meet; None where too few do."""
    across, down = lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1]
    along = np.degrees(
        np.arctan2(np.abs(across), np.abs(down)) if upright else np.arctan2(np.abs(down), np.abs(across))
    )
    lines = lines[along <= MOST]
    if len(lines) < 2:
        return None
    ones = np.ones(len(lines))
    first = np.column_stack([lines[:, :2], ones])
    second = np.column_stack([lines[:, 2:], ones])
    through = np.cross(first, second)
    length = np.hypot(*(lines[:, 2:] - lines[:, :2]).T)
    chance = np.random.default_rng(seed)
    pairs = chance.choice(len(lines), (TRIES, 2), p=length / length.sum())
    points = np.cross(through[pairs[:, 0]], through[pairs[:, 1]])
    size = np.linalg.norm(points, axis=1)
    points = points[size > 1e-12] / size[size > 1e-12, None]
    if not len(points):
        return None
    votes = np.array([length[_meets(lines, point)].sum() for point in points])
    best = points[int(votes.argmax())]
    for _ in range(4):
        meeting = _meets(lines, best)
        if length[meeting].sum() < _LEAST or meeting.sum() < 3:
            return None
        best = _refined(lines[meeting], through[meeting], length[meeting], best)
    return best


def _refined(lines: np.ndarray, through: np.ndarray, length: np.ndarray, point: np.ndarray) -> np.ndarray:
    """The point that the lines miss least, their angles squared and weighted by their length (and by that again, because the
    ends of a short line are less sure)."""
    middle = (lines[:, :2] + lines[:, 2:]) / 2
    away = np.hypot(*(point[:2] - point[2] * middle).T)
    # The product of a line, its normal of length 1, with a point is the distance; divided by how far away it is, an angle.
    normal = through / np.hypot(through[:, 0], through[:, 1])[:, None]
    return np.linalg.svd(normal * (length / np.maximum(away, 1e-9))[:, None])[2][-1]


def _meets(lines: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Bool [n]: the direction from the middle of a line to the point is the line's own, within :data:`NEAR`."""
    middle = (lines[:, :2] + lines[:, 2:]) / 2
    towards = point[:2] - point[2] * middle
    along = lines[:, 2:] - lines[:, :2]
    cross = np.abs(towards[:, 0] * along[:, 1] - towards[:, 1] * along[:, 0])
    size = np.hypot(*towards.T) * np.hypot(*along.T)
    return cross <= np.sin(np.radians(NEAR)) * np.maximum(size, 1e-12)


def homography(upright: np.ndarray, side: np.ndarray | None) -> np.ndarray:
    """[3, 3] on places from the middle, in longer sides: the first point goes to infinity upright, the second one level."""
    focal = _FOCAL if side is None else _focal(upright, side)
    turned = _turned(upright, side, _FOCAL if focal is None else focal)
    if focal is not None or side is None:
        return turned
    # The focal length is not told: what the assumed one leaves of a slope is sheared away, uprights stay upright.
    left = turned @ side
    flat = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1.0]])
    if abs(left[0]) > 1e-9:
        flat[2, 0] = -left[2] / left[0]
        flat[1, 0] = -left[1] / left[0]
    return flat @ turned


def _focal(upright: np.ndarray, side: np.ndarray) -> float | None:
    """In longer sides, where both points lie so that they tell it."""
    if min(abs(upright[2]), abs(side[2])) < 1e-3:
        return None
    squared = -float(upright[:2] @ side[:2]) / float(upright[2] * side[2])
    low, high = _FOCAL_RANGE
    return float(np.sqrt(squared)) if low * low <= squared <= high * high else None


def _turned(upright: np.ndarray, side: np.ndarray | None, focal: float) -> np.ndarray:
    """K·R·K⁻¹ with the least turn R that stands the uprights straight; with ``side`` the façade faces the camera, too."""
    camera = np.diag((focal, focal, 1.0))
    down = _unit(np.linalg.solve(camera, upright))
    down = down if down[1] > 0 else -down
    if side is None:
        across = _least_turn(down)[0]
    else:
        across = np.linalg.solve(camera, side)
        across = _unit(across - (across @ down) * down)
        across = across if across[0] > 0 else -across
    turn = np.stack([across, down, np.cross(across, down)])
    return camera @ turn @ np.linalg.inv(camera)


def _least_turn(down: np.ndarray) -> np.ndarray:
    """[3, 3]: the rotation about the axis down × y that takes ``down`` to y (Rodrigues)."""
    axis = np.cross(down, (0.0, 1.0, 0.0))
    sine, cosine = float(np.linalg.norm(axis)), float(down[1])
    if sine < 1e-12:
        return np.eye(3)
    return cv2.Rodrigues(axis / sine * np.arctan2(sine, cosine))[0]


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def _centred(points: np.ndarray, width: int, height: int) -> np.ndarray:
    longer = max(width, height)
    return np.column_stack(
        [(points[:, 0] - width / 2) / longer, (points[:, 1] - height / 2) / longer, points[:, 2]]
    )


def _placed(matrix: np.ndarray, width: int, height: int) -> np.ndarray:
    """To pixels from the middle, which keeps its place and its size in area."""
    middle = matrix @ (0.0, 0.0, 1.0)
    if abs(middle[2]) < 0.15:
        raise HealError(TOO_STEEP)
    matrix = matrix / middle[2]
    away = np.eye(3)
    away[:2, 2] = -matrix[:2, 2]
    matrix = away @ matrix
    area = abs(float(np.linalg.det(matrix[:2, :2])))
    if area < 1e-6:
        raise HealError(TOO_STEEP)
    scale = max(width, height) / np.sqrt(area)
    return np.diag((scale, scale, 1.0)) @ matrix
