"""What the artist does to the selection: made from tools, layers, channels and tones; changed, kept, filled, stroked.

Whatever reads or makes many pixels runs on the render lane and becomes one undo step when it is done.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from psygnal import Signal

from studio.document import selecting as edits
from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.history import HistoryEntry
from studio.document.painting import rectangle_selection
from studio.project.errors import ProjectError
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.selecting import morphology, outlines, regions, tones
from studio.raster.selecting.combining import Mode, is_empty
from studio.raster.selecting.regions import Read
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import colours, merging, quick_objects
from studio.workspace.notices import Notice
from studio.workspace.quick_objects import Mark, QuickObjects
from studio.workspace.selection_work import SelectionWork, Work, ignore
from studio.workspace.stroking import along_selection
from studio.workspace.used_colours import Colour

if TYPE_CHECKING:
    from studio.jobs.lane import Lane
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

Making = Callable[[Artwork], Generator[None, None, Mask]]
"""Makes a selection of an artwork, in steps."""

WAND = QT_TRANSLATE_NOOP("history", "Magic wand")
BY_COLOUR = QT_TRANSLATE_NOOP("history", "Select by colour")
TONE = QT_TRANSLATE_NOOP("history", "Select by tone")
STROKE = QT_TRANSLATE_NOOP("history", "Stroke selection")
RESELECT = QT_TRANSLATE_NOOP("history", "Reselect")
AT_ONCE = 1 << 20
"""Pixels of an outline that is filled in the calling thread; a larger one is filled on the lane."""
FEW = 32
"""Tiles of a mask that is joined with the selection, or moved, in the calling thread, each in 0.3 ms; of more, on the lane."""

LABELS = {
    "grow": QT_TRANSLATE_NOOP("history", "Grow selection"),
    "shrink": QT_TRANSLATE_NOOP("history", "Shrink selection"),
    "feather": QT_TRANSLATE_NOOP("history", "Feather selection"),
    "border": QT_TRANSLATE_NOOP("history", "Selection border"),
    "smooth": QT_TRANSLATE_NOOP("history", "Smooth selection"),
}
QUICK_MASK = QT_TRANSLATE_NOOP(
    "notices", "Brushes now paint the selection: white adds, black takes away. Q ends it."
)
NO_MASK = QT_TRANSLATE_NOOP("document", "This layer has no mask.")
NO_EARLIER = QT_TRANSLATE_NOOP("document", "Nothing was selected in this picture before.")


class Selecting:
    """``changed``: the quick mask was taken up or left, or the ants move along (``shift``, whole document pixels)."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.shift = (0, 0)
        self.objects = QuickObjects()
        self.work = SelectionWork(studio)
        self._told_of_quick_mask = False
        studio.current_changed.connect(self._other_picture)

    def _other_picture(self, _picture: object) -> None:
        """Marks belong to one picture, and must not keep its pixels."""
        self.objects = QuickObjects()

    @property
    def lane(self) -> Lane:
        """Where work on many pixels runs."""
        return self._studio.render_lane

    # simple changes

    @property
    def _artwork(self) -> Artwork | None:
        picture = self._studio.current
        return picture.document.committed if picture else None

    @property
    def exists(self) -> bool:
        """Whether something is selected in the current picture."""
        artwork = self._artwork
        return artwork is not None and artwork.selection is not None

    def _commit(
        self, label: str, edit: Callable[..., Artwork], *arguments: object, **options: object
    ) -> bool:
        """One undo step on the current picture; a refused edit becomes a card."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return False
        self._studio.settle()
        try:
            picture.document.commit(label, edit(picture.document.committed, *arguments, **options))
        except EditError as error:
            self._studio.refuse(error)
            return False
        return True

    def all(self) -> None:
        def everything(artwork: Artwork) -> Artwork:
            return artwork.with_(selection=rectangle_selection(artwork.rect))

        self._commit(QT_TRANSLATE_NOOP("history", "Select all"), everything)

    def none(self) -> None:
        if self.exists:
            self._commit(
                QT_TRANSLATE_NOOP("history", "Deselect"), lambda artwork: artwork.with_(selection=None)
            )

    def reselect(self) -> None:
        """The last selection that there was, found in the history; steps that have left the memory are read again. Where
        something is selected that is the last one already."""
        picture = self._studio.current
        if picture is None or self.exists:
            return
        steps = picture.document.history[: picture.document.cursor + 1]

        def work(artwork: Artwork) -> Generator[None, None, Artwork]:
            mask = yield from _last_selection(picture, steps)
            return artwork.with_(selection=mask)

        for entry in reversed(steps):
            if entry.artwork is None:
                self.run(RESELECT, work)
                return
            mask = entry.artwork.selection
            if mask is not None:
                self._commit(RESELECT, lambda artwork: artwork.with_(selection=mask))  # noqa: B023 - used at once
                return
        self._studio.refuse(EditError(NO_EARLIER))

    def invert(self) -> None:
        self.run(QT_TRANSLATE_NOOP("history", "Invert selection"), _stepwise(edits.invert))

    def change(self, kind: edits.Change, pixels: float, *, open_edges: bool = True) -> None:
        """Grows, shrinks, feathers, smooths the selection or makes it a border."""
        if self._needs_selection():
            self.run(LABELS[kind], lambda artwork: edits.change(artwork, kind, pixels, open_edges=open_edges))

    def _needs_selection(self) -> bool:
        if self._artwork is not None and not self.exists:
            self._studio.refuse(EditError(edits.NOTHING_SELECTED))
        return self.exists

    # work on the lane

    def run(
        self,
        label: str,
        work: Work,
        then: Callable[[Artwork | None], None] = ignore,
        *,
        replaces: bool = False,
    ) -> None:
        """What ``work`` returns becomes one undo step; see :class:`SelectionWork`."""
        self.work.run(label, work, then, replaces=replaces)

    def make(self, label: str, making: Making, mode: Mode = "new", feather: float = 0.0) -> None:
        """Puts a selection made on the lane, feathered by ``feather`` pixels, to the one there is; one undo step."""

        def work(artwork: Artwork) -> Generator[None, None, Artwork]:
            mask = yield from making(artwork)
            if feather > 0:
                mask = yield from morphology.feather(mask, artwork.rect, feather)
            return edits.select(artwork, mask, mode)

        self.run(label, work, replaces=mode == "new")

    def outline(
        self, label: str, area: Rect, fill: Callable[[Rect], Mask], mode: Mode = "new", feather: float = 0.0
    ) -> None:
        """An outline that ``fill`` makes a mask, cut to the canvas it is given; ``area`` says how large it is."""
        picture = self._studio.current
        if picture is None:
            return
        if feather <= 0 and area.width * area.height <= AT_ONCE:
            self._commit(label, lambda artwork: edits.select(artwork, fill(artwork.rect), mode))
            return

        self.make(label, lambda artwork: outlines.in_steps(area.intersect(artwork.rect), fill), mode, feather)

    # from the picture

    def reader(self, picture: Picture, artwork: Artwork, layer_id: str = "") -> Read:
        """Reads composed pixels: of the whole picture, or of one layer alone."""
        seen = edits.alone(artwork, layer_id) if layer_id else artwork
        return lambda rect: picture.renderer.compose(seen, rect, 0)

    def alike(
        self,
        x: int,
        y: int,
        likeness: regions.Likeness,
        *,
        contiguous: bool,
        one_layer: bool = False,
        side: int = 1,
        mode: Mode = "new",
        feather: float = 0.0,
    ) -> None:
        """The magic wand at a pixel, or with ``contiguous`` off all of its colour."""
        picture = self._studio.current
        if picture is None:
            return

        def making(artwork: Artwork) -> Generator[None, None, Mask]:
            read = self.reader(picture, artwork, artwork.active if one_layer else "")
            yield
            colour = regions.colour_at(read, x, y, side)
            if contiguous:
                return (yield from regions.connected(read, artwork.rect, x, y, colour, likeness))
            return (yield from regions.by_colour(read, artwork.rect, colour, likeness))

        label = WAND if contiguous else BY_COLOUR
        self.make(label, making, mode, feather)

    def object_under(self, mark: Mark, mode: Mode, reach: float) -> None:
        """Quick select: the object under the marks made so far and ``mark``; looks ``reach`` pixels around them."""
        picture = self._studio.current
        if picture is None:
            return
        self._find_object(picture, self.objects.next(picture.document.committed, mark, mode), reach)

    def object_in(self, box: Rect, mode: Mode) -> None:
        """The object in a box; further marks of quick select improve it."""
        picture = self._studio.current
        if picture is not None:
            marks = self.objects.next_box(picture.document.committed, box, mode)
            self._find_object(picture, marks, 0.0)

    def _find_object(self, picture: Picture, marks: quick_objects.Marks, reach: float) -> None:
        def work(artwork: Artwork) -> Generator[None, None, Artwork]:
            def read(rect: Rect, level: int) -> np.ndarray:
                return picture.renderer.compose(artwork, rect, level)

            mask = yield from quick_objects.found(read, artwork.rect, marks, reach)
            if marks.mode in ("new", "add") and not marks.outside and is_empty(mask):
                raise EditError(quick_objects.NOT_FOUND)
            return artwork.with_(selection=None if is_empty(mask) else mask)

        objects = self.objects

        def then(artwork: Artwork | None) -> None:
            if artwork is None:
                objects.failed()
            else:
                objects.arrived(artwork.selection)

        self.run(quick_objects.LABEL, work, then, replaces=marks.mode == "new")

    def from_layer(self, layer_id: str = "", mode: Mode = "new") -> None:
        """What a layer (default: the active one) covers: its alpha, with its mask and without its effects."""
        artwork = self._artwork
        if artwork is None:
            return
        wanted = layer_id or artwork.active
        if artwork.find(wanted) is None:
            self._studio.refuse(EditError(edits.NO_LAYER))
            return
        self._from_shape(QT_TRANSLATE_NOOP("history", "Select layer's pixels"), wanted, mode, mask_only=False)

    def from_mask(self, layer_id: str = "", mode: Mode = "new") -> None:
        """The mask of a layer (default: the active one), where the picture shows it."""
        artwork = self._artwork
        if artwork is None:
            return
        layer = artwork.find(layer_id or artwork.active)
        if layer is None or layer.mask is None:
            self._studio.refuse(EditError(NO_MASK))
            return
        self._from_shape(QT_TRANSLATE_NOOP("history", "Select layer mask"), layer.id, mode, mask_only=True)

    def _from_shape(self, label: str, layer_id: str, mode: Mode, *, mask_only: bool) -> None:
        """The shape that a layer, or its mask alone, has where it is shown: turned, bent, in its groups' places."""
        picture = self._studio.current
        assert picture is not None

        def making(artwork: Artwork) -> Generator[None, None, Mask]:
            if mask_only and tree.require(artwork, layer_id).mask is None:  # it was taken away meanwhile
                raise EditError(NO_MASK)
            plan = merging.selected_alpha(artwork, layer_id, mask_only)
            steps = merging.alpha_of(picture.renderer, artwork, plan)
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    return end.value
                yield

        self.make(label, making, mode)

    def from_channel(self, channel: tones.Channel, mode: Mode = "new") -> None:
        """The values of a channel of the whole picture."""
        picture = self._studio.current
        if picture is not None:
            self.make(
                QT_TRANSLATE_NOOP("history", "Select channel"),
                lambda artwork: tones.from_channel(self.reader(picture, artwork), artwork.rect, channel),
                mode,
            )

    def by_tone(self, handles: tones.Handles, mode: Mode = "new") -> None:
        """Pixels whose lightness lies between soft handles."""
        self.run(TONE, self.tone_work(handles, mode))

    def tone_work(self, handles: tones.Handles, mode: Mode = "new") -> Work:
        """The steps of a selection by tone, put to the selection there is."""
        picture = self._studio.current

        def work(artwork: Artwork) -> Generator[None, None, Artwork]:
            assert picture is not None
            mask = yield from tones.by_tone(self.reader(picture, artwork), artwork.rect, handles)
            return edits.select(artwork, mask, mode)

        return work

    # saved selections

    def save(self, name: str) -> None:
        self._commit(QT_TRANSLATE_NOOP("history", "Save selection"), edits.save, name)

    def load(self, selection_id: str, mode: Mode = "new") -> None:
        artwork = self._artwork
        if artwork is None:
            return
        label = QT_TRANSLATE_NOOP("history", "Load selection")
        kept = next((one for one in artwork.saved_selections if one.id == selection_id), None)
        if mode == "new" or kept is None or not artwork.selection or len(kept.mask.tiles) <= FEW:
            self._commit(label, edits.load, selection_id, mode)
        else:
            self.run(label, _stepwise(lambda now: edits.load(now, selection_id, mode)))

    def rename_saved(self, selection_id: str, name: str) -> None:
        self._commit(
            QT_TRANSLATE_NOOP("history", "Rename saved selection"), edits.rename_saved, selection_id, name
        )

    def delete_saved(self, selection_id: str) -> None:
        self._commit(QT_TRANSLATE_NOOP("history", "Delete saved selection"), edits.delete_saved, selection_id)

    # quick mask

    @property
    def quick_mask(self) -> bool:
        """Whether brushes paint the selection."""
        artwork = self._artwork
        return artwork is not None and artwork.quick_mask

    def toggle_quick_mask(self) -> None:
        """Takes the quick mask up or leaves it; not an undo step."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.settle()
        artwork = picture.document.committed
        picture.document.amend(edits.with_quick_mask(artwork, not artwork.quick_mask))
        if not artwork.quick_mask and not self._told_of_quick_mask:
            self._told_of_quick_mask = True
            self._studio.tell(Notice(kind="info", text=QUICK_MASK, action="quick-mask"))
        self.changed.emit()

    # what lies inside

    def clear(self) -> None:
        self.run(QT_TRANSLATE_NOOP("history", "Clear"), edits.clear)

    def fill(self, colour: tuple[float, float, float], opacity: float = 1.0) -> None:
        label = QT_TRANSLATE_NOOP("history", "Fill selection")
        light = colours.lightness(colour)

        def work(artwork: Artwork) -> edits.Steps:
            return edits.fill(artwork, colours.entering(colour, artwork.colour_space), opacity, light)

        self.run(label, work, self.noting(colour))

    def noting(self, colour: Colour) -> Callable[[Artwork | None], None]:
        """For the end of a piece of work: the colour is a used one if it was laid down."""

        def done(artwork: Artwork | None) -> None:
            if artwork is not None:
                self._studio.painting.used.note((colour,), artwork)

        return done

    def stroke(self, width: float, side: edits.Side = "centre", opacity: float = 1.0) -> None:
        """A line of the painting colour along the selection's edge."""
        if self._needs_selection():
            colour = self._studio.painting.colour
            self.run(STROKE, outlining(colour, width, side, opacity), self.noting(colour))

    def stroke_with_brush(self) -> None:
        """The brush in the hand goes along the selection's edge."""
        picture, painting = self._studio.current, self._studio.painting
        if picture is not None and self._needs_selection():
            brush = painting.brush
            then = self.noting(painting.colour) if brush.mode == "paint" else ignore
            self.run(STROKE, along_selection(picture, painting, brush), then)

    # moving the outline

    def drag(self, x: int, y: int) -> None:
        """The ants move along while the outline is dragged."""
        if self.shift != (x, y):
            self.shift = (x, y)
            self.changed.emit()

    def drop(self) -> None:
        """The outline stays where it was dragged to: one undo step."""
        x, y = self.shift
        artwork = self._artwork
        if artwork is None or artwork.selection is None or (x, y) == (0, 0):
            self.drag(0, 0)
            return
        label = QT_TRANSLATE_NOOP("history", "Move selection")
        if len(artwork.selection.tiles) <= FEW:
            self._commit(label, edits.move, x, y)
            self.drag(0, 0)
            return

        def work(artwork: Artwork) -> Generator[None, None, Artwork]:
            yield
            return edits.move(artwork, x, y)

        self.run(label, work)
        self.drag(0, 0)


def outlining(
    colour: tuple[float, float, float], width: float, side: edits.Side, opacity: float
) -> Callable[[Artwork], edits.Steps]:
    """Work that draws a line of ``colour`` along the selection's edge."""
    light = colours.lightness(colour)

    def work(artwork: Artwork) -> edits.Steps:
        own = colours.entering(colour, artwork.colour_space)
        return edits.fill_outline(artwork, own, width, side, opacity, light)

    return work


def _last_selection(picture: Picture, steps: Sequence[HistoryEntry]) -> Generator[None, None, Mask]:
    """The selection of the newest of ``steps`` that had one; a step that cannot be read any more is passed over.

    Raises EditError where there was none.
    """
    for entry in reversed(steps):
        artwork = entry.artwork
        if artwork is None:
            yield
            with contextlib.suppress(ProjectError):
                artwork = picture.load(entry.revision_id)
        if artwork is not None and artwork.selection is not None:
            return artwork.selection
    raise EditError(NO_EARLIER)


def _stepwise(edit: Callable[[Artwork], Artwork]) -> Work:
    """An edit as work of one step."""

    def work(artwork: Artwork) -> Generator[None, None, Artwork]:
        yield
        return edit(artwork)

    return work
