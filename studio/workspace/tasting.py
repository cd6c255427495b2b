"""Walls of nine by taste: what is liked is marked, the next nine follow; the marks are kept in the layer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from psygnal import Signal

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Round, Taste
from studio.messages.models import ModelCard, Slider, is_own
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.generating import HIGHEST_SEED
from studio.workspace.taste import (
    COUNT,
    DISLIKE,
    LIKE,
    NOTHING,
    USUAL_ROUNDS,
    amounts,
    contradicted,
    liked_more,
    next_nine,
    packed,
)
from studio.workspace.walk import State, state_at, station_of

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

OWNER = "taste"
MARKED = QT_TRANSLATE_NOOP("history", "Mark what pleases")
PLEASING = QT_TRANSLATE_NOOP("history", "What pleases")
TAKEN_BACK = QT_TRANSLATE_NOOP("history", "Take a wall back")
ACROSS = 3
MOST_NAMED, MOST_FOUND, STEEPEST = 16, 10, 3.0
EARLY = 3
"""Walls after which marks should lead somewhere."""
TWICE = QT_TRANSLATE_NOOP(
    "Taste", "Liked once and disliked another time: {count}. The newer mark counts; nothing else is lost."
)
ALL_REFUSED = QT_TRANSLATE_NOOP("Taste", "Nothing pleased yet, so these nine are from elsewhere.")
ALL_LIKED = QT_TRANSLATE_NOOP(
    "Taste", "All nine were liked, which tells little. Mark those that please most, and what does not."
)
UNMARKED = QT_TRANSLATE_NOOP("Taste", "Nothing was marked, so these nine are as varied as the first ones.")
NO_WAY_YET = QT_TRANSLATE_NOOP(
    "Taste", "Your marks lead no clear way yet: they contradict each other. Mark only what you are sure of."
)

LIKES, MORE, LESS = (
    QT_TRANSLATE_NOOP("Taste", "You like: {parts}"),
    QT_TRANSLATE_NOOP("Taste", "more {name}"),
    QT_TRANSLATE_NOOP("Taste", "less {name}"),
)
BETWEEN = QT_TRANSLATE_NOOP("Taste", ", ")


def directions_of(card: ModelCard) -> tuple[str, ...]:
    """Along which a taste is looked for: the card's own sliders, and behind few of them what is found in the weights."""
    own = tuple(one.name for one in card.sliders if not is_own(one.name))[:MOST_NAMED]
    method = "pca" if "bands" in card.abilities else "form"
    # A code of few numbers has no more directions than these.
    count = min(MOST_FOUND, card.latent_size or MOST_FOUND)
    found = tuple(f"{method}-{number}" for number in range(1, count + 1))
    return own + (tuple(one for one in found if one not in own) if len(own) < MOST_FOUND else ())


class Tasting:
    """The wall that the selected layer's marks lead to. ``changed``: other pictures, or a mark."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._begun: tuple[str, Taste] | None = None
        self._made: tuple[Taste, tuple[State, ...]] | None = None
        self._nine: tuple[Taste, bytes] | None = None
        self._marks: tuple[Taste, tuple[int, ...]] | None = None

    @property
    def can_mark(self) -> bool:
        generating = self._studio.generating
        able = generating.target is not None and generating.model is not None
        return able and self._studio.engine is not None

    @property
    def taste(self) -> Taste | None:
        """What is kept in the selected layer; before the first marks one around the picture that it shows."""
        layer, entry = self._studio.generating.target, self._studio.generating.model
        if layer is None or entry is None:
            return None
        if layer.taste is not None:
            return layer.taste
        if self._begun is None or self._begun[0] != layer.id:
            here = replace(self._studio.exploring.state, origins=())
            seed = random.randint(1, HIGHEST_SEED)
            names = directions_of(entry.card)
            self._begun = layer.id, Taste(names=names, base=station_of(here), seed=seed)
        return self._begun[1]

    @property
    def rounds(self) -> int:
        return len(self.taste.rounds) if self.taste is not None else 0

    def _points(self, taste: Taste) -> bytes:
        if self._nine is None or self._nine[0] != taste:
            self._nine = taste, points_of(taste)
        return self._nine[1]

    @property
    def states(self) -> tuple[State, ...]:
        """Nine, row by row; the first is what should please most."""
        taste = self.taste
        if taste is None:
            return ()
        if self._made is None or self._made[0] != taste:
            wall = Round(points=self._points(taste), marks=(NOTHING,) * COUNT)
            self._made = taste, tuple(states_of(taste, wall))
        return self._made[1]

    @property
    def marks(self) -> tuple[int, ...]:
        """Of the nine that are shown."""
        taste = self.taste
        known = self._marks is not None and self._marks[0] == taste
        return self._marks[1] if known and self._marks is not None else (NOTHING,) * COUNT

    def mark(self, index: int, mark: int) -> None:
        """Likes or dislikes one; the same mark again takes it away."""
        taste = self.taste
        if taste is None or not 0 <= index < COUNT:
            return
        marks = list(self.marks)
        marks[index] = NOTHING if marks[index] == mark else mark
        self._marks = taste, tuple(marks)
        self.changed.emit()

    def go_on(self) -> None:
        """The marks are kept in the layer, one undo step, and the next nine follow."""
        taste = self.taste
        if taste is not None and self.can_mark:
            done = Round(points=self._points(taste), marks=self.marks)
            self._keep(replace(taste, rounds=(*taste.rounds, done)), MARKED)

    def back(self) -> None:
        """The wall before, with its marks as they were; one undo step."""
        taste = self.taste
        if taste is None or not taste.rounds:
            return
        earlier = replace(taste, rounds=taste.rounds[:-1])
        self._nine = earlier, taste.rounds[-1].points
        self._marks = earlier, taste.rounds[-1].marks
        self._keep(earlier, TAKEN_BACK)

    def anew(self) -> None:
        """Forgets the marks: another taste begins at the picture that is shown; one undo step."""
        if self._studio.generating.target is not None:
            self._begun = self._marks = None
            self._keep(None, TAKEN_BACK)

    def _keep(self, taste: Taste | None, label: str) -> None:
        picture, layer = self._studio.current, self._studio.generating.target
        if picture is None or layer is None:
            return
        self._studio.settle()
        kept: Artwork = edits.set_generated(picture.document.committed, layer.id, taste=taste)
        picture.document.commit(label, kept)
        self.changed.emit()

    def use(self, index: int = 0) -> None:
        """One of the nine, at first what should please most, is a further variation of the layer: one undo step."""
        states = self.states
        if 0 <= index < len(states):
            self._studio.exploring.show(states[index], fresh=True, label=PLEASING)
            self._studio.exploring.release()

    # what is said

    def liked(self) -> tuple[tuple[Slider, bool], ...]:
        """Directions that have a name, of which more (True) or less is liked, the surest first."""
        taste, entry = self.taste, self._studio.generating.model
        return () if taste is None or entry is None else liked_of(taste, entry.card)

    def problem(self) -> tuple[str, dict[str, str]]:
        """What is odd about the marks, source text in context ``Taste`` and what fills it; empty where nothing is."""
        return problem_of(self.taste) if self.taste is not None else ("", {})

    @property
    def part(self) -> tuple[int, int]:
        """Which wall this is, and of about how many."""
        return self.rounds + 1, max(USUAL_ROUNDS, self.rounds + 1)


def points_of(taste: Taste) -> bytes:
    """The next nine that its marks lead to, as a Round keeps them."""
    return packed(next_nine(taste.rounds, len(taste.names), taste.seed))


def liked_of(taste: Taste, card: ModelCard) -> tuple[tuple[Slider, bool], ...]:
    """Directions of the card that have a name, of which more (True) or less is liked, the surest first."""
    known = {one.name: one for one in card.sliders}
    found = liked_more(taste.rounds, len(taste.names), taste.seed)
    named = ((known.get(taste.names[number]), amount > 0) for number, amount in found)
    return tuple((slider, more) for slider, more in named if slider is not None)


def problem_of(taste: Taste) -> tuple[str, dict[str, str]]:
    """What is odd about the marks, source text in context ``Taste`` and what fills it; empty where nothing is."""
    if not taste.rounds:
        return "", {}
    last, every = taste.rounds[-1].marks, {mark for one in taste.rounds for mark in one.marks}
    if (count := contradicted(taste.rounds)) > 0:
        return TWICE, {"count": str(count)}
    if every == {NOTHING}:
        return UNMARKED, {}
    if DISLIKE in every and LIKE not in every:
        return ALL_REFUSED, {}
    if set(last) == {LIKE}:
        return ALL_LIKED, {}
    if len(taste.rounds) > EARLY and not liked_more(taste.rounds, len(taste.names), taste.seed):
        return NO_WAY_YET, {}
    return "", {}


def wall_of(pictures: Sequence[np.ndarray], gap: int = 8) -> np.ndarray:
    """Nine pictures uint8 [side, side, 3] as one, row by row, with white between them and around."""
    side = len(pictures[0])
    whole = np.full((ACROSS * (side + gap) + gap,) * 2 + (3,), 255, np.uint8)
    for index, pixels in enumerate(pictures):
        top, left = (gap + place * (side + gap) for place in divmod(index, ACROSS))
        whole[top : top + side, left : left + side] = pixels[..., :3]
    return whole


def states_of(taste: Taste, wall: Round) -> list[State]:
    """The nine pictures of a wall: the taste's own, each moved along its directions."""
    base, made = state_at(taste.base), []
    for point in amounts(wall):
        moved = dict(base.sliders)
        for name, amount in zip(taste.names, point.tolist(), strict=True):
            moved[name] = min(max(moved.get(name, 0.0) + amount, -STEEPEST), STEEPEST)
        sliders = {name: amount for name, amount in sorted(moved.items()) if amount}
        made.append(replace(base, sliders=sliders))
    return made
