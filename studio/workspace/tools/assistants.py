"""Assistants: shapes that strokes keep to, laid down and moved by their grips."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec.structs import replace

from studio.document.aids import Assistant, Point
from studio.document.artwork import Artwork
from studio.raster.geometry import Region
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import guides
from studio.workspace.snapping import curves
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import constrained
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Mark
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.document.document import Document
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

GRIP = 10.0
"""Device pixels around a grip."""
LINE = 6.0
"""Device pixels around a line, by which all of an assistant is moved."""
Kind = Literal[
    "perspective-1", "perspective-2", "perspective-3", "parallel", "ruler", "ellipse", "concentric"
]
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "perspective-1"),
    QT_TRANSLATE_NOOP("recipe", "perspective-2"),
    QT_TRANSLATE_NOOP("recipe", "perspective-3"),
    QT_TRANSLATE_NOOP("recipe", "parallel"),
    QT_TRANSLATE_NOOP("recipe", "ruler"),
    QT_TRANSLATE_NOOP("recipe", "ellipse"),
    QT_TRANSLATE_NOOP("recipe", "concentric"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class AssistantOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a press beside all grips lays down; whether strokes keep to the assistant chosen last."""

    kind: Annotated[Kind, declare(QT_TRANSLATE_NOOP("recipe", "Assistant"))] = "perspective-2"
    snaps: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Strokes keep to it"))] = True


def begun(kind: Kind, x: float, y: float, size: float) -> Assistant:
    """A new assistant at (x, y); ``size``: document pixels, about a quarter of what is seen. The last point is dragged."""
    if kind.startswith("perspective"):
        count = int(kind[-1])
        points: tuple[Point, ...] = ((x, y), (x, y), (x, y - 2 * size))[:count]
        return Assistant("perspective", points)
    if kind in ("parallel", "ruler"):
        return Assistant("parallel" if kind == "parallel" else "ruler", ((x, y), (x, y)))
    ellipse: tuple[Point, ...] = ((x, y), (x + 1.0, y), (x, y + 1.0))
    return Assistant("ellipse" if kind == "ellipse" else "concentric", ellipse)


def stretched(kind: Kind, start: Point, now: Point, size: float) -> Assistant:
    """The assistant that a drag from ``start`` to ``now`` lays down; a click gives one of a usual size."""
    assistant = begun(kind, *start, size)
    if math.dist(start, now) < 2.0:
        now = (start[0] + size, start[1])
    if assistant.kind == "perspective":
        points = (start, now, *assistant.points[2:])[: len(assistant.points)]
        return replace(
            assistant, points=(now,) if len(points) == 1 and math.dist(start, now) >= 2.0 else points
        )
    if assistant.kind in ("parallel", "ruler"):
        return replace(assistant, points=(start, now))
    across = (start[0] - (now[1] - start[1]) * 0.6, start[1] + (now[0] - start[0]) * 0.6)
    return replace(assistant, points=(start, now, across))


class AssistantSession(Session):
    """Grips of every assistant of the picture. Each press is one undo step; Delete removes the one chosen last."""

    owner = "assistants"

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self.chosen: int | None = None
        self._hot: tuple[int, int] | None = None
        picture.document.changed.connect(self._follow)

    def _follow(self, _region: Region) -> None:
        self.changed.emit()

    @property
    def _assistants(self) -> tuple[Assistant, ...]:
        return self.picture.document.artwork.aids.assistants

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(
            Handle(
                x,
                y,
                "round" if place == 0 else "diamond" if index == self.chosen else "square",
                (index, place) == self._hot,
            )
            for index, one in enumerate(self._assistants)
            for place, (x, y) in enumerate(one.points)
        )

    def _grip(self, pointer: Pointer) -> tuple[int, int] | None:
        """(assistant, point) under the pen; point −1 for its line."""
        near = GRIP / pointer.zoom
        found = [
            (math.dist(point, (pointer.x, pointer.y)), index, place)
            for index, one in enumerate(self._assistants)
            for place, point in enumerate(one.points)
        ]
        nearest = min(found, default=None)
        if nearest is not None and nearest[0] <= near:
            return nearest[1], nearest[2]
        for index, one in enumerate(self._assistants):
            if one.kind in ("ruler", "ellipse"):
                for curve in curves(one, (pointer.x, pointer.y)):
                    place = curve.nearest(pointer.x, pointer.y)
                    if math.dist(place, (pointer.x, pointer.y)) <= LINE / pointer.zoom:
                        return index, -1
        return None

    def cursor(self, pointer: Pointer) -> str:
        grip = self._grip(pointer)
        return "cross" if grip is None else "move" if grip[1] < 0 else "arrow"

    def hover(self, pointer: Pointer) -> None:
        hot = self._grip(pointer)
        if hot != self._hot:
            self._hot = hot
            self.changed.emit()

    def lets_pick(self, pointer: Pointer) -> bool:
        return True

    def press(self, pointer: Pointer) -> Gesture | None:
        grip = self._grip(pointer)
        document = self.picture.document
        if grip is not None:
            self.chosen = grip[0]
            self.changed.emit()
            return guides.drag_assistant(document, *grip)
        options: AssistantOptions = self.painting.options("assistants")
        self.chosen = len(self._assistants)
        artwork = document.committed
        size = max(artwork.width, artwork.height) / 4
        return lay_down(document, options, (pointer.x, pointer.y), size)

    def options_changed(self, options: msgspec.Struct) -> None:
        """``snaps`` is that of the assistant chosen last."""
        assert isinstance(options, AssistantOptions)
        if self.chosen is None or self.chosen >= len(self._assistants):
            return
        one = self._assistants[self.chosen]
        if one.snaps != options.snaps:
            self._commit(self.chosen, replace(one, snaps=options.snaps))

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("delete", "backspace") and self.chosen is not None and self.chosen < len(self._assistants):
            self._commit(self.chosen, None)
            self.chosen = None
            self.changed.emit()
            return True
        return False

    def _commit(self, index: int, assistant: Assistant | None) -> None:
        document = self.picture.document
        document.commit(guides.ASSISTANT, guides.with_assistant(document.committed, index, assistant))

    def undo(self) -> bool:
        """Steps are the picture's own; the session stays open over them."""
        if self.picture.document.can_undo:
            self.picture.document.undo()
        return True

    def redo(self) -> bool:
        if self.picture.document.can_redo:
            self.picture.document.redo()
        return True

    def apply(self) -> None:
        self.picture.document.changed.disconnect(self._follow, missing_ok=True)

    def cancel(self) -> None:
        self.apply()


def lay_down(document: Document, options: AssistantOptions, start: Point, size: float) -> Gesture:
    """Lays a new assistant down by a drag. One step."""
    artwork: Artwork = document.committed
    index = len(artwork.aids.assistants)
    now = start
    document.begin_gesture()
    done = False
    try:
        while (sample := (yield)) is not None:
            now = (sample.x, sample.y)
            if "shift" in sample.modifiers:
                now = constrained(start, now)
            shown = replace(stretched(options.kind, start, now, size), snaps=options.snaps)
            document.preview(guides.OWNER, guides.with_assistant(artwork, index, shown), Region())
        made = replace(stretched(options.kind, start, now, size), snaps=options.snaps)
        document.commit(guides.ASSISTANT, guides.with_assistant(artwork, index, made), owner=guides.OWNER)
        done = True
    finally:
        if not done:
            document.revert(guides.OWNER)
        document.end_gesture()


KINDS = (
    ToolKind(
        name="assistants", title=QT_TRANSLATE_NOOP("actions", "Assistants tool"), icon="perspective", family="view", shortcuts=("K",),
        aliases=("perspective ruler", "drawing guide", "透视尺", "绘画辅助尺"), open=AssistantSession, open_at_once=True,
        options=AssistantOptions, cursor="cross",
        hint=QT_TRANSLATE_NOOP("Options", "Drag lays one down, grips move it, Delete removes it; strokes then keep to it"),
    ),
)  # fmt: skip
