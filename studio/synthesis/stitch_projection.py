"""Projections: where a picture lies in the panorama, and where in the picture a pixel of the panorama comes from."""

from __future__ import annotations

import math

import cv2
import numpy as np

from studio.raster.geometry import Rect
from studio.synthesis.stitch_values import (
    MOST_PIXELS,
    TOO_LARGE,
    TOO_WIDE,
    Cameras,
    Frame,
    Stitch,
    StitchError,
)

WIDE = math.radians(80)
FLATTEST = math.radians(150)
SAMPLINGS = {"linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC, "lanczos": cv2.INTER_LANCZOS4}


def framed(cameras: Cameras, parameters: Stitch) -> Frame:
    """The panorama's size and the place of each picture in it. Raises StitchError."""
    facing = cameras.project @ turned(parameters, cameras.flat).T
    outlines = [_outline(project, size) for project, size in zip(facing, cameras.sizes, strict=True)]
    projection = "flat" if cameras.flat else parameters.projection
    if projection == "auto":
        projection = _suited(outlines)
    scale = cameras.focal * parameters.scale
    places = [_placed(rays, projection) * scale for rays in outlines]
    boxes = [(*place.min(0), *place.max(0)) for place in places]
    # A first picture that is only moved falls on whole pixels and so stays as sharp as it is.
    grid = places[0][0] % 1 if cameras.flat else (0.0, 0.0)
    left = math.floor(min(box[0] for box in boxes) - grid[0] + 1e-3) + float(grid[0])
    top = math.floor(min(box[1] for box in boxes) - grid[1] + 1e-3) + float(grid[1])
    right, bottom = math.ceil(max(box[2] for box in boxes)), math.ceil(max(box[3] for box in boxes))
    around = 2 * math.pi * scale
    circles = projection in ("cylindrical", "spherical") and right - left > around
    width = math.ceil(around if circles else right - left + 1)
    height = math.ceil(bottom - top + 1)
    if width * height > MOST_PIXELS:
        raise StitchError(TOO_LARGE, width=width, height=height)
    whole = Rect(0, 0, width, height)
    rects = []
    for box in boxes:
        rect = Rect(
            math.floor(box[0] - left), math.floor(box[1] - top),
            math.ceil(box[2] - left) + 1, math.ceil(box[3] - top) + 1,
        )  # fmt: skip
        if circles and rect.right > width:
            rect = Rect(0, rect.top, width, rect.bottom)
        rects.append(rect.intersect(whole))
    return Frame(
        projection=projection, scale=scale, left=left, top=top, width=width, height=height,
        project=facing, sizes=cameras.sizes, rects=tuple(rects),
    )  # fmt: skip


def turned(parameters: Stitch, flat: bool) -> np.ndarray:
    """[3, 3]: how rays are turned before they are projected: first about the upright axis (yaw), then up or down (pitch),
    then about the line of sight (roll, clockwise). What is flat is only rolled."""
    about = [(0.0, 0.0, parameters.roll)]
    if not flat:
        about = [(0.0, parameters.yaw, 0.0), (-parameters.pitch, 0.0, 0.0), *about]
    turn = np.eye(3)
    for axis in about:
        if any(axis):
            turn = cv2.Rodrigues(np.radians(axis))[0] @ turn
    return turn


def _outline(project: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Rays [n, 3] through the edge and the middle lines of a picture."""
    width, height = size
    across, down = np.linspace(0, width - 1, 65), np.linspace(0, height - 1, 65)
    points = [np.c_[across, np.full(65, y)] for y in (0, (height - 1) / 2, height - 1)]
    points += [np.c_[np.full(65, x), down] for x in (0, (width - 1) / 2, width - 1)]
    return np.c_[np.concatenate(points), np.ones(390)] @ np.linalg.inv(project).T


def _angles(rays: np.ndarray) -> np.ndarray:
    """(longitude, latitude) [n, 2]; longitudes run on around that of the picture's middle."""
    middle = rays[65 + 32]
    towards = math.atan2(middle[0], middle[2])
    longitude = np.arctan2(rays[:, 0], rays[:, 2]) - towards
    longitude = (longitude + np.pi) % (2 * np.pi) - np.pi + towards
    return np.c_[longitude, np.arctan2(rays[:, 1], np.hypot(rays[:, 0], rays[:, 2]))]


def _suited(outlines: list[np.ndarray]) -> str:
    angles = np.concatenate([_angles(rays) for rays in outlines])
    across, down = np.ptp(angles, 0)
    if across <= WIDE and down <= WIDE:
        return "perspective"
    return "cylindrical" if np.abs(angles[:, 1]).max() <= math.radians(55) else "spherical"


def _placed(rays: np.ndarray, projection: str) -> np.ndarray:
    """Points of the unscaled panorama [n, 2]. Raises StitchError where a flat one has none."""
    if projection in ("flat", "perspective"):
        behind = rays[:, 2] <= 1e-3 * np.abs(rays).max()
        if behind.any() or (projection == "perspective" and np.abs(_angles(rays)[:, 0]).max() > FLATTEST / 2):
            raise StitchError(TOO_WIDE)
        return rays[:, :2] / rays[:, 2:]
    angles = _angles(rays)
    if projection == "cylindrical":
        height = np.tan(np.clip(angles[:, 1], -math.radians(80), math.radians(80)))
        return np.c_[angles[:, 0], height]
    return angles


def origin_of(frame: Frame, index: int, rect: Rect, zoom: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """(x, y) float32 [h, w]: the pixel of picture ``index`` at each pixel of ``rect`` of the panorama reduced by ``zoom``.

    −1e6 where the picture has none, behind the camera.
    """
    u = ((np.arange(rect.left, rect.right) + 0.5) / zoom - 0.5 + frame.left) / frame.scale
    v = ((np.arange(rect.top, rect.bottom) + 0.5) / zoom - 0.5 + frame.top) / frame.scale
    one = np.ones_like
    # A ray is along · spread(v) + across(v): what depends on one coordinate alone is computed once per row or column.
    if frame.projection == "cylindrical":
        along, spread, across = (np.sin(u), 0 * u, np.cos(u)), one(v), v
    elif frame.projection == "spherical":
        along, spread, across = (np.sin(u), 0 * u, np.cos(u)), np.cos(v), np.sin(v)
    else:
        along, spread, across = (u, 0 * u, one(u)), one(v), v
    matrix = frame.project[index]
    columns = matrix @ np.stack(along)
    rows = matrix[:, 1:2] * across
    x, y, depth = (
        column[None, :] * spread.astype(np.float32)[:, None] + row[:, None]
        for column, row in zip(columns.astype(np.float32), rows.astype(np.float32), strict=True)
    )
    behind = depth <= 1e-6
    np.copyto(depth, np.float32(1), where=behind)
    x /= depth
    y /= depth
    x[behind], y[behind] = -1e6, -1e6
    return x, y


def sampled(pixels: np.ndarray, x: np.ndarray, y: np.ndarray, sampling: str) -> np.ndarray:
    """``pixels`` [h, w, 4] at (x, y), its outermost pixels mirrored beyond them."""
    return cv2.remap(pixels, x, y, SAMPLINGS[sampling], borderMode=cv2.BORDER_REFLECT_101)


def inside(x: np.ndarray, y: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Where (x, y) lies on the picture: the centres of its outermost pixels are its edge."""
    return (x >= 0) & (y >= 0) & (x <= size[0] - 1) & (y <= size[1] - 1)
