"""Pen: Bézier paths drawn node by node. A click makes a corner, a drag a smooth node; nodes stay open to change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from studio.document.layer import Shape
from studio.raster import bezier, vector
from studio.raster.bezier import Contour, Node, Path, Point
from studio.raster.vector import ShapeStyle
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import constrained
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Mark, Outline
from studio.workspace.tools.shape_session import REACH, PathOptions, ShapeSession

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

PATH = QT_TRANSLATE_NOOP("layer-names", "Path")
LABELS = (QT_TRANSLATE_NOOP("history", "Path"),)
"""A path's step in the history has the name of its layer."""
Place = tuple[int, int]
"""(contour, node)."""
State = tuple[Path, Place | None, bool]
MOST_STEPS = 200
MOST_NODES = 3000


class PathSession(ShapeSession):
    """A path under the pen.

    While its last contour is being drawn: a press adds a node (drag: its handles), on the first node it closes the
    contour. Else: a press on a node takes it (Alt or a double click turns a corner into a smooth node and back), on a
    handle bends (Alt breaks it), on the line adds a node, with Ctrl on an end goes on drawing there; anywhere else begins another path, with Ctrl another contour of
    this one.
    """

    title = PATH

    def __init__(self, picture: Picture, painting: Painting) -> None:
        self._path: Path = ()
        self._node: Place | None = None
        self._drawing = False
        self._earlier: list[State] = []
        self._later: list[State] = []
        self._pen: Point | None = None
        super().__init__(picture, painting)

    def takes(self, style: ShapeStyle) -> bool:
        return True

    def take(self, path: Path, style: ShapeStyle) -> None:
        self._path = path

    def _free(self, layer: Shape) -> bool:
        """A text made a shape may have more nodes than anybody can take hold of."""
        nodes = sum(len(contour.nodes) for contour in vector.path_of(layer.path))
        return nodes <= MOST_NODES and super()._free(layer)

    def forget(self) -> None:
        self._put(((), None, False))

    def path(self) -> Path:
        return tuple(contour for contour in self._path if len(contour.nodes) > 1)

    def own_style(self, options: Any) -> ShapeStyle:
        return msgspec.structs.replace(self.style, kind="path", box=None, radius=0.0)

    def _state(self) -> State:
        return self._path, self._node, self._drawing

    def _put(self, state: State) -> None:
        self._path, self._node, self._drawing = state

    def _remember(self) -> None:
        self._earlier = [*self._earlier[-MOST_STEPS:], self._state()]
        self._later = []

    def undo(self) -> bool:
        return self._step(self._earlier, self._later)

    def redo(self) -> bool:
        return self._step(self._later, self._earlier)

    def _step(self, source: list[State], target: list[State]) -> bool:
        if not source:
            return False
        target.append(self._state())
        self._put(source.pop())
        self._refresh()
        return True

    def _refresh(self) -> None:
        """The picture and the marks as the path is now."""
        if self.path():
            self.show()
        else:
            self.hide()
        self.changed.emit()

    # what is seen

    @property
    def marks(self) -> tuple[Mark, ...]:
        to_document = self.to_document
        seen = bezier.transformed(self._path, to_document)
        marks: list[Mark] = []
        tolerance = 0.3 / max(self.zoom, 1e-3)
        for contour in seen:
            if len(contour.nodes) > 1:
                points = bezier.flattened((contour,), tolerance)[0]
                marks.append(Outline(tuple(map(tuple, points.tolist())), closed=False, dashed=False))
        if self._drawing and self._pen is not None and seen and seen[-1].nodes:
            last = seen[-1].nodes[-1]
            ahead = bezier.flattened((Contour((last, Node.corner(*self._pen))),), tolerance)[0]
            marks.append(Outline(tuple(map(tuple, ahead.tolist())), closed=False))
        marks += self._handles(seen)
        for which, contour in enumerate(seen):
            for index, node in enumerate(contour.nodes):
                hot = (which, index) == self._node or self.hot == f"{which} {index}"
                marks.append(Handle(*node.at, "round" if node.smooth else "square", hot))
        return tuple(marks)

    def _handles(self, seen: Path) -> list[Mark]:
        """The handles of the chosen node, on their lines."""
        node = _node_at(seen, self._node)
        if node is None:
            return []
        marks: list[Mark] = []
        for end in (node.before, node.after):
            if end != node.at:
                marks += [Outline((node.at, end), closed=False, dashed=False), Handle(*end, "diamond")]
        return marks

    # the hand

    def _under(self, pointer: Pointer) -> Place | None:
        """The node under the pen."""
        for which in reversed(range(len(self._path))):
            for index, node in enumerate(self._path[which].nodes):
                if self.near(pointer, node.at):
                    return which, index
        return None

    def _handle_under(self, pointer: Pointer) -> str:
        node = _node_at(self._path, self._node)
        if node is None:
            return ""
        for name in ("after", "before"):
            end = getattr(node, name)
            if end != node.at and self.near(pointer, end):
                return name
        return ""

    def cursor(self, pointer: Pointer) -> str:
        return "move" if self._handle_under(pointer) or self._under(pointer) else "cross"

    def hover(self, pointer: Pointer) -> None:
        self._pen = pointer.x, pointer.y
        place = self._under(pointer)
        hot = f"{place[0]} {place[1]}" if place else ""
        if hot != self.hot or self._drawing:
            self.hot = hot
            self.changed.emit()

    def lets_pick(self, pointer: Pointer) -> bool:
        """As long as there is no path: in one, Ctrl goes on at its end or begins another contour."""
        return not self._path

    def press(self, pointer: Pointer) -> Gesture | None:
        self._pen = pointer.x, pointer.y
        place = self.in_layer(pointer)
        handle, under = self._handle_under(pointer), self._under(pointer)
        if under is not None and self._closes(under):
            return self._close(pointer)
        if handle and not (under is not None and self._drawing):
            return self._bend(handle)
        if under is not None and "control" in pointer.modifiers and self._goes_on(under):
            return None
        if under is not None:
            if pointer.clicks == 2 or "alt" in pointer.modifiers:
                self._convert(under)
                return None
            return self._move(under, place)
        if not self._drawing:
            spot = bezier.nearest(self._path, *place)
            if spot is not None and self.near(pointer, spot.at):
                return self._insert(spot, place)
            if self._path and "control" not in pointer.modifiers:
                self.begin_another()
                self._earlier, self._later = [], []
                place = self.in_layer(pointer)
        return self._add(pointer, place)

    def _goes_on(self, under: Place) -> bool:
        """An open contour is drawn on from the end that was pressed; False where ``under`` is no such end."""
        which, index = under
        contour = self._path[which]
        if self._drawing or contour.closed or index not in (0, len(contour.nodes) - 1):
            return False
        self._remember()
        if index == 0:
            contour = bezier.reversed_(contour)
        self._path = (*self._path[:which], *self._path[which + 1 :], contour)
        self._node, self._drawing = (len(self._path) - 1, len(contour.nodes) - 1), True
        self._refresh()
        return True

    def _closes(self, under: Place) -> bool:
        last = len(self._path) - 1
        return self._drawing and under == (last, 0) and len(self._path[last].nodes) > 1

    def _close(self, pointer: Pointer) -> Gesture:
        """Closes the contour; dragging on bends the first node."""
        self._remember()
        last = len(self._path) - 1
        self._path = (*self._path[:-1], replace(self._path[-1], closed=True))
        self._node, self._drawing = (last, 0), False
        self.show()
        return self._with_handles(self._path[-1].nodes[0].at, only_before=True)

    def _add(self, pointer: Pointer, place: Point) -> Gesture:
        """A node at the end of the contour that is drawn, or the first of another one."""
        self.check_room()
        self._remember()
        if self._drawing:
            contour = self._path[-1]
            if "shift" in pointer.modifiers:
                place = constrained(contour.nodes[-1].at, place)
            contour = replace(contour, nodes=(*contour.nodes, Node.corner(*place)))
            self._path = (*self._path[:-1], contour)
        else:
            self._path = (*self._path, Contour((Node.corner(*place),)))
            self._drawing = True
        self._node = len(self._path) - 1, len(self._path[-1].nodes) - 1
        self._refresh()
        return self._with_handles(place)

    def _with_handles(self, at: Point, *, only_before: bool = False) -> Gesture:
        """A drag from a new node draws its handles out."""

        def move(sample: Pointer) -> None:
            place = self.in_layer(sample)
            if math.dist(at, place) * sample.zoom < REACH / 2:
                return
            if "shift" in sample.modifiers:
                place = constrained(at, place)
            node = Node.curved(at, place)
            old = _node_at(self._path, self._node)
            if only_before and old is not None:
                node = replace(old, before=node.before, smooth=old.after != old.at)
                node = node.with_handle("before", node.before) if node.smooth else node
            self._set_node(node)

        return self.dragged(move, self._state, self._put)

    def _bend(self, handle: str) -> Gesture:
        self._remember()

        def move(sample: Pointer) -> None:
            node = _node_at(self._path, self._node)
            if node is not None:
                place = self.in_layer(sample)
                if "shift" in sample.modifiers:
                    place = constrained(node.at, place)
                self._set_node(node.with_handle(handle, place, alone="alt" in sample.modifiers))

        return self.dragged(move, self._state, self._put)

    def _move(self, under: Place, start: Point) -> Gesture:
        self._remember()
        self._node = under
        first = _node_at(self._path, under)
        assert first is not None
        self.changed.emit()

        def move(sample: Pointer) -> None:
            place = self.in_layer(sample)
            if "shift" in sample.modifiers:
                place = constrained(start, place)
            self._set_node(first.moved(place[0] - start[0], place[1] - start[1]))

        return self.dragged(move, self._state, self._put)

    def _insert(self, spot: bezier.Spot, start: Point) -> Gesture:
        self._remember()
        contour = bezier.inserted(self._path[spot.contour], spot.segment, spot.t)
        self._path = (*self._path[: spot.contour], contour, *self._path[spot.contour + 1 :])
        return self._move((spot.contour, spot.segment + 1), start)

    def _convert(self, place: Place) -> None:
        self._remember()
        which, index = place
        contour = bezier.converted(self._path[which], index)
        self._path = (*self._path[:which], contour, *self._path[which + 1 :])
        self._node = place
        self._refresh()

    def _set_node(self, node: Node) -> None:
        assert self._node is not None
        which, index = self._node
        contour = bezier.with_node(self._path[which], index, node)
        self._path = (*self._path[:which], contour, *self._path[which + 1 :])
        self._refresh()

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        if key in ("delete", "backspace"):
            self._remove()
            return True
        if key == "escape" and self._drawing:  # the contour ends here; a second Esc takes everything back
            self._drawing = False
            self.changed.emit()
            return True
        moves = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
        node = _node_at(self._path, self._node)
        if key in moves and node is not None:
            step = 10 if "shift" in modifiers else 1
            self._remember()
            self._set_node(node.moved(moves[key][0] * step, moves[key][1] * step))
            return True
        return False

    def _remove(self) -> None:
        """Takes the chosen node out; a contour of fewer than two goes as a whole, unless it is being drawn."""
        node = _node_at(self._path, self._node)
        if node is None or self._node is None:
            return
        self._remember()
        which, index = self._node
        contour = bezier.removed(self._path[which], index)
        keep = len(contour.nodes) >= (1 if self._drawing and which == len(self._path) - 1 else 2)
        self._path = (*self._path[:which], *((contour,) if keep else ()), *self._path[which + 1 :])
        if not keep and which == len(self._path):
            self._drawing = False
        self._node = (which, len(contour.nodes) - 1) if keep and self._drawing else None
        self._refresh()


def _node_at(path: Path, place: Place | None) -> Node | None:
    if place is None or place[0] >= len(path) or place[1] >= len(path[place[0]].nodes):
        return None
    return path[place[0]].nodes[place[1]]


KINDS = (
    ToolKind(
        name="path", title=QT_TRANSLATE_NOOP("actions", "Pen"), icon="path", family="shape", shortcuts=("P",),
        aliases=("bezier", "vector", "path", "钢笔工具", "贝塞尔曲线", "矢量"), open=PathSession, open_at_once=True, stays=True,
        options=PathOptions, snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Click for corners, drag for curves; Alt+click turns a node, Ctrl adds a contour"),
    ),
)  # fmt: skip
