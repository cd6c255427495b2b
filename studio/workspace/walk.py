"""Where an exploration has been: states of one picture, in the order in which they lead to each other."""

from __future__ import annotations

from typing import Any

import msgspec

from studio.document.layer import Origin, Variant
from studio.messages.requests import Band, ClassMix, Part, Station, mix_of
from studio.recipe import QT_TRANSLATE_NOOP

LONGEST = 50
MOST_WALKS = 64
SLIDER, SLIDERS = QT_TRANSLATE_NOOP("history", "Slider"), QT_TRANSLATE_NOOP("history", "Sliders")
ZERO, VARIETY = QT_TRANSLATE_NOOP("history", "Sliders to zero"), QT_TRANSLATE_NOOP("history", "Variety")
BAND_VARIETY = QT_TRANSLATE_NOOP("history", "Variety by layers")
CLASS, SEED = QT_TRANSLATE_NOOP("history", "Class"), QT_TRANSLATE_NOOP("history", "Seed")
MIX, OTHER = QT_TRANSLATE_NOOP("history", "Mix variations"), QT_TRANSLATE_NOOP("history", "Another picture")


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What makes a picture of a model. Sliders at zero are left out. ``origins``: the variants that ``parts`` were taken from."""

    seed: int
    sliders: dict[str, float] = msgspec.field(default_factory=dict)
    variety: float = 0.7
    mix: ClassMix = ClassMix()
    varieties: dict[Band, float] = msgspec.field(default_factory=dict)
    vectors: dict[str, bytes] = msgspec.field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    origins: tuple[Origin, ...] = ()


def state_of(variant: Variant) -> State:
    sliders = dict(sorted(variant.sliders.items()))
    return State(
        seed=variant.seed, sliders=sliders, variety=variant.variety, mix=mix_of(variant), parts=variant.parts,
        origins=variant.origins, varieties=dict(variant.varieties), vectors=dict(variant.vectors),
    )  # fmt: skip


def step_between(before: State, after: State) -> str:
    """What the history calls the step from one state of a picture to another, source text in context ``history``."""
    if after.origins and after.origins != before.origins:
        return MIX
    if before.mix != after.mix:
        return CLASS
    if before.parts != after.parts:
        return OTHER
    if before.seed != after.seed:
        return SEED
    names = {*before.sliders, *after.sliders}
    changed = [name for name in names if before.sliders.get(name, 0.0) != after.sliders.get(name, 0.0)]
    if changed:
        nothing_left = len(changed) > 1 and not any(after.sliders.values())
        return ZERO if nothing_left else SLIDERS if len(changed) > 1 else SLIDER
    return BAND_VARIETY if before.varieties != after.varieties else VARIETY


def moved_names(state: State) -> set[str]:
    """Sliders that are not at zero, of the whole picture or of a part of it."""
    parts = (part.sliders for part in state.parts)
    return {name for sliders in (state.sliders, *parts) for name, amount in sliders.items() if amount}


def asked_of(state: State) -> dict[str, Any]:
    """The fields of a request for the picture of ``state``, but for its seed."""
    names = moved_names(state)
    return {
        "sliders": dict(state.sliders), "variety": state.variety, "varieties": dict(state.varieties),
        "vectors": {name: vector for name, vector in state.vectors.items() if name in names}, "parts": state.parts, **msgspec.structs.asdict(state.mix),
    }  # fmt: skip


def station_of(state: State) -> Station:
    """The same as a station on a way."""
    return Station(seed=state.seed, **asked_of(state))


def state_at(station: Station) -> State:
    """What is at a station on a way."""
    return State(
        seed=station.seed, sliders=dict(station.sliders), variety=station.variety, mix=mix_of(station), parts=station.parts,
        varieties=dict(station.varieties), vectors=dict(station.vectors),
    )  # fmt: skip


class Walks:
    """The walk of each picture (a variant's id, or the model whose next pictures are meant)."""

    def __init__(self) -> None:
        self._walks: dict[str, tuple[State, ...]] = {}

    def of(self, name: str) -> tuple[State, ...]:
        return self._walks.get(name, ())

    def record(self, name: str, before: State, after: State) -> None:
        """From ``before`` the hand went to ``after``. A new state stands behind the one it came from; none is forgotten
        but the oldest."""
        states = list(self._walks.pop(name, ()))
        if before not in states:
            states.append(before)
        if after not in states:
            states.insert(states.index(before) + 1, after)
        while len(states) > LONGEST:
            states.remove(next(one for one in states if one not in (before, after)))
        self._walks[name] = tuple(states)  # at the end: walked last
        while len(self._walks) > MOST_WALKS:
            del self._walks[next(iter(self._walks))]

    def place(self, name: str, now: State) -> int:
        """Where in the walk one stands; −1 where this state was never on it."""
        states = self.of(name)
        return states.index(now) if now in states else -1
