"""All tools, in the order of the toolbar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.workspace.tools import (
    assistants,
    fill,
    gradient,
    lasso,
    lasso_fill,
    marquee,
    move,
    picker,
    stroke,
    symmetry,
    text,
    tone,
    transform,
    view,
    wand,
)
from studio.workspace.tools.kind import ToolKind

ALL: tuple[ToolKind, ...] = (
    *move.KINDS,
    *transform.KINDS,
    *marquee.KINDS,
    *lasso.KINDS,
    *wand.KINDS,
    *picker.KINDS,
    *stroke.KINDS,
    *tone.KINDS,
    *fill.KINDS,
    *lasso_fill.KINDS,
    *gradient.KINDS,
    *text.KINDS,
    *view.KINDS,
    *assistants.KINDS,
    *symmetry.KINDS,
)
KINDS: Mapping[str, ToolKind] = MappingProxyType({kind.name: kind for kind in ALL})
