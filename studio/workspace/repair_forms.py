"""Repairs with options: how a hole is filled, what counts as a flaw, how a picture is made seamless, a texture that goes on."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document import selecting
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Paint
from studio.jobs.aside import beside
from studio.raster.colour import as_type
from studio.raster.geometry import EMPTY, Rect
from studio.raster.selecting.combining import extent
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis import flaws
from studio.synthesis.rework import WAYS, Quilt, Seamless
from studio.workspace import fusing, imaging, noise_like, repairing
from studio.workspace.selecting_forms import Form

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.selection_work import Work
    from studio.workspace.studio import Studio

QUILT = QT_TRANSLATE_NOOP("history", "Quilt texture")
NO_SAMPLE = QT_TRANSLATE_NOOP(
    "document",
    "What is selected holds nothing of this layer. Select a piece of the texture that is to go on.",
)
_QUILTING = WAYS["quilt"]


# ---- scratches and dust


class Flaws(msgspec.Struct, frozen=True, kw_only=True):
    """What counts as a flaw; see :func:`studio.synthesis.flaws.flaws`."""

    scratches: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Scratches"))] = True
    dust: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Dust"))] = True
    sensitivity: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sensitivity"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "More finds fainter flaws, and more that are none."),
        ),
    ] = 0.5
    largest: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Largest"),
            low=2,
            high=64,
            soft_high=32,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How wide a scratch is, and how large a speck, at most."),
        ),
    ] = 12
    length: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shortest scratch"),
            low=5,
            high=200,
            soft_high=100,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "What is straight for so long is a scratch."),
        ),
    ] = 25
    grow: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Grow by"),
            low=0,
            high=16,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far beyond its edge a flaw is selected."),
        ),
    ] = 1


def _flaws(studio: Studio, values: Flaws) -> Work:
    picture = studio.current
    assert picture is not None
    renderer = picture.renderer

    def work(artwork: Artwork) -> Generator[None, None, Artwork]:
        found = yield from repairing.flaws_of(renderer, artwork, **msgspec.structs.asdict(values))
        return selecting.select(artwork, found)

    return work


# ---- seamless


def _seamless_now(studio: Studio) -> Seamless:
    """The band that suits the layer."""
    layer = studio.layers.active
    if studio.current is None or not isinstance(layer, Paint):
        return Seamless()
    area = repairing.area_of(studio.current.document.committed, layer)
    return Seamless(band=repairing.band_of(area.width, area.height))


def _seamless(studio: Studio, values: Seamless) -> Work:
    picture = studio.current
    assert picture is not None
    renderer = picture.renderer
    return lambda artwork: repairing.made_seamless(artwork, values, renderer)  # type: ignore[return-value]


# ---- a texture that goes on


def _quilt_now(studio: Studio) -> Quilt:
    """As large as the picture."""
    artwork = studio.current.document.committed if studio.current is not None else None
    if artwork is None:
        return Quilt()
    return Quilt(width=min(artwork.width, 16384), height=min(artwork.height, 16384))


def quilt(studio: Studio, values: Quilt) -> None:
    """A new layer above the active one in which what is selected of it goes on as a texture; one undo step."""
    if studio.current is not None:
        imaging.in_background(studio, QUILT, _quilt(studio, values))  # type: ignore[arg-type]


def _quilt(studio: Studio, values: Quilt) -> Work:
    picture = studio.current
    assert picture is not None
    title, renderer = studio.translate("recipe", _QUILTING.title), picture.renderer
    return lambda artwork: quilted(artwork, values, title, renderer)  # type: ignore[return-value]


def quilted(artwork: Artwork, values: Quilt, title: str, renderer: Renderer | None = None) -> repairing.Steps:
    """Taken from the box around the selection, at most :data:`noise_like.MOST` a side about its middle, of what
    :func:`repairing.workpiece` takes; a mask is a texture of greys. Raises EditError."""
    whole = yield from repairing.workpiece(artwork, renderer)
    layer, area = artwork.active_layer, _content(whole)
    assert layer is not None
    selection = whole.chosen(artwork.selection)
    if selection is not None and selection.default == 0:
        area = area.intersect(extent(selection))
    if area.empty:
        raise EditError(NO_SAMPLE)
    sample = noise_like.middle_of(area, noise_like.MOST)
    pixels = yield from beside(lambda: whole.read(sample), 0.0)
    size = replace(values, width=values.width or artwork.width, height=values.height or artwork.height)
    new = yield from repairing.answered(_QUILTING.make(pixels, size, None, None))
    surface = yield from beside(lambda: Surface.from_pixels(as_type(new, artwork.dtype)), 1.0)
    return fusing.added(artwork, layer, Paint(name=title, surface=surface))


def _content(whole: repairing.Workpiece) -> Rect:
    """Where there is something to take from."""
    if whole.held is None:
        layer = whole.artwork.find(whole.layer_id)
        assert isinstance(layer, Paint)
        return repairing.content_of(whole.artwork, layer)
    seen = whole.held[..., 3] > 0
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    if not len(rows):
        return EMPTY
    inside = Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return inside.move(whole.area.left, whole.area.top)


FORMS: dict[str, Form] = {
    "select_flaws": Form(
        QT_TRANSLATE_NOOP("Selecting", "Scratches and dust"), QT_TRANSLATE_NOOP("Selecting", "Select"),
        lambda studio: Flaws(), repairing.SELECT_FLAWS, _flaws, description=flaws.DESCRIPTION,
    ),
    "make_seamless": Form(
        QT_TRANSLATE_NOOP("Selecting", "Make seamless"), QT_TRANSLATE_NOOP("Selecting", "Make seamless"), _seamless_now,
        repairing.SEAMLESS, _seamless, done=repairing.make_seamless, compared=True,
        description=WAYS["seamless"].description,
    ),
    "quilt": Form(
        QT_TRANSLATE_NOOP("Selecting", "Quilt texture"), QT_TRANSLATE_NOOP("Selecting", "Quilt"), _quilt_now,
        QUILT, _quilt, done=quilt, compared=True, description=_QUILTING.description,
    ),
}  # fmt: skip
"""By the name of the handler that opens it."""
