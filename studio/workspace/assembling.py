"""One picture of a folder of them, in the window: a photomosaic of the current picture, or a collage; both become new pictures."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.project import assembling, folder_pictures
from studio.project.assembling import Assembled
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.render.renderer import Renderer
from studio.render.whole import EngineApply
from studio.synthesis import collage as collages
from studio.synthesis import photomosaic
from studio.synthesis.collage import Collage
from studio.synthesis.photomosaic import Mosaic
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

Kind = Literal["photomosaic", "collage"]
TITLES: dict[Kind, str] = {"photomosaic": photomosaic.TITLE, "collage": collages.TITLE}
VALUES: dict[Kind, type[msgspec.Struct]] = {"photomosaic": Mosaic, "collage": Collage}
MAKING: dict[Kind, str] = {
    "photomosaic": QT_TRANSLATE_NOOP("jobs", "Photomosaic"),
    "collage": QT_TRANSLATE_NOOP("jobs", "Collage"),
}
LOOKING = QT_TRANSLATE_NOOP("jobs", "Looking at a folder")
LEFT_OUT = QT_TRANSLATE_NOOP(
    "notices", "The picture is there. Left out, because they could not be opened: {names}."
)
NOT_MADE = QT_TRANSLATE_NOOP("notices", "No picture was made: {reason}")
NAMED = 8
"""So many files are named in a notice; of the others the number is said."""
SAMPLES, SMALL = 48, 96
"""How many pictures of a folder a preview is made of, and their longer side in pixels."""
MOST_SHOWN = 240
"""A collage's preview holds no more than so many."""
SHOWN = 400
"""Longer side of a preview, about."""


class Sampled(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What a preview is made of: small pictures of the folder, how many files it has, and how many samples were broken."""

    pictures: tuple[np.ndarray, ...]
    count: int
    broken: int


def flattened(artwork: Artwork, engine: EngineApply | None = None) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] in the artwork's colours; ``engine`` computes the filters that are its own."""
    renderer = Renderer(engine=engine)
    for job in renderer.whole_jobs(artwork):
        for _ in job.steps:
            pass
    return renderer.flatten(artwork)


def begin(studio: Studio, kind: Kind, folder: Path, values: Any) -> Job | None:
    """Makes the picture in steps of the files lane; it opens when it is done, and nothing else changes."""
    picture = studio.current
    if kind == "photomosaic" and picture is None:
        return None
    artwork = None if picture is None else picture.document.committed

    def make() -> Generator[float, None, Assembled]:
        files, flat = folder_pictures.files_of(folder), partial(flattened, engine=studio.engine_filters)
        if kind == "photomosaic":
            assert artwork is not None
            return (yield from assembling.mosaic(artwork, files, flat, values))
        return (yield from assembling.collage(files, flat, values))

    def stop() -> None:
        job.cancel()
        studio.jobs.end(line)

    def arrived(event: object) -> None:
        if isinstance(event, float):
            studio.jobs.progress(line, round(event * 100), 100)
            return
        studio.jobs.end(line)
        if isinstance(event, JobFailed):
            notice = Notice(
                kind="error",
                text=NOT_MADE,
                arguments={"reason": sentence(studio, event.error)},
                details=event.details,
            )
            studio.tell(notice)
        elif isinstance(event, JobFinished):
            _opened(studio, kind, folder, event.result)

    line = studio.jobs.begin(MAKING[kind], None, stop)
    job = studio.files_lane.submit(make, label=MAKING[kind], priority=Priority.background, on_event=arrived)
    return job


def _opened(studio: Studio, kind: Kind, folder: Path, made: Assembled) -> None:
    word = studio.translate("recipe", TITLES[kind])
    studio.show(made.artwork, title=f"{folder.name} – {word}")
    tell_left_out(studio, made.failed)


def tell_left_out(studio: Studio, failed: Sequence[folder_pictures.Met]) -> None:
    """Names the files that could not be opened."""
    if failed:
        names = [met.path.name for met in failed[:NAMED]]
        more = len(failed) - len(names)
        words = ", ".join(names) + (f" + {more}" if more else "")
        studio.tell(Notice(kind="warn", text=LEFT_OUT, arguments={"names": words}))


def sentence(studio: Studio, error: Exception) -> str:
    if isinstance(error, RecipeError):
        return studio.translate("recipe", error.text).format(**error.arguments)
    if isinstance(error, EditError):
        return studio.translate("document", error.text).format(**error.arguments)
    return studio.filing.sentence(error)


def sample(studio: Studio, folder: Path, arrived: Callable[[Sampled | Exception], None]) -> Job:
    """Small pictures of some files of the folder, evenly chosen by name; off the UI thread."""

    def make() -> Generator[float, None, Sampled]:
        files = folder_pictures.files_of(folder)
        some = files[:: max(1, -(-len(files) // SAMPLES))]
        found, broken = [], 0
        flat = partial(flattened, engine=studio.engine_filters)
        for met in folder_pictures.opened(some, flat, SMALL):
            if met.pixels is None:
                broken += 1
            else:
                found.append(met.pixels)
            yield met.done / met.total
        return Sampled(pictures=tuple(found), count=len(files), broken=broken)

    return asked(studio, make, "assemble-sample", arrived)


def preview(
    studio: Studio,
    kind: Kind,
    sampled: Sampled,
    values: Any,
    arrived: Callable[[np.ndarray | Exception], None],
    artwork: Artwork | None = None,
) -> Job:
    """A small picture, encoded uint8 [h, w, 3], of what the values make of the samples; off the UI thread. ``artwork``: what a
    photomosaic is made of; the current picture where none is given."""
    if artwork is None and studio.current is not None:
        artwork = studio.current.document.committed

    def make() -> Generator[float, None, np.ndarray]:
        if kind == "photomosaic":
            assert artwork is not None
            pixels = yield from _small_mosaic(artwork, sampled, values)
        else:
            share = SHOWN / max(values.width, 1)
            small = msgspec.structs.replace(
                values, width=max(64, round(values.width * share)), row_height=max(16, round(values.row_height * share)),
                spacing=round(values.spacing * share), margin=round(values.margin * share),
            )  # fmt: skip
            pixels = yield from collages.composed(_repeated(sampled), small)
        return (np.clip(pixels[..., :3], 0, 1) * 255 + 0.5).astype(np.uint8)

    return asked(studio, make, "assemble-preview", arrived)


def _repeated(sampled: Sampled) -> list[np.ndarray]:
    """As many pictures as the folder has, so that the preview has as many rows; at most MOST_SHOWN."""
    if not sampled.pictures:
        return []
    count = min(max(sampled.count - sampled.broken, len(sampled.pictures)), MOST_SHOWN)
    return [sampled.pictures[index * len(sampled.pictures) // count] for index in range(count)]


def _small_mosaic(artwork: Artwork, sampled: Sampled, values: Mosaic) -> Generator[float, None, np.ndarray]:
    small = msgspec.structs.replace(values, columns=min(values.columns, 50))
    small = msgspec.structs.replace(small, tile=max(4, min(values.tile, SHOWN // small.columns)))
    level = max(0, (max(artwork.width, artwork.height) // SHOWN).bit_length() - 1)
    seen = Renderer().compose(artwork, artwork.rect.at_level(level), level)
    cuts = [photomosaic.cut(one, small) for one in sampled.pictures]
    tiles = photomosaic.tiles_of(cuts, small)
    return (yield from photomosaic.assembled(assembling.in_srgb(seen, artwork), tiles, small))


def asked(studio: Studio, make: Callable[[], Any], key: str, arrived: Callable[[Any], None]) -> Job:
    def heard(event: object) -> None:
        if isinstance(event, JobFinished):
            arrived(event.result)
        elif isinstance(event, JobFailed):
            arrived(event.error)

    return studio.files_lane.submit(
        make, label=LOOKING, priority=Priority.normal, replace=key, on_event=heard
    )
