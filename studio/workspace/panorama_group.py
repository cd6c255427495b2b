"""What the group of a panorama is made of: its hidden sources, the warped pictures, and the blended one with the recipe.

The recipe says which layers these are, each with the source it was made from; whatever else lies in the group is the artist's.
"""

from __future__ import annotations

from studio import recipe
from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.layer import Derived, Group, Paint
from studio.recipe import Stored
from studio.synthesis.stitch_values import NAME, Stitch

CAMERAS, AREA, PICTURES = "cameras", "area", "pictures"
"""What a stored recipe has besides the parameters: ``pictures`` are [id of a warped layer, id of its source]."""


def panorama_at(artwork: Artwork) -> Group | None:
    """The panorama that the active layer is, or lies in."""
    if artwork.active_layer is None:
        return None
    path = tree.path_to(artwork, artwork.active)
    return next((one for one in path if isinstance(one, Group) and result_of(one) is not None), None)


def result_of(group: Group) -> Derived | None:
    """The blended picture of a panorama, which keeps the recipe; None for any other group."""
    return next((one for one in group.children if isinstance(one, Derived) and one.recipe.name == NAME), None)


def parameters_of(stored: Stored) -> Stitch:
    """Raises RecipeError for those of a later version."""
    beside = (CAMERAS, AREA, PICTURES)
    plain = {name: value for name, value in stored.parameters.items() if name not in beside}
    return recipe.from_plain(Stitch, plain)


def source_ids(group: Group) -> dict[str, str]:
    """Of each warped picture by its id that of its source, "" where it is not known.

    A panorama of an earlier version, or a copy, does not know its layers: then all its paint layers are taken for them.
    """
    result = result_of(group)
    paints = [one for one in group.children if isinstance(one, Paint)]
    recorded = dict(result.recipe.parameters.get(PICTURES, ())) if result is not None else {}
    found = {one.id: recorded[one.id] for one in paints if one.id in recorded}
    return found or {one.id: "" for one in paints}


def pictures_of(group: Group) -> list[Paint]:
    """The warped pictures of a panorama, bottom to top."""
    known = source_ids(group)
    return [one for one in group.children if isinstance(one, Paint) and one.id in known]


def warped_in(group: Group) -> list[Paint]:
    """The pictures of a panorama that take part: a hidden one does not."""
    return [one for one in pictures_of(group) if one.visible]


def sources_group(group: Group) -> Group | None:
    """The group that keeps the sources: where one of them is, else the first of all."""
    known = {one for one in source_ids(group).values() if one}
    inner = [one for one in group.children if isinstance(one, Group)]
    for one in inner:
        if known & {child.id for child in one.children}:
            return one
    return inner[0] if inner else None
