"""Copy, cut and paste of pixels and layers. Paste does what is meant: in place where it can be seen, else in the view's middle."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from psygnal import Signal

from studio.document import edits, selecting, tree
from studio.document.artwork import SRGB, Artwork, ColourSpace
from studio.document.layer import Group, Layer, Paint, joined
from studio.document.merging import extent
from studio.raster.colour import as_type, to_float
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.renderer import Renderer
from studio.workspace import colours
from studio.workspace.clip import Clip, clipped
from studio.workspace.merging import cut_out
from studio.workspace.tools import Pointer
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
NO_PIXELS = QT_TRANSLATE_NOOP("document", "This layer has no pixels to copy here.")
EMPTY = QT_TRANSLATE_NOOP(
    "document", "The clipboard holds nothing that can be pasted: copy a picture or a layer first."
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

    def paste(self, centre: tuple[float, float] | None = None, seen: Rect | None = None) -> None:
        """Our own clip. ``centre``: the middle of the view in document pixels; ``seen``: what the view shows of it."""
        clip, picture = self.clip, self._studio.current
        if clip is None:
            self._studio.refuse(edits.EditError(EMPTY))
        elif picture is None:
            self._new_picture(clip)
        elif clip.layers and _fits(clip, picture.document.committed):
            self._add(picture, tuple(tree.copy_of(layer) for layer in clip.layers))
        else:
            stays = seen is None or not clip.rect.intersect(seen).empty
            self._put(picture, clip, None if stays else centre)

    def paste_new(self) -> None:
        """Our own clip as a new picture of its size, in its colour space and precision."""
        if self.clip is None or self.clip.rect.empty:
            self._studio.refuse(edits.EditError(EMPTY))
        else:
            self._new_picture(self.clip)

    def paste_picture(self, straight: np.ndarray, centre: tuple[float, float] | None) -> None:
        """A picture from another program: straight sRGB [h, w, 4] uint8, into a layer in the view's middle, or a new picture."""
        clip = Clip(to_float(straight), 0, 0, SRGB)
        picture = self._studio.current
        if picture is None:
            self._new_picture(clip)
            return
        artwork = picture.document.committed
        middle = centre or (artwork.width / 2, artwork.height / 2)
        self._put(picture, clip, middle)

    def _put(self, picture: Picture, clip: Clip, centre: tuple[float, float] | None) -> None:
        """The clip's pixels as a layer, around ``centre`` or where they were; converted first where colours differ."""
        space = picture.document.committed.colour_space
        if colours.same(clip.colour_space, space):
            self._add(picture, (self._layer(clip, picture.document.committed, centre),))
            return

        def finished(pixels: np.ndarray) -> None:
            if picture.document.committed.colour_space == space:
                clip_here = replace(clip, pixels=pixels, colour_space=space)
                self._add(picture, (self._layer(clip_here, picture.document.committed, centre),))
            else:
                self._put(picture, clip, centre)

        work(self._studio, picture, PASTING, lambda: _in_space(clip, space), finished)

    def _layer(self, clip: Clip, artwork: Artwork, centre: tuple[float, float] | None) -> Paint:
        height, width = clip.pixels.shape[:2]
        left, top = clip.left, clip.top
        if centre is not None:
            left, top = round(centre[0] - width / 2), round(centre[1] - height / 2)
        surface = Surface.from_pixels(as_type(clip.pixels, artwork.dtype), left, top)
        return Paint(name=self._studio.translate("layer-names", PASTED), surface=surface)

    def _add(self, picture: Picture, layers: tuple[Layer, ...]) -> None:
        if picture.document.gesture_open:
            return
        self._studio.settle()
        try:
            artwork = picture.document.committed
            for layer in layers:
                artwork = edits.add_layer(artwork, layer)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        picture.document.commit(PASTE, artwork.with_(selection=None))

    def _new_picture(self, clip: Clip) -> None:
        """Nothing is open: the clip becomes a picture of its size."""
        surface = Surface.from_pixels(as_type(clip.pixels, np.dtype(clip.precision)))
        height, width = clip.pixels.shape[:2]
        name = self._studio.translate("layer-names", CLIPBOARD)
        artwork = edits.from_picture(surface, width, height, name=name, colour_space=clip.colour_space)
        self._studio.show(artwork, title=self._studio.untitled())


def paste_text(studio: Studio, words: str, centre: tuple[float, float]) -> None:
    """Words from another program: into the open text, else as one that begins at ``centre``, the caret behind them."""
    picture, session = studio.current, studio.painting.session
    if picture is None:
        return
    if session is not None and session.takes_text:
        session.replace_selection(words)
        return
    studio.painting.choose_tool("text")
    # Shift: another text, also where one stands already
    running = studio.painting.begin(picture, Pointer(*centre, modifiers=frozenset({"shift"})))
    if running is not None:
        running.finish()
    if studio.painting.session is not None:
        studio.painting.session.replace_selection(words.replace("\r\n", "\n"))


def _placed(artwork: Artwork, layer: Layer) -> Layer:
    """The layer as it would stand outside its groups."""
    parent = tree.parent_of(artwork, layer.id)
    if parent is None:
        return layer
    return layer.with_(transform=joined(tree.transform_of(artwork, parent.id), layer.transform))


def _fits(clip: Clip, artwork: Artwork) -> bool:
    """Whether the layers can be taken as they are: the same encoding of their pixels."""
    return clip.precision == artwork.precision and clip.colour_space == artwork.colour_space


def _in_space(clip: Clip, space: ColourSpace) -> Work:
    """The clip's pixels in another colour space."""
    pixels = np.empty_like(clip.pixels)
    for top, strip in colours.strips_between(clip.pixels, clip.colour_space, space):
        pixels[top : top + strip.shape[0]] = strip
        yield (top + strip.shape[0]) / pixels.shape[0]
    return pixels


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
