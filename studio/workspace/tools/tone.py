"""Dodge, burn and sponge: brushes that lighten, darken, and change how colourful the pixels under them are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.document.errors import EditError
from studio.document.layer import Paint
from studio.raster import toning
from studio.raster.brush import Brush
from studio.raster.dynamics import Dynamic
from studio.raster.toning import ToneRange
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.stroke import painted

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

DODGE = QT_TRANSLATE_NOOP("history", "Dodge")
BURN = QT_TRANSLATE_NOOP("history", "Burn")
SPONGE = QT_TRANSLATE_NOOP("history", "Sponge")
NOT_PAINT = QT_TRANSLATE_NOOP(
    "document",
    "Dodge, burn and sponge change the pixels of a paint layer. Choose one, or rasterise this layer first.",
)
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "shadows"),
    QT_TRANSLATE_NOOP("recipe", "midtones"),
    QT_TRANSLATE_NOOP("recipe", "highlights"),
    QT_TRANSLATE_NOOP("recipe", "saturate"),
    QT_TRANSLATE_NOOP("recipe", "desaturate"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
_PRESSURE = (Dynamic(parameter="flow", sensor="pressure", low=0.1),)


class ToneOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of dodge and burn."""

    span: Annotated[
        ToneRange,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Range"),
            description=QT_TRANSLATE_NOOP("recipe", "Which tones are changed most."),
        ),
    ] = "midtones"
    exposure: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Exposure"),
            low=0.01,
            high=1.0,
            description=QT_TRANSLATE_NOOP("recipe", "How far one stroke can go."),
        ),
    ] = 0.3
    protect_hue: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Protect hue"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Colours keep their hue, as far as it fits their saturation."
            ),
        ),
    ] = True


class SpongeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the sponge."""

    change: Annotated[Literal["saturate", "desaturate"], declare(QT_TRANSLATE_NOOP("recipe", "Change"))] = (
        "desaturate"
    )
    strength: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.01, high=1.0)] = 0.4
    vibrance: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Vibrance"),
            description=QT_TRANSLATE_NOOP("recipe", "What is strongly coloured already is spared."),
        ),
    ] = True


BRUSHES: Mapping[str, Brush] = MappingProxyType(
    {
        "dodge": Brush(mode="dodge", size=120.0, hardness=0.0, flow=0.35, spacing=0.1, dynamics=_PRESSURE),
        "burn": Brush(mode="burn", size=120.0, hardness=0.0, flow=0.35, spacing=0.1, dynamics=_PRESSURE),
        "sponge": Brush(mode="sponge", size=120.0, hardness=0.0, flow=0.35, spacing=0.1, dynamics=_PRESSURE),
    }
)
"""The brushes that these tools begin with."""


def tone_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Lightens or darkens along the stroke; Alt at the press does the other. Raises EditError on anything but paint."""
    _check(picture)
    tool = painting.gesture_tool
    options: ToneOptions = painting.options(tool)
    lighter = (tool == "dodge") != ("alt" in pointer.modifiers)
    make = toning.dodge if lighter else toning.burn
    blend = make(options.exposure, options.span, options.protect_hue)
    label = DODGE if lighter else BURN
    yield from painted(picture, painting, pointer, painting.gesture_brush, label, blend=blend)


def sponge_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """More or less colourful along the stroke; Alt at the press does the other. Raises EditError on anything but paint."""
    _check(picture)
    options: SpongeOptions = painting.options("sponge")
    more = (options.change == "saturate") != ("alt" in pointer.modifiers)
    blend = toning.sponge(options.strength, more, options.vibrance)
    yield from painted(picture, painting, pointer, painting.gesture_brush, SPONGE, blend=blend)


def _check(picture: Picture) -> None:
    artwork = picture.document.artwork
    if not isinstance(artwork.active_layer, Paint) or artwork.edits_mask or artwork.quick_mask:
        raise EditError(NOT_PAINT)


KINDS = (
    ToolKind(
        name="dodge", title=QT_TRANSLATE_NOOP("actions", "Dodge"), icon="dodge", family="tone", shortcuts=("O",),
        aliases=("lighten", "减淡工具", "提亮"), gesture=tone_gesture, cursor="brush", brush=True, options=ToneOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Lightens; with Alt it darkens"),
    ),
    ToolKind(
        name="burn", title=QT_TRANSLATE_NOOP("actions", "Burn"), icon="burn", family="tone", shortcuts=("Shift+O",),
        aliases=("darken", "加深工具", "压暗"), gesture=tone_gesture, cursor="brush", brush=True, options=ToneOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Darkens; with Alt it lightens"),
    ),
    ToolKind(
        name="sponge", title=QT_TRANSLATE_NOOP("actions", "Sponge"), icon="sponge", family="tone",
        aliases=("saturate", "desaturate", "海绵工具"), gesture=sponge_gesture, cursor="brush", brush=True,
        options=SpongeOptions, hint=QT_TRANSLATE_NOOP("Options", "Takes colour away or adds it; Alt does the other"),
    ),
)  # fmt: skip
