"""Painting several strokes at once: mirrored across axes, turned around a centre."""

from __future__ import annotations

import math
from typing import Annotated

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.raster.dab import Dabs
from studio.recipe import QT_TRANSLATE_NOOP, declare

Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, tx, ty): x′ = a·x + c·y + tx, y′ = b·x + d·y + ty."""
IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MOST_FOLDS = 32
FARTHEST = 1e6
"""Pixels from the document's corner within which the centre lies."""


class Symmetry(msgspec.Struct, frozen=True, kw_only=True):
    """``folds`` copies turned around (x, y), each mirrored across the axis at ``angle`` (``mirror``: the upright one) and
    the one at right angles to it (``mirror_across``). Document pixels; degrees, clockwise.
    """

    folds: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Folds"),
            low=1,
            high=MOST_FOLDS,
            description=QT_TRANSLATE_NOOP("recipe", "Copies turned around the centre."),
        ),
    ] = 1
    mirror: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Mirror left and right"))] = False
    mirror_across: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Mirror top and bottom"))] = False
    angle: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Angle"), low=-180.0, high=180.0, unit="°")
    ] = 0.0
    x: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Centre x"), low=-FARTHEST, high=FARTHEST, unit="px")
    ] = 0.0
    y: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Centre y"), low=-FARTHEST, high=FARTHEST, unit="px")
    ] = 0.0

    @property
    def active(self) -> bool:
        return self.mirror or self.mirror_across or self.folds > 1


def images(symmetry: Symmetry) -> tuple[Affine, ...]:
    """The maps of a stroke to its copies, the identity first; each copy once."""
    turns = [_turned(math.tau * fold / symmetry.folds) for fold in range(symmetry.folds)]
    found = list(turns)
    lean = math.radians(symmetry.angle)
    if symmetry.mirror:
        found += [_times(_mirrored(lean + math.pi / 2), turn) for turn in turns]
    if symmetry.mirror_across:
        found += [_times(_mirrored(lean), turn) for turn in list(found)]
    around: dict[tuple[float, ...], Affine] = {}
    for a, b, c, d in found:
        tx = symmetry.x - a * symmetry.x - c * symmetry.y
        ty = symmetry.y - b * symmetry.x - d * symmetry.y
        around.setdefault(tuple(round(part, 9) + 0.0 for part in (a, b, c, d)), (a, b, c, d, tx, ty))
    return tuple(around.values())


def between(image: Affine, to_document: Affine, to_layer: Affine) -> Affine:
    """The map of layer pixels that shows in the document as ``image``."""
    return _after(to_layer, _after(image, to_document))


def moved(dabs: Dabs, image: Affine) -> Dabs:
    """The dabs' copies: their places and the directions of their tips go along, their sizes stay."""
    a, b, c, d, tx, ty = image
    along = np.radians(dabs.angle)
    cosine, sine = np.cos(along), np.sin(along)
    angle = np.degrees(np.arctan2(b * cosine + d * sine, a * cosine + c * sine))
    return dabs._replace(
        x=a * dabs.x + c * dabs.y + tx,
        y=b * dabs.x + d * dabs.y + ty,
        angle=angle if isinstance(dabs.angle, np.ndarray) else float(angle),
        flip=dabs.flip != (a * d - b * c < 0),
    )


def carried(symmetry: Symmetry, image: Affine) -> Symmetry:
    """The symmetry of a picture that ``image`` turned, cut or scaled: its centre and the upright axis go along.

    The other axis stays at right angles to it. Of an axis' two ends the one that points upwards gives the angle.
    """
    a, b, c, d, tx, ty = image
    x, y = a * symmetry.x + c * symmetry.y + tx, b * symmetry.x + d * symmetry.y + ty
    along = math.radians(symmetry.angle + 90.0)
    leaning = math.degrees(
        math.atan2(b * math.cos(along) + d * math.sin(along), a * math.cos(along) + c * math.sin(along))
    )
    angle = symmetry.angle if a == d > 0 and b == c == 0 else leaning % 180.0 - 90.0
    x, y = (min(max(value, -FARTHEST), FARTHEST) for value in (x, y))
    return replace(symmetry, x=x, y=y, angle=angle)


Linear = tuple[float, float, float, float]


def _turned(angle: float) -> Linear:
    return math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle)


def _mirrored(axis: float) -> Linear:
    """Across the line through the centre at angle ``axis``."""
    return math.cos(2 * axis), math.sin(2 * axis), math.sin(2 * axis), -math.cos(2 * axis)


def _times(after: Linear, before: Linear) -> Linear:
    a, b, c, d = after
    e, f, g, h = before
    return a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h


def _after(after: Affine, before: Affine) -> Affine:
    a, b, c, d, tx, ty = after
    x, y = before[4:]
    return *_times((a, b, c, d), before[:4]), a * x + c * y + tx, b * x + d * y + ty
