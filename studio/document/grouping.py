"""What the layers of a group are when the group is no more: the look is kept, or it is refused."""

from __future__ import annotations

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Group, Layer, is_integer_move, joined
from studio.document.painting import moved_mask
from studio.recipe import QT_TRANSLATE_NOOP

_GROUP_LOOK = QT_TRANSLATE_NOOP(
    "document",
    "The mask, blend mode, clipping or effects of this group cannot go over to its layers. Merge the group, or take them "
    "off first.",
)


def freed(artwork: Artwork, group: Group) -> tuple[Layer, ...]:
    """The group's layers as they are without it. Raises EditError where that would change the look."""
    siblings, index = tree.siblings_of(artwork, group.id)
    if _has_own_look(group) or tree.clip_top(siblings, index) > index:
        if len(group.children) > 1:
            raise EditError(_GROUP_LOOK)
        group = group.with_(children=tuple(_inherited(child, group) for child in group.children))
    return tuple(_freed(child, group) for child in group.children)


def _has_own_look(group: Group) -> bool:
    masked = group.mask is not None and group.mask_enabled
    mode = group.mode != "normal" and not group.pass_through
    return masked or mode or group.clipping or bool(group.effects)


def _inherited(child: Layer, group: Group) -> Layer:
    """The only layer of a group with the group's mask, mode, clipping and effects. Raises EditError."""
    if group.mask is not None and group.mask_enabled:
        bent = bool(child.warp or group.warp) or not is_integer_move(child.transform)
        if child.mask is not None or bent or child.effects:
            raise EditError(_GROUP_LOOK)
        x, y = int(child.transform[4]), int(child.transform[5])
        child = child.with_(mask=moved_mask(group.mask, -x, -y), mask_enabled=True)
    if group.mode != "normal" and not group.pass_through:
        if child.mode != "normal":
            raise EditError(_GROUP_LOOK)
        child = child.with_(mode=group.mode)
    if group.effects:
        if child.effects or child.opacity < 1 or not child.visible:
            raise EditError(_GROUP_LOOK)
        child = child.with_(effects=group.effects)
    return child.with_(clipping=group.clipping)


def _freed(child: Layer, layer: Group) -> Layer:
    if not layer.visible or layer.opacity < 1:
        child = child.with_(visible=child.visible and layer.visible, opacity=child.opacity * layer.opacity)
    return (
        child
        if layer.transform == IDENTITY
        else child.with_(transform=joined(layer.transform, child.transform))
    )
