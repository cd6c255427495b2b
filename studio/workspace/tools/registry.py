"""All tools, in the order of the toolbar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.workspace.tools import lasso, marquee, move, picker, stroke, text, transform, view, wand
from studio.workspace.tools.kind import ToolKind

ALL: tuple[ToolKind, ...] = (
    *move.KINDS,
    *transform.KINDS,
    *marquee.KINDS,
    *lasso.KINDS,
    *wand.KINDS,
    *picker.KINDS,
    *stroke.KINDS,
    *text.KINDS,
    *view.KINDS,
)
KINDS: Mapping[str, ToolKind] = MappingProxyType({kind.name: kind for kind in ALL})
