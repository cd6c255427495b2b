"""What the rule-made 山水 landscapes can be told: the recipe of their maker. The rule itself lives in the engine."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP, declare

NAME = "shanshui"
VERSION = 1
TITLE = QT_TRANSLATE_NOOP("recipe", "Landscape in the manner of 山水")
DESCRIPTION = QT_TRANSLATE_NOOP(
    "recipe",
    "A landscape painted by rule: 48 normal numbers drawn from the seed become ridges, mist, water, trees and sky. Each "
    "factor is moved by so many standard deviations from what the seed says.",
)
Style = Literal["any", "ink", "blue-green", "dusk", "snow", "night"]
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "any"),
    QT_TRANSLATE_NOOP("recipe", "ink"),
    QT_TRANSLATE_NOOP("recipe", "blue-green"),
    QT_TRANSLATE_NOOP("recipe", "dusk"),
    QT_TRANSLATE_NOOP("recipe", "snow"),
    QT_TRANSLATE_NOOP("recipe", "night"),
)
"""Words of the styles, which the declaration holds as plain literals."""


def _factor(title: str) -> msgspec.Meta:
    return declare(title, low=-3.0, high=3.0, step=0.1)


class Landscape(msgspec.Struct, frozen=True, kw_only=True):
    """``style`` "any" leaves it to the seed. The others: how far each factor is moved, in standard deviations; 0 leaves it."""

    style: Annotated[
        Style,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Style"),
            description=QT_TRANSLATE_NOOP("recipe", "Any: the seed decides, most often for ink."),
        ),
    ] = "any"
    mist: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Mist"))] = 0.0
    peak_height: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Peak height"))] = 0.0
    peak_position: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Peak position"))] = 0.0
    water: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Water level"))] = 0.0
    night: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Night"))] = 0.0
    snow: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Snow"))] = 0.0
    pigment: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Blue-green"))] = 0.0
    dusk: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Dusk"))] = 0.0
    sun: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Sun or moon"))] = 0.0
    trees: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Pines on the shore"))] = 0.0
    boat: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Boat"))] = 0.0
    pavilion: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Pavilion"))] = 0.0
    birds: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Birds"))] = 0.0
    ink: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Ink strength"))] = 0.0
    warmth: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Warmth"))] = 0.0
    green: Annotated[float, _factor(QT_TRANSLATE_NOOP("recipe", "Green instead of blue"))] = 0.0
