"""What is said where selected pixels were taken from a layer that keeps its own: they lie on a new layer above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.layer import Paint
from studio.document.lifting import Lifted
from studio.document.mask_lifting import LiftedMask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

ABOVE = QT_TRANSLATE_NOOP(
    "notices",
    "The selected part lies on a new layer above “{name}”, which stays as it is: its mask hides that part.",
)
BENT = QT_TRANSLATE_NOOP(
    "notices", "“{name}” is bent, so that the selected part of it lies on a new layer above, bent alike."
)
SEVERAL = QT_TRANSLATE_NOOP(
    "notices", "The selected parts of {count} layers that keep their own pixels lie on new layers above them."
)


def tell_lifted_above(studio: Studio, lifted: Lifted | LiftedMask | None) -> None:
    """Says which layers are new, if any are."""
    above = lifted.above if isinstance(lifted, Lifted) else ()
    if len(above) > 1:
        studio.tell(Notice(kind="info", text=SEVERAL, arguments={"count": str(len(above))}))
    elif above:
        text = BENT if isinstance(above[0].layer, Paint) else ABOVE
        studio.tell(Notice(kind="info", text=text, arguments={"name": above[0].layer.name}))
