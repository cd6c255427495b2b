"""What the chosen layers would be fused to, judged at preview size before it is done: found again for each change of a value."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.jobs.aside import aside
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.raster.geometry import Rect, tile_keys
from studio.raster.resample import resize
from studio.recipe import RecipeError
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.fusion import FuseError, Fusion
from studio.workspace import fusing, imaging
from studio.workspace.asking import Ask, EngineFailed

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.studio import Studio

PREVIEW_SIDE = 480
"""Pixels of the longer side at which a fusion is judged."""


class Reduced(msgspec.Struct, frozen=True, eq=False):
    """The chosen layers at preview size, the lowest first: premultiplied float32 [h, w, 4], encoded like the document;
    ``mask`` [h, w] of what is selected, if anything is. ``scale``: of them to the document, at most 1."""

    names: tuple[str, ...]
    pictures: tuple[np.ndarray, ...]
    mask: np.ndarray | None
    scale: float


class Judged(msgspec.Struct, frozen=True, eq=False):
    """A fusion at preview size: ``before`` the pictures by name, ``after`` what becomes of them; premultiplied float32
    [h, w, 4] in sRGB."""

    before: tuple[tuple[str, np.ndarray], ...]
    after: np.ndarray


class Trial:
    """The chosen layers fused small on the render lane. Pictures are reduced once, a network looks at them once."""

    def __init__(
        self,
        studio: Studio,
        show: Callable[[Judged], None],
        refuse: Callable[[Exception], None],
        progress: Callable[[float], None],
    ) -> None:
        """All three are called on the calling thread; ``progress`` with the part that is done, 0–1."""
        self._studio, self._show, self._refuse, self._progress = studio, show, refuse, progress
        self._reduced: Reduced | None = None
        self._maps: dict[str, list[np.ndarray]] = {}
        self._jobs: list[Job] = []
        self._asked: list[int] = []
        self._method = ""

    def ask(self, name: str, values: msgspec.Struct | None) -> None:
        """Of several questions only the newest waits; another method ends what the last one has begun."""
        picture = self._studio.current
        if picture is None:
            return
        if name != self._method:
            self.stop()
        self._method = name
        fusion, artwork, renderer = FUSIONS[name], picture.document.committed, picture.renderer
        given = values or fusion.parameters()
        job = self._studio.render_lane.submit(
            lambda: self._steps(renderer, artwork, fusion, given), label=fusing.FUSE, priority=Priority.live,
            replace="fuse", on_event=self._arrived,
        )  # fmt: skip
        self._jobs = [*(one for one in self._jobs if not one.over), job]

    def stop(self) -> None:
        """Nothing more is told, and the engine is not asked any longer."""
        for job in self._jobs:
            job.cancel()
        self._jobs = []
        if self._studio.engine is not None:
            for number in self._asked:
                self._studio.engine.cancel(number)
        self._asked = []

    def _arrived(self, event: object) -> None:
        if isinstance(event, float):
            self._progress(event)
        elif isinstance(event, Ask):
            self._asked = imaging.ask_engine(self._studio, event, Priority.live)
        elif isinstance(event, JobFinished):
            self._asked = []
            self._show(event.result)
        elif isinstance(event, JobFailed):
            self._asked = []
            self._refuse(event.error)

    def _steps(
        self, renderer: Renderer, artwork: Artwork, fusion: Fusion, values: msgspec.Struct
    ) -> Generator[Any, None, Judged]:
        if self._reduced is None:
            self._reduced = yield from reduced(renderer, artwork, fusion)
        small = self._reduced
        maps = (yield from self._seen(small.pictures, fusion)) if fusion.engine else ()
        mask = small.mask if fusion.masked else None
        work = fusion.fuse(
            small.pictures, fusion.reduced(values, small.scale), mask, names=small.names, maps=maps
        )
        after = yield from aside(work, 0.0)
        before = [renderer.in_srgb(artwork, one) for one in small.pictures]
        return Judged(
            before=tuple(zip(small.names, before, strict=True)), after=renderer.in_srgb(artwork, after)
        )

    def _seen(self, pictures: Sequence[np.ndarray], fusion: Fusion) -> Generator[Any, None, list[np.ndarray]]:
        """What the network sees in each picture; it is asked once."""
        if fusion.engine not in self._maps:
            found = []
            for one in pictures:
                found.append((yield from fusing.map_of(one, fusion)))
            self._maps[fusion.engine] = found
        return self._maps[fusion.engine]


def reduced(renderer: Renderer, artwork: Artwork, fusion: Fusion) -> Generator[float, None, Reduced]:
    """The chosen layers, each alone on transparency, at most ``PREVIEW_SIDE`` pixels large. Raises EditError for too few."""
    layers = fusing.chosen_in(artwork, fusion)
    longest = max(artwork.width, artwork.height)
    scale = min(1.0, PREVIEW_SIDE / longest)
    size = max(1, round(artwork.width * scale)), max(1, round(artwork.height * scale))
    level = int(math.log2(1 / scale))
    pictures = []
    for layer in layers:
        seen = artwork.with_(layers=(fusing.alone(artwork, layer),))
        pixels = yield from _at_level(renderer, seen, level)
        pictures.append(pixels if pixels.shape[1::-1] == size else resize(pixels, *size, "area"))
    mask = fusing.selected(artwork)
    if mask is not None and mask.shape[::-1] != size:
        mask = resize(mask, *size, "area")
    return Reduced(tuple(layer.name for layer in layers), tuple(pictures), mask, scale)


def _at_level(renderer: Renderer, artwork: Artwork, level: int) -> fusing.Composed:
    """What is seen on the canvas at a mip level, tile by tile."""
    area = artwork.rect.at_level(level)
    out = np.zeros((area.height, area.width, 4), np.float32)
    for key in tile_keys(area):
        part = Rect.of_tile(key).intersect(area)
        out[part.top : part.bottom, part.left : part.right] = renderer.compose(artwork, part, level)
        yield 0.0
    return out


def sentence_of(studio: Studio, error: Exception) -> str:
    """A refusal in the artist's language."""
    if isinstance(error, EditError):
        return studio.translate("document", error.text).format(**error.arguments)
    if isinstance(error, (FuseError, RecipeError)):
        return studio.translate("recipe", error.text).format(**error.arguments)
    if isinstance(error, EngineFailed):
        return studio.engine_reason(error.event)
    return str(error) or type(error).__name__
