"""One picture in, one out. The registry of all filters by name; each module lists its own in ``KINDS``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from studio.filters.catalogue import LISTED
from studio.filters.kind import FilterKind


class Registry(Mapping[str, FilterKind]):
    """Every filter of the catalogue; a module is loaded with the first of its filters that is asked for.

    Seventy filters take longer to load than the window has to be there.
    """

    def __init__(self) -> None:
        self.loaded: dict[str, FilterKind] = {}

    def __getitem__(self, name: str) -> FilterKind:
        if name not in self.loaded:
            module = import_module(f"studio.filters.{LISTED[name].module}")
            self.loaded.update({kind.name: kind for kind in module.KINDS})
        return self.loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in LISTED or name in self.loaded

    def __iter__(self) -> Iterator[str]:
        return iter(LISTED)

    def __len__(self) -> int:
        return len(LISTED)


FILTERS = Registry()
