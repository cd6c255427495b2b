"""What a brush is: every parameter declared once, with range, unit and title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec

from studio.raster.dynamics import Dynamic
from studio.raster.tip import Tip
from studio.recipe import QT_TRANSLATE_NOOP, check, declare

LEAST_SCALE, MOST_SCALE = 0.1, 16.0
"""Of a brush's texture."""
BrushMode = Literal["paint", "erase", "smudge", "blur", "clone", "dodge", "burn", "sponge"]
TipKind = Literal["round", "ink", "image"]
TipOrder = Literal["random", "in-turn", "direction", "pressure", "speed"]
RankOrder = Literal["random", "in-turn", "direction", "pressure", "speed", "tilt-across", "tilt-down"]
Texture = Literal["none", "paper", "canvas", "rough", "image"]
Stabiliser = Literal["none", "weighted", "pulled", "delayed"]
Sample = Literal["layer", "this-and-below", "all"]
BrushBlend = Literal[
    "normal", "darken", "multiply", "color-burn", "linear-burn", "darker-color", "lighten", "screen", "color-dodge", "add",
    "lighter-color", "overlay", "soft-light", "hard-light", "vivid-light", "linear-light", "pin-light", "hard-mix",
    "difference", "exclusion", "subtract", "divide", "hue", "saturation", "color", "luminosity", "behind",
]  # fmt: skip
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "paint"),
    QT_TRANSLATE_NOOP("recipe", "erase"),
    QT_TRANSLATE_NOOP("recipe", "smudge"),
    QT_TRANSLATE_NOOP("recipe", "blur"),
    QT_TRANSLATE_NOOP("recipe", "clone"),
    QT_TRANSLATE_NOOP("recipe", "dodge"),
    QT_TRANSLATE_NOOP("recipe", "burn"),
    QT_TRANSLATE_NOOP("recipe", "sponge"),
    QT_TRANSLATE_NOOP("recipe", "round"),
    QT_TRANSLATE_NOOP("recipe", "ink"),
    QT_TRANSLATE_NOOP("recipe", "image"),
    QT_TRANSLATE_NOOP("recipe", "in-turn"),
    QT_TRANSLATE_NOOP("recipe", "none"),
    QT_TRANSLATE_NOOP("recipe", "paper"),
    QT_TRANSLATE_NOOP("recipe", "canvas"),
    QT_TRANSLATE_NOOP("recipe", "rough"),
    QT_TRANSLATE_NOOP("recipe", "weighted"),
    QT_TRANSLATE_NOOP("recipe", "pulled"),
    QT_TRANSLATE_NOOP("recipe", "delayed"),
    QT_TRANSLATE_NOOP("recipe", "layer"),
    QT_TRANSLATE_NOOP("recipe", "this-and-below"),
    QT_TRANSLATE_NOOP("recipe", "all"),
)


def _share(
    title: str, description: str = "", low: float = 0.0, when: Mapping[str, tuple[str, ...]] | None = None
) -> msgspec.Meta:
    return declare(title, low=low, high=1.0, unit="%", description=description, when=when)


class TipRank(msgspec.Struct, frozen=True):
    """One dimension of a brush's tips: how many stand in it, and what says at each dab which of them it is.

    As in GIMP's pipes: direction counts clockwise from upwards, to the nearest; pressure from the first at 0 to the last at
    1; speed like it; tilt from −60° to 60°, upright in the middle; in turn goes on by one at each dab.
    """

    count: int
    order: RankOrder = "random"


class Brush(msgspec.Struct, frozen=True, kw_only=True):
    """All parameters of a brush. Fractions are 0–1; lengths in document pixels; angles in degrees, clockwise.

    ``mode``: what its dabs do. ``tip``: a round one, the ink brush's bristles (density thresholded on paper grain), or
    ``tips``, of which one is taken for each dab by ``tip_order``; or, while they are as many as the product of the counts
    of ``tip_ranks`` says, by these: the tip's number is written in them as digits, the first counts most. ``dynamics``: what
    drives which parameter.
    """

    mode: Annotated[BrushMode, declare(QT_TRANSLATE_NOOP("recipe", "Brush mode"))] = "paint"
    blend: Annotated[BrushBlend, declare(QT_TRANSLATE_NOOP("recipe", "Blend mode"))] = "normal"

    tip: Annotated[TipKind, declare(QT_TRANSLATE_NOOP("recipe", "Tip"))] = "round"
    tips: Annotated[tuple[Tip, ...], msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Tip images"))] = ()
    tip_order: Annotated[TipOrder, declare(QT_TRANSLATE_NOOP("recipe", "Tip order"))] = "random"
    tip_ranks: Annotated[
        tuple[TipRank, ...], msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Dimensions of the tips"))
    ] = ()
    size: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=1.0, high=2000.0, soft_high=300.0, unit="px")
    ] = 24.0
    hardness: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Hardness"),
            QT_TRANSLATE_NOOP("recipe", "0: fades from the middle. 1: sharp edge."),
            when={"tip": ("round", "ink")},
        ),
    ] = 0.5
    roundness: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Roundness"),
            QT_TRANSLATE_NOOP("recipe", "Height of the tip as a fraction of its width."),
            low=0.02,
        ),
    ] = 1.0
    angle: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Angle"), low=-360.0, high=360.0, unit="°")
    ] = 0.0
    aliased: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Hard pixels"),
            description=QT_TRANSLATE_NOOP("recipe", "No soft edge: each pixel is covered or not."),
        ),
    ] = False

    opacity: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Opacity"),
            QT_TRANSLATE_NOOP("recipe", "The most that one stroke covers."),
        ),
    ] = 1.0
    flow: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Flow"),
            QT_TRANSLATE_NOOP("recipe", "How much each dab adds, up to the opacity."),
            low=0.005,
        ),
    ] = 1.0
    spacing: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spacing"),
            low=0.01,
            high=10.0,
            soft_high=1.0,
            description=QT_TRANSLATE_NOOP("recipe", "Distance between dabs as a fraction of their size."),
        ),
    ] = 0.08
    airbrush: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Airbrush"),
            low=0.0,
            high=200.0,
            unit="/s",
            description=QT_TRANSLATE_NOOP("recipe", "Dabs per second while the pen is down, even at rest."),
        ),
    ] = 0.0
    count: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Count"),
            low=1,
            high=32,
            description=QT_TRANSLATE_NOOP("recipe", "Dabs at each step."),
        ),
    ] = 1
    scatter: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Scatter"),
            low=0.0,
            high=10.0,
            soft_high=3.0,
            description=QT_TRANSLATE_NOOP("recipe", "How far dabs stray, as a fraction of their size."),
        ),
    ] = 0.0
    scatter_across: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Scatter across only"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Dabs stray to both sides of the stroke, not along it: as far as the scatter, evenly.",
            ),
        ),
    ] = False

    offset_x: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Offset to the right"),
            low=-10.0,
            high=10.0,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far dabs lie beside the pointer, as a fraction of the brush's size."
            ),
        ),
    ] = 0.0
    offset_y: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Offset downwards"), low=-10.0, high=10.0)
    ] = 0.0

    jitter_size: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Size jitter"))] = 0.0
    jitter_angle: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Angle jitter"))] = 0.0
    flip_x: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Flip left to right"),
            description=QT_TRANSLATE_NOOP("recipe", "Every other dab, at random, is mirrored left to right."),
        ),
    ] = False
    flip_y: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Flip top to bottom"),
            description=QT_TRANSLATE_NOOP("recipe", "Every other dab, at random, is mirrored top to bottom."),
        ),
    ] = False
    jitter_flow: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Flow jitter"))] = 0.0
    jitter_hue: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Hue jitter"))] = 0.0
    jitter_saturation: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Saturation jitter"))] = 0.0
    jitter_value: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Value jitter"))] = 0.0

    texture: Annotated[Texture, declare(QT_TRANSLATE_NOOP("recipe", "Texture"))] = "none"
    texture_image: Annotated[Tip | None, msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Texture image"))] = (
        None
    )
    texture_strength: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Texture strength"))] = 0.5
    texture_scale: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Texture scale"),
            low=LEAST_SCALE,
            high=MOST_SCALE,
            soft_high=4.0,
            unit="×",
        ),
    ] = 1.0
    grain: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Grain"),
            QT_TRANSLATE_NOOP("recipe", "How much paper and bristles show in ink."),
        ),
    ] = 0.0
    wet_edges: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Wet edges"),
            QT_TRANSLATE_NOOP("recipe", "Paint gathers at the edge of the stroke, as in watercolour."),
        ),
    ] = 0.0

    smudge: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Smudge"),
            QT_TRANSLATE_NOOP("recipe", "How much of what a dab leaves was picked up from the picture."),
        ),
    ] = 0.0
    wetness: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Wetness"),
            QT_TRANSLATE_NOOP("recipe", "How far the paint that was picked up is carried along."),
        ),
    ] = 0.5
    blur: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Blur"),
            QT_TRANSLATE_NOOP("recipe", "How far a blurring brush spreads, as a fraction of its radius."),
        ),
    ] = 0.3
    sample: Annotated[
        Sample,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sample"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "From where clone, smudge and blur take: this layer, with those below it, or all."
            ),
        ),
    ] = "layer"
    clone_aligned: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Aligned"),
            description=QT_TRANSLATE_NOOP("recipe", "The source moves on with each stroke."),
            when={"mode": ("clone",)},
        ),
    ] = True

    stabiliser: Annotated[Stabiliser, declare(QT_TRANSLATE_NOOP("recipe", "Stabiliser"))] = "weighted"
    smoothing: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Smoothing"),
            low=0.0,
            high=100.0,
            description=QT_TRANSLATE_NOOP("recipe", "Steadies the hand; more follows later."),
            when={"stabiliser": ("weighted", "pulled", "delayed")},
        ),
    ] = 12.0
    speed_pressure: Annotated[
        float,
        _share(
            QT_TRANSLATE_NOOP("recipe", "Speed as pressure"),
            QT_TRANSLATE_NOOP("recipe", "Without a pen: slow presses hard, fast presses lightly."),
        ),
    ] = 0.0
    dynamics: Annotated[tuple[Dynamic, ...], msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Dynamics"))] = ()


def checked(brush: Brush) -> Brush:
    """``brush`` if every field is inside its declared range, else RecipeError; does not copy the pixels of its tips."""
    plain = msgspec.structs.replace(brush, tips=(), texture_image=None)
    return msgspec.structs.replace(check(plain), tips=brush.tips, texture_image=brush.texture_image)


def upgraded(plain: dict[str, Any]) -> dict[str, Any]:
    """Plain values of a brush as earlier versions wrote them, in today's form; today's come back as they are."""
    new = dict(plain)
    kind = new.pop("kind", None)
    if kind in ("soft", "ink"):
        new.setdefault("tip", "ink" if kind == "ink" else "round")
    elif kind == "eraser":
        new.setdefault("mode", "erase")
    dynamics = list(new.get("dynamics", ()))
    for name in ("size", "opacity"):
        strength = new.pop(f"pressure_{name}", 0.0)
        if strength:
            dynamics.append({"parameter": name, "sensor": "pressure", "low": 1.0 - strength})
            if name == "size":
                new["speed_pressure"] = min(1.0, new.get("speed_width", 0.0) / strength)
    new.pop("speed_width", None)
    if dynamics:
        new["dynamics"] = dynamics
    return new


def _by_pressure(parameter: Literal["size", "opacity"], low: float) -> Dynamic:
    return Dynamic(parameter=parameter, sensor="pressure", low=low)


SOFT_ROUND = Brush(size=40.0, hardness=0.2, flow=0.6, spacing=0.06, dynamics=(_by_pressure("opacity", 0.0),))
INK = Brush(
    tip="ink", size=22.0, hardness=0.7, spacing=0.05, grain=0.72, speed_pressure=0.89,
    dynamics=(_by_pressure("size", 0.1),),
)  # fmt: skip
ERASER = Brush(mode="erase", size=32.0, hardness=0.8, spacing=0.06, dynamics=(_by_pressure("size", 0.7),))
SMUDGE = Brush(mode="smudge", size=40.0, hardness=0.4, spacing=0.06, smudge=1.0, wetness=0.5)
BLUR = Brush(mode="blur", size=60.0, hardness=0.2, flow=0.5, spacing=0.15)
CLONE = Brush(mode="clone", size=60.0, hardness=0.6, spacing=0.08)
