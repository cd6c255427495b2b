"""A panorama at the size in which its seams were sought: to be judged before it is made."""

from __future__ import annotations

import cv2
import numpy as np

from studio.raster.geometry import Rect
from studio.synthesis.stitch import Plan
from studio.synthesis.stitch_values import Stitch


def preview(plan: Plan, parameters: Stitch, longest: int) -> np.ndarray:
    """Premultiplied float32 [h, w, 4], its longer side at most ``longest`` pixels: each picture where its seam shows it, with
    its gain, the seams hard; cut as ``border`` says."""
    warped = plan.warped
    places = warped.places
    frame = Rect(0, 0, max(place.right for place in places), max(place.bottom for place in places))
    out = np.zeros((frame.height, frame.width, 4), np.float32)
    for picture, place, mask, field in zip(
        warped.pictures, places, plan.seams.masks, plan.gains.fields, strict=True
    ):
        size = (place.width, place.height)
        gain = cv2.resize(field.astype(np.float32), size, interpolation=cv2.INTER_LINEAR).reshape(
            *size[::-1], 3
        )
        pixels = picture.copy()
        pixels[..., :3] = np.minimum(pixels[..., :3] * gain, pixels[..., 3:])
        shown = mask > 127
        out[place.top : place.bottom, place.left : place.right][shown] = pixels[shown]
    area = plan.area(parameters)
    zoom = warped.zoom
    part = Rect(
        int(area.left * zoom), int(area.top * zoom), max(1, int(area.right * zoom)), max(1, int(area.bottom * zoom))
    ).intersect(frame)  # fmt: skip
    if not part.empty:
        out = out[part.top : part.bottom, part.left : part.right]
    scale = longest / max(out.shape[:2])
    if scale < 1:
        size = (max(1, round(out.shape[1] * scale)), max(1, round(out.shape[0] * scale)))
        out = cv2.resize(out, size, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(out)
