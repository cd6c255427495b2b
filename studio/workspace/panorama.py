"""Photographs become a panorama in the window: opened together, judged at preview size, then stitched as a live group."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.edits import EditError
from studio.document.layer import Layer, Paint
from studio.jobs.aside import aside
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.project.errors import DecodeError, StoreError
from studio.raster.resample import resize
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.synthesis import stitch
from studio.synthesis.stitch_values import (
    FEWEST,
    MOST,
    TOO_FEW,
    TOO_MANY,
    Features,
    Matches,
    Source,
    Stitch,
    StitchError,
)
from studio.workspace import imaging, stitching, winning
from studio.workspace.inserting import NOT_INSERTED
from studio.workspace.notices import Notice
from studio.workspace.tools.photo_wins import WINS

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.studio import Studio

OPENING = QT_TRANSLATE_NOOP("jobs", "Opening photographs")
PREVIEW_SIDE = 900
THUMBNAIL_SIDE = 320
_DEGREES = 180 / math.pi
_BEGUN = "features", 0.0
"""What is told before a first step is done."""


class Photograph(msgspec.Struct, frozen=True, eq=False):
    """One of the pictures, small: premultiplied float32 [h, w, 4] in sRGB; ``points`` [n, 2]: its features as parts of its
    width and height. ``used``: whether it is part of the panorama."""

    name: str
    pixels: np.ndarray
    points: np.ndarray
    used: bool


class Compared(msgspec.Struct, frozen=True, eq=False):
    """What two photographs (by number) have in common: points [n, 2] of each as parts of its width and height, and which of
    them agree, bool [n]: none where nothing says that the two overlap."""

    first: int
    second: int
    first_points: np.ndarray
    second_points: np.ndarray
    agrees: np.ndarray


class Overlaps(msgspec.Struct, frozen=True, eq=False):
    """What the photographs have in common, known before it is certain that there is a panorama; those that overlap come first
    in ``compared``."""

    photographs: tuple[Photograph, ...]
    compared: tuple[Compared, ...]


class Found(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A panorama that could be made. ``pixels``: premultiplied float32 [h, w, 4] in sRGB, its preview; ``unmatched``: names.
    ``size``: of the panorama. ``degrees``: of a preview pixel. ``turns``: whether it can be yawed and pitched."""

    pixels: np.ndarray
    unmatched: tuple[str, ...]
    size: tuple[int, int]
    degrees: float
    turns: bool


def wins_here(studio: Studio) -> None:
    """What is selected of a panorama is taken from the active photograph, and blended anew; one undo step."""
    picture = studio.current
    made_with = None if picture is None else studio.reblending.made_with(picture)
    imaging.in_background(studio, WINS, lambda artwork: winning.selected_won(artwork, made_with))


def start_values(artwork: Artwork) -> Stitch:
    """Those of the panorama that the active layer lies in, else the usual ones."""
    group = stitching.panorama_at(artwork)
    result = None if group is None else stitching.result_of(group)
    if result is None:
        return Stitch()
    try:
        return stitching.parameters_of(result.recipe)
    except RecipeError:  # of a later version
        return Stitch()


def can_start(artwork: Artwork) -> bool:
    """Whether there are layers that could be stitched: several chosen ones, or a panorama."""
    return len(artwork.chosen) >= FEWEST or stitching.panorama_at(artwork) is not None


def open_photographs(studio: Studio, paths: Sequence[str], then: Callable[[], None]) -> None:
    """A new picture with each file as a chosen layer, read on the files lane; ``then`` is called when it is shown.

    A file that cannot be read becomes a card. Fewer than two or more than forty are refused with a sentence.
    """
    if not FEWEST <= len(paths) <= MOST:
        text = TOO_FEW if len(paths) < FEWEST else TOO_MANY
        _say(studio, StitchError(text, most=MOST, count=len(paths)))
        return

    def reading() -> Generator[float, None, tuple[Artwork | None, list[tuple[str, Exception]]]]:
        from studio.project.load import open_any

        canvas: Artwork | None = None
        layers: list[Layer] = []
        failed: list[tuple[str, Exception]] = []
        for number, path in enumerate(paths):
            yield number / len(paths)
            try:
                artwork = open_any(path)
            except (DecodeError, StoreError, MemoryError) as error:
                failed.append((Path(path).name, error))
                continue
            canvas = canvas or artwork.with_(layers=())
            flat = _flattener()
            source = stitching.source_of(artwork, Path(path).name, canvas, flat)
            layers.append(Paint(name=source.name, surface=source.surface))
        if canvas is None:
            return None, failed
        ids = tuple(layer.id for layer in layers)
        return canvas.with_(layers=tuple(layers), active=ids[-1], selected=ids), failed

    def stop() -> None:
        job.cancel()
        studio.jobs.end(line)

    def arrived(event: object) -> None:
        if isinstance(event, float):
            studio.jobs.progress(line, round(100 * event), 100)
            return
        studio.jobs.end(line)
        if isinstance(event, JobFailed):
            _say(studio, event.error)
        elif isinstance(event, JobFinished):
            artwork, failed = event.result
            for name, error in failed:
                words = {"file": name, "reason": studio.filing.sentence(error, name)}
                studio.tell(Notice(kind="error", text=NOT_INSERTED, arguments=words))
            if artwork is None or len(artwork.layers) < FEWEST:
                _say(studio, StitchError(TOO_FEW))
                return
            studio.show(artwork, title=studio.translate("layer-names", stitching.PANORAMA))
            then()

    line = studio.jobs.begin(OPENING, None, stop)
    job = studio.files_lane.submit(reading, label="photographs", priority=Priority.normal, on_event=arrived)


def _flattener() -> Callable[[Artwork], np.ndarray]:
    from studio.render.renderer import Renderer

    return lambda artwork: Renderer().flatten(artwork)


def _say(studio: Studio, error: Exception) -> None:
    reason = str(error)
    if isinstance(error, StitchError):
        reason = studio.translate("recipe", error.text).format(**error.arguments)
    studio.tell(Notice(kind="warn", text=stitching.NOT_STITCHED, arguments={"reason": reason}))


class Trial:
    """What the chosen layers would become, found again where a value changes: only the stages that the value touches."""

    def __init__(
        self,
        studio: Studio,
        show: Callable[[Found], None],
        refuse: Callable[[Exception], None],
        progress: Callable[[str, float], None],
        overlaps: Callable[[Overlaps], None] = lambda _found: None,
    ) -> None:
        """All are called on the calling thread; ``progress`` with a stage's title and the part done of all, ``overlaps`` also
        where nothing comes of it."""
        self._studio, self._show, self._refuse, self._progress = studio, show, refuse, progress
        self._overlaps = overlaps
        self._job: Job | None = None
        self._sources: list[Source] | None = None
        self._told: Matches | None = None

    def ask(self, values: Stitch) -> None:
        """Of several questions that wait only the newest is answered."""
        picture = self._studio.current
        if picture is None:
            return
        artwork, renderer, kept = picture.document.committed, picture.renderer, picture.stitch_stages

        def steps() -> Generator[tuple[str, float] | Overlaps, None, Found]:
            if self._sources is None:
                chosen = stitching.sources_in(artwork)
                sources = yield from stitching.read_sources(renderer, artwork, chosen)
                self._sources = yield from aside(_digested(sources), _BEGUN)
            work = stitch.compared(self._sources, values, kept)
            features, matches = yield from aside(work, _BEGUN)
            if matches is not self._told:
                yield (yield from _overlaps(renderer, artwork, self._sources, features, matches))
                self._told = matches
            return (yield from _found(renderer, artwork, self._sources, values, kept))

        self._job = self._studio.render_lane.submit(
            steps,
            label=stitching.STITCHING,
            priority=Priority.normal,
            replace="panorama",
            on_event=self._arrived,
        )

    def stop(self) -> None:
        """Nothing more is told; what was found is kept for the stitching itself."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _arrived(self, event: object) -> None:
        if self._job is None:
            return
        if isinstance(event, tuple):
            stage, done = event
            self._progress(stitch.STAGE_TITLES[stage], stitch.whole_part(stage, done))
        elif isinstance(event, Overlaps):
            self._overlaps(event)
        elif isinstance(event, JobFinished):
            self._show(event.result)
        elif isinstance(event, JobFailed):
            self._refuse(event.error)


def _digested(sources: Sequence[Source]) -> Generator[tuple[str, float], None, list[Source]]:
    """With their digests, so that a changed value does not read all pixels again to know that they are the same."""
    out = []
    for source in sources:
        out.append(msgspec.structs.replace(source, digest=stitch.digest_of(source)))
        yield "features", 0.0
    return out


def _found(
    renderer: Renderer, artwork: Artwork, sources: Sequence[Source], values: Stitch, kept: stitch.Kept
) -> Generator[tuple[str, float], None, Found]:
    plan, pixels = yield from aside(_previewed(sources, values, kept), _BEGUN)
    area = plan.area(values)
    shrunk = area.width / pixels.shape[1]
    return Found(
        pixels=renderer.in_srgb(artwork, pixels), unmatched=plan.unmatched, size=(area.width, area.height),
        degrees=shrunk / plan.warped.frame.scale * _DEGREES, turns=not plan.cameras.flat,
    )  # fmt: skip


def _previewed(
    sources: Sequence[Source], values: Stitch, kept: stitch.Kept
) -> Generator[tuple[str, float], None, tuple[stitch.Plan, np.ndarray]]:
    from studio.synthesis.stitch_preview import preview

    plan: stitch.Plan = yield from stitch.planned(sources, values, kept)
    return plan, preview(plan, values, PREVIEW_SIDE)


def _overlaps(
    renderer: Renderer,
    artwork: Artwork,
    sources: Sequence[Source],
    features: Sequence[Features],
    matches: Matches,
) -> Generator[tuple[str, float], None, Overlaps]:
    used = matches.matched if len(matches.matched) >= FEWEST else ()
    photographs = []
    for number, (source, one) in enumerate(zip(sources, features, strict=True)):
        small = renderer.in_srgb(artwork, _thumbnail(one.small))
        photographs.append(Photograph(source.name, small, _parts(one.points, one.size), number in used))
        yield "matches", 1.0
    return Overlaps(tuple(photographs), _compared(features, matches))


def _thumbnail(small: np.ndarray) -> np.ndarray:
    scale = min(1.0, THUMBNAIL_SIDE / max(small.shape[:2]))
    wide, high = max(1, round(small.shape[1] * scale)), max(1, round(small.shape[0] * scale))
    return resize(small, wide, high, "area")


def _parts(points: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Pixel centres as parts of width and height."""
    return (points + 0.5) / np.array(size)


def _compared(features: Sequence[Features], matches: Matches) -> tuple[Compared, ...]:
    """Pairs that overlap in the order of the photographs, then all others."""
    sizes = [one.size for one in features]
    found = [
        Compared(
            one.first, one.second, _parts(one.first_points, sizes[one.first]), _parts(one.second_points, sizes[one.second]),
            one.agrees,
        )
        for one in matches.compared
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.agrees.any(), one.first, one.second)))


def sentence_of(studio: Studio, error: Exception) -> str:
    """A refusal in the artist's language."""
    if isinstance(error, StitchError):
        return studio.translate("recipe", error.text).format(**error.arguments)
    if isinstance(error, EditError):
        return studio.translate("document", error.text).format(**error.arguments)
    return str(error)
