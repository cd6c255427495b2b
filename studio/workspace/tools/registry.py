"""All tools, in the order of the toolbar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.workspace.tools import move, picker, stroke, view
from studio.workspace.tools.kind import ToolKind

ALL: tuple[ToolKind, ...] = (
    *move.KINDS,
    *picker.KINDS,
    *stroke.KINDS,
    *view.KINDS,
)
KINDS: Mapping[str, ToolKind] = MappingProxyType({kind.name: kind for kind in ALL})
