"""What every way to make one picture of several declares, and how the pictures are looked at before."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any

import msgspec
import numpy as np

from studio import recipe
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP

STRIP_PIXELS = 1 << 16
"""Pixels worked on between two yields."""
TOO_FEW = QT_TRANSLATE_NOOP("recipe", "{name} needs at least {least} pictures; it was given {count}")
OTHER_SIZE = QT_TRANSLATE_NOOP(
    "recipe",
    "{picture} has {width} × {height} pixels, the first picture {first_width} × {first_height}; make them equal first",
)
MASK = QT_TRANSLATE_NOOP("recipe", "mask")
EMPTY_MASK = QT_TRANSLATE_NOOP(
    "recipe",
    "The mask is black everywhere, so the upper pictures would count nowhere. Make it white where they are to count.",
)
NO_ENGINE = QT_TRANSLATE_NOOP(
    "recipe", '“{name}” needs the engine, which is not installed here. Run: pip install "danqing[engine]"'
)

Steps = Generator[float, None, np.ndarray]
"""Yields the part done, 0–1; returns the picture."""
FuseFunction = Callable[[Sequence[np.ndarray], Any, np.ndarray | None], Steps]
MapsFunction = Callable[[Sequence[np.ndarray], Any, Sequence[np.ndarray]], Steps]
"""(pictures, parameters, a map [h, w] of each picture) → as a FuseFunction."""


class FuseError(ValueError):
    """Pictures that cannot be fused; ``text`` is source text of context ``recipe`` with ``arguments``."""

    def __init__(self, text: str, /, **arguments: object) -> None:
        self.text = text
        self.arguments = {name: str(value) for name, value in arguments.items()}
        super().__init__(text.format(**arguments))


def pixels_reduced(values: Any, scale: float) -> Any:
    """The values with those that are lengths in pixels made for pictures ``scale`` times as large, within their ranges."""
    changed: dict[str, float] = {}
    for one in recipe.parameters(type(values)):
        if one.unit == "px":
            found = getattr(values, one.name) * scale
            found = max(found, found if one.low is None else one.low)
            changed[one.name] = round(found) if one.kind == "integer" else found
    return msgspec.structs.replace(values, **changed)


class Fusion(msgspec.Struct, frozen=True, kw_only=True):
    """One way to make one picture of several of the same size; a change of pixels raises ``version``.

    ``function`` gets premultiplied float32 pictures [h, w, 4], the lowest first, encoded in one space, without NaN, never
    writes them, and a mask [h, w] float32 0–1 or None. ``pasted``: the same for two pictures, giving only what lies on
    the first. ``local``: a pixel of the result depends on that pixel of the pictures alone, so parts equal the whole.
    ``masked``: the mask does something. ``same_size``: the pictures have to be equally large. ``with_maps``: what works in
    place of ``function`` for a method whose weights a network makes, ``engine`` being the engine filter that makes them.
    ``reduced``: the parameters that do to pictures made ``scale`` (0–1) times as large what the given ones do to the whole.
    """

    name: str
    version: int
    title: str
    description: str
    parameters: type[msgspec.Struct]
    function: FuseFunction | None = None
    pasted: FuseFunction | None = None
    least: int = 2
    local: bool = False
    masked: bool = False
    same_size: bool = True
    with_maps: MapsFunction | None = None
    engine: str = ""
    reduced: Callable[[Any, float], Any] = pixels_reduced

    def fuse(
        self,
        pictures: Sequence[np.ndarray],
        parameters: Any,
        mask: np.ndarray | None = None,
        *,
        names: Sequence[str] = (),
        part: bool = False,
        maps: Sequence[np.ndarray] = (),
    ) -> Steps:
        """New premultiplied float32 [h, w, 4]. What is no finite number in a picture or mask counts as 0.

        ``names``: what the pictures are called in errors. ``part``: only what lies on the first picture (``pasted``).
        ``maps``: what the engine filter ``engine`` makes of each picture, float32 [h, w].
        Raises FuseError for the number of pictures, their sizes, or missing maps, RecipeError for a parameter outside its
        range.
        """
        parameters = recipe.check(parameters)
        self._check(pictures, mask, names)
        clean = []
        for picture in pictures:
            clean.append(finite(picture))
            yield 0.0
        if mask is not None:
            mask = np.clip(finite(mask), 0, 1)
        if self.with_maps is not None:
            if len(maps) != len(pictures):
                raise FuseError(NO_ENGINE, name=self.name)
            return (yield from self.with_maps(clean, parameters, [finite(one) for one in maps]))
        function = self.pasted if part and self.pasted is not None else self.function
        assert function is not None
        return (yield from function(clean, parameters, mask))

    def _check(self, pictures: Sequence[np.ndarray], mask: np.ndarray | None, names: Sequence[str]) -> None:
        if len(pictures) < self.least:
            raise FuseError(TOO_FEW, name=self.name, least=self.least, count=len(pictures))
        called = [*names, *(str(number + 1) for number in range(len(names), len(pictures)))]
        first = pictures[0].shape
        for picture, name in zip(pictures, called, strict=False):
            if picture.dtype != np.float32 or picture.ndim != 3 or picture.shape[2] != 4 or not picture.size:
                raise ValueError(f"{self.name} needs float32 [h, w, 4], not {picture.dtype} {picture.shape}")
            if self.same_size:
                _same_size(picture, first, name)
        if mask is not None:
            _same_size(mask, first, MASK)


def _same_size(found: np.ndarray, first: tuple[int, ...], name: str) -> None:
    if found.shape[:2] != first[:2]:
        raise FuseError(
            OTHER_SIZE, picture=name, width=found.shape[1], height=found.shape[0], first_width=first[1],
            first_height=first[0],
        )  # fmt: skip


def finite(values: np.ndarray) -> np.ndarray:
    """The same array where it holds only numbers, else a copy in which NaN and infinity are 0."""
    values = values.astype(np.float32, copy=False)
    heed()
    if np.isfinite(values.min()) and np.isfinite(values.max()):
        return values
    return np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)


def measured(measure: Callable[[np.ndarray], np.ndarray], pixels: np.ndarray) -> np.ndarray:
    """What ``measure`` makes of each pixel [n] of ``pixels`` [h, w, n], float32 [h, w], strip by strip."""
    height, width = pixels.shape[:2]
    out = np.empty((height, width), np.float32)
    for rows in strips(height, width):
        heed()
        out[rows] = measure(pixels[rows])
    return out


def strips(height: int, width: int) -> list[slice]:
    """Rows of a picture in parts that are quickly done."""
    rows = max(1, STRIP_PIXELS // max(1, width))
    return [slice(top, min(top + rows, height)) for top in range(0, height, rows)]


def by_strips(
    pictures: Sequence[np.ndarray],
    mask: np.ndarray | None,
    work: Callable[[list[np.ndarray], np.ndarray | None, int], np.ndarray],
) -> Steps:
    """``work(pictures, mask, top)`` on strips of rows, put together."""
    out = np.empty_like(pictures[0])
    for rows in strips(*out.shape[:2]):
        part = None if mask is None else mask[rows]
        out[rows] = work([picture[rows] for picture in pictures], part, rows.start)
        yield rows.stop / out.shape[0]
    return out


def grey(straight: np.ndarray) -> np.ndarray:
    """Luma of ITU-R BT.601, float32 [h, w], of the encoded colours."""
    return straight[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)


def mask_of(pixels: np.ndarray) -> np.ndarray:
    """A mask float32 [h, w] from the lightness of a mask's picture. Raises FuseError where it is black everywhere."""
    mask = grey(pixels)
    if not mask.any():
        raise FuseError(EMPTY_MASK)
    return mask
