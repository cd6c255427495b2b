"""One picture in, one out. The registry of all filters by name."""

from studio.filters.blur import GAUSSIAN_BLUR
from studio.filters.kind import FilterKind
from studio.filters.noise import GAUSSIAN_NOISE, UNIFORM_NOISE
from studio.filters.tone import AUTO_CONTRAST

FILTERS: dict[str, FilterKind] = {
    kind.name: kind for kind in (GAUSSIAN_NOISE, UNIFORM_NOISE, GAUSSIAN_BLUR, AUTO_CONTRAST)
}
