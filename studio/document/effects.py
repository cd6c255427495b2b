"""Layer effects: what each declares, and how far it reaches. Their formulas are in :mod:`studio.raster.effects`.

A layer keeps them as recipes in ``effects``, lowest first; several of a kind are allowed. Effects that this version does
not know are kept and not shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

import msgspec

from studio import recipe
from studio.document.layer import Filter, Layer, children_of
from studio.raster.effects import dilation_reach, glow_reach, relief_reach
from studio.recipe import QT_TRANSLATE_NOOP, Colour, Stored, declare

Mode = Literal[
    "normal", "multiply", "screen", "overlay", "soft-light", "hard-light", "add", "color-dodge", "color-burn", "linear-burn"
]  # fmt: skip
_Opacity = Annotated[
    float, declare(QT_TRANSLATE_NOOP("recipe", "Opacity"), low=0.0, high=1.0, unit="%", step=0.01)
]
_Tint = Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Colour"))]
_Blend = Annotated[Mode, declare(QT_TRANSLATE_NOOP("recipe", "Blend mode"))]
_Size = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Size"), low=0.0, high=250.0, soft_high=60.0, unit="px",
        description=QT_TRANSLATE_NOOP("recipe", "Softness: half of it is the standard deviation of the blur."),
    ),
]  # fmt: skip
_Spread = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Spread"), low=0.0, high=1.0, unit="%", step=0.01,
        description=QT_TRANSLATE_NOOP("recipe", "The part of the size that grows the shape instead of softening it."),
    ),
]  # fmt: skip
_Distance = Annotated[
    float, declare(QT_TRANSLATE_NOOP("recipe", "Distance"), low=0.0, high=1000.0, soft_high=80.0, unit="px")
]
_Shared = Annotated[
    bool,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Global light"),
        description=QT_TRANSLATE_NOOP("recipe", "The light comes from where it does for the whole picture."),
    ),
]
_Angle = Annotated[
    float,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Angle"), low=-180.0, high=180.0, unit="°", step=1.0,
        description=QT_TRANSLATE_NOOP("recipe", "Where the light comes from, counter-clockwise from the right."),
    ),
]  # fmt: skip
_Altitude = Annotated[
    float, declare(QT_TRANSLATE_NOOP("recipe", "Altitude"), low=1.0, high=89.0, unit="°", step=1.0)
]
_On = Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Shown"))]
BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "edge"),
    QT_TRANSLATE_NOOP("recipe", "inner"),
    QT_TRANSLATE_NOOP("recipe", "outer"),
    QT_TRANSLATE_NOOP("recipe", "emboss"),
    QT_TRANSLATE_NOOP("recipe", "up"),
    QT_TRANSLATE_NOOP("recipe", "down"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class DropShadow(msgspec.Struct, frozen=True, kw_only=True):
    enabled: _On = True
    colour: _Tint = BLACK
    mode: _Blend = "multiply"
    opacity: _Opacity = 0.5
    global_light: _Shared = True
    angle: _Angle = 120.0
    distance: _Distance = 8.0
    spread: _Spread = 0.0
    size: _Size = 10.0


class InnerShadow(msgspec.Struct, frozen=True, kw_only=True):
    enabled: _On = True
    colour: _Tint = BLACK
    mode: _Blend = "multiply"
    opacity: _Opacity = 0.5
    global_light: _Shared = True
    angle: _Angle = 120.0
    distance: _Distance = 5.0
    spread: _Spread = 0.0
    size: _Size = 8.0


class OuterGlow(msgspec.Struct, frozen=True, kw_only=True):
    enabled: _On = True
    colour: _Tint = (1.0, 1.0, 0.75)
    mode: _Blend = "screen"
    opacity: _Opacity = 0.6
    spread: _Spread = 0.0
    size: _Size = 16.0


class InnerGlow(msgspec.Struct, frozen=True, kw_only=True):
    enabled: _On = True
    colour: _Tint = (1.0, 1.0, 0.75)
    mode: _Blend = "screen"
    opacity: _Opacity = 0.6
    source: Annotated[Literal["edge", "centre"], declare(QT_TRANSLATE_NOOP("recipe", "From"))] = "edge"
    spread: _Spread = 0.0
    size: _Size = 16.0


class Stroke(msgspec.Struct, frozen=True, kw_only=True):
    enabled: _On = True
    colour: _Tint = BLACK
    mode: _Blend = "normal"
    opacity: _Opacity = 1.0
    position: Annotated[
        Literal["outside", "inside", "centre"], declare(QT_TRANSLATE_NOOP("recipe", "Position"))
    ] = "outside"
    width: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Width"), low=0.0, high=250.0, soft_high=40.0, unit="px")
    ] = 3.0


class Bevel(msgspec.Struct, frozen=True, kw_only=True):
    enabled: _On = True
    style: Annotated[Literal["inner", "outer", "emboss"], declare(QT_TRANSLATE_NOOP("recipe", "Style"))] = (
        "inner"
    )
    direction: Annotated[Literal["up", "down"], declare(QT_TRANSLATE_NOOP("recipe", "Direction"))] = "up"
    depth: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Depth"), low=0.01, high=10.0, soft_high=4.0, step=0.01, unit="×"
        ),
    ] = 1.0
    size: _Size = 8.0
    smoothing: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Smoothing"), low=0.0, high=50.0, soft_high=16.0, unit="px"),
    ] = 2.0
    global_light: _Shared = True
    angle: _Angle = 120.0
    altitude: _Altitude = 30.0
    highlight: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Highlight"))] = WHITE
    highlight_mode: Annotated[Mode, declare(QT_TRANSLATE_NOOP("recipe", "Highlight mode"))] = "screen"
    highlight_opacity: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Highlight opacity"), low=0.0, high=1.0, unit="%", step=0.01),
    ] = 0.75
    shadow: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Shadow"))] = BLACK
    shadow_mode: Annotated[Mode, declare(QT_TRANSLATE_NOOP("recipe", "Shadow mode"))] = "multiply"
    shadow_opacity: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Shadow opacity"), low=0.0, high=1.0, unit="%", step=0.01)
    ] = 0.5


class ColourOverlay(msgspec.Struct, frozen=True, kw_only=True):
    enabled: _On = True
    colour: _Tint = (0.5, 0.5, 0.5)
    mode: _Blend = "normal"
    opacity: _Opacity = 1.0


class EffectKind(msgspec.Struct, frozen=True, kw_only=True):
    """One effect. A change of pixels raises ``version``. ``description`` says what it does, with its formula."""

    name: str
    version: int
    title: str
    description: str
    parameters: type[msgspec.Struct]


def _shadow_reach(value: DropShadow | InnerShadow, scale: float) -> int:
    return glow_reach(value.size / scale, value.spread) + math.ceil(value.distance / scale) + 1


def reach_of(value: msgspec.Struct, level: int = 0) -> int:
    """How far, in pixels of mip level ``level``, an effect's pixels depend on the layer's pixels around them."""
    scale = float(1 << level)
    if isinstance(value, DropShadow | InnerShadow):
        return _shadow_reach(value, scale)
    if isinstance(value, OuterGlow | InnerGlow):
        return glow_reach(value.size / scale, value.spread)
    if isinstance(value, Stroke):
        return dilation_reach(value.width / scale)
    if isinstance(value, Bevel):
        return relief_reach(value.size / scale, value.smoothing / scale)
    return 0


KINDS: Mapping[str, EffectKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            EffectKind(
                name="drop-shadow", version=1, title=QT_TRANSLATE_NOOP("recipe", "Drop shadow"), parameters=DropShadow,
                description=QT_TRANSLATE_NOOP(
                    "recipe",
                    "The layer's shape under the layer, moved away from the light by the distance: grown by "
                    "spread × size, then blurred with σ = (1 − spread) × size / 2.",
                ),
            ),
            EffectKind(
                name="outer-glow", version=1, title=QT_TRANSLATE_NOOP("recipe", "Outer glow"), parameters=OuterGlow,
                description=QT_TRANSLATE_NOOP(
                    "recipe",
                    "The layer's shape under the layer: grown by spread × size, then blurred with "
                    "σ = (1 − spread) × size / 2.",
                ),
            ),
            EffectKind(
                name="colour-overlay", version=1, title=QT_TRANSLATE_NOOP("recipe", "Colour overlay"),
                parameters=ColourOverlay,
                description=QT_TRANSLATE_NOOP("recipe", "One colour over the whole layer, inside its shape."),
            ),
            EffectKind(
                name="inner-glow", version=1, title=QT_TRANSLATE_NOOP("recipe", "Inner glow"), parameters=InnerGlow,
                description=QT_TRANSLATE_NOOP(
                    "recipe",
                    "Inside the layer's shape, light from its edge (what is not the shape: grown by spread × size, "
                    "blurred with σ = (1 − spread) × size / 2) or from its centre (1 − that).",
                ),
            ),
            EffectKind(
                name="inner-shadow", version=1, title=QT_TRANSLATE_NOOP("recipe", "Inner shadow"),
                parameters=InnerShadow,
                description=QT_TRANSLATE_NOOP(
                    "recipe",
                    "Inside the layer's shape, what is not the shape, moved away from the light by the distance: "
                    "grown by spread × size, then blurred with σ = (1 − spread) × size / 2.",
                ),
            ),
            EffectKind(
                name="bevel", version=1, title=QT_TRANSLATE_NOOP("recipe", "Bevel"), parameters=Bevel,
                description=QT_TRANSLATE_NOOP(
                    "recipe",
                    "The layer lit as a relief whose height is size × its shape blurred with σ = size / 2: highlight "
                    "and shadow from the angle of its surface to the light (Blinn, 1978).",
                ),
            ),
            EffectKind(
                name="stroke", version=1, title=QT_TRANSLATE_NOOP("recipe", "Stroke"), parameters=Stroke,
                description=QT_TRANSLATE_NOOP(
                    "recipe",
                    "A line along the edge of the layer's shape: all pixels whose distance to it is at most the width.",
                ),
            ),
        )
    }
)  # fmt: skip
"""Every effect by name, in the order in which new ones are put into a layer: lowest first."""


def parameters(stored: Stored) -> msgspec.Struct | None:
    """The checked values of an effect; None where this version does not know it or refuses its values."""
    kind = KINDS.get(stored.name)
    if kind is None or kind.version != stored.version:
        return None
    try:
        return recipe.from_plain(kind.parameters, stored.parameters)
    except recipe.RecipeError:
        return None


def store(value: msgspec.Struct) -> Stored:
    """The form in which a layer keeps an effect. Raises RecipeError outside the declared ranges."""
    kind = next(kind for kind in KINDS.values() if kind.parameters is type(value))
    return recipe.store(kind.name, kind.version, value)


def shown(layer: Layer) -> tuple[msgspec.Struct, ...]:
    """The layer's effects that are switched on and known, lowest first; a filter layer has none."""
    if not layer.effects or isinstance(layer, Filter):
        return ()
    values: list[Any] = [parameters(stored) for stored in layer.effects]
    return tuple(value for value in values if value is not None and value.enabled)


def reach(layer: Layer, level: int = 0) -> int:
    """Pixels of ``level`` around a change of the layer's own pixels in which its effects change too."""
    return max((reach_of(value, level) for value in shown(layer)), default=0) if layer.effects else 0


def reach_of_tree(layer: Layer, level: int = 0) -> int:
    """The same for a change anywhere in a layer and what is inside it."""
    inner = max((reach_of_tree(child, level) for child in children_of(layer)), default=0)
    return inner + reach(layer, level)


def ordered(effects: tuple[Stored, ...]) -> tuple[Stored, ...]:
    """Effects in the order in which they are drawn; unknown ones last, several of a kind as they were."""
    places = {name: place for place, name in enumerate(KINDS)}
    return tuple(sorted(effects, key=lambda stored: places.get(stored.name, len(places))))
