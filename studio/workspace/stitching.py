"""Stitching layers to a panorama: a group of the warped pictures with their seams as masks, and the blended picture above.

The group keeps its sources, hidden, so that other parameters start from them again; a seam moved on a mask is blended anew
from the warped pictures. Both run on the render lane and end as one undo step.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from studio.document import merging, placing, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Derived, Group, Layer, Paint, is_integer_move
from studio.document.merging import Merge
from studio.jobs.aside import aside
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, Stored
from studio.synthesis import stitch
from studio.synthesis.stitch_values import NAME, VERSION, Source, Stitch, StitchError
from studio.workspace.inserting import converted
from studio.workspace.merging import composed
from studio.workspace.notices import Notice
from studio.workspace.panorama_group import (
    AREA,
    CAMERAS,
    panorama_at,
    parameters_of,
    result_of,
    sources_group,
    warped_in,
)
from studio.workspace.restitching import Stitched, placed, renewed, with_old_seams, with_pictures
from studio.workspace.work import work

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

STITCH = QT_TRANSLATE_NOOP("history", "Stitch")
AGAIN = QT_TRANSLATE_NOOP("history", "Blend panorama again")
STITCHING = QT_TRANSLATE_NOOP("jobs", "Stitching pictures")
BLENDING = QT_TRANSLATE_NOOP("jobs", "Blending the panorama")
PANORAMA = QT_TRANSLATE_NOOP("layer-names", "Panorama")
SOURCES = QT_TRANSLATE_NOOP("layer-names", "Sources")
BLENDED = QT_TRANSLATE_NOOP("layer-names", "Blended")
LEFT_OUT = QT_TRANSLATE_NOOP(
    "notices", "The panorama is there. Left out, because they overlap with no other picture: {names}."
)
NOT_STITCHED = QT_TRANSLATE_NOOP("notices", "Nothing was stitched: {reason}")
SELECT = QT_TRANSLATE_NOOP(
    "document", "Select the layers with the photographs that are to become a panorama; at least two."
)
LOCKED = QT_TRANSLATE_NOOP("document", "“{name}” is locked. Unlock it before it becomes part of a panorama.")


def stitch_layers(studio: Studio, parameters: Stitch | None = None) -> None:
    """The chosen layers to a panorama; inside a panorama its sources anew, with other parameters."""
    picture = _ready(studio)
    if picture is None:
        return
    artwork = picture.document.committed
    try:
        chosen = sources_in(artwork)
    except EditError as error:
        studio.refuse(error)
        return
    values, renderer, kept = parameters or Stitch(), picture.renderer, picture.stitch_stages
    before = group_of(artwork, chosen)

    def finished(found: Stitched | StitchError | RecipeError) -> None:
        if not isinstance(found, Stitched):
            reason = studio.translate("recipe", found.text).format(**found.arguments)
            studio.tell(Notice(kind="warn", text=NOT_STITCHED, arguments={"reason": reason}))
            return
        now = picture.document.committed
        used = chosen if before is None else (before,)
        if any(now.find(layer.id) is not layer for layer in used):
            stitch_layers(studio, parameters)
            return
        panorama, sources, blended = (
            studio.translate("layer-names", name) for name in (PANORAMA, SOURCES, BLENDED)
        )
        names = panorama, sources, blended
        picture.document.commit(STITCH, with_panorama(now, chosen, found, names, before))
        if found.unmatched:
            studio.tell(Notice(kind="warn", text=LEFT_OUT, arguments={"names": ", ".join(found.unmatched)}))

    work(
        studio,
        picture,
        STITCHING,
        lambda: _stitched(renderer, artwork, chosen, values, kept, before),
        finished,
    )


def blend_again(studio: Studio) -> None:
    """Blends the panorama of the active layer from its warped pictures and their masks as they are now."""
    picture = _ready(studio)
    group = None if picture is None else panorama_at(picture.document.committed)
    if picture is None or group is None:
        return
    artwork = picture.document.committed
    kept = result_of(group)
    assert kept is not None

    def finished(surface: Surface) -> None:
        now = picture.document.committed
        found = now.find(group.id)
        if found is not group:
            if found is not None and panorama_at(now) is found:
                blend_again(studio)
            return
        done = tree.rewrite(now, kept.id, lambda layer: (layer.with_(surface=surface),))
        picture.document.commit(AGAIN, done)

    work(studio, picture, BLENDING, lambda: joined_again(artwork, group), finished)


def joined_again(
    artwork: Artwork, group: Group, changed: Rect | None = None
) -> Generator[float, None, Surface]:
    """The blended picture of a panorama from its warped pictures and their masks; ``changed``: only around where these have
    changed, in the panorama's frame. Raises RecipeError for a later version's."""
    kept = result_of(group)
    assert kept is not None
    parameters = parameters_of(kept.recipe)
    layers = [(layer.surface, _mask(layer)) for layer in warped_in(group)]
    under = kept.surface if parameters.border == "fill" else None
    # every surface of a panorama lies in the same frame; its canvas part is all that is seen
    area = Rect(*kept.recipe.parameters[AREA])
    before = None if changed is None else (kept.surface, changed)
    return (yield from _parts(stitch.joined(layers, area, parameters, artwork.dtype, under, before)))


# ---- what is stitched


def sources_in(artwork: Artwork) -> tuple[Layer, ...]:
    """The layers that become a panorama. Raises EditError with what to do."""
    group = panorama_at(artwork)
    chosen = artwork.chosen
    if group is not None and len(chosen) < 2:
        inside = sources_group(group)
        chosen = inside.children if inside is not None else ()
    for layer in chosen:
        locked = next((one for one in tree.path_to(artwork, layer.id) if one.locks.all), None)
        if locked is not None:
            raise EditError(LOCKED, name=locked.name)
    if len(chosen) < 2:
        raise EditError(SELECT)
    return chosen


def _mask(layer: Paint) -> Mask | None:
    return layer.mask if layer.mask_enabled else None


def _stored(plan: stitch.Plan, parameters: Stitch, area: Rect) -> Stored:
    """The recipe with the cameras that were found: ray to pixel, row by row."""
    cameras = plan.cameras
    plain = msgspec.to_builtins(parameters) | {
        CAMERAS: {
            "flat": cameras.flat,
            "projection": plan.warped.frame.projection,
            "focal": cameras.focal,
            "error": cameras.error,
            "project": [matrix.ravel().tolist() for matrix in cameras.project],
        },
        AREA: [area.left, area.top, area.right, area.bottom],
    }
    return Stored(name=NAME, version=VERSION, parameters=plain)


# ---- on the lane


def _stitched(
    renderer: Renderer,
    artwork: Artwork,
    chosen: Sequence[Layer],
    parameters: Stitch,
    kept: stitch.Kept,
    before: Group | None,
) -> Generator[float, None, Any]:
    try:
        sources = yield from read_sources(renderer, artwork, chosen)
        found = yield from stitched(sources, parameters, artwork, kept)
        if before is None:
            return found
        return (yield from _parts(with_old_seams(before, found, sources, artwork, kept)))
    except (StitchError, RecipeError) as error:
        return error


def read_sources(
    renderer: Renderer, artwork: Artwork, chosen: Sequence[Layer]
) -> Generator[Any, None, list[Source]]:
    """The layers as pictures, empty ones left out; yields nothing to tell, so that it can be stopped."""
    sources = []
    for layer in chosen:
        sources.append((yield from _source(renderer, artwork, layer)))
    return [one for one in sources if one is not None]


def stitched(
    sources: Sequence[Source], parameters: Stitch, artwork: Artwork, kept: stitch.Kept | None = None
) -> Generator[float, None, Stitched]:
    """Yields the part done; returns all that the group is made of. Raises StitchError, RecipeError."""
    plan: stitch.Plan = yield from _parts(stitch.planned(sources, parameters, kept))
    warped = yield from _parts(stitch.layered(plan, parameters, artwork.dtype))
    blended = None
    if parameters.blend != "none":
        blended = yield from _parts(stitch.composed(plan, parameters, artwork.dtype))
    names = [source.name for source in plan.sources]
    area = plan.area(parameters)
    return Stitched(
        layers=tuple((name, *one) for name, one in zip(names, warped, strict=True)),
        blended=blended, area=area, unmatched=plan.unmatched, recipe=_stored(plan, parameters, area),
        ids=tuple(source.id for source in plan.sources),
    )  # fmt: skip


def _parts(progress: stitch.Progress) -> Generator[float, None, Any]:
    """The same work, driven beside the lane since single steps are long, telling the part of the whole that is done."""
    return aside(_shares(progress), 0.0)


def _shares(progress: stitch.Progress) -> Generator[float, None, Any]:
    while True:
        try:
            stage, done = next(progress)
        except StopIteration as end:
            return end.value
        yield stitch.whole_part(stage, done)


def _source(renderer: Renderer, artwork: Artwork, layer: Layer) -> Generator[float, None, Source | None]:
    """A layer as a picture: its pixels where these are all, else what is seen of it in the document."""
    if isinstance(layer, Paint) and _is_plain(layer) and is_integer_move(layer.transform):
        surface, rect = layer.surface, placing.content_of(layer.surface)
    else:
        outer = tree.transform_of(artwork, layer.id)
        seen = (layer.with_(transform=outer, visible=True, clipping=False, mode="normal"),)
        rect = merging.extent(seen, artwork.rect)
        if rect.empty:
            return None
        plan = Merge(seen=seen, area=rect, result=Paint(surface=Surface(dtype=artwork.dtype)))
        surface = yield from _quietly(composed(renderer, artwork, plan))
        rect = placing.content_of(surface)
    return None if rect.empty else Source(name=layer.name, surface=surface, rect=rect, id=layer.id)


def _is_plain(layer: Paint) -> bool:
    """Whether its pixels are all that is seen of it."""
    return layer.mask is None and not layer.warp and not layer.effects and layer.opacity == 1


def _quietly(steps: Generator[float, None, Surface]) -> Generator[float, None, Surface]:
    """Its steps, at which the work can be stopped, without its progress."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
        yield 0.0


# ---- files


def source_of(
    artwork: Artwork, name: str, canvas: Artwork, flatten: Callable[[Artwork], np.ndarray]
) -> Source:
    """A whole picture as a source, in the colours and the precision of ``canvas``."""
    only = artwork.layers[0] if len(artwork.layers) == 1 else None
    if isinstance(only, Paint) and _is_plain(only) and only.transform == IDENTITY:
        surface = only.surface
    else:
        surface = Surface.from_pixels(flatten(artwork).astype(artwork.dtype))
    surface = converted(surface, artwork.colour_space, canvas)
    return Source(name=name, surface=surface, rect=artwork.rect)


def as_picture(
    canvas: Artwork,
    plan: stitch.Plan,
    parameters: Stitch,
    warped: Sequence[tuple[Surface, Mask]],
    blended: Surface,
) -> Artwork:
    """A picture of its own: the group where there are ``warped`` layers, else one layer of the panorama."""
    area = plan.area(parameters)
    if warped:
        layers = tuple((one.name, *two) for one, two in zip(plan.sources, warped, strict=True))
        shown = blended if parameters.blend != "none" else None
        found = Stitched(
            layers=layers, blended=shown, area=area, unmatched=plan.unmatched, recipe=_stored(plan, parameters, area)
        )  # fmt: skip
        layer: Layer = panorama((), found, (PANORAMA, SOURCES, BLENDED))
    else:
        move = (1.0, 0.0, 0.0, 1.0, -float(area.left), -float(area.top))
        layer = Paint(name=PANORAMA, surface=blended, transform=move)
    return canvas.with_(width=area.width, height=area.height, layers=(layer,), active=layer.id)


# ---- the result


def panorama(chosen: Sequence[Layer], found: Stitched, names: tuple[str, str, str]) -> Group:
    """The group: hidden sources, warped pictures with their seams, the blended picture, which keeps the recipe.

    Without blending that last one is empty and hidden: the pictures with their seams are what is seen.
    """
    move = placed(found.area)
    sources = Group(
        name=names[1],
        visible=False,
        collapsed=True,
        children=tuple(one.with_(clipping=False) for one in chosen),
    )
    pictures = tuple(
        Paint(name=name, surface=surface, mask=mask, transform=move) for name, surface, mask in found.layers
    )
    result = Derived(
        name=names[2],
        surface=found.blended or Surface(dtype=pictures[0].surface.dtype),
        visible=found.blended is not None,
        recipe=with_pictures(
            found.recipe,
            tuple(zip((one.id for one in pictures), found.ids or ("",) * len(pictures), strict=True)),
        ),
        transform=move,
    )
    kept = (sources,) if chosen else ()
    return Group(name=names[0], children=(*kept, *pictures, result))


def with_panorama(
    artwork: Artwork,
    chosen: Sequence[Layer],
    found: Stitched,
    names: tuple[str, str, str],
    before: Group | None = None,
) -> Artwork:
    """The chosen layers are in the panorama, which lies on top; the one that there was ``before`` stays where it is. The canvas
    is as large as it, or holds it, too."""
    if before is not None:
        group = renewed(before, found)
        rest = tree.without(artwork, {before.id})
        made = tree.rewrite(artwork, before.id, lambda _old: (group,))
    else:
        group = panorama(chosen, found, names)
        rest = tree.without(artwork, {layer.id for layer in chosen})
        made = rest.with_(layers=(*rest.layers, group))
    width, height = found.area.width, found.area.height
    if rest.layers:
        width, height = max(width, artwork.width), max(height, artwork.height)
    return made.with_(
        active=group.id, selected=(), mask_edited="", selection=None, width=width, height=height
    )


def group_of(artwork: Artwork, chosen: Sequence[Layer]) -> Group | None:
    """The panorama that is active, if the chosen layers are its sources: it is stitched once more."""
    group = panorama_at(artwork)
    inside = None if group is None else sources_group(group)
    if inside is None or {one.id for one in inside.children} != {one.id for one in chosen}:
        return None
    return group


def _ready(studio: Studio) -> Picture | None:
    picture = studio.current
    if picture is None or picture.document.gesture_open:
        return None
    studio.settle()
    return picture
