"""What every filter declares: parameters, reach, how it behaves at a smaller scale, and the function itself."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Literal, Protocol, TypeVar

import msgspec
import numpy as np

from studio import recipe
from studio.filters.catalogue import LISTED, Group
from studio.raster.geometry import Rect
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP

Where = Literal["here", "engine"]
AtScale = Literal["resample", "rescaled", "exact_only"]


ENGINE_NEEDED = QT_TRANSLATE_NOOP(
    "recipe",
    "“{filter}” is computed by the engine, which is not at hand here. Use it as a filter layer in the studio, with the engine "
    'installed: pip install "danqing[engine]"',
)


class NoEngineError(Exception):
    """A filter that only the engine can compute was to be computed without it. ``title``: the filter's, context ``recipe``."""

    text = ENGINE_NEEDED

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(ENGINE_NEEDED.format(filter=title))


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where the pixels lie.

    ``rect``: pixels of mip level ``level``, reach included. ``canvas``: the whole picture in pixels of that level, if
    known. ``exact``: at a level above 0, do the slow thing that equals level 0 averaged. ``wanted``: what of ``rect`` is
    asked for; around it a filter may give anything. None: all.
    """

    rect: Rect
    wanted: Rect | None = None
    level: int = 0
    canvas: Rect | None = None
    exact: bool = False

    def all_of_it(self) -> Place:
        """The same with all pixels wanted: for a filter that looks around itself in what another made."""
        return msgspec.structs.replace(self, wanted=None)


FilterFunction = Callable[[np.ndarray, Any, Place], np.ndarray]
"""(pixels, parameters, place) → new pixels, as :meth:`FilterKind.apply` gives them; formula and source stand in the kind's
``description`` alone, where the artist reads them, too."""
Steps = Generator[None, None, np.ndarray]
"""Yields between small parts of the work, so that a stop is heard and others get their turn; returns the pixels."""
StepFunction = Callable[[np.ndarray, Any, Place], Steps]
ReachFunction = Callable[[Any, int], int]
Step = TypeVar("Step")
Result = TypeVar("Result")


def finished(steps: Generator[Step, None, Result], told: Callable[[Step], object] | None = None) -> Result:
    """What ``steps`` return, all done at once; ``told`` hears what they yield. Raises Stopped."""
    while True:
        heed()
        try:
            step = next(steps)
        except StopIteration as end:
            return end.value
        if told is not None:
            told(step)


class Rows(Protocol):
    """A picture that is read strip by strip: premultiplied float32 [h, w, 4] of which rows are asked for by a slice."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, rows: slice, /) -> np.ndarray: ...


class Picture(Protocol):
    """A picture that is read part by part: premultiplied float32 [h, w, 4] of any rectangle inside ``rect``, in the pixels of
    a level; what is read is not to be written to."""

    @property
    def rect(self) -> Rect: ...

    def read(self, rect: Rect) -> np.ndarray: ...


class Held:
    """Pixels that lie in memory as a :class:`Picture`."""

    def __init__(self, pixels: np.ndarray, rect: Rect) -> None:
        self.pixels, self.rect = pixels, rect

    def read(self, rect: Rect) -> np.ndarray:
        left, top = rect.left - self.rect.left, rect.top - self.rect.top
        return self.pixels[top : top + rect.height, left : left + rect.width]


Piece = tuple[Rect, np.ndarray]
"""Where new pixels lie, and they: float32 [h, w, 4]."""
Pieces = Generator[Piece | None, None, None]
"""The filtered picture piece by piece, each pixel once, and None between them, so that a stop is heard."""
StreamFunction = Callable[[Picture, Any, Place], Pieces]


def in_one(stream: StreamFunction) -> StepFunction:
    """A filter that works piece by piece, on pixels in memory."""

    def stepwise(pixels: np.ndarray, parameters: Any, place: Place) -> Steps:
        out = np.empty_like(pixels)
        whole = Held(out, place.rect)
        for piece in stream(Held(pixels, place.rect), parameters, place):
            if piece is not None:
                whole.read(piece[0])[...] = piece[1]
            yield
        return out

    return stepwise


class Halves(msgspec.Struct, frozen=True):
    """A filter in two halves, so that a picture that is larger than memory allows goes through it part by part.

    ``measure``: (picture, parameters) → what it wants to know of the whole, yielding in between. ``change``: (pixels,
    parameters, what was found) → new pixels, each of which depends on its own old one alone.
    """

    measure: Callable[[Rows, Any], Generator[None, None, Any]]
    change: Callable[[np.ndarray, Any, Any], Steps]

    def stepwise(self, pixels: np.ndarray, parameters: Any, _place: Place) -> Steps:
        """Both, one after the other."""
        found = yield from self.measure(pixels, parameters)
        return (yield from self.change(pixels, parameters, found))


class _RowsOf:
    """A :class:`Picture` as :class:`Rows`."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.shape = (picture.rect.height, picture.rect.width, 4)

    def __getitem__(self, rows: slice, /) -> np.ndarray:
        rect = self._picture.rect
        last = min(rect.top + rows.stop, rect.bottom)
        return self._picture.read(Rect(rect.left, rect.top + rows.start, rect.right, last))


BAND = 64
"""Rows of a filter in halves that are changed at a time."""


def _both(halves: Halves, picture: Picture, parameters: Any) -> Pieces:
    """Both halves, the second one band by band."""
    found = yield from halves.measure(_RowsOf(picture), parameters)
    rect = picture.rect
    for top in range(rect.top, rect.bottom, BAND):
        part = Rect(rect.left, top, rect.right, min(top + BAND, rect.bottom))
        made = yield from halves.change(picture.read(part), parameters, found)
        yield part, made


def at_once(stepwise: StepFunction) -> FilterFunction:
    """The same filter in one call."""
    return lambda pixels, parameters, place: finished(stepwise(pixels, parameters, place))


def no_reach(_parameters: Any, _scale: int) -> int:
    return 0


class FilterKind(msgspec.Struct, frozen=True, kw_only=True):
    """One filter: a pure function from a picture to a picture of the same size.

    ``where``: an ``engine`` filter is computed by the engine's filter of this name and version; its ``function`` is never called.
    ``stepwise``: the same as ``function``, bit for bit, in small steps; every ``whole`` filter has it.
    ``at_scale``: resample (at a smaller level, level 0 averaged), rescaled (its lengths shrink with the level) or
    exact_only (shown only at level 0). ``whole``: needs the whole picture, not just a neighbourhood; ``whole_of``: with
    which parameters, of a filter that otherwise does not. ``halves``: of a ``whole`` filter that measures the whole and then
    changes pixel by pixel. ``stream``: of a ``whole`` filter that reads and gives the picture piece by piece, bit for bit like
    ``stepwise``, so that it takes little memory. A change of pixels raises ``version``. ``description`` gives
    formula and source. ``neutral``: the parameters with the values at which all of a picture stays what it is; a live
    layer that has them is not computed.
    """

    name: str
    version: int
    description: str
    parameters: type[msgspec.Struct]
    function: FilterFunction
    stepwise: StepFunction | None = None
    reach_of: ReachFunction = no_reach
    whole: bool = False
    whole_of: Callable[[Any], bool] | None = None
    halves: Halves | None = None
    stream: StreamFunction | None = None
    where: Where = "here"
    at_scale: AtScale = "resample"
    neutral: tuple[tuple[str, float], ...] = ()

    @property
    def title(self) -> str:
        """English source text, context ``recipe``; the name of a kind that the catalogue does not list."""
        return LISTED[self.name].title if self.name in LISTED else self.name

    @property
    def group(self) -> Group:
        return LISTED[self.name].group if self.name in LISTED else "tone"

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"

    def needs_whole(self, parameters: Any) -> bool:
        """Whether it sees the whole picture at once with these parameters; its reach is then 0."""
        return self.whole or (self.whole_of is not None and self.whole_of(parameters))

    def changes_nothing(self, parameters: Any) -> bool:
        """Whether these values leave every pixel as it is."""
        return bool(self.neutral) and all(getattr(parameters, name) == value for name, value in self.neutral)

    def reach(self, parameters: Any, scale: int = 0) -> int:
        """How far, in pixels of mip level ``scale``, a result depends on pixels around it."""
        return 0 if self.needs_whole(parameters) else self.reach_of(parameters, scale)

    def apply(
        self,
        pixels: np.ndarray,
        parameters: Any,
        *,
        rect: Rect | None = None,
        scale: int = 0,
        seed: int | None = None,
        canvas: Rect | None = None,
        exact: bool = False,
        wanted: Rect | None = None,
    ) -> np.ndarray:
        """The filtered picture: new premultiplied float32 [h, w, 4], encoded like ``pixels``, which stay as they are.

        ``rect``: where the pixels lie, in pixels of mip level ``scale`` (so h = rect.height), reach included; by
        default at the origin. ``canvas``: the whole picture in the same pixels; a filter with reach then repeats its
        edge pixels outwards. ``seed`` overrides the parameters' own. ``exact``, ``wanted``: see :class:`Place`.
        Raises RecipeError for a parameter outside its range, ValueError where rect and pixels differ, NoEngineError, Stopped (:func:`stopping.heed`).
        """
        parameters, place = self._checked(pixels, parameters, rect, scale, seed, canvas, exact, wanted)
        if pixels.size == 0:
            return pixels.copy()
        heed()
        return self.function(pixels, parameters, place)

    def steps(
        self,
        pixels: np.ndarray,
        parameters: Any,
        *,
        rect: Rect | None = None,
        scale: int = 0,
        canvas: Rect | None = None,
        wanted: Rect | None = None,
    ) -> Steps:
        """:meth:`apply` as a generator that yields between small parts of the work, where the filter can."""
        parameters, place = self._checked(pixels, parameters, rect, scale, None, canvas, False, wanted)
        if pixels.size == 0:
            return pixels.copy()
        if self.stepwise is None:
            yield
            return self.function(pixels, parameters, place)
        return (yield from self.stepwise(pixels, parameters, place))

    def measuring(self, picture: Rows, parameters: Any) -> Generator[None, None, Any]:
        """What a filter in :class:`Halves` finds in the whole picture. Raises RecipeError."""
        assert self.halves is not None
        return self.halves.measure(picture, recipe.check(parameters))

    def changing(self, pixels: np.ndarray, parameters: Any, found: Any) -> Steps:
        """A part of the picture in which that was ``found``, changed. Raises RecipeError."""
        assert self.halves is not None
        return self.halves.change(pixels, recipe.check(parameters), found)

    def streams(self, parameters: Any) -> bool:
        """Whether it needs the whole picture with these parameters, but never much of it at a time: see :meth:`streaming`."""
        return self.needs_whole(parameters) and (self.stream is not None or self.halves is not None)

    def streaming(
        self, picture: Picture, parameters: Any, *, canvas: Rect | None = None, scale: int = 0
    ) -> Pieces:
        """:meth:`steps` of a picture that need not lie in memory, piece by piece. Raises RecipeError."""
        place = Place(rect=picture.rect, level=scale, canvas=canvas)
        checked = recipe.check(parameters)
        if self.stream is not None:
            return self.stream(picture, checked, place)
        assert self.halves is not None
        return _both(self.halves, picture, checked)

    def _checked(
        self,
        pixels: np.ndarray,
        parameters: Any,
        rect: Rect | None,
        scale: int,
        seed: int | None,
        canvas: Rect | None,
        exact: bool,
        wanted: Rect | None,
    ) -> tuple[Any, Place]:
        if self.where == "engine":
            raise NoEngineError(self.title)
        rect = rect or Rect(0, 0, pixels.shape[1], pixels.shape[0])
        if pixels.dtype != np.float32 or pixels.shape != (rect.height, rect.width, 4):
            raise ValueError(f"{self.name} needs float32 pixels of {rect}, not {pixels.shape} {pixels.dtype}")
        if seed is not None and "seed" in parameters.__struct_fields__:
            parameters = msgspec.structs.replace(parameters, seed=seed)
        place = Place(rect=rect, wanted=wanted, level=scale, canvas=canvas, exact=exact)
        return recipe.check(parameters), place
