"""Pictures near the shown one, in any direction: a wall of nine to choose from, and a walk by itself."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec.structs import replace
from psygnal import Signal

from studio.messages.requests import MOST_PARTS, Part
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.generating import HIGHEST_SEED
from studio.workspace.mixing import parts_of
from studio.workspace.walk import State, station_of

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

OWNER = "wall"
COUNT, CENTRE = 9, 4
FEW = MOST_PARTS // 2
"""Parts of a picture that was wandered to, so that two of them can still be mixed."""
NEAR = QT_TRANSLATE_NOOP("history", "Wall of nine")
WALKED = QT_TRANSLATE_NOOP("history", "Random walk")
STEPS = 24
"""Of a walk from one goal to the next."""


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """How far the pictures of the wall are from the middle one."""

    distance: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "How far"), low=0.1, high=1.4, step=0.05, unit="σ")
    ] = 0.6


def beside(state: State, distance: float, chance: random.Random) -> State:
    """A picture ``distance`` standard deviations of the style away, 0–1.4, in a direction by chance; sliders and classes stay.

    With w the style's way from the mean, w₁ and w₂ those of two new seeds, w' = (1 − a)·w + (a + b)·w₁ − b·w₂. The weights add up
    to 1, as those of styles must; the square of w' stays that of w on average where (1 − a)² + (a + b)² + b² = 1, so that a long
    way leads neither to the mean picture nor out of what was taught; and it is √(2a) away.
    """
    a = distance**2 / 2
    b = (math.sqrt(4 * a - 3 * a**2) - a) / 2
    label = state.mix.label
    new = tuple(
        Part(seed=chance.randint(1, HIGHEST_SEED), weight=weight, label=label) for weight in (a + b, -b)
    )
    own = parts_of(station_of(state))
    bands = tuple(part for part in state.parts if part.band)  # what a band was given stays in it
    room = FEW - len(new)
    moved = tuple(replace(part, weight=(1 - a) * part.weight) for part in _fewest(own, room))
    return replace(
        state, parts=(*moved, *new, *bands), origins=(), mix=replace(state.mix, toward="", blend=0.0)
    )


def _fewest(parts: tuple[Part, ...], room: int) -> tuple[Part, ...]:
    """The ``room`` heaviest parts; what the others weighed is the heaviest one's."""
    if len(parts) <= room:
        return parts
    order = sorted(parts, key=lambda part: -abs(part.weight))
    kept, rest = order[:room], order[room:]
    return (replace(kept[0], weight=kept[0].weight + sum(part.weight for part in rest)), *kept[1:])


def on_the_way(start: State, goal: State, share: float) -> State:
    """``share`` 0–1 of the straight way between two pictures that differ in parts alone."""
    weights: dict[tuple, tuple[Part, float]] = {}
    for state, of_it in ((start, 1 - share), (goal, share)):
        for part in state.parts or parts_of(station_of(state)):
            key = (
                part.seed,
                part.label,
                part.band,
                part.code,
                part.latent,
                tuple(sorted(part.sliders.items())),
            )
            weights[key] = (part, weights.get(key, (part, 0.0))[1] + of_it * part.weight)
    parts = tuple(replace(part, weight=weight) for part, weight in weights.values())
    bands = tuple(part for part in parts if part.band)
    general = _fewest(tuple(part for part in parts if not part.band), MOST_PARTS - len(bands))
    return replace(goal, parts=(*general, *bands))


class Wall:
    """Nine pictures, the shown one in the middle. ``changed``: other pictures stand there, or they walk."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._chance = random.Random()
        self._distance = Spread().distance
        self._states: tuple[State, ...] = ()
        self._way: tuple[State, State, int] | None = None

    @property
    def states(self) -> tuple[State, ...]:
        """Row by row; drawn anew where the one in the middle is not what is shown any more."""
        now = replace(self._studio.exploring.state, origins=())
        if not self._states or replace(self._states[CENTRE], origins=()) != now:
            self._draw()
        return self._states

    @property
    def distance(self) -> float:
        return self._distance

    def set_distance(self, distance: float) -> None:
        self._distance = distance
        self._draw()
        self.changed.emit()

    def again(self) -> None:
        """Eight others around the same one."""
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        now = self._studio.exploring.state
        around = [beside(now, self._distance, self._chance) for _ in range(COUNT - 1)]
        self._states = (*around[:CENTRE], now, *around[CENTRE:])

    def choose(self, index: int) -> None:
        """This one comes into the middle, and others around it; one undo step."""
        if index != CENTRE and 0 <= index < COUNT:
            self._studio.exploring.go_to(self.states[index], NEAR)
            self.changed.emit()

    # a walk by itself

    @property
    def walking(self) -> bool:
        return self._way is not None

    def walk(self) -> None:
        """Begins to walk from the shown picture to one after another, until :meth:`stop`."""
        now = self._studio.exploring.state
        self._way = (now, beside(now, self._distance, self._chance), 0)
        self.changed.emit()

    def step(self) -> None:
        """One step of the walk, live."""
        if self._way is None:
            return
        start, goal, done = self._way
        done += 1
        here = on_the_way(start, goal, done / STEPS) if done < STEPS else goal
        self._studio.exploring.show(here, label=WALKED)
        if done == STEPS:
            start, goal, done = goal, beside(goal, self._distance, self._chance), 0
        self._way = (start, goal, done)

    def stop(self) -> None:
        """It stays where it has come to: one undo step for the whole walk."""
        if self._way is not None:
            self._way = None
            self._studio.exploring.release()
            self.changed.emit()
