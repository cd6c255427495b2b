"""Detail of a folder's pictures for the active layer: a new layer above it, among the jobs, one undo step."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Filter, Paint
from studio.jobs.aside import aside
from studio.jobs.job import Job
from studio.project import detailing, folder_pictures
from studio.project.assembling import in_srgb
from studio.project.detailing import Lent
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.renderer import Renderer
from studio.synthesis import lending
from studio.synthesis.fusion import finite
from studio.synthesis.lending import FolderDetail
from studio.synthesis.photomosaic import on_white
from studio.workspace import fusing, imaging
from studio.workspace.assembling import NAMED, Sampled, asked, flattened
from studio.workspace.notices import Notice
from studio.workspace.tools.transform_start import NO_LAYER

if TYPE_CHECKING:
    from studio.workspace.reshaping import Steps
    from studio.workspace.studio import Studio

DETAIL = QT_TRANSLATE_NOOP("history", "Detail from a folder")
TAKEN = QT_TRANSLATE_NOOP("notices", "Detail was taken from: {names}.")
LEFT_OUT = QT_TRANSLATE_NOOP(
    "notices", "Detail was taken from: {names}. Left out, because they could not be opened: {broken}."
)
NO_PIXELS = QT_TRANSLATE_NOOP(
    "document", "A filter layer has no pixels that detail could be given to. Choose the layer it lies on."
)
EMPTY = QT_TRANSLATE_NOOP(
    "document", "This layer shows nothing on the canvas that detail could be given to. Choose another layer."
)
SAMPLES = 24
"""Pictures of the folder that a preview is made with, at most."""
ACROSS, DOWN, GAP = 200, 188, 2
"""Pixels of each half of a preview, and of what is between them."""
_COMPOSED, _LENT = 0.1, 0.55


def begin(studio: Studio, folder: Path, values: FolderDetail) -> None:
    """Gives the active layer detail of the folder's pictures, where something is selected there; the layer itself stays.

    The folder is looked through once, beside the render lane, even if the picture is changed meanwhile.
    """
    picture = studio.current
    if picture is None:
        return
    title, renderer = studio.translate("recipe", lending.TITLE), picture.renderer
    found: list[Lent] = []
    imaging.in_background(
        studio, DETAIL, lambda artwork: detailed(renderer, artwork, folder, values, title, found),
        lambda: _tell(studio, found[0]),
    )  # fmt: skip


def detailed(
    renderer: Renderer, artwork: Artwork, folder: Path, values: FolderDetail, title: str, found: list[Lent]
) -> Steps:
    """The artwork with a new paint layer above the active one. ``found`` gets what the folder lends, or has it already.

    Raises EditError without a layer, DecodeError without the folder, RecipeError where no picture can be used.
    """
    layer = artwork.active_layer
    if layer is None:
        raise EditError(NO_LAYER)
    if isinstance(layer, Filter):
        raise EditError(NO_PIXELS)
    alone = artwork.with_(layers=(fusing.alone(artwork, layer),))
    pixels = finite((yield from fusing.within(fusing.composed(renderer, alone), 0.0, _COMPOSED)))
    if not pixels[..., 3].any():
        raise EditError(EMPTY)
    if not found:
        files = folder_pictures.files_of(folder)
        looking = detailing.lenders(pixels, files, flattened, values, icc=artwork.colour_space.icc)
        found.append((yield from fusing.within(aside(looking, 0.0), _COMPOSED, _LENT)))
    work = detailing.given(pixels, found[0], values, fusing.selected(artwork))
    start = _COMPOSED + _LENT
    after = yield from fusing.within(aside(work, 0.0), start, 0.95 - start)
    surface = yield from fusing.within(fusing.surface_of(after, artwork.dtype), 0.95, 0.05)
    return fusing.added(artwork, layer, Paint(name=title, surface=surface))


def _tell(studio: Studio, lent: Lent) -> None:
    """From which pictures detail came, and which could not be opened."""
    names, broken = _named(lent.paths), _named([met.path for met in lent.failed])
    if broken:
        studio.tell(Notice(kind="warn", text=LEFT_OUT, arguments={"names": names, "broken": broken}))
    else:
        studio.tell(Notice(kind="info", text=TAKEN, arguments={"names": names}))


def _named(paths: Sequence[Path]) -> str:
    more = len(paths) - NAMED
    return ", ".join(path.name for path in paths[:NAMED]) + (f" + {more}" if more > 0 else "")


def sample(studio: Studio, folder: Path, arrived: Callable[[Sampled | Exception], None]) -> Job:
    """Pictures of the folder, evenly chosen by name, cut to their middle at the size at which they lend detail."""

    def make() -> Generator[float, None, Sampled]:
        files = folder_pictures.files_of(folder)
        some = files[:: max(1, -(-len(files) // SAMPLES))]
        found, broken = [], 0
        for met in folder_pictures.opened(some, flattened, longest):
            if met.pixels is None:
                broken += 1
            else:
                found.append(_middle(met.pixels, 2 * ACROSS, 2 * ACROSS).copy())
            yield met.done / met.total
        return Sampled(pictures=tuple(found), count=len(files), broken=broken)

    picture = studio.current
    size = (1, 1) if picture is None else (picture.document.artwork.width, picture.document.artwork.height)
    longest = lending.longest_for(*size)
    return asked(studio, make, "assemble-sample", arrived)


def preview(
    studio: Studio, sampled: Sampled, values: FolderDetail, arrived: Callable[[np.ndarray | Exception], None]
) -> Job:
    """The middle of the active layer without and with detail of the samples, side by side, encoded uint8 [h, w, 3]."""
    picture = studio.current
    artwork = None if picture is None else picture.document.committed

    def make() -> Generator[float, None, np.ndarray]:
        layer = None if artwork is None else artwork.active_layer
        if artwork is None or layer is None:
            raise EditError(NO_LAYER)
        if isinstance(layer, Filter):
            raise EditError(NO_PIXELS)
        seen = artwork.with_(layers=(fusing.alone(artwork, layer),))
        pixels = in_srgb(finite(Renderer().compose(seen, _middle_of(artwork.rect))), artwork)
        yield 0.1
        look = lending.wanted(pixels, values.scale)
        rows = [lending.costs(look, lending.offered(one)) for one in sampled.pictures]
        yield 0.2
        best = tuple(sampled.pictures[number] for number in lending.chosen(rows, values.pictures))
        after = yield from aside(detailing.given(pixels, Lent(best, (), ()), values), 0.0)
        gap = np.ones((pixels.shape[0], GAP, 4), np.float32)
        both = on_white(np.concatenate((pixels, gap, after), axis=1))
        return (np.clip(both, 0, 1) * 255 + 0.5).astype(np.uint8)

    return asked(studio, make, "assemble-preview", arrived)


def _middle_of(area: Rect) -> Rect:
    width, height = min(area.width, ACROSS), min(area.height, DOWN)
    left, top = area.left + (area.width - width) // 2, area.top + (area.height - height) // 2
    return Rect.of(left, top, width, height)


def _middle(pixels: np.ndarray, width: int, height: int) -> np.ndarray:
    left, top = (
        max(0, (have - want) // 2) for have, want in zip(pixels.shape[1::-1], (width, height), strict=True)
    )
    return pixels[top : top + height, left : left + width]
