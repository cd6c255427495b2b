"""What the application may know of a model: its card."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

Encoded = bytes  # inside ModelEntry the name ``bytes`` is a field

ABILITIES = (
    "generate",
    "variety",
    "explore",
    "classes",
    "bands",
    "detail",
    "words",
    "inpaint",
    "redraw",
    "extend",
    "translate",
    "learning",
)
"""What a model may declare it can do; the Generate button's word follows from these."""


GIFT = ".danqing-model"
"""Ending of a model as one file to give away."""
FOUND_EACH = 10
"""How many directions of each method a model is asked for."""
_FOUND = re.compile(r"(pca|form)-([1-9]|10)")


def is_found(name: str) -> bool:
    """Whether a slider of this name is a direction that is read from any model's weights, not one that its card tells of."""
    return _FOUND.fullmatch(name) is not None


_OWN = re.compile(r"own-[0-9a-f]{8}")


def is_own(name: str) -> bool:
    """Whether a slider of this name is a direction that the artist taught by examples; requests carry its vector."""
    return _OWN.fullmatch(name) is not None


NEAREST, ALIKE = 3, 0.7
"""How many names at most are near another one, and how alike they have to be, 0–1."""
TOLD = 8
"""More names than these make no sentence."""


def told_of(name: str, known: Iterable[str], most: int = TOLD) -> str:
    """What stands behind “it has:” where ``name`` is none of ``known``: those that contain it, else the nearest, else the first
    few; behind them how many more there are, as in ``a, b, c … (+21)``."""
    import difflib

    names = list(known)
    near = [one for one in names if name and name in one]
    near = (near or difflib.get_close_matches(name, names, NEAREST, ALIKE) or names)[:most]
    more = len(names) - len(near)
    return (", ".join(near) + (f" … (+{more})" if more else "")) or "–"


CROSS_TALK = 0.2
"""From here on it is told what else a slider changes."""


class Slider(msgspec.Struct, frozen=True, kw_only=True):
    """One named direction of a model. Amounts are in standard deviations, 0 changes nothing.

    ``also``: measured cross-talk, by the name of another slider; None where nobody measured it. Of a slider whose factor a judge
    reads, how far the other's factor changes with it, its own change being 1; of a direction that was found or taught, the size
    of the cosine between the changes that both make in the same pictures. ``reversed``: the artist sees it the other way round;
    ``low``, ``high`` and amounts in requests stay those of the model.
    """

    name: str
    title: str
    title_zh: str
    low: float = -3.0
    high: float = 3.0
    also: dict[str, float] | None = None
    reversed: bool = False

    def seen(self, amount: float) -> float:
        """An amount as the artist sees it; of such a one, the amount."""
        return 0.0 - amount if self.reversed else amount

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that the artist sees."""
        return (self.seen(self.high), self.seen(self.low)) if self.reversed else (self.low, self.high)

    @property
    def cross_talk(self) -> tuple[tuple[str, float], ...]:
        """What else it changes by more than ``CROSS_TALK``, most first."""
        found = [(name, part) for name, part in (self.also or {}).items() if part > CROSS_TALK]
        return tuple(sorted(found, key=lambda item: -item[1]))


BETWEEN = " · "
"""Between the words of a class that is one of each of several factors."""


Level = tuple[int, int, int]
"""An sRGB colour, 0…255."""


class ClassTitle(msgspec.Struct, frozen=True, kw_only=True):
    """What a class is called on the screen. ``swatches``: of a palette the colours that stand for it, the commonest first."""

    title: str
    title_zh: str
    swatches: tuple[Level, ...] = ()


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """What a model file says of itself (JSON under the key ``danqing`` of the safetensors metadata).

    ``size`` is the side in pixels of what the network draws by itself, ``learned_size`` the side after its learned
    upscaling step: both are real pixels; anything larger is resampled. ``classes``: the kinds of picture that can be
    asked for by name, those of the sub-folders it learnt from; ``class_titles`` is what they are called, empty where that is
    their names; ``class_factors``: titles of the factors of which each class has one word. ``named``: directions that are read from the weights, with the names that its author gave them.
    """

    name: str
    title: str
    title_zh: str
    kind: str
    size: int
    learned_size: int
    sliders: tuple[Slider, ...] = ()
    named: tuple[Slider, ...] = ()
    pinned: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    class_titles: tuple[ClassTitle, ...] = ()
    class_factors: tuple[ClassTitle, ...] = ()
    abilities: tuple[str, ...] = ("generate",)
    latent_size: int = 0
    parameters: int = 0
    pictures_seen: int = 0
    steps: int = 0
    trained_on: str = ""
    trained_with: str = ""
    licence: str = ""
    recipe: str = ""
    note: str = ""


class ModelEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A model as the catalogue lists it. ``problem`` is empty when it can be used; ``problem_text`` (context ``engine``)
    and ``problem_arguments`` say the same in another language."""

    card: ModelCard
    path: str
    digest: str
    bytes: int
    embedded: bool = False
    problem: str = ""
    problem_text: str = ""
    problem_arguments: dict[str, str] = {}
    preview: Encoded = b""
