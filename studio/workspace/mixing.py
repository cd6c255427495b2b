"""Variations of a layer made of others: two with a share, up to four on a pad, or the sum of some and the difference to others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace
from psygnal import Signal

from studio.document.layer import Generated, Origin, Variant
from studio.messages.requests import BANDS, MOST_PARTS, Band, Part, Station
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.walk import MIX, State, state_of, station_of

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

CORNERS = 4
TAKEN = QT_TRANSLATE_NOOP("history", "Take layers of a variation")
TOO_MANY_PARTS = QT_TRANSLATE_NOOP(
    "notices",
    "These variations are themselves made of too many others: {count} together, {most} can be mixed.",
)
OTHER_MOMENTS = QT_TRANSLATE_NOOP(
    "notices", "These variations are of different states of a model that was learning; they cannot be mixed."
)


class Mixing:
    """Which variations of a layer are pinned to the pad, kept while the studio runs, and what is made of them.

    ``changed``: the pins.
    """

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._pins: dict[str, tuple[str, ...]] = {}

    # what there is to mix

    @property
    def pins(self) -> tuple[str, ...]:
        """Ids of the selected layer's pinned variations, those that are still among them."""
        layer = self._studio.generating.target
        if layer is None:
            return ()
        there = {one.id for one in layer.variants}
        return tuple(name for name in self._pins.get(layer.id, ()) if name in there)

    @property
    def corners(self) -> tuple[Origin, ...]:
        """Two to four pictures that the hand mixes, with their shares: those that the shown picture is made of, else the
        pinned ones, evenly. Empty where there are none."""
        now, pins = self._studio.exploring.state.origins, self.pins
        if len(pins) > 1 and tuple(one.id for one in now) != pins:
            return self._origins(pins, (1 / len(pins),) * len(pins))
        between = 2 <= len(now) <= CORNERS and all(0 <= one.weight <= 1 and not one.band for one in now)
        return now if between else ()

    def _origins(self, names: tuple[str, ...], weights: tuple[float, ...]) -> tuple[Origin, ...]:
        layer = self._studio.generating.target
        known = {one.id: one for one in layer.variants} if layer is not None else {}
        return tuple(
            Origin(id=name, weight=weight, at=station_of(state_of(known[name])))
            for name, weight in zip(names, weights, strict=True)
        )

    # what the hand does

    def pin(self, name: str) -> None:
        """Puts a variation of the selected layer on the pad; of more than four the first pinned one leaves it."""
        layer = self._studio.generating.target
        if layer is not None and name not in self.pins:
            self._change_pins(layer.id, (*self.pins, name)[-CORNERS:])

    def unpin(self, *names: str) -> None:
        """Takes variations off the pad, all of them when none is named."""
        layer = self._studio.generating.target
        left = tuple(one for one in self.pins if names and one not in names)
        if layer is not None and left != self.pins:
            self._change_pins(layer.id, left)

    def _change_pins(self, layer_id: str, pins: tuple[str, ...]) -> None:
        before = self._pins.get(layer_id, ())
        self._set_pins(layer_id, pins)
        self._studio.asides.note(
            lambda: self._set_pins(layer_id, before), lambda: self._set_pins(layer_id, pins)
        )

    def _set_pins(self, layer_id: str, pins: tuple[str, ...]) -> None:
        self._pins[layer_id] = pins
        self.changed.emit()

    def mix(self, names: tuple[str, ...], weights: tuple[float, ...]) -> None:
        """A new variation of the selected layer made of others of it: one undo step. Weights add up to 1."""
        origins = self._origins(names, weights)
        layer = self._studio.generating.target
        if layer is not None and self._possible(origins):
            self._set_pins(layer.id, ())
            self._studio.exploring.show(mixed(origins), fresh=True, label=MIX)
            self._studio.exploring.release()

    def take(self, name: str, band: Band) -> None:
        """A new variation: the shown one with these layers of another. One undo step."""
        self._studio.settle()
        layer = self._studio.generating.target
        if layer is None or layer.variant is None or layer.variant.id == name:
            return
        shown, other = self._origins((layer.variant.id, name), (1.0, 1.0))
        origins = (shown, replace(other, band=band))
        if self._possible(origins):
            self._studio.exploring.show(mixed(origins), fresh=True, label=TAKEN)
            self._studio.exploring.release()

    def move(self, weights: tuple[float, ...]) -> None:
        """One step of a drag between the corners: other shares of the shown picture where it is made of them, else of a new
        variation."""
        corners, exploring = self.corners, self._studio.exploring
        if len(corners) != len(weights):
            return
        moved = tuple(replace(one, weight=weight) for one, weight in zip(corners, weights, strict=True))
        now = exploring.state
        if tuple(one.id for one in now.origins) == tuple(one.id for one in moved):
            exploring.show(shifted(now, moved))
        elif self._possible(moved):
            exploring.show(mixed(moved), fresh=True, label=MIX)

    def _possible(self, origins: tuple[Origin, ...]) -> bool:
        """Tells why not."""
        layer, names = self._studio.generating.target, {one.id for one in origins}
        moments = (
            {one.checkpoint for one in layer.variants if one.id in names} if layer is not None else set()
        )
        count = len(mixed(origins).parts)
        text, arguments = "", {}
        if len(moments) > 1:
            text = OTHER_MOMENTS
        elif count > MOST_PARTS:
            text, arguments = TOO_MANY_PARTS, {"count": str(count), "most": str(MOST_PARTS)}
        if text:
            self._studio.tell(notices.Notice(kind="warn", text=text, arguments=arguments))
        return not text and bool(origins)


def parts_of(station: Station, band: Band | Literal[""] = "") -> tuple[Part, ...]:
    """What a picture is made of in these layers: itself, where of nothing else."""
    own = tuple(part for part in station.parts if part.band == band)
    own = own or tuple(part for part in station.parts if not part.band)
    if own:
        return own
    if station.toward and station.blend:
        return (
            Part(seed=station.seed, weight=1 - station.blend, label=station.label),
            Part(seed=station.seed, weight=station.blend, label=station.toward),
        )
    return (Part(seed=station.seed, weight=1.0, label=station.label),)


def mixed(origins: tuple[Origin, ...]) -> State:
    """The picture made of these: styles, sliders and variety are their weighted sums, within what sliders reach. A band of layers that
    an origin is taken for alone is that origin's, with its sliders and variety."""
    general = [one for one in origins if not one.band]
    sliders: dict[str, float] = {}
    for one in general:
        for name, amount in one.at.sliders.items():
            sliders[name] = sliders.get(name, 0.0) + one.weight * amount
    sliders = _within(sliders)
    variety = _variety(general)
    parts, varieties = list(_summed(general, "", {})), {}
    for band in BANDS:
        taken = [one for one in origins if one.band == band]
        sources = taken or general
        if taken or any(part.band == band for one in sources for part in one.at.parts):
            parts += _summed(sources, band, sliders if taken else {})
        if (amount := _variety(sources, band)) != variety:
            varieties[band] = amount
    seed = parts[0].seed if parts else 0
    vectors = {name: vector for one in origins for name, vector in one.at.vectors.items()}
    return State(
        vectors=vectors,
        seed=seed,
        parts=tuple(parts),
        origins=origins,
        sliders=sliders,
        variety=variety,
        varieties=varieties,
    )


def started(state: State, name: str) -> State:
    """The same picture with the slider ``name`` at 0: what it has moved is moved in each of the picture's parts."""
    amount = state.sliders.get(name, 0.0)
    parts = (*parts_of(station_of(state)), *(part for part in state.parts if part.band))
    moved = tuple(
        replace(part, sliders={**part.sliders, name: part.sliders.get(name, 0.0) + amount}) for part in parts
    )
    left = {other: value for other, value in state.sliders.items() if other != name}
    mix = replace(state.mix, toward="", blend=0.0)  # a class on the way is two parts
    return replace(state, sliders=left, parts=moved, mix=mix, origins=())


def _summed(
    sources: list[Origin], band: Band | Literal[""], sliders: Mapping[str, float]
) -> tuple[Part, ...]:
    """The parts of a band; equal ones are one. Of a band that was taken with its origin's sliders, what these are beyond ``sliders``,
    those of the whole picture."""
    found: dict[tuple, Part] = {}
    for one in sources:
        for part in parts_of(one.at, band):
            more = dict(part.sliders)
            if one.band:
                names = dict.fromkeys((*more, *one.at.sliders, *sliders))
                beyond = {
                    n: more.get(n, 0.0) + one.at.sliders.get(n, 0.0) - sliders.get(n, 0.0) for n in names
                }
                more = {name: amount for name, amount in beyond.items() if amount}
            key = (part.seed, part.label, part.code, part.latent, tuple(sorted(more.items())))
            weight = one.weight * part.weight + (found[key].weight if key in found else 0.0)
            found[key] = replace(part, weight=weight, band=band, sliders=more)
    return tuple(found.values())


def _variety(sources: list[Origin], band: Band | Literal[""] = "") -> float:
    total = sum(
        one.weight * (one.at.varieties.get(band, one.at.variety) if band else one.at.variety)
        for one in sources
    )
    return round(min(max(total, 0.0), 1.5), 4)


def shifted(now: State, origins: tuple[Origin, ...]) -> State:
    """The picture ``now`` with other shares of what it is made of; how far sliders and variety were moved since stays."""
    before, after = mixed(now.origins), mixed(origins)
    names = dict.fromkeys((*now.sliders, *before.sliders, *after.sliders))
    sliders = {
        name: after.sliders.get(name, 0.0) + now.sliders.get(name, 0.0) - before.sliders.get(name, 0.0)
        for name in names
    }
    variety = min(max(after.variety + now.variety - before.variety, 0.0), 1.5)
    varieties = {
        **after.varieties,
        **{band: value for band, value in now.varieties.items() if band not in before.varieties},
    }
    return replace(after, sliders=_within(sliders), variety=round(variety, 4), varieties=varieties)


def _within(sliders: dict[str, float]) -> dict[str, float]:
    return {name: round(min(max(amount, -3.0), 3.0), 4) for name, amount in sorted(sliders.items())}


def numbers_of(layer: Generated, variant: Variant) -> tuple[tuple[int, float, str], ...]:
    """Of each variation that ``variant`` was made of its present number in the layer, 0 where it is gone, its share and the layers
    it was taken for."""
    places = {one.id: number for number, one in enumerate(layer.variants, 1)}
    return tuple((places.get(one.id, 0), one.weight, one.band) for one in variant.origins)


def shares_at(x: float, y: float, corners: int) -> tuple[float, ...]:
    """Shares of two, three or four pictures where the hand is on a pad, x and y −1…1, y up: bilinear between top left, top right,
    bottom left and bottom right. Two stand left and right; of three the corner that is missing, bottom right, is shared evenly
    by its neighbours."""
    right, up = (x + 1) / 2, (y + 1) / 2
    four = ((1 - right) * up, right * up, (1 - right) * (1 - up), right * (1 - up))
    if corners == 2:
        return (1 - right, right)
    if corners == 3:
        return (four[0], four[1] + four[3] / 2, four[2] + four[3] / 2)
    return four


def place_of(shares: tuple[float, ...]) -> tuple[float, float]:
    """Where on the pad these shares are: the way back of :func:`shares_at`."""
    if len(shares) == 2:
        return 2 * shares[1] - 1, 0.0
    if len(shares) == 3:  # right + up = 1 + b − c, (1 − right) · up = a
        both = 1 + shares[1] - shares[2]
        root = math.sqrt(max((1 + both) ** 2 - 4 * (both - shares[0]), 0.0))
        right = (1 + both - root) / 2
        return 2 * right - 1, 2 * (both - right) - 1
    return 2 * (shares[1] + shares[3]) - 1, 2 * (shares[0] + shares[1]) - 1
