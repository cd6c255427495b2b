"""One picture in, one out. The registry of all filters by name: what each module here lists in ``KINDS``."""

from studio.filters import blur, curves, exposure, levels, noise, tone
from studio.filters.kind import FilterKind

FILTERS: dict[str, FilterKind] = {
    kind.name: kind for module in (noise, blur, tone, levels, curves, exposure) for kind in module.KINDS
}
