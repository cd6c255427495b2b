"""Parameters that several patterns have, each declared once. Lengths are in document pixels."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP, Stops, declare

MOST_STOPS = 64
GREY = ((0.0, 0.0, 0.0, 0.0, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0))

Size = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Size"),
        low=1.0,
        high=100_000.0,
        soft_high=1000.0,
        step=1.0,
        unit="px",
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Width of the largest features; ten times as much is the same pattern, ten times as large.",
        ),
    ),
]
Octaves = Annotated[
    int,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Octaves"),
        low=1,
        high=16,
        soft_high=10,
        step=1,
        description=QT_TRANSLATE_NOOP(
            "recipe", "How many layers of ever finer features; those finer than a pixel are left out."
        ),
    ),
]
Lacunarity = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Lacunarity"),
        low=1.2,
        high=4.0,
        step=0.05,
        description=QT_TRANSLATE_NOOP("recipe", "How many times finer each octave is than the one before."),
    ),
]
Gain = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Gain"),
        low=0.0,
        high=1.0,
        step=0.01,
        description=QT_TRANSLATE_NOOP("recipe", "How strong each octave is beside the one before."),
    ),
]
Mean = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Mean"),
        low=0.0,
        high=1.0,
        step=0.01,
        description=QT_TRANSLATE_NOOP("recipe", "Average place in the colours: 0 is the first, 1 the last."),
    ),
]
Sigma = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Sigma"),
        low=0.0,
        high=1.0,
        soft_high=0.5,
        step=0.01,
        description=QT_TRANSLATE_NOOP(
            "recipe", "Standard deviation; 1 is from the first colour to the last."
        ),
    ),
]
_TILE = QT_TRANSLATE_NOOP(
    "recipe", "Length after which the pattern repeats without a seam; 0 for never. Sizes are rounded to fit."
)
TileX = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Tile width"),
        low=0.0,
        high=100_000.0,
        soft_high=4096.0,
        step=1.0,
        unit="px",
        description=_TILE,
    ),
]
TileY = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Tile height"),
        low=0.0,
        high=100_000.0,
        soft_high=4096.0,
        step=1.0,
        unit="px",
        description=_TILE,
    ),
]
Colours = Annotated[
    Stops, msgspec.Meta(min_length=1, max_length=MOST_STOPS, title=QT_TRANSLATE_NOOP("recipe", "Colours"))
]
Jitter = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Disorder"),
        low=0.0,
        high=100.0,
        step=1.0,
        unit="%",
        description=QT_TRANSLATE_NOOP(
            "recipe", "0 % puts the points on a grid, 100 % anywhere in its cells."
        ),
    ),
]

Metric = Literal["euclidean", "manhattan", "chebyshev"]
Measure = Literal["nearest", "second", "difference"]
Shown = Literal["direction", "speed"]
Reaction = Literal["coral", "maze", "spots", "holes"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "euclidean"),
    QT_TRANSLATE_NOOP("recipe", "manhattan"),
    QT_TRANSLATE_NOOP("recipe", "chebyshev"),
    QT_TRANSLATE_NOOP("recipe", "nearest"),
    QT_TRANSLATE_NOOP("recipe", "second"),
    QT_TRANSLATE_NOOP("recipe", "difference"),
    QT_TRANSLATE_NOOP("recipe", "direction"),
    QT_TRANSLATE_NOOP("recipe", "speed"),
    QT_TRANSLATE_NOOP("recipe", "coral"),
    QT_TRANSLATE_NOOP("recipe", "maze"),
    QT_TRANSLATE_NOOP("recipe", "spots"),
    QT_TRANSLATE_NOOP("recipe", "holes"),
)
