"""Work on layers that composes pixels: merging, stamping, flattening, splitting, a layer's shape.

All of it runs on the render lane in steps of a tile and ends as one undo step. What was changed meanwhile is composed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import numpy as np
from psygnal import Signal

from studio.document import edits, masks, merging, separating, tree
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Fill, Paint, joined
from studio.document.merging import Merge
from studio.document.separating import Separation
from studio.raster.colour import as_type
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.render.renderer import Renderer
from studio.workspace import naming
from studio.workspace.clip import Clip, clipped
from studio.workspace.rasterising import rasterised
from studio.workspace.work import work

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

STAMP = QT_TRANSLATE_NOOP("layer-names", "Stamp")
BACKGROUND = QT_TRANSLATE_NOOP("layer-names", "Background")
COLOUR = QT_TRANSLATE_NOOP("layer-names", "Colour")
DETAIL = QT_TRANSLATE_NOOP("layer-names", "Detail")
DODGE_AND_BURN = QT_TRANSLATE_NOOP("layer-names", "Dodge and burn")
COPIED = QT_TRANSLATE_NOOP("history", "Copy selection to new layer")
CUT_OUT = QT_TRANSLATE_NOOP("history", "Cut selection to new layer")
MERGING = QT_TRANSLATE_NOOP("jobs", "Merging layers")
NOTHING_COPIED = QT_TRANSLATE_NOOP("document", "There is nothing visible inside the selection to copy.")


class Merging:
    """``copied`` brings what “Copy merged” found."""

    copied = Signal(Clip)

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    # ---- merging

    def down(self) -> None:
        """The selected layers into one; one layer into that below; a group into one layer."""
        chosen = self._studio.layers.chosen
        label = QT_TRANSLATE_NOOP("history", "Merge layers")
        self._merge(label, lambda artwork: merging.merge_layers(artwork, chosen))

    def visible(self) -> None:
        self._merge(QT_TRANSLATE_NOOP("history", "Merge visible"), merging.merge_visible)

    def stamp(self) -> None:
        """What is seen as a new layer on top."""
        name = self._studio.translate("layer-names", STAMP)
        label = QT_TRANSLATE_NOOP("history", "Stamp visible")
        self._merge(label, lambda artwork: merging.stamp_visible(artwork, name))

    def flatten(self) -> None:
        name = self._studio.translate("layer-names", BACKGROUND)
        label = QT_TRANSLATE_NOOP("history", "Flatten image")
        self._merge(label, lambda artwork: merging.flatten(artwork, name))

    def _merge(self, label: str, plan_of: Callable[[Artwork], Merge]) -> None:
        picture = self._ready()
        if picture is None:
            return
        try:
            plan = plan_of(picture.document.committed)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        artwork, renderer = picture.document.committed, picture.renderer

        def finished(surface: Surface) -> None:
            now = picture.document.committed
            if plan.holds(now):
                picture.document.commit(label, merging.merged(now, plan, surface))
            else:
                self._merge(label, plan_of)

        work(self._studio, picture, MERGING, lambda: composed(renderer, artwork, plan), finished)

    # ---- detail and colour, dodge and burn

    def separate(self, separation: Separation | None = None) -> None:
        """Splits the active layer into detail and colour; one undo step. One whose pixels are computed is kept, hidden."""
        picture = self._ready()
        if picture is None or picture.document.committed.active_layer is None:
            return
        active = picture.document.committed.active
        try:
            layer = separating.separable(picture.document.committed, active)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        translate = self._studio.translate
        names = translate("layer-names", COLOUR), translate("layer-names", DETAIL)

        before, renderer = picture.document.committed, picture.renderer

        def steps() -> Generator[float, None, tuple[Surface, Surface, Paint | None]]:
            painted, drawn = layer, None
            if not isinstance(layer, Paint):
                shown = yield from rasterised(before, active, renderer)
                painted = drawn = shown.find(active)
            assert isinstance(painted, Paint) and (drawn is None or isinstance(drawn, Paint))
            low, high = yield from separating.split(painted.surface, separation or Separation())
            return low, high, drawn

        def finished(parts: tuple[Surface, Surface, Paint | None]) -> None:
            now = picture.document.committed
            found = now.find(active)
            same = isinstance(found, Paint) and isinstance(layer, Paint) and found.surface is layer.surface
            if same or found is layer:
                done = separating.with_split(now, active, *parts[:2], names, parts[2])
                picture.document.commit(QT_TRANSLATE_NOOP("history", "Split detail and colour"), done)
            elif found is not None and now.active == active:
                self.separate(separation)

        words = QT_TRANSLATE_NOOP("jobs", "Splitting detail and colour")
        work(
            self._studio,
            picture,
            words,
            steps,
            finished,
        )

    def dodge_and_burn(self) -> None:
        """A layer of 50 % grey in soft light above the active one: painted lighter it dodges, darker it burns."""
        picture = self._ready()
        if picture is None:
            return
        artwork = picture.document.committed
        grey = edits.new_artwork(
            artwork.width, artwork.height, background=(0.5, 0.5, 0.5, 1.0), precision=artwork.precision
        ).layers[0]
        layer = grey.with_(name=self._studio.translate("layer-names", DODGE_AND_BURN), mode="soft-light")
        picture.document.commit(
            QT_TRANSLATE_NOOP("history", "New dodge and burn layer"), edits.add_layer(artwork, layer)
        )

    # ---- masks and selections

    def from_selection(self, cut: bool = False) -> None:
        """The selected pixels of the active paint layer, copied or cut, as a layer of their own above it."""
        picture = self._ready()
        layer = picture.document.committed.active_layer if picture is not None else None
        if picture is None or layer is None:
            return
        try:
            source, mask = masks.selected_pixels(picture.document.committed, layer.id, cut)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        taken = naming.taken_names(picture.document.committed)
        name = source.name if cut else naming.copied(self._studio, source.name, taken)

        def finished(parts: tuple[Surface, Surface]) -> None:
            now = picture.document.committed
            found = now.find(source.id)
            if not isinstance(found, Paint) or found.surface is not source.surface:
                return
            try:
                done = masks.with_parts(now, source.id, *parts, name)
            except edits.EditError as error:
                self._studio.refuse(error)
                return
            picture.document.commit(CUT_OUT if cut else COPIED, done)

        making = QT_TRANSLATE_NOOP("jobs", "Copying")
        work(self._studio, picture, making, lambda: masks.parted(source.surface, mask, cut), finished)

    def apply_mask(self) -> None:
        """Lays the active layer's mask into its pixels."""
        picture = self._ready()
        if picture is None:
            return
        active = picture.document.committed.active
        try:
            layer = masks.check_applicable(picture.document.committed, active)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        mask = layer.mask
        assert mask is not None

        def finished(surface: Surface) -> None:
            now = picture.document.committed
            found = now.find(active)
            if not isinstance(found, Paint) or found.surface is not layer.surface or found.mask is not mask:
                return
            try:
                done = masks.with_applied(now, active, surface)
            except edits.EditError as error:
                self._studio.refuse(error)
                return
            picture.document.commit(QT_TRANSLATE_NOOP("history", "Apply layer mask"), done)

        words = QT_TRANSLATE_NOOP("jobs", "Applying the mask")
        work(self._studio, picture, words, lambda: masks.masked(layer.surface, mask), finished)

    def copy_merged(self) -> None:
        """What is seen inside the selection, for the clipboard; tells by ``copied``."""
        picture = self._ready()
        if picture is None:
            return
        artwork, renderer = picture.document.committed, picture.renderer
        selection = artwork.selection
        area = artwork.rect if selection is None else artwork.rect.intersect(selection.bounds)
        if area.empty:
            self._studio.refuse(edits.EditError(NOTHING_COPIED))
            return

        def finished(clip: Clip) -> None:
            if clip.rect.empty:
                self._studio.refuse(edits.EditError(NOTHING_COPIED))
            else:
                self.copied.emit(clip)

        words = QT_TRANSLATE_NOOP("jobs", "Copying")
        work(
            self._studio, picture, words, lambda: clipped(cut_out(renderer, artwork, area), artwork), finished
        )

    # ---- the lane

    def _ready(self) -> Picture | None:
        """The current picture, if nothing is drawn on it right now; live drags become their step first."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return None
        self._studio.settle()
        return picture


def composed(renderer: Renderer, artwork: Artwork, plan: Merge) -> Generator[float, None, Surface]:
    """The pixels of a merge in document space, tile by tile; yields the part done."""
    seen = artwork.with_(layers=plan.seen)
    keys = list(tile_keys(plan.area))
    tiles: dict[TileKey, Tile] = {}
    for done, key in enumerate(keys):
        whole = Rect.of_tile(key)
        part = whole.intersect(plan.area)
        pixels = renderer.compose(seen, part)
        if plan.paper:
            pixels += 1 - pixels[..., 3:]
        array = np.zeros((TILE, TILE, 4), artwork.dtype)
        inner = part.move(-whole.left, -whole.top)
        array[inner.top : inner.bottom, inner.left : inner.right] = as_type(pixels, artwork.dtype)
        if array.any():
            tiles[key] = Tile(array)
        yield (done + 1) / len(keys)
    return Surface(tiles, artwork.dtype)


def selected_alpha(artwork: Artwork, layer_id: str, mask_only: bool) -> Merge:
    """What is composed for the shape of a layer, or of its mask, in document pixels."""
    layer = tree.require(artwork, layer_id)
    parent = tree.parent_of(artwork, layer_id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    placed = joined(outer, layer.transform)
    if mask_only:
        white = Stored(name="fill-colour", version=1, parameters={"colour": (1.0, 1.0, 1.0, 1.0)})
        seen = Fill(id=layer_id, recipe=white, mask=layer.mask, transform=placed, warp=layer.warp)
    else:
        seen = layer.with_(
            transform=placed, visible=True, opacity=1.0, mode="normal", clipping=False, effects=()
        )
    area = artwork.rect if mask_only else merging.extent((seen,), artwork.rect).intersect(artwork.rect)
    return Merge(seen=(seen,), area=area, result=Paint(surface=Surface(dtype=artwork.dtype)))


def alpha_of(renderer: Renderer, artwork: Artwork, plan: Merge) -> Generator[float, None, Mask]:
    """The opacity of what the plan composes as a selection."""
    seen = artwork.with_(layers=plan.seen)
    keys = [] if plan.area.empty else list(tile_keys(plan.area))
    mask = Mask(default=0.0)
    tiles: dict[TileKey, Tile] = {}
    for done, key in enumerate(keys):
        part = Rect.of_tile(key).intersect(plan.area)
        alpha = np.clip(renderer.compose(seen, part)[..., 3], 0, 1)
        tiles |= mask.write(part, alpha.astype(np.float16)).tiles
        yield (done + 1) / len(keys)
    return Mask(tiles, default=0.0)


def cut_out(
    renderer: Renderer, artwork: Artwork, area: Rect
) -> Generator[float, None, tuple[np.ndarray, Rect]]:
    """(premultiplied float32 pixels, their place) of what is seen inside the selection, cut to what is not empty."""
    pixels = np.zeros((area.height, area.width, 4), np.float32)
    keys = list(tile_keys(area))
    for done, key in enumerate(keys):
        part = Rect.of_tile(key).intersect(area)
        found = renderer.compose(artwork, part)
        if artwork.selection is not None:
            found *= artwork.selection.read(part)[..., None].astype(np.float32)
        inner = part.move(-area.left, -area.top)
        pixels[inner.top : inner.bottom, inner.left : inner.right] = found
        yield (done + 1) / len(keys)
    rows, columns = (np.flatnonzero(pixels[..., 3].any(axis)) for axis in (1, 0))
    if not len(rows):
        return pixels[:0, :0], Rect(0, 0, 0, 0)
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    return pixels[top:bottom, left:right], Rect(
        area.left + left, area.top + top, area.left + right, area.top + bottom
    )
