"""Copy, cut and paste of pixels and layers. Paste does what is meant: in place where it can be seen, else in the view's middle."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np
from psygnal import Signal

from studio.document import edits, selecting, tree
from studio.document.artwork import SRGB, Artwork
from studio.document.layer import Group, Layer, Paint, joined
from studio.document.merging import extent
from studio.document.twins import twin_of
from studio.raster.geometry import EMPTY as NOWHERE
from studio.raster.geometry import Rect
from studio.raster.selecting.combining import extent as extent_of_mask
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.renderer import Renderer
from studio.workspace import pasting
from studio.workspace.clip import Clip, clipped
from studio.workspace.merging import cut_out
from studio.workspace.pasting import Point
from studio.workspace.work import Work, work

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

PASTED = QT_TRANSLATE_NOOP("layer-names", "Pasted")
CLIPBOARD = QT_TRANSLATE_NOOP("layer-names", "Clipboard")
COPYING = QT_TRANSLATE_NOOP("jobs", "Copying")
PASTING = QT_TRANSLATE_NOOP("jobs", "Pasting")
CUT = QT_TRANSLATE_NOOP("history", "Cut")
PASTE = QT_TRANSLATE_NOOP("history", "Paste")
PASTE_INTO = QT_TRANSLATE_NOOP("history", "Paste into selection")
NO_PIXELS = QT_TRANSLATE_NOOP("document", "This layer has no pixels to copy here.")
EMPTY = QT_TRANSLATE_NOOP(
    "document", "The clipboard holds nothing that can be pasted: copy a picture or a layer first."
)
NOTHING_SELECTED = QT_TRANSLATE_NOOP(
    "document", "Nothing is selected. Select first what the picture shall be pasted into."
)


class Clipboard:
    """``copied``: a new clip, for the system's clipboard."""

    copied = Signal(Clip)

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.clip: Clip | None = None
        studio.merging.copied.connect(self._keep)

    # ---- copy and cut

    def copy(self, *, cut: bool = False) -> None:
        """The chosen layers' pixels inside the selection; without a selection the layers as they are."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.settle()
        artwork = picture.document.committed
        chosen = [layer for layer in artwork.walk() if layer.id in self._studio.layers.chosen]
        if not chosen:
            self._studio.refuse(edits.EditError(NO_PIXELS))
            return
        whole = artwork.selection is None

        layers = tuple(_placed(artwork, layer) for layer in chosen) if whole else ()

        def finished(clip: Clip) -> None:
            if clip.rect.empty and not layers:
                self._studio.refuse(edits.EditError(NO_PIXELS))
                return
            self._keep(clip)
            if cut:
                self._cut(picture, whole)

        def making() -> Work:
            return clipped(_alone(picture.renderer, artwork, chosen), artwork, layers)

        work(self._studio, picture, COPYING, making, finished)

    def cut(self) -> None:
        self.copy(cut=True)

    def _cut(self, picture: Picture, whole: bool) -> None:
        if not whole:
            self._studio.selecting.run(CUT, selecting.clear)
            return
        try:
            now = picture.document.committed
            for layer_id in self._studio.layers.chosen:
                if now.find(layer_id) is not None:
                    now = edits.remove_layer(now, layer_id)
            picture.document.commit(CUT, now)
        except edits.EditError as error:
            self._studio.refuse(error)

    def _keep(self, clip: Clip) -> None:
        self.clip = clip
        self.copied.emit(clip)

    # ---- paste

    def paste(self, centre: Point | None = None, seen: Rect | None = None) -> None:
        """Our own clip: where it was if the view shows any of that, else in its middle.

        ``centre``: the middle of the view in document pixels; ``seen``: what the view shows of them.
        """
        clip, picture = self.clip, self._studio.current
        if clip is None:
            self.nothing()
        elif picture is None:
            self._new_picture(clip)
        else:
            canvas = picture.document.committed.rect
            self._put(picture, clip, pasting.shift_into(clip.rect, pasting.visible(canvas, seen), centre))

    def nothing(self) -> None:
        """Says that there is nothing to paste."""
        self._studio.refuse(edits.EditError(EMPTY))

    def paste_new(self) -> None:
        """Our own clip as a new picture of its size, in its colour space and precision."""
        if self.clip is None or self.clip.rect.empty:
            self.nothing()
        else:
            self._new_picture(self.clip)

    def paste_picture(
        self, straight: np.ndarray, centre: Point | None = None, seen: Rect | None = None
    ) -> None:
        """A picture from another program: straight sRGB [h, w, 4] uint8, into a layer in the view's middle, or a new picture."""
        picture = self._studio.current
        clip = Clip(straight, 0, 0, SRGB)
        if picture is None:
            self._new_picture(clip)
            return
        place = pasting.middle(pasting.visible(picture.document.committed.rect, seen), centre)
        self._put(picture, clip, pasting.shift_onto(clip.rect, place))

    def paste_into(self, straight: np.ndarray | None = None) -> None:
        """Our own clip, or a picture from another program, in the middle of the selection, which becomes its mask."""
        picture = self._studio.current
        clip = self.clip if straight is None else Clip(straight, 0, 0, SRGB)
        if picture is None or clip is None:
            self.nothing()
            return
        artwork = picture.document.committed
        chosen = NOWHERE if artwork.selection is None else extent_of_mask(artwork.selection)
        if chosen.empty:
            self._studio.refuse(edits.EditError(NOTHING_SELECTED))
            return
        place = (chosen.left + chosen.right) / 2, (chosen.top + chosen.bottom) / 2
        shift = (0, 0) if clip.rect.empty else pasting.shift_onto(clip.rect, place)
        self._put(picture, clip, shift, into=True)

    def _put(self, picture: Picture, clip: Clip, shift: tuple[int, int], *, into: bool = False) -> None:
        """The clip's layers, or one of its pixels, moved by ``shift``; ``into``: masked by the selection."""
        artwork = picture.document.committed
        if clip.layers and _fits(clip, artwork):
            links: dict[str, str] = {}
            copies = (pasting.moved(twin_of(tree.copy_of(layer, links)), shift) for layer in clip.layers)
            self._add(picture, tuple(copies), into=into)
            return
        corner = clip.left + shift[0], clip.top + shift[1]

        def finished(surface: Surface) -> None:
            now = picture.document.committed
            if now.dtype == artwork.dtype and now.colour_space == artwork.colour_space:
                layer = Paint(name=self._studio.translate("layer-names", PASTED), surface=surface)
                self._add(picture, (layer,), into=into)
            else:
                self._put(picture, clip, shift, into=into)

        steps = pasting.laying(clip.pixels, clip.colour_space, artwork, corner)
        if clip.rect.width * clip.rect.height <= pasting.AT_ONCE:
            finished(pasting.done(steps))
        else:
            work(self._studio, picture, PASTING, lambda: steps, finished)

    def _add(self, picture: Picture, layers: tuple[Layer, ...], *, into: bool) -> None:
        if picture.document.gesture_open:
            return
        self._studio.settle()
        artwork = picture.document.committed
        try:
            if into:
                name = self._studio.translate("layer-names", PASTED)
                artwork = pasting.masked(artwork, layers, name)
            else:
                artwork = pasting.added(artwork, layers)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        picture.document.commit(PASTE_INTO if into else PASTE, artwork.with_(selection=None))

    def _new_picture(self, clip: Clip) -> None:
        """Nothing is open: the clip becomes a picture of its size."""
        size = clip.rect
        empty = Artwork(
            width=size.width, height=size.height, colour_space=clip.colour_space, precision=clip.precision
        )
        name = self._studio.translate("layer-names", CLIPBOARD)

        def finished(surface: Surface) -> None:
            artwork = edits.from_picture(
                surface, size.width, size.height, name=name, colour_space=clip.colour_space
            )
            self._studio.show(artwork, title=self._studio.untitled())

        steps = pasting.laying(clip.pixels, clip.colour_space, empty, (0, 0))
        if size.width * size.height <= pasting.AT_ONCE:
            finished(pasting.done(steps))
        else:
            work(self._studio, None, PASTING, lambda: steps, finished)


def _placed(artwork: Artwork, layer: Layer) -> Layer:
    """The layer as it would stand outside its groups."""
    parent = tree.parent_of(artwork, layer.id)
    if parent is None:
        return layer
    return layer.with_(transform=joined(tree.transform_of(artwork, parent.id), layer.transform))


def _fits(clip: Clip, artwork: Artwork) -> bool:
    """Whether the layers can be taken as they are: the same encoding of their pixels."""
    return clip.precision == artwork.precision and clip.colour_space == artwork.colour_space


def _alone(renderer: Renderer, artwork: Artwork, chosen: list[Layer]) -> Work:
    """The chosen layers by themselves inside the selection: (pixels, their place)."""
    plain = {"visible": True, "opacity": 1.0, "mode": "normal", "clipping": False}
    one = len(chosen) == 1
    seen = tuple(
        placed.with_(**(plain if one else {"visible": True, "clipping": False}))
        for placed in (_placed(artwork, layer) for layer in chosen)
    )
    reach = extent(seen, artwork.rect)
    area = reach if artwork.selection is None else reach.intersect(artwork.selection.bounds)
    if area.empty or all(isinstance(layer, Group) and not layer.children for layer in chosen):
        return _nothing()
    return cut_out(renderer, artwork.with_(layers=seen), area)


def _nothing() -> Generator[float, None, tuple[np.ndarray, Rect]]:
    yield 1.0
    return np.zeros((0, 0, 4), np.float32), Rect(0, 0, 0, 0)
