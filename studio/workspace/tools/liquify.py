"""Liquify: a brush that pushes, turns, draws together and blows up what is on a layer, and puts it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec

from studio.raster.liquify_modes import Mode
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.tools.kind import ToolKind

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture
    from studio.workspace.tools.session import Session

_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "push"),
    QT_TRANSLATE_NOOP("recipe", "twirl-right"),
    QT_TRANSLATE_NOOP("recipe", "twirl-left"),
    QT_TRANSLATE_NOOP("recipe", "pinch"),
    QT_TRANSLATE_NOOP("recipe", "bloat"),
    QT_TRANSLATE_NOOP("recipe", "restore"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class LiquifyOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the liquify tool."""

    mode: Annotated[
        Mode,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Mode"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "What the brush does to what is under it; restore takes it back to how it was."
            ),
        ),
    ] = "push"
    size: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size"), low=10.0, high=4000.0, soft_high=1000.0, step=1.0, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How wide the brush is."),
        ),
    ] = 200.0  # fmt: skip
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.01, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How far what is under the brush goes with it; a pen's pressure lessens it."),
        ),
    ] = 0.6  # fmt: skip
    hardness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Hardness"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the brush works fully before it fades towards its rim."),
        ),
    ] = 0.2  # fmt: skip


def open_session(picture: Picture, painting: Painting) -> Session:
    """Raises EditError where there is nothing that could be pushed about."""
    # What warps pictures is loaded when it is first wanted.
    from studio.workspace.liquifying import LiquifySession

    return LiquifySession(picture, painting)


KINDS = (
    ToolKind(
        name="liquify", title=QT_TRANSLATE_NOOP("actions", "Liquify"), icon="liquify", family="retouch",
        aliases=("forward warp", "iwarp", "warp brush", "push", "bloat", "pinch", "twirl", "向前变形", "瘦脸", "变形画笔"),
        open=open_session, options=LiquifyOptions, cursor="brush", works_at_rest=True,
        hint=QT_TRANSLATE_NOOP(
            "Options", "Drag, or hold, to reshape the layer; Alt does the opposite. Enter applies, Esc leaves it as it was"
        ),
    ),
)  # fmt: skip
