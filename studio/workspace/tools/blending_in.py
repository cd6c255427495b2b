"""Blend into picture: the active layer is dragged about and takes on the colours around it wherever it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.tools.kind import ToolKind

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture
    from studio.workspace.tools.session import Session

Gradients = Literal["seamless", "mixed"]
_WORDS = (QT_TRANSLATE_NOOP("recipe", "seamless"), QT_TRANSLATE_NOOP("recipe", "mixed"))
"""Words of the choices below, which their declarations hold as plain literals."""


class BlendInOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the tool that blends a layer into the picture."""

    gradients: Annotated[
        Gradients,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Blend"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Seamless keeps the layer's own texture; mixed lets the stronger texture below show through."
            ),
        ),
    ] = "seamless"  # fmt: skip
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the colours around is taken on."),
        ),
    ] = 1.0  # fmt: skip


def open_session(picture: Picture, painting: Painting) -> Session:
    """Raises EditError where there is nothing to blend, or nothing to blend it into."""
    # What blends pictures is loaded when it is first wanted: it would be 15 ms of every start.
    from studio.workspace.blending import BlendInSession

    return BlendInSession(picture, painting)


KINDS = (
    ToolKind(
        name="blend-in", title=QT_TRANSLATE_NOOP("actions", "Blend into picture"), icon="blend", family="move",
        aliases=("seamless cloning", "poisson", "gradient domain", "无缝克隆", "泊松融合"), open=open_session,
        open_at_once=True, options=BlendInOptions, cursor="move",
        hint=QT_TRANSLATE_NOOP(
            "Options", "Drag the layer: it takes on the colours around it. Shift keeps one axis, Enter blends it in, Esc leaves it"
        ),
    ),
)  # fmt: skip
