"""Results whose place is gone when they arrive: they wait until the artist places them or puts them away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec
from psygnal import Signal

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Generated, Variant
from studio.messages.requests import Generate
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.results import generated_layer, place_generated

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

PLACED = QT_TRANSLATE_NOOP("history", "Place results")


class Result(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A picture that was made, and what was asked for: ``layer_id`` is the layer it was meant for, ``name`` that of a new one."""

    variant: Variant
    request: Generate
    layer_id: str
    name: str
    size_rule: str = "canvas"


class Waiting:
    """What waits, by picture. A result that comes into its picture another way (redo) waits no more."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._results: WeakKeyDictionary[Picture, tuple[Result, ...]] = WeakKeyDictionary()

    def of(self, picture: Picture | None) -> tuple[Result, ...]:
        """In the order of arrival."""
        return self._results.get(picture, ()) if picture is not None else ()

    @property
    def here(self) -> tuple[Result, ...]:
        """Those of the current picture."""
        return self.of(self._studio.current)

    def add(self, picture: Picture, result: Result) -> None:
        if picture not in self._results:
            # no closure over the picture: psygnal would keep it, and all its pixels, for ever
            picture.document.history_changed.connect(self._look)
        self._results[picture] = (*self.of(picture), result)
        self.changed.emit()

    def _look(self) -> None:
        """A step was made, undone or redone: what is in its picture now does not wait any more."""
        for picture, results in tuple(self._results.items()):
            there = variants_in(picture.document.committed)
            rest = tuple(one for one in results if one.variant.id not in there)
            if len(rest) < len(results):
                self._results[picture] = rest
                self.changed.emit()

    def place(self) -> None:
        """All that waits for the current picture comes into it: to its layer where that is there again, else as a new one.

        One undo step.
        """
        picture = self._studio.current
        results = self.here
        if picture is None or not results or picture.document.gesture_open:
            return
        self._studio.settle()
        picture.document.commit(PLACED, placed(picture.document.artwork, results))
        self._studio.generating.strip_changed.emit()

    def put_away(self) -> None:
        """Nothing waits any more; the pictures stay among all results."""
        picture = self._studio.current
        if picture is not None and self.here:
            self._results[picture] = ()
            self.changed.emit()

    def tell(self, picture: Picture, layer_id: str) -> None:
        """A run has ended: says how many of its pictures wait."""
        count = sum(1 for one in self.of(picture) if one.layer_id == layer_id)
        if count and picture is self._studio.current:
            text = notices.ONE_WAITS if count == 1 else notices.PICTURES_WAIT
            notice = notices.Notice(
                kind="info", text=text, arguments={"count": str(count)}, action="place-waiting"
            )
            self._studio.tell(notice)


def variants_in(artwork: Artwork) -> set[str]:
    """Ids of all variants in the artwork, shown, chosen or dropped."""
    found: set[str] = set()
    for layer in artwork.walk():
        if isinstance(layer, Generated):
            found.update(variant.id for variant in (*layer.variants, *layer.dropped))
    return found


def placed(artwork: Artwork, results: tuple[Result, ...]) -> Artwork:
    """The artwork with these results: those meant for one layer are variants of it, or together a new layer."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.layer_id, []).append(result)
    for layer_id, group in groups.items():
        variants = tuple(one.variant for one in group)
        if isinstance(artwork.find(layer_id), Generated):
            artwork = edits.set_active(edits.add_variants(artwork, layer_id, variants), layer_id)
            continue
        first = group[0]
        layer = generated_layer(artwork, first.request, first.variant, first.name, first.size_rule)
        artwork = place_generated(artwork, layer.with_(variants=variants))
    return artwork
