"""Size and other habits of the brush in the hand."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action

ACTIONS = (
    Action(
        id="brush-smaller", title=QT_TRANSLATE_NOOP("actions", "Smaller brush"), menu="Edit", shortcuts=("[",),
        run=lambda studio: studio.painting.resize(-1), separator=True,
    ),
    Action(
        id="brush-larger", title=QT_TRANSLATE_NOOP("actions", "Larger brush"), menu="Edit", shortcuts=("]",),
        run=lambda studio: studio.painting.resize(1),
    ),
)  # fmt: skip
