"""One picture in, one out. The registry of all filters by name: what each module here lists in ``KINDS``."""

from studio.filters import blur, noise, smoothing, tone
from studio.filters.kind import FilterKind

FILTERS: dict[str, FilterKind] = {kind.name: kind for module in (noise, blur, smoothing, tone) for kind in module.KINDS}
