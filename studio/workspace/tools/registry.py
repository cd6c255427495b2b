"""All tools, in the order of the toolbar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.workspace.tools import (
    assistants,
    blending_in,
    crop,
    fill,
    gradient,
    heal,
    lasso,
    lasso_fill,
    liquify,
    marquee,
    measure,
    move,
    page,
    patch,
    path,
    photo_wins,
    picker,
    red_eye,
    shape,
    stroke,
    symmetry,
    text,
    tone,
    transform,
    transform_selection,
    view,
    wand,
)
from studio.workspace.tools.kind import ToolKind

ALL: tuple[ToolKind, ...] = (
    *move.KINDS,
    *transform.KINDS,
    *blending_in.KINDS,
    *marquee.KINDS,
    *transform_selection.KINDS,
    *lasso.KINDS,
    *wand.KINDS,
    *crop.KINDS,
    *page.KINDS,
    *picker.KINDS,
    *measure.KINDS,
    *stroke.KINDS,
    *liquify.KINDS,
    *heal.KINDS,
    *patch.KINDS,
    *red_eye.KINDS,
    *photo_wins.KINDS,
    *tone.KINDS,
    *fill.KINDS,
    *lasso_fill.KINDS,
    *gradient.KINDS,
    *shape.KINDS,
    *path.KINDS,
    *text.KINDS,
    *view.KINDS,
    *assistants.KINDS,
    *symmetry.KINDS,
)
KINDS: Mapping[str, ToolKind] = MappingProxyType({kind.name: kind for kind in ALL})
