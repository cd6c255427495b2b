"""One picture in, one out. The registry of all filters by name: what each module here lists in ``KINDS``."""

from studio.filters import (
    blur,
    canny,
    convolution,
    deconvolution,
    denoise,
    edges,
    gaussian_edges,
    lens,
    motion,
    noise,
    repair,
    sharpen,
    smoothing,
    smoothing_edges,
    tone,
)
from studio.filters.kind import FilterKind

_MODULES = (
    noise,
    blur,
    smoothing,
    smoothing_edges,
    motion,
    lens,
    denoise,
    repair,
    sharpen,
    deconvolution,
    edges,
    gaussian_edges,
    canny,
    convolution,
    tone,
)

FILTERS: dict[str, FilterKind] = {kind.name: kind for module in _MODULES for kind in module.KINDS}
