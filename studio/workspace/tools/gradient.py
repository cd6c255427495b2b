"""Gradient: drawn as a line, kept as a fill layer whose line, stops and colours stay open; or laid on pixels and masks."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import numpy as np

from studio.document import covering, edits, masks
from studio.document.artwork import Artwork, ColourSpace
from studio.document.covering import Ink
from studio.document.errors import EditError
from studio.document.layer import Fill
from studio.document.painting import check_room
from studio.document.selecting import NOTHING_SELECTED
from studio.document.tree import path_to, transform_of
from studio.raster import gradient
from studio.raster.bezier import mapped
from studio.raster.selecting.combining import is_empty
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, Stop, Stops, declare
from studio.render.pyramid import inverse
from studio.synthesis import fills
from studio.synthesis.fills import FillGradient
from studio.workspace import colours
from studio.workspace.filling import ink_for, landing
from studio.workspace.gradient_preview import LiveGradient
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import Begun, constrained, mirrored
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Mark, Outline
from studio.workspace.tools.session import Session
from studio.workspace.used_colours import Colour

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

GRADIENT = QT_TRANSLATE_NOOP("history", "Gradient")
LAYER_NAME = QT_TRANSLATE_NOOP("layer-names", "Gradient")
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "linear"),
    QT_TRANSLATE_NOOP("recipe", "radial"),
    QT_TRANSLATE_NOOP("recipe", "angle"),
    QT_TRANSLATE_NOOP("recipe", "reflected"),
    QT_TRANSLATE_NOOP("recipe", "pad"),
    QT_TRANSLATE_NOOP("recipe", "repeat"),
    QT_TRANSLATE_NOOP("recipe", "mirror"),
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "oklab"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
    QT_TRANSLATE_NOOP("recipe", "colour-to-background"),
    QT_TRANSLATE_NOOP("recipe", "colour-to-transparent"),
    QT_TRANSLATE_NOOP("recipe", "own"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
REACH = 9.0
"""Device pixels around a grip that take hold of it."""
RAIL = 16.0
"""Device pixels between the line and its stops, which lie beside it."""


class GradientOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the gradient tool; ``stops`` are those of ``colours`` own."""

    kind: Annotated[
        Literal["linear", "radial", "angle", "reflected"], declare(QT_TRANSLATE_NOOP("recipe", "Form"))
    ] = "linear"
    colours: Annotated[
        Literal["colour-to-background", "colour-to-transparent", "own"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Colours"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "From the painting colour to the background, to nothing, or your own."
            ),
        ),
    ] = "colour-to-background"
    stops: Annotated[
        Stops,
        msgspec.Meta(
            min_length=1,
            max_length=64,
            title=QT_TRANSLATE_NOOP("recipe", "Stops"),
            extra={"when": {"colours": ("own",)}},
        ),
    ] = ((0.0, 0.05, 0.2, 0.45, 1.0), (0.55, 0.95, 0.6, 0.35, 1.0), (1.0, 1.0, 0.95, 0.75, 1.0))
    space: Annotated[
        Literal["oklab", "encoded", "linear-light"], declare(QT_TRANSLATE_NOOP("recipe", "Colours between"))
    ] = "oklab"
    extend: Annotated[
        Literal["pad", "repeat", "mirror"], declare(QT_TRANSLATE_NOOP("recipe", "Beyond the ends"))
    ] = "pad"
    as_layer: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "As fill layer"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "It stays open to change; off, it is painted on the layer."
            ),
        ),
    ] = True
    dither: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Dither"))] = True


class GradientSession(Session):
    """The line on the canvas with its two ends and its stops beside it.

    Pressing a grip moves it, anywhere else draws a new line. A stop is chosen by pressing it: the colour panel then gives
    its colour, Delete takes it out; a double click beside the line adds one.
    """

    owner = "gradient"

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self._start = picture.document.artwork
        self._layer_id = ""
        self._values: FillGradient | None = None
        self._line: tuple[float, float, float, float] | None = None
        self._chosen: int | None = None
        self._hot: str = ""
        self._zoom = 1.0
        self._shown = False
        layer = self._start.active_layer
        if isinstance(layer, Fill) and layer.recipe.name == fills.GRADIENT.name and not self._on_pixels:
            self._take(layer)
        painting.colour_changed.connect(self._coloured)

    def _take(self, layer: Fill) -> None:
        try:
            values: FillGradient = fills.parameters_of(layer.recipe)
        except RecipeError:
            return
        if any(one.locks.all or not one.visible for one in path_to(self._start, layer.id)):
            return
        self._layer_id, self._values = layer.id, values
        to_document = transform_of(self._start, layer.id)
        start, end = (
            mapped(to_document, point) for point in ((values.x0, values.y0), (values.x1, values.y1))
        )
        self._line = (*start, *end)
        self.painting.change_options(
            "gradient", kind=values.kind, space=values.space, extend=values.extend, dither=values.dither,
            colours="own", stops=self._in_hand(values.stops),
        )  # fmt: skip

    @property
    def _space(self) -> ColourSpace:
        return self._start.colour_space

    def _in_hand(self, stops: Stops) -> Stops:
        """Stops of the picture as the options hold them."""
        return tuple((stop[0], *colours.leaving(stop[1:], self._space)) for stop in stops)

    @property
    def _options(self) -> GradientOptions:
        return self.painting.options("gradient")

    @property
    def _on_pixels(self) -> bool:
        """Whether a gradient is laid down at once: on a mask, the selection, or where no layer is wanted."""
        return self._start.edits_mask or self._start.quick_mask or not self._options.as_layer

    # what is seen

    @property
    def marks(self) -> tuple[Mark, ...]:
        if self._line is None:
            return ()
        x0, y0, x1, y1 = self._line
        ends: tuple[Mark, ...] = (
            Outline(((x0, y0), (x1, y1)), closed=False, dashed=False),
            Handle(x0, y0, "round", self._hot == "start"),
            Handle(x1, y1, "round", self._hot == "end"),
        )
        if self._values is None:
            return ends
        stops = (
            Handle(*self._beside(stop[0]), "diamond", index == self._chosen or self._hot == str(index))
            for index, stop in enumerate(self._values.stops)
        )
        return (*ends, *stops)

    def _beside(self, offset: float) -> tuple[float, float]:
        """Where the grip of a stop lies."""
        assert self._line is not None
        x0, y0, x1, y1 = self._line
        x, y = x1 - x0, y1 - y0
        length = math.hypot(x, y) or 1.0
        away = RAIL / self._zoom / length
        return x0 + x * offset - y * away, y0 + y * offset + x * away

    def _grip(self, pointer: Pointer) -> str:
        """``start``, ``end``, the number of a stop, ``rail`` beside the line; empty elsewhere."""
        if self._line is None:
            return ""
        self._zoom = pointer.zoom
        reach = REACH / pointer.zoom
        x0, y0, x1, y1 = self._line
        near = [
            (math.dist((pointer.x, pointer.y), (x0, y0)), "start"),
            (math.dist((pointer.x, pointer.y), (x1, y1)), "end"),
        ]
        if self._values is not None:
            for index, stop in enumerate(self._values.stops):
                near.append((math.dist((pointer.x, pointer.y), self._beside(stop[0])), str(index)))
        distance, name = min(near)
        if distance <= reach:
            return name
        offset, away = self._offset(pointer)
        return (
            "rail"
            if self._values is not None and 0 < offset < 1 and away <= RAIL / pointer.zoom + reach
            else ""
        )

    def _offset(self, pointer: Pointer) -> tuple[float, float]:
        """How far along the line the pen is, 0–1 between its ends, and how far from it in document pixels."""
        assert self._line is not None
        x0, y0, x1, y1 = self._line
        x, y = x1 - x0, y1 - y0
        square = x * x + y * y or 1.0
        dx, dy = pointer.x - x0, pointer.y - y0
        return (dx * x + dy * y) / square, abs(dx * y - dy * x) / math.sqrt(square)

    def cursor(self, pointer: Pointer) -> str:
        grip = self._grip(pointer)
        return "move" if grip and grip != "rail" else "cross"

    def hover(self, pointer: Pointer) -> None:
        grip = self._grip(pointer)
        if grip != self._hot:
            self._hot = grip
            self.changed.emit()

    # the hand

    def lets_pick(self, pointer: Pointer) -> bool:
        return True

    def press(self, pointer: Pointer) -> Gesture | None:
        grip = self._grip(pointer)
        if grip == "rail":
            if pointer.clicks == 2:
                self._add_stop(self._offset(pointer)[0])
            return None
        if grip in ("start", "end"):
            assert self._line is not None
            line = self._line
            return self._drag(pointer, lambda sample: self._move_end(line, grip, sample))
        if grip:
            return self._slide(int(grip), pointer)
        if self._on_pixels and not self._layer_id:
            return self._lay(pointer)
        if not self._layer_id:
            self._check_room()
        begun = Begun(pointer)
        return self._drag(pointer, lambda sample: self._draw(begun.follow(sample), sample))

    def _check_room(self) -> None:
        """Raises EditError where a new gradient would not be seen: nothing selected, or a group hidden or locked around it."""
        artwork = self.picture.document.artwork
        check_room(artwork)
        if artwork.selection is not None and is_empty(artwork.selection):
            raise EditError(NOTHING_SELECTED)

    def _drag(self, pointer: Pointer, move: Callable[[Pointer], None]) -> Gesture:
        document = self.picture.document
        before = self._line, self._values, self._layer_id, self._shown
        artwork = document.artwork
        document.begin_gesture()
        done = False
        try:
            while (sample := (yield)) is not None:
                move(sample)
            done = True
        finally:
            if not done:
                self._line, self._values, self._layer_id, self._shown = before
                if self._shown:
                    document.preview(self.owner, artwork)
                else:
                    document.revert(self.owner)
            document.end_gesture()
            self.changed.emit()

    def _move_end(self, line: tuple[float, float, float, float], which: str, sample: Pointer) -> None:
        """An end of ``line``, as it was at the press, with the pen; with Alt its middle stays instead of the other end."""
        x0, y0, x1, y1 = line
        still = (x1, y1) if which == "start" else (x0, y0)
        if middle := "alt" in sample.modifiers:
            still = (x0 + x1) / 2, (y0 + y1) / 2
        place = _kept(still, sample)
        other = mirrored(place, still) if middle else still
        self._line = (*place, *other) if which == "start" else (*other, *place)
        self._show()

    def _draw(self, start: Pointer, sample: Pointer) -> None:
        first, place = _drawn((start.x, start.y), sample)
        if math.dist(place, (start.x, start.y)) * sample.zoom < 3 and not self._shown:
            return
        self._line = (*first, *place)
        self._show()

    def _slide(self, index: int, pointer: Pointer) -> Gesture:
        """Moves a stop along the line; pulled far away from it the stop is dropped, as long as another is left."""
        assert self._values is not None
        self._chosen = index
        stops = self._values.stops
        self.changed.emit()

        def move(sample: Pointer) -> None:
            offset, away = self._offset(sample)
            gone = away * sample.zoom > 4 * RAIL and len(stops) > 1
            moved = () if gone else ((min(max(offset, 0.0), 1.0), *stops[index][1:]),)
            self._chosen = None if gone else index
            self._set_stops(stops[:index] + moved + stops[index + 1 :])

        yield from self._drag(pointer, move)

    def _add_stop(self, offset: float) -> None:
        assert self._values is not None
        profile = self._space.icc
        colour = gradient.colours_at(self._values.stops, np.array([offset]), self._values.space, profile)[0]
        self._chosen = len(self._values.stops)
        red, green, blue, alpha = (min(max(float(part), 0.0), 1.0) for part in colour)
        self._set_stops((*self._values.stops, (offset, red, green, blue, alpha)))

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("delete", "backspace") and self._values is not None and self._chosen is not None:
            if len(self._values.stops) > 1:
                index, self._chosen = self._chosen, None
                self._set_stops(self._values.stops[:index] + self._values.stops[index + 1 :])
            return True
        return False

    def _set_stops(self, stops: Stops) -> None:
        if self._values is not None:
            self._values = msgspec.structs.replace(self._values, stops=stops)
            self._show()
            self.painting.change_options("gradient", colours="own", stops=self._in_hand(stops))

    def _coloured(self) -> None:
        """Another painting colour: that of the chosen stop."""
        if self._values is not None and self._chosen is not None:
            stop = self._values.stops[self._chosen]
            changed: Stop = (stop[0], *colours.entering(self.painting.colour, self._space), stop[4])
            stops = self._values.stops
            self._set_stops((*stops[: self._chosen], changed, *stops[self._chosen + 1 :]))

    # the picture

    def _made(self) -> FillGradient:
        """The values of a new gradient, as the options say."""
        return colours.values_entering(gradient_of(self.painting, self._options), self._space)

    def options_changed(self, options: msgspec.Struct) -> None:
        assert isinstance(options, GradientOptions)
        if self._values is None:
            return
        values = msgspec.structs.replace(
            self._values, kind=options.kind, space=options.space, extend=options.extend, dither=options.dither,
            stops=stops_of(self.painting, options),
        )  # fmt: skip
        values = colours.values_entering(values, self._space, (self._values,))
        if values != self._values:
            self._chosen = self._chosen if len(values.stops) == len(self._values.stops) else None
            self._values = values
            self._show()

    def _show(self) -> None:
        """The picture with the gradient as it is now."""
        assert self._line is not None
        artwork = self.picture.document.artwork
        if not self._layer_id:
            artwork = self._with_layer(artwork)
        back = inverse(transform_of(artwork, self._layer_id)) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        (x0, y0), (x1, y1) = mapped(back, self._line[:2]), mapped(back, self._line[2:])
        if self._values is None:
            self._values = self._made()
        self._values = msgspec.structs.replace(self._values, x0=x0, y0=y0, x1=x1, y1=y1)
        changed = edits.change(artwork, self._layer_id, recipe=fills.GRADIENT.stored(self._values))
        self.picture.document.preview(self.owner, changed)
        self._shown = True
        self.changed.emit()

    def _with_layer(self, artwork: Artwork) -> Artwork:
        layer = Fill(name=self.painting.name_of_layer(LAYER_NAME), recipe=fills.GRADIENT.stored(self._made()))
        artwork = edits.add_layer(artwork, layer)
        self._layer_id = layer.id
        if artwork.selection is not None:
            artwork = masks.from_selection(artwork, layer.id)
        return artwork

    def _lay(self, pointer: Pointer) -> Gesture:
        """The gradient is seen along the line as it is drawn, and laid down when the pen is lifted."""
        studio, document = self.painting.studio, self.picture.document
        studio.settle(keep=self.owner)
        landed = landing(document.artwork, new_layer=False, name=self.painting.name_of_layer(LAYER_NAME))
        values = gradient_of(self.painting, self._options)
        live = LiveGradient(
            self.painting.selecting.lane, landed, studio.viewing.frame,
            lambda artwork: document.preview(self.owner, artwork),
        )  # fmt: skip
        begun, line, done = Begun(pointer), None, False
        document.begin_gesture()
        try:
            while (sample := (yield)) is not None:
                begun.follow(sample)
                line = _drawn(begun.place, sample)
                self._line = (*line[0], *line[1])
                live.ask(values, line)
                self.changed.emit()
            done = True
        finally:
            live.stop()
            self._line = None
            document.revert(self.owner)
            if done and line is not None:
                lay_down(self.picture, self.painting, values, *line, guess=live.last)
            document.end_gesture()
            self.changed.emit()

    def apply(self) -> None:
        self.painting.colour_changed.disconnect(self._coloured)
        if self._shown:
            self.picture.document.commit(GRADIENT, owner=self.owner)
            if self._values is not None:
                self.painting.used.note(ends_of(self._in_hand(self._values.stops)))

    def cancel(self) -> None:
        self.painting.colour_changed.disconnect(self._coloured)
        self.picture.document.revert(self.owner)


def gradient_of(painting: Painting, options: GradientOptions) -> FillGradient:
    """A gradient without its line, as the options say; its colours are the hand's."""
    return FillGradient(
        kind=options.kind, stops=stops_of(painting, options), space=options.space, extend=options.extend,
        dither=options.dither,
    )  # fmt: skip


def ends_of(stops: Stops) -> tuple[Colour, ...]:
    """The colours that a gradient begins and ends with, where they are not wholly transparent."""
    ordered = sorted(stops, key=lambda stop: stop[0])
    return tuple(stop[1:4] for stop in (ordered[0], ordered[-1]) if stop[4] > 0)


def stops_of(painting: Painting, options: GradientOptions) -> Stops:
    """The stops that the options mean."""
    if options.colours == "own":
        return options.stops
    first: Stop = (0.0, *painting.colour, 1.0)
    if options.colours == "colour-to-transparent":
        return first, (1.0, *painting.colour, 0.0)
    return first, (1.0, *painting.background, 1.0)


def lay_down(
    picture: Picture,
    painting: Painting,
    values: FillGradient,
    start: tuple[float, float],
    end: tuple[float, float],
    guess: Artwork | None = None,
) -> None:
    """Paints a gradient of the hand's colours where a stroke would land: on the layer, its mask or the selection; one undo
    step. ``guess`` is shown until it is done."""
    name = painting.name_of_layer(LAYER_NAME)

    def inks(space: ColourSpace) -> Ink:
        own: FillGradient = colours.values_entering(values, space)
        return lambda rect: gradient.paint(
            own.stops,
            own.kind,
            start,
            end,
            rect,
            extend=own.extend,
            space=own.space,
            dither=own.dither,
            profile=space.icc,
        )

    def work(artwork: Artwork):
        target, layer_id, part = landing(artwork, new_layer=False, name=name)
        cover = covering.Cover(artwork.rect, lambda rect: np.ones((rect.height, rect.width), np.float32))
        ink = ink_for(inks, artwork, part)
        return (yield from covering.laid(target, layer_id, part, cover, ink))

    painting.studio.filling.run(picture, GRADIENT, work, name, ends_of(values.stops), guess)


def _kept(still: tuple[float, float], sample: Pointer) -> tuple[float, float]:
    """Where the pen is; with Shift on the nearest of the eight directions from ``still``."""
    place = sample.x, sample.y
    return constrained(still, place) if "shift" in sample.modifiers else place


def _drawn(start: tuple[float, float], sample: Pointer) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of a line drawn from ``start``; with Alt that is its middle."""
    place = _kept(start, sample)
    return (mirrored(place, start) if "alt" in sample.modifiers else start), place


KINDS = (
    ToolKind(
        name="gradient", title=QT_TRANSLATE_NOOP("actions", "Gradient"), icon="gradient", family="gradient",
        shortcuts=("Shift+G",), aliases=("blend", "gradient fill", "渐变工具"), open=GradientSession, open_at_once=True, stays=True,
        space_moves=True, options=GradientOptions, snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag draws the gradient; ends and stops can be moved, a double click beside the line adds a stop"),
    ),
)  # fmt: skip
