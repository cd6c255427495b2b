"""How dodge, burn and sponge change pixels: the options of these tools, which a brush in their mode follows as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Filter, Group
from studio.raster import toning
from studio.raster.toning import Blend, SpongeRange, ToneRange
from studio.recipe import QT_TRANSLATE_NOOP, declare

if TYPE_CHECKING:
    from studio.workspace.painting import Painting

DODGE = QT_TRANSLATE_NOOP("history", "Dodge")
BURN = QT_TRANSLATE_NOOP("history", "Burn")
SPONGE = QT_TRANSLATE_NOOP("history", "Sponge")
A_GROUP = QT_TRANSLATE_NOOP(
    "document",
    "A group has no colours of its own to change. Choose a layer in it in the Layers panel, or merge the group.",
)
A_FILTER = QT_TRANSLATE_NOOP(
    "document",
    "A filter layer has no colours of its own to change. Choose the layer below it in the Layers panel, or paint on its mask.",
)
NO_COLOURS = QT_TRANSLATE_NOOP(
    "document", "A mask has no colours that a sponge could change. Dodge and burn work on it."
)
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "shadows"),
    QT_TRANSLATE_NOOP("recipe", "midtones"),
    QT_TRANSLATE_NOOP("recipe", "highlights"),
    QT_TRANSLATE_NOOP("recipe", "all tones"),
    QT_TRANSLATE_NOOP("recipe", "saturate"),
    QT_TRANSLATE_NOOP("recipe", "desaturate"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
MODES = ("dodge", "burn", "sponge")


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
    span: Annotated[
        SpongeRange,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Range"),
            description=QT_TRANSLATE_NOOP("recipe", "Which tones are changed most."),
        ),
    ] = "all tones"
    strength: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.01, high=1.0)] = 0.4
    vibrance: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Vibrance"),
            description=QT_TRANSLATE_NOOP("recipe", "What is strongly coloured already is spared."),
        ),
    ] = True
    protect_hue: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Protect hue"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "More colour ends where the hue would change; without it colours go further."
            ),
        ),
    ] = True


def tone(artwork: Artwork, painting: Painting, mode: str, *, opposite: bool) -> tuple[Blend, str]:
    """How a stroke in ``mode`` changes pixels or a mask, and what it is called; by the options of the tool of that name.

    ``opposite``: darker for lighter, more colour for less. Raises EditError for a group or a filter, and for a sponge on a mask.
    """
    return toned(artwork, mode, painting.options(mode), opposite=opposite)


def toned(
    artwork: Artwork, mode: str, options: ToneOptions | SpongeOptions, *, opposite: bool
) -> tuple[Blend, str]:
    """The same by these options."""
    on_mask = artwork.edits_mask or artwork.quick_mask
    if not on_mask and isinstance(artwork.active_layer, Group | Filter):
        raise EditError(A_GROUP if isinstance(artwork.active_layer, Group) else A_FILTER)
    if on_mask and mode == "sponge":
        raise EditError(NO_COLOURS)
    if isinstance(options, SpongeOptions):
        more = (options.change == "saturate") != opposite
        made = toning.sponge(options.strength, more, options.vibrance, options.span, options.protect_hue)
        return made, SPONGE
    lighter = (mode == "dodge") != opposite
    if on_mask:
        return toning.of_mask(options.exposure, options.span, lighter=lighter), DODGE if lighter else BURN
    make = toning.dodge if lighter else toning.burn
    return make(options.exposure, options.span, options.protect_hue), DODGE if lighter else BURN
