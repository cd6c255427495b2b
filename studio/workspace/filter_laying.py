"""How a filter's result is laid over what was there: opacity and blend mode, as a filter layer has them."""

from __future__ import annotations

import msgspec
import numpy as np

from studio.raster import blend
from studio.render.frame import make_opaque


class Laying(msgspec.Struct, frozen=True, kw_only=True):
    """``opacity`` 0–1; ``mode``: the name of a blend mode, any but dissolve."""

    opacity: float = 1.0
    mode: str = "normal"


PLAIN = Laying()
"""What the filter makes, and nothing of what was there."""


def laid(before: np.ndarray, after: np.ndarray, laying: Laying, *, keep_alpha: bool = False) -> np.ndarray:
    """``after`` laid over ``before``, as the canvas shows a filter layer: new premultiplied float32 [h, w, 4].

    The result is mixed with ``before`` by the opacity, not covered by it, so that at 0 nothing is changed. ``keep_alpha``:
    as on a layer with locked transparency, colours are laid over each other as if both were opaque.
    """
    if laying == PLAIN:
        return after
    under, over = before.astype(np.float32), after.astype(np.float32)
    if keep_alpha:
        alpha = under[..., 3:].copy()
        make_opaque(under)
        make_opaque(over)
    mode = blend.mode_of(laying.mode)
    if mode.name != "normal":
        result = under.copy()
        blend.put(mode, result, over)
        over = result
    over -= under
    over *= np.float32(laying.opacity)
    under += over
    if keep_alpha:
        under *= alpha
    return under
