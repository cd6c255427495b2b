"""One list of everything the artist can do: menus, toolbar, command palette and tests are built from it."""

from __future__ import annotations

from studio.workspace.actions import (
    assistants,
    brush,
    colours,
    edit,
    file,
    fills,
    filters,
    fusing,
    generate,
    image,
    layer,
    placing,
    repair,
    select,
    surround,
    symmetry,
    text,
    tools,
    view,
    window,
)
from studio.workspace.actions.kind import Action


def all_actions() -> tuple[Action, ...]:
    """Every action, in menu order."""
    return (
        *file.ACTIONS,
        *edit.ACTIONS,
        *brush.ACTIONS,
        *symmetry.ACTIONS,
        *image.ACTIONS,
        *colours.ACTIONS,
        *view.REPEATING,
        *repair.REPAIRING,
        *fusing.ACTIONS,
        *layer.ACTIONS,
        *text.ACTIONS,
        *fills.ACTIONS,
        *layer.ARRANGING,
        *placing.ACTIONS,
        *layer.MERGING,
        *select.ACTIONS,
        *repair.SELECT,
        *filters.filter_actions(),
        *generate.ACTIONS,
        *tools.ACTIONS,
        *view.ACTIONS,
        *assistants.ACTIONS,
        *surround.ACTIONS,
        *window.ACTIONS,
    )
