"""The colours of a ``.cube`` table: looks and film stocks made elsewhere."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import Planes, recoloured
from studio.raster.cube import Cube, NoCube, packed, read, unpacked
from studio.recipe import QT_TRANSLATE_NOOP, Attached, RecipeError, declare

WORDS = (QT_TRANSLATE_NOOP("recipe", "tetrahedral"), QT_TRANSLATE_NOOP("recipe", "trilinear"))
"""Words of the choices below, which their declarations hold as plain literals."""
NO_TABLE = QT_TRANSLATE_NOOP("recipe", "“{file}” is no colour table of the kind .cube ({reason})")


def content_of(name: str, data: bytes) -> str:
    """What is kept of a ``.cube`` file. Raises RecipeError naming it."""
    try:
        return packed(read(data.decode("utf-8-sig", errors="replace")))
    except NoCube as error:
        raise RecipeError(NO_TABLE, file=name, reason=error) from None


class Lut(msgspec.Struct, frozen=True, kw_only=True):
    lut: Annotated[
        Attached,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colour table"),
            description=QT_TRANSLATE_NOOP("recipe", "A .cube file; the picture keeps what stands in it."),
            endings=(".cube",),
            reader=content_of,
        ),
    ] = Attached()
    between: Annotated[
        Literal["tetrahedral", "trilinear"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Between entries"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Tetrahedral keeps greys cleaner; trilinear is smoother."
            ),
        ),
    ] = "tetrahedral"
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the change is taken."),
        ),
    ] = 1.0

    def __post_init__(self) -> None:
        """Raises ValueError for a table that cannot be read, which ``recipe`` refuses like any other wrong value."""
        if self.lut.content:
            unpacked(self.lut.content)


def lut(pixels: np.ndarray, parameters: Lut, _place: Place) -> np.ndarray:
    if not parameters.lut.content:
        return recoloured(pixels, lambda colours: colours)
    cube = unpacked(parameters.lut.content)
    columns = [np.ascontiguousarray(cube.table[..., channel]).reshape(-1) for channel in range(3)]
    strength = np.float32(parameters.strength)
    looked = (
        _alone if not cube.is_3d else _in_tetrahedra if parameters.between == "tetrahedral" else _in_boxes
    )

    def work(colours: Planes) -> Planes:
        inside = [
            np.clip(plane, np.float32(low), np.float32(high))
            for plane, low, high in zip(colours, cube.low, cube.high, strict=True)
        ]
        made = looked(cube, columns, inside)
        return [
            plane + strength * (new - within)
            for plane, new, within in zip(colours, made, inside, strict=True)
        ]

    return recoloured(pixels, work)


def _places(cube: Cube, colours: Planes) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """For each channel the index of the entry below, and how far it is to the next."""
    indices, parts = [], []
    for plane, low, high in zip(colours, cube.low, cube.high, strict=True):
        place = (plane - np.float32(low)) * np.float32((cube.size - 1) / (high - low))
        index = np.clip(place, 0, cube.size - 2).astype(np.int32)
        indices.append(index)
        parts.append(place - index)
    return indices, parts


def _alone(cube: Cube, columns: list[np.ndarray], colours: Planes) -> Planes:
    made = []
    for column, index, part in zip(columns, *_places(cube, colours), strict=True):
        low = np.take(column, index)
        made.append(low + part * (np.take(column, index + 1) - low))
    return made


def _in_boxes(cube: Cube, columns: list[np.ndarray], colours: Planes) -> Planes:
    (red, green, blue), (r, g, b) = _places(cube, colours)
    start = (blue * cube.size + green) * cube.size + red
    made = []
    for column in columns:
        layers = []
        for z in (0, cube.size * cube.size):
            rows = []
            for y in (0, cube.size):
                low = np.take(column, start + (y + z))
                rows.append(low + r * (np.take(column, start + (y + z + 1)) - low))
            layers.append(rows[0] + g * (rows[1] - rows[0]))
        made.append(layers[0] + b * (layers[1] - layers[0]))
    return made


def _in_tetrahedra(cube: Cube, columns: list[np.ndarray], colours: Planes) -> Planes:
    """From the darkest corner of the box along the axis with the greatest part first, then the middle, then the least."""
    (red, green, blue), (r, g, b) = _places(cube, colours)
    start = (blue * cube.size + green) * cube.size + red
    steps = np.array([1, cube.size, cube.size * cube.size], np.int32)
    most, least = np.maximum(np.maximum(r, g), b), np.minimum(np.minimum(r, g), b)
    middle = np.maximum(np.minimum(r, g), np.minimum(np.maximum(r, g), b))
    first = np.where(r == most, steps[0], np.where(g == most, steps[1], steps[2]))
    last = np.where(b == least, steps[2], np.where(g == least, steps[1], steps[0]))
    # where all parts are equal the way does not matter, only that it takes each axis once
    np.copyto(last, steps[2], where=most == least)
    one, two, three = start + first, start + (int(steps.sum()) - last), start + int(steps.sum())
    made = []
    for column in columns:
        plane = (1 - most) * np.take(column, start)
        plane += (most - middle) * np.take(column, one)
        plane += (middle - least) * np.take(column, two)
        plane += least * np.take(column, three)
        made.append(plane)
    return made


LUT = FilterKind(
    name="lut",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Encoded colours, cut to the domain of the table, are looked up in it: n entries for each channel, or n × n × n "
        "for all three, red fastest (Cube LUT Specification 1.0, Adobe Systems, 2013). Between entries of the three-"
        "dimensional table colours are mixed from the four corners of the tetrahedron that is reached from the darkest "
        "corner along the axes in the order of their parts, greatest first (Kasson et al., 1995), or linearly from eight. "
        "The change times the strength is added, so what lies beyond the domain keeps its excess.",
    ),
    parameters=Lut,
    function=lut,
)

KINDS = (LUT,)
