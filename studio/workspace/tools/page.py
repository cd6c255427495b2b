"""Straighten page: four corners on a photographed page; Enter makes a straight page of it, its light evened if wished."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.document.errors import EditError
from studio.raster import page, perspective
from studio.raster.perspective import Point, Quad
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import reshaping
from studio.workspace.imaging import in_background
from studio.workspace.paging import straight_page
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import along_axis
from studio.workspace.tools.hits import inside
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Handle, Label, Mark, Outline, Shade
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

REACH = 10.0
INSET = 0.08
"""Part of the picture that the first corners lie inside."""
_DENTED = QT_TRANSLATE_NOOP(
    "document", "These four corners make no page: drag them so that no side crosses another."
)


class PageOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``result``: what becomes of it; ``even_light``: divided by the light that falls on the page."""

    result: Annotated[Literal["picture", "layer"], declare(QT_TRANSLATE_NOOP("recipe", "Result"))] = "picture"
    even_light: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Even out light"),
            description=QT_TRANSLATE_NOOP("recipe", "Shadows and yellow light go, the paper becomes white"),
        ),
    ] = True
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"),
            low=0.0,
            high=1.0,
            unit="%",
            step=0.01,
            when={"even_light": (True,)},
        ),
    ] = 1.0


class PageSession(Session):
    owner = "page"

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        artwork = picture.document.artwork
        x, y = artwork.width * INSET, artwork.height * INSET
        self.quad: Quad = perspective.corners((x, y, artwork.width - x, artwork.height - y))
        self._hot: int | None = None
        self._touched = self._entered = False
        self._done: list[Quad] = []

    @property
    def marks(self) -> tuple[Mark, ...]:
        found: list[Mark] = [Shade(self.quad), *self._grid(), Outline(self.quad, dashed=False)]
        found += [Handle(x, y, "round", self._hot == index) for index, (x, y) in enumerate(self.quad)]
        width, height = self.size
        return (*found, Label(*self.quad[2], f"{width} × {height}"))

    def _grid(self) -> list[Mark]:
        """Thirds of the page in its own perspective: they lie on its lines when the corners are right."""
        matrix = perspective.to_quad((0.0, 0.0, 3.0, 3.0), self.quad)
        if matrix is None:
            return []
        ends = [((step, 0.0), (step, 3.0)) for step in (1.0, 2.0)] + [
            ((0.0, step), (3.0, step)) for step in (1.0, 2.0)
        ]
        return [
            Outline(tuple(perspective.mapped_point(matrix, *end) for end in line), closed=False)
            for line in ends
        ]

    @property
    def size(self) -> tuple[int, int]:
        artwork = self.picture.document.artwork
        return page.page_size(self.quad, artwork.width, artwork.height)

    def _target(self, pointer: Pointer) -> int | str:
        place = (pointer.x, pointer.y)
        nearest = min(range(4), key=lambda index: math.dist(place, self.quad[index]))
        if math.dist(place, self.quad[nearest]) <= REACH / pointer.zoom:
            return nearest
        return "inside" if inside(self.quad, place) else "outside"

    def cursor(self, pointer: Pointer) -> str:
        return {"inside": "move", "outside": "cross"}.get(str(self._target(pointer)), "arrow")

    def hover(self, pointer: Pointer) -> None:
        target = self._target(pointer)
        hot = target if isinstance(target, int) else None
        if hot != self._hot:
            self._hot = hot
            self.changed.emit()

    def press(self, pointer: Pointer) -> Gesture | None:
        return self._drag(pointer)

    def _drag(self, pointer: Pointer) -> Gesture:
        """A corner, all four from inside, or the nearest corner fetched from outside."""
        target, before = self._target(pointer), self.quad
        place = (pointer.x, pointer.y)
        jumps = target == "outside"
        if jumps:
            target = min(range(4), key=lambda index: math.dist(place, before[index]))
        kept = False
        try:
            while (sample := (yield)) is not None:
                self.quad = _dragged(before, target, pointer, sample, jumps=jumps)
                self.changed.emit()
            kept = self._touched = True
        finally:
            if not kept:
                self.quad = before
            elif self.quad != before:
                self._done.append(before)
            self.changed.emit()

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        self._entered = key in ("return", "enter")
        return False

    def undo(self) -> bool:
        if not self._done:
            return False
        self.quad = self._done.pop()
        self.changed.emit()
        return True

    def apply(self) -> None:
        if not self._entered and not self._touched:
            return
        if not perspective.convex(self.quad):
            raise EditError(_DENTED)
        options: PageOptions = self.painting.options("page")
        width, height = self.size
        reshaping.check_size(width, height)
        renderer, quad = self.picture.renderer, self.quad
        name = self.painting.studio.translate("layer-names", PAGE)
        light = options.strength if options.even_light else 0.0
        whole = options.result == "picture"
        in_background(
            self.painting.studio,
            STRAIGHTEN,
            lambda artwork: straight_page(renderer, artwork, quad, (width, height), name, light, whole=whole),
        )

    def cancel(self) -> None:
        """Nothing was changed."""


STRAIGHTEN = QT_TRANSLATE_NOOP("history", "Straighten page")
PAGE = QT_TRANSLATE_NOOP("layer-names", "Page")


def _dragged(before: Quad, target: int | str, start: Pointer, now: Pointer, *, jumps: bool) -> Quad:
    """Shift keeps to the nearer axis; with Alt the opposite corner goes the opposite way. ``jumps``: the corner is
    fetched to where the pen is."""
    place = now.x, now.y
    if jumps:
        return _moved(before, target, (0.0, 0.0), place)
    if "shift" in now.modifiers:
        place = along_axis((start.x, start.y), place)
    x, y = place[0] - start.x, place[1] - start.y
    quad = _moved(before, target, (x, y), None)
    if "alt" in now.modifiers and isinstance(target, int):
        quad = _moved(quad, (target + 2) % 4, (-x, -y), None)
    return quad


def _moved(quad: Quad, target: int | str, by: Point, to: Point | None) -> Quad:
    a, b, c, d = (
        (to if to is not None and index == target else (x + by[0], y + by[1]))
        if target in (index, "inside")
        else (x, y)
        for index, (x, y) in enumerate(quad)
    )
    return a, b, c, d


KINDS = (
    ToolKind(
        name="page", title=QT_TRANSLATE_NOOP("actions", "Straighten page"), icon="page", family="crop",
        shortcuts=("Shift+C",), aliases=("perspective crop", "scan", "document scanner", "拉正纸张", "透视裁剪", "均匀光照"),
        open=PageSession, open_at_once=True, options=PageOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Drag the four corners onto the corners of the page; Enter straightens it"),
    ),
)  # fmt: skip
