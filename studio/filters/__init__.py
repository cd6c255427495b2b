"""One picture in, one out. The registry of all filters by name: what each module here lists in ``KINDS``."""

from studio.filters import (
    blocks,
    blur,
    clahe,
    colour,
    curves,
    distort,
    dither,
    exposure,
    greys,
    halftone,
    levels,
    lookup,
    mixing,
    noise,
    ripples,
    shadows,
    tone,
    tonemap,
    transfer,
)
from studio.filters.kind import FilterKind

_MODULES = (
    noise,
    blur,
    tone,
    levels,
    curves,
    exposure,
    lookup,
    shadows,
    clahe,
    tonemap,
    colour,
    greys,
    mixing,
    transfer,
    distort,
    ripples,
    blocks,
    dither,
    halftone,
)
FILTERS: dict[str, FilterKind] = {kind.name: kind for module in _MODULES for kind in module.KINDS}
