"""Dodge, burn and sponge: brushes that lighten, darken, and change how colourful the pixels under them are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.raster.brush import Brush
from studio.raster.dynamics import Dynamic
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.stroke import painted
from studio.workspace.tools.tone_options import SpongeOptions, ToneOptions, tone

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

_PRESSURE = (Dynamic(parameter="flow", sensor="pressure", low=0.1),)

BRUSHES: Mapping[str, Brush] = MappingProxyType(
    {
        "dodge": Brush(mode="dodge", size=120.0, hardness=0.0, flow=0.35, spacing=0.1, dynamics=_PRESSURE),
        "burn": Brush(mode="burn", size=120.0, hardness=0.0, flow=0.35, spacing=0.1, dynamics=_PRESSURE),
        "sponge": Brush(mode="sponge", size=120.0, hardness=0.0, flow=0.35, spacing=0.1, dynamics=_PRESSURE),
    }
)
"""The brushes that these tools begin with."""


def tone_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Changes the tones along the stroke; Alt at the press does the opposite. Raises EditError for groups and filters."""
    artwork, opposite = picture.document.artwork, "alt" in pointer.modifiers
    blend, label = tone(artwork, painting, painting.gesture_tool, opposite=opposite)
    yield from painted(picture, painting, pointer, painting.gesture_brush, label, blend=blend)


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
        aliases=("saturate", "desaturate", "海绵工具"), gesture=tone_gesture, cursor="brush", brush=True,
        options=SpongeOptions, hint=QT_TRANSLATE_NOOP("Options", "Takes colour away or adds it; Alt does the other"),
    ),
)  # fmt: skip
