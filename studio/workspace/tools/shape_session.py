"""What the tools that draw shapes share: the layer under the hand, its colours, its undo step."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from studio.document import edits
from studio.document.artwork import ColourSpace
from studio.document.layer import Affine, Shape
from studio.document.painting import check_room
from studio.document.tree import path_to, transform_of
from studio.raster import bezier, vector
from studio.raster.bezier import Path, Point
from studio.raster.path_data import written
from studio.raster.vector import Head, Join, Rgba, ShapeStyle
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.render.pyramid import inverse
from studio.workspace import colours
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

REACH = 9.0
"""Device pixels around a grip that take hold of it."""
HERE: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
ShapePaint = Literal["fill", "stroke", "fill-and-stroke"]
LineKind = Literal["solid", "dashed", "dotted"]
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "fill"),
    QT_TRANSLATE_NOOP("recipe", "stroke"),
    QT_TRANSLATE_NOOP("recipe", "fill-and-stroke"),
    QT_TRANSLATE_NOOP("recipe", "solid"),
    QT_TRANSLATE_NOOP("recipe", "dashed"),
    QT_TRANSLATE_NOOP("recipe", "dotted"),
    QT_TRANSLATE_NOOP("recipe", "miter"),
    QT_TRANSLATE_NOOP("recipe", "bevel"),
    QT_TRANSLATE_NOOP("recipe", "arrow"),
    QT_TRANSLATE_NOOP("recipe", "open-arrow"),
    QT_TRANSLATE_NOOP("recipe", "dot"),
    QT_TRANSLATE_NOOP("recipe", "bar"),
)
"""Words of the choices, which their declarations hold as plain literals."""
PAINT = declare(
    QT_TRANSLATE_NOOP("recipe", "Draw"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Area and line take the painting colour; together the line takes the background colour."
    ),
)
LINED: Mapping[str, tuple[str, ...]] = MappingProxyType({"paint": ("stroke", "fill-and-stroke")})
WIDTH = declare(
    QT_TRANSLATE_NOOP("recipe", "Line width"), low=0.1, high=1000.0, soft_high=100.0, unit="px", when=LINED
)
LINE = declare(QT_TRANSLATE_NOOP("recipe", "Line"), when=LINED)
JOIN = declare(QT_TRANSLATE_NOOP("recipe", "Corners"), when=LINED)
START = declare(QT_TRANSLATE_NOOP("recipe", "Line start"), when=LINED)
END = declare(QT_TRANSLATE_NOOP("recipe", "Line end"), when=LINED)
_DASHES = {"solid": (0.0, 2.0), "dashed": (3.0, 2.0), "dotted": (0.01, 2.0)}


class PathOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of a shape that has only area and line."""

    paint: Annotated[ShapePaint, PAINT] = "stroke"
    width: Annotated[float, WIDTH] = 4.0
    line: Annotated[LineKind, LINE] = "solid"
    join: Annotated[Join, JOIN] = "round"
    start: Annotated[Head, START] = "none"
    end: Annotated[Head, END] = "none"


def styled(painting: Painting, options: Any, style: ShapeStyle, space: ColourSpace) -> ShapeStyle:
    """``style`` with the line that the options and the colours that the painting colours give in a picture of ``space``."""
    paint: ShapePaint = getattr(options, "paint", "stroke")
    main: Rgba = colours.entering((*painting.colour, 1.0), space)
    second: Rgba = colours.entering((*painting.background, 1.0), space)
    dash, gap = _DASHES[options.line]
    return msgspec.structs.replace(
        style,
        fill=None if paint == "stroke" else main,
        stroke=None if paint == "fill" else (main if paint == "stroke" else second),
        width=options.width,
        dash=dash,
        space=gap,
        join=getattr(options, "join", "miter"),
        cap="round" if options.line == "dotted" else "butt",
        start=getattr(options, "start", "none"),
        end=getattr(options, "end", "none"),
    )


def options_of(style: ShapeStyle) -> dict[str, Any]:
    """What the options bar says of a shape that is taken up again."""
    paint = "fill-and-stroke" if style.fill and style.stroke else "stroke" if style.stroke else "fill"
    line = "solid" if not style.dash else "dotted" if style.cap == "round" else "dashed"
    return {
        "paint": paint, "width": max(style.width, 0.1), "line": line, "join": style.join, "start": style.start,
        "end": style.end, "radius": style.radius, "sides": style.sides, "inner": style.inner,
    }  # fmt: skip


class ShapeSession(Session):
    """A shape layer that is being drawn or taken up again.

    Subclasses say what they hold (``take``), what is drawn (``path``) and what the hand does (``grip``, ``drag``). All
    places are in the layer's own pixels.
    """

    owner = "shape"
    kinds: tuple[str, ...] = ()
    title = ""

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self.tool = painting.tool
        self.style = ShapeStyle()
        self.layer_id = ""
        self.hot = ""
        self.zoom = 1.0
        self._shown = False
        self._quiet = False
        layer = picture.document.artwork.active_layer
        if isinstance(layer, Shape) and self._free(layer):
            style = vector.style_of(layer.style)
            if self.takes(style):
                self._take(layer, style)
        painting.colour_changed.connect(self._restyled)

    def _free(self, layer: Shape) -> bool:
        """Whether it can be taken up: seen, and not locked."""
        path = path_to(self.picture.document.artwork, layer.id)
        return all(one.visible and not one.locks.all for one in path)

    def _take(self, layer: Shape, style: ShapeStyle) -> None:
        self.layer_id, self.style = layer.id, style
        known = self.painting.options(self.tool).__struct_fields__
        self._quiet = True
        self.painting.change_options(
            self.tool, **{name: value for name, value in options_of(style).items() if name in known}
        )
        self._quiet = False
        self.take(vector.path_of(layer.path), style)

    # what subclasses say

    def takes(self, style: ShapeStyle) -> bool:
        return style.kind in self.kinds

    def take(self, path: Path, style: ShapeStyle) -> None:
        """Takes up a shape that is there."""

    def path(self) -> Path:
        """What is drawn; empty as long as there is nothing."""
        return ()

    def forget(self) -> None:
        """Another shape begins."""

    def own_style(self, options: Any) -> ShapeStyle:
        """The style with what only this kind of shape has."""
        return self.style

    # places

    @property
    def to_document(self) -> Affine:
        artwork = self.picture.document.artwork
        return transform_of(artwork, self.layer_id) if self.layer_id and artwork.find(self.layer_id) else HERE

    def in_layer(self, pointer: Pointer) -> Point:
        self.zoom = pointer.zoom
        back = inverse(self.to_document) or HERE
        return bezier.mapped(back, (pointer.x, pointer.y))

    def in_document(self, point: Point) -> Point:
        return bezier.mapped(self.to_document, point)

    def near(self, pointer: Pointer, point: Point) -> bool:
        """Whether the pen is on a grip at ``point`` of the layer."""
        return math.dist(self.in_document(point), (pointer.x, pointer.y)) * pointer.zoom <= REACH

    # the picture

    def show(self) -> None:
        """The picture with the shape as it is now."""
        path = self.path()
        if not path:
            return
        artwork = self.picture.document.artwork
        if not self.layer_id or artwork.find(self.layer_id) is None:
            self._restyle()
            layer = Shape(name=self.painting.name_of_layer(self.title), path="")
            artwork = edits.add_layer(artwork, layer)
            self.layer_id = layer.id
            outer = transform_of(artwork, layer.id)
            if outer != HERE:  # in a group that is moved: its own pixels are the document's all the same
                artwork = edits.change(artwork, layer.id, transform=inverse(outer) or HERE)
        self.style = self.own_style(self.painting.options(self.tool))
        plain = msgspec.to_builtins(self.style)
        changed = edits.change(artwork, self.layer_id, path=written(path), style=plain)
        self.picture.document.preview(self.owner, changed)
        self._shown = True
        self.changed.emit()

    def hide(self) -> None:
        """Nothing is left to draw: a new layer goes, one that was there is empty."""
        if not self._shown:
            return
        artwork = self.picture.document.artwork
        if self.picture.document.committed.find(self.layer_id) is None:
            self.picture.document.revert(self.owner)
            self.layer_id, self._shown = "", False
        else:
            self.picture.document.preview(self.owner, edits.change(artwork, self.layer_id, path=""))

    def options_changed(self, options: msgspec.Struct) -> None:
        self._restyled()

    def _restyled(self) -> None:
        """Other options or colours: those of the shape under the hand."""
        if not self._quiet and self.layer_id:
            self._restyle()
            self.show()

    def _restyle(self) -> None:
        space = self.picture.document.artwork.colour_space
        self.style = styled(self.painting, self.painting.options(self.tool), self.style, space)

    def dragged(
        self, move: Callable[[Pointer], None], state: Callable[[], Any], restore: Callable[[Any], None]
    ) -> Gesture:
        """A drag that ``move`` follows; taken back as a whole when it is cancelled. Raises EditError where a new shape would
        lie in a locked or hidden group."""
        self.check_room()
        document = self.picture.document
        before, layer_id, shown, artwork = state(), self.layer_id, self._shown, document.artwork
        document.begin_gesture()
        done = False
        try:
            while (sample := (yield)) is not None:
                move(sample)
            done = True
        finally:
            if not done:
                restore(before)
                self.layer_id, self._shown = layer_id, shown
                if shown:
                    document.preview(self.owner, artwork)
                else:
                    document.revert(self.owner)
            document.end_gesture()
            self.changed.emit()

    def check_room(self) -> None:
        """Raises EditError where the shape that begins would lie in a locked or hidden group."""
        if not self.layer_id:
            check_room(self.picture.document.artwork)

    def lets_pick(self, pointer: Pointer) -> bool:
        return True

    def begin_another(self) -> None:
        """What was drawn becomes its step; the next shape is another layer."""
        self._commit()
        self.layer_id = ""
        self.style = ShapeStyle()
        self.forget()

    def _commit(self) -> None:
        if self._shown:
            self._shown = False
            self.picture.document.commit(self.title, owner=self.owner)
            space = self.picture.document.committed.colour_space
            laid = [one for one in (self.style.fill, self.style.stroke) if one is not None and one[3] > 0]
            self.painting.used.note([colours.leaving(one[:3], space) for one in laid])

    def apply(self) -> None:
        self.painting.colour_changed.disconnect(self._restyled)
        self._commit()

    def cancel(self) -> None:
        self.painting.colour_changed.disconnect(self._restyled)
        self.picture.document.revert(self.owner)
