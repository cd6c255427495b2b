"""Plants by parametric L-systems: symbols that are replaced by others, each with a length, and a turtle that draws them.

Prusinkiewicz and Lindenmayer, The Algorithmic Beauty of Plants, 1990, chapters 1 and 2. Radii follow Leonardo: a branch to
the power DA_VINCI is the sum of what it carries to that power.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec
import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect

DA_VINCI = 2.4
MOST_SEGMENTS = 60_000
WIDEST = 0.75
"""A plant wider than high is made smaller until this share of its width is the height."""
_NUMBERS = 1 << 16
_STREAM = 0x4C53

Word = str | tuple[str, float]
"""``F`` draws, ``f`` draws a node of a cane, ``+`` and ``-`` turn by the angle, ``<`` and ``>`` by a quarter of it, ``~`` moves
aside by chance, ``[`` and ``]`` keep and take up the place, ``L`` is a leaf; anything else is a symbol, with the share of the
length it gets."""


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """``rules``: for each symbol, replacements of equal chance. ``leaf``: length of a leaf in lengths of the symbol that
    bears it. ``slim``: how wide it is beside its length. ``droop``: how strongly what leans bends down, in radians a step.
    ``stem``: diameter of the thickest stem in heights of the plant. ``bare``: symbols that end without a leaf.
    ``blades``: stems are leaves themselves, and grow thinner all along.
    """

    axiom: tuple[Word, ...]
    rules: dict[str, tuple[tuple[Word, ...], ...]]
    leaf: float = 1.0
    slim: float = 0.2
    droop: float = 0.0
    stem: float = 0.02
    power: float = DA_VINCI
    bare: tuple[str, ...] = ()
    blades: bool = False


GRAMMARS: dict[str, Grammar] = {
    "tree": Grammar(
        axiom=("F", ("A", 0.9)),
        rules={
            "A": (
                ("F", "[", "+", ("A", 0.80), "]", "[", "-", ("A", 0.76), "]"),
                ("F", ">", "[", "+", ("A", 0.74), "]", "F", "-", ("A", 0.82)),
                ("F", "<", "[", "-", ("A", 0.78), "]", "F", "+", ("A", 0.80)),
                ("F", "[", "+", ("A", 0.7), "]", "[", "-", ("A", 0.72), "]", "<", ("A", 0.84)),
            ),
        },
        leaf=2.3, slim=0.38, droop=0.012, stem=0.036,
    ),
    "pine": Grammar(
        axiom=("F", "<", ("T", 1.0)),
        rules={
            "T": (
                ("F", "[", "+", "+", ("B", 0.72), "]", ">", "F", "[", "-", "-", ("B", 0.66), "]", ("T", 0.84)),
                ("F", "[", "-", "-", ("B", 0.74), "]", "<", "F", "[", "+", "+", ("B", 0.6), "]", ("T", 0.84)),
                ("F", "[", "-", "-", ("B", 0.7), "]", "[", "+", "+", ("B", 0.7), "]", "-", "F", "+", ("T", 0.82)),
            ),
            "B": (
                ("F", "[", "+", ("N", 0.62), "]", "<", "F", "[", "-", ("N", 0.6), "]", ("B", 0.74)),
                ("F", "[", "-", ("N", 0.62), "]", ">", "F", "[", "+", ("N", 0.6), "]", ("B", 0.74)),
            ),
            "N": (("F", "[", "+", ("K", 0.8), "]", "[", "-", ("K", 0.8), "]", ("K", 0.9)),),
            "K": (
                ("[", "+", "+", "L", "]", "[", "+", "L", "]", "[", "<", "L", "]", "L", "[", ">", "L", "]", "[", "-", "L", "]", "[", "-", "-", "L", "]"),
            ),
        },
        leaf=2.6, slim=0.055, droop=-0.03, stem=0.036, power=2.2,
    ),
    "bush": Grammar(
        axiom=(
            "[", "+", "+", ("A", 0.85), "]", "[", "+", ("A", 1.0), "]", "[", "<", ("A", 1.05), "]", "[", ">", ("A", 1.1), "]",
            "[", "-", ("A", 1.0), "]", "[", "-", "-", ("A", 0.85), "]",
        ),
        rules={
            "A": (
                ("F", "[", "+", ("A", 0.70), "]", "[", "-", ("A", 0.66), "]", ">", ("A", 0.76)),
                ("F", "[", "-", ("A", 0.70), "]", "[", "+", ("A", 0.66), "]", "<", ("A", 0.76)),
                ("F", "[", "+", ("A", 0.7), "]", "-", ("A", 0.76)), ("F", "[", "-", ("A", 0.7), "]", "+", ("A", 0.76)),
            ),
        },
        leaf=1.5, slim=0.46, droop=0.02, stem=0.012,
    ),
    "fern": Grammar(
        axiom=(
            "[", "+", "+", ("X", 0.78), "]", "[", "-", "-", ("Y", 0.8), "]", "[", "+", ("X", 0.92), "]", "[", "-", ("Y", 0.9), "]", ("Y", 1.0),
        ),
        rules={
            "X": (("F", "[", "+", "+", "+", ("P", 0.36), "]", "[", "-", "-", "-", ("P", 0.36), "]", ">", ("X", 0.93)),),
            "Y": (("F", "[", "-", "-", "-", ("P", 0.36), "]", "[", "+", "+", "+", ("P", 0.36), "]", "<", ("Y", 0.93)),),
            "P": (("F", "[", "+", "+", "L", "]", "[", "-", "-", "L", "]", ("P", 0.89)),),
        },
        leaf=1.5, slim=0.34, droop=0.012, stem=0.006, power=3.4,
    ),
    "bamboo": Grammar(
        axiom=("C",),
        rules={
            "C": (("C1",),),
            "C1": (("F", "f", ("C2", 1.06),),),
            "C2": (("F", "f", "[", "+", ("T", 0.30), "]", ("C3", 1.0)), ("F", "f", "[", "-", ("T", 0.30), "]", ("C3", 1.0))),
            "C3": (
                ("F", "f", "[", "-", "-", ("T", 0.4), "]", ("C3", 0.95)), ("F", "f", "[", "+", "+", ("T", 0.4), "]", ("C3", 0.95)),
                ("F", "f", "[", "+", ("T", 0.42), "]", "[", "-", ("T", 0.36), "]", ("C3", 0.95)),
            ),
            "T": (("F", "[", "+", ("B", 0.9), "]", ("T1", 0.9)), ("F", "[", "-", ("B", 0.9), "]", ("T1", 0.9))),
            "T1": (("F", "[", "-", ("B", 1.0), "]", ">", ("B", 1.0)), ("F", "[", "+", ("B", 1.0), "]", "<", ("B", 1.0))),
            "B": (("F", "[", "+", "L", "]", "[", "-", "L", "]", "L"), ("F", "[", "+", "L", "]", "[", "-", "-", "L", "]"), ("F", "[", "<", "L", "]", "[", "-", "L", "]")),
        },
        leaf=2.8, slim=0.16, droop=0.10, stem=0.017, power=7.0, bare=("C1", "C2", "C3"),
    ),
    "grass": Grammar(
        axiom=tuple(("S", 0.45 + 0.55 * ((7 * index) % 11) / 10) for index in range(64)),
        rules={
            "S": (
                ("[", "~", "+", ("G", 1.0), "]"), ("[", "~", "-", ("G", 1.0), "]"), ("[", "~", "<", ("G", 1.15), "]"),
                ("[", "~", ">", ("G", 1.1), "]"), ("[", "~", "<", ("H", 1.0), "]"), ("[", "~", "+", "<", ("G", 0.9), "]"),
                ("[", "~", "-", ">", ("G", 0.9), "]"),
            ),
            "G": (("F", ("G", 0.97)),),
            "H": (("F", ("H1", 0.97)),),
            "H1": (("F", "F", "F", "F", "F", "F", ("E", 0.4)),),
            "E": (("F", "[", "+", "L", "]", "[", "-", "L", "]", ("E", 0.93)),),
        },
        leaf=1.2, slim=0.4, droop=0.07, stem=0.016, power=1.7, bare=("S", "G", "H", "H1"), blades=True,
    ),
}  # fmt: skip


class Plant(msgspec.Struct, frozen=True, eq=False):
    """Segments and leaves in units of the plant's height, its foot at 0, 0 and y upwards.

    ``ends`` [n, 4], ``radii`` [n, 2], ``node`` [n]: whether a cane's node, ``branch`` [n]: which unforked way it is part of;
    ``leaves`` [m, 5]: from stalk to tip, and the segment that bears it.
    """

    ends: np.ndarray
    radii: np.ndarray
    node: np.ndarray
    branch: np.ndarray
    leaves: np.ndarray
    slim: float
    blades: bool


class _Turtle:
    """Draws one plant; numbers of chance come in the order in which they are asked for."""

    def __init__(self, grammar: Grammar, seed: int, angle: float, jitter: float, ratio: float) -> None:
        self.grammar, self.angle, self.jitter, self.ratio = grammar, angle, jitter, ratio
        numbers = random.uniform(seed, Rect(0, 0, _NUMBERS, 1), (0,), _STREAM).ravel().tolist()
        self._numbers: Iterator[float] = iter(numbers)
        self._all = numbers
        self.segments: list[tuple[float, float, float, float]] = []
        self.parents: list[int] = []
        self.nodes: list[bool] = []
        self.leaves: list[tuple[float, float, float, float, int]] = []
        self.state = (0.0, 0.0, math.pi / 2, -1)

    def chance(self) -> float:
        number = next(self._numbers, None)
        if number is None:
            self._numbers = iter(self._all)
            number = next(self._numbers)
        return number

    def varied(self) -> float:
        return 1 + self.jitter * (2 * self.chance() - 1)

    def walk(self, words: tuple[Word, ...], length: float, depth: int) -> None:
        kept = []
        for word in words:
            if len(self.segments) > MOST_SEGMENTS:
                return
            if isinstance(word, tuple):
                self.grow(word[0], length * word[1] * self.ratio, depth)
            elif word in ("F", "f"):
                self.forward(length if word == "F" else length * 0.035, word == "f")
            elif word in "+-<>":
                turn = self.angle * self.varied() * (1 if word in "+-" else 0.25)
                x, y, heading, parent = self.state
                self.state = (x, y, heading + (turn if word in "+<" else -turn), parent)
            elif word == "~":
                x, y, heading, parent = self.state
                self.state = (x + 1.1 * length * (self.chance() + self.chance() - 1), y, heading, parent)
            elif word == "[":
                kept.append(self.state)
            elif word == "]":
                self.state = kept.pop()
            elif word == "L":
                self.leaf(length)
            else:
                self.grow(word, length * self.ratio, depth)

    def grow(self, symbol: str, length: float, depth: int) -> None:
        rules = self.grammar.rules[symbol]
        if depth == 0:
            if symbol not in self.grammar.bare:
                self.leaf(length)
            return
        choice = rules[min(int(self.chance() * len(rules)), len(rules) - 1)]
        self.walk(choice, length, depth - 1)

    def forward(self, length: float, node: bool) -> None:
        x, y, heading, parent = self.state
        if not node:
            length *= 1 + 0.6 * self.jitter * (2 * self.chance() - 1)
            heading += self.jitter * 0.25 * (2 * self.chance() - 1)
            heading -= self.grammar.droop * math.cos(heading) * (0.5 + self.chance())
        x1, y1 = x + length * math.cos(heading), y + length * math.sin(heading)
        self.segments.append((x, y, x1, y1))
        self.parents.append(parent)
        self.nodes.append(node)
        self.state = (x1, y1, heading, len(self.segments) - 1)

    def leaf(self, length: float) -> None:
        x, y, heading, parent = self.state
        heading += 0.9 * self.jitter * (2 * self.chance() - 1)
        heading -= 3 * self.grammar.droop * math.cos(heading)
        long = length * self.grammar.leaf * (1 + 0.7 * self.jitter * (2 * self.chance() - 1))
        self.leaves.append((x, y, x + long * math.cos(heading), y + long * math.sin(heading), max(parent, 0)))


def grown(
    kind: str, seed: int, *, depth: int, angle: float, jitter: float, ratio: float, width: float
) -> Plant:
    """One plant. ``angle`` in radians, ``jitter`` 0–1, ``ratio`` and ``width`` 1 as the grammar has them."""
    grammar = GRAMMARS[kind]
    turtle = _Turtle(grammar, seed, angle, jitter, ratio)
    turtle.walk(grammar.axiom, 1.0, depth)
    ends = np.array(turtle.segments or [(0.0, 0.0, 0.0, 1.0)])
    leaves = np.array(turtle.leaves).reshape(-1, 5)
    high = max(ends[:, 3].max(), leaves[:, 3].max(initial=0.0), 1e-6)
    high = max(high, WIDEST * float(np.ptp(ends[:, 2])))
    carried = _carried(turtle.parents or [-1], grammar.blades)
    radii = _radii(grammar, carried, turtle.parents or [-1], width)
    nodes = np.array(turtle.nodes or [False])
    radii[nodes] *= 1.3
    return Plant(
        ends / high,
        radii,
        nodes,
        _branches(turtle.parents or [-1]),
        np.concatenate([leaves[:, :4] / high, leaves[:, 4:]], 1),
        grammar.slim,
        grammar.blades,
    )


def _carried(parents: list[int], blades: bool) -> np.ndarray:
    """How many tips each segment carries, or, of blades, how many segments."""
    count = [0] * len(parents)
    for index in range(len(parents) - 1, -1, -1):
        count[index] = count[index] + 1 if blades else max(1, count[index])
        if parents[index] >= 0:
            count[parents[index]] += count[index]
    return np.array(count, np.float64)


def _radii(grammar: Grammar, carried: np.ndarray, parents: list[int], width: float) -> np.ndarray:
    end = carried ** (1 / grammar.power)
    end *= 0.5 * grammar.stem * width / end.max()
    parent = np.array(parents)
    start = np.where(parent >= 0, np.minimum(end[np.maximum(parent, 0)], end * 1.6), end * 1.25)
    return np.stack([start, end], 1)


def _branches(parents: list[int]) -> np.ndarray:
    """One number for each unforked way: its joints do not show."""
    parent = np.array(parents)
    only = np.bincount(parent[parent >= 0], minlength=len(parents)) == 1
    numbers = np.arange(len(parents))
    for index, one in enumerate(parents):
        if one >= 0 and only[one] and numbers[one] >= 0:
            numbers[index] = numbers[one]
    return numbers
