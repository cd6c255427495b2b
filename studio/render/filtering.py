"""Filter layers: from the pixels below to the filtered ones; results of filters that need the whole picture."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from studio import recipe
from studio.document.layer import Filter, Group, Layer
from studio.filters.kind import FilterKind
from studio.jobs.stopping import apart
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.frame import Frame
from studio.render.pyramid import Placed, Pyramid
from studio.render.repeating import endless

if TYPE_CHECKING:
    from studio.render.compose import Scene


class WholeResult:
    """Pixels of a whole or engine filter and the signature of what they were made from."""

    __slots__ = ("made_from", "surface")

    def __init__(self, made_from: tuple, surface: Surface) -> None:
        self.made_from = made_from
        self.surface = surface


def origin_of(layer: Filter, level: int) -> tuple[int, int]:
    """Where the filter's own coordinates begin, in pixels of ``level``: a crop moves grain and cells with the picture."""
    x, y = (math.floor(offset / (1 << level) + 0.5) for offset in layer.transform[4:])
    return x, y


class Filtering:
    """Runs filters by name. Safe from any thread: results are replaced, never changed."""

    def __init__(self, kinds: Mapping[str, FilterKind], pyramid: Pyramid) -> None:
        self._kinds = kinds
        self._pyramid = pyramid
        self._results: dict[str, WholeResult] = {}
        self._checked: dict[int, tuple[Stored, Any]] = {}
        self._lock = threading.Lock()

    def kind_of(self, layer: Filter) -> tuple[FilterKind, Any] | None:
        """The filter and its checked parameters; None where this version has no such filter or refuses the values."""
        kind = self._kinds.get(layer.recipe.name)
        if kind is None or kind.version != layer.recipe.version:
            return None
        known = self._checked.get(id(layer.recipe))
        if known is None or known[0] is not layer.recipe:
            try:
                parameters = recipe.from_plain(kind.parameters, layer.recipe.parameters)
            except recipe.RecipeError:
                parameters = None
            with self._lock:
                if len(self._checked) > 256:
                    self._checked.clear()
                known = self._checked[id(layer.recipe)] = (layer.recipe, parameters)
        return None if known[1] is None else (kind, known[1])

    def is_whole(self, layer: Filter) -> bool:
        """Whether the filter is a job: it needs the whole picture, or the engine, and does something."""
        found = self.kind_of(layer)
        if found is None or found[0].changes_nothing(found[1]):
            return False
        return found[0].needs_whole(found[1]) or found[0].where == "engine"

    def reach(self, layer: Filter, level: int) -> int:
        """Pixels of ``level`` around a result that it depends on; 0 for whole filters, whose results are kept."""
        found = self.kind_of(layer)
        if found is None or self.is_whole(layer) or found[0].changes_nothing(found[1]):
            return 0
        return int(found[0].reach(found[1], level))

    def reach_of_tree(self, layer: Layer, level: int) -> int:
        """What this layer adds to the rectangle needed below it: a filter's reach, through pass-through groups."""
        if not layer.visible:
            return 0
        if isinstance(layer, Filter):
            return self.reach(layer, level)
        if isinstance(layer, Group) and layer.pass_through:
            return sum(self.reach_of_tree(child, level) for child in layer.children)
        return 0

    def result_of(self, layer: Filter) -> Surface | None:
        """The pixels shown for a whole filter, or for one that cannot be computed: the last result, else the kept one."""
        if self.kind_of(layer) is not None and not self.is_whole(layer):
            return None
        found = self._results.get(layer.id)
        return found.surface if found is not None else layer.result

    def whole_result(self, layer_id: str) -> WholeResult | None:
        return self._results.get(layer_id)

    def keep_result(self, layer_id: str, result: WholeResult) -> None:
        self._results[layer_id] = result

    def forget(self, layer_ids: set[str]) -> None:
        """Keeps only the results of these layers."""
        for layer_id in list(self._results):
            if layer_id not in layer_ids:
                self._results.pop(layer_id, None)

    def apply(self, frame: Frame, layer: Filter, wanted: Rect, scene: Scene) -> Frame | None:
        """F(B) in ``wanted`` from the backdrop ``frame`` (which holds the reach around it, and stays as it is).

        None where the filter shows nothing: unknown and never computed, or exact only and this is not level 0.
        """
        found = self.kind_of(layer)
        if found is None or self.is_whole(layer):
            surface = self.result_of(layer)
            return None if surface is None else self._drawn(layer, surface, wanted, scene)
        kind, parameters = found
        if kind.changes_nothing(parameters):
            return frame.copy(wanted)
        if kind.at_scale == "exact_only" and scene.level:
            return None
        reach = self.reach(layer, scene.level)
        needed = wanted.grow(reach).intersect(frame.rect)
        pixels = np.ascontiguousarray(frame.view(needed))
        x, y = origin_of(layer, scene.level)
        canvas = endless(scene.canvas, scene.axes).move(-x, -y)
        place = needed.move(-x, -y)

        def filtered() -> np.ndarray:
            return kind.apply(
                pixels, parameters, rect=place, scale=scene.level, canvas=canvas, exact=scene.exact,
                wanted=wanted.move(-x, -y),
            )  # fmt: skip

        # pixel by pixel a tile takes a few milliseconds; a wide neighbourhood can take seconds
        out = apart(filtered) if reach else filtered()
        return Frame(needed, out).cropped(wanted)

    def _drawn(self, layer: Filter, surface: Surface, wanted: Rect, scene: Scene) -> Frame:
        frame = Frame.clear(wanted)
        for cell in self._pyramid.cells(Placed(layer.id + "/result", surface), wanted, scene.level):
            if cell.tile is not None:
                x, y = cell.part.left - cell.whole.left, cell.part.top - cell.whole.top
                frame.view(cell.part)[...] = cell.tile.pixels()[
                    y : y + cell.part.height, x : x + cell.part.width
                ]
        return frame
