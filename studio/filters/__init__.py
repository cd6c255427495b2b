"""One picture in, one out. The registry of all filters by name: what each module here lists in ``KINDS``."""

from studio.filters import blur, grain, jpeg, noise, quantise, shot, tone
from studio.filters.kind import FilterKind

FILTERS: dict[str, FilterKind] = {
    kind.name: kind for module in (noise, shot, grain, quantise, jpeg, blur, tone) for kind in module.KINDS
}
