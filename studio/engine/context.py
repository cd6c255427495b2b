"""What lives as long as an engine does: its device, the models in memory, the catalogue, the filters."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec
import numpy as np

from studio.engine.filters import engine_filters
from studio.engine.library.catalog import Catalog
from studio.messages.models import ModelEntry

CACHE_BUDGET = 2 << 30


class EngineFilter(Protocol):
    """A network as a filter: float32 [h, w, 4] premultiplied in, float32 [h, w, channels] out."""

    @property
    def version(self) -> int: ...

    @property
    def parameters(self) -> type[msgspec.Struct]: ...

    def apply(self, pixels: np.ndarray, parameters: Any, *, device: str) -> np.ndarray: ...


class ModelCache:
    """Loaded models by (digest, device), the least recently used dropped above ``budget`` bytes of their files."""

    def __init__(self, load: Callable[[str, str], Any], budget: int = CACHE_BUDGET):
        self._load = load
        self._budget = budget
        self._models: OrderedDict[tuple[str, str], tuple[Any, int]] = OrderedDict()

    def get(self, entry: ModelEntry, device: str) -> Any:
        """The model of ``entry`` on ``device``, loaded at need. Raises what the loader raises."""
        key = (entry.digest, device)
        if key not in self._models:
            self._models[key] = (self._load(entry.path, device), entry.bytes)
        self._models.move_to_end(key)
        while len(self._models) > 1 and sum(size for _, size in self._models.values()) > self._budget:
            self._models.popitem(last=False)
        return self._models[key][0]

    def holds(self, entry: ModelEntry, device: str) -> bool:
        return (entry.digest, device) in self._models

    def clear(self) -> None:
        self._models.clear()


def load_model(path: str, device: str) -> Any:
    """Loads a generator from a checked safetensors file. Imports torch."""
    from studio.engine.networks.load import load_generator

    return load_generator(path, device=device)


class Context:
    """``device`` is what the artist wished until torch is there; ``choose_device`` then makes it a real one.

    ``quick_threads``: threads for pictures that follow a hand, 0 for as many as for all others. Those keep their number,
    because in float32 another one may change the last bit of a pixel.
    """

    def __init__(
        self,
        *,
        device: str = "auto",
        catalog: Catalog | None = None,
        load: Callable[[str, str], Any] = load_model,
        filters: Mapping[str, EngineFilter] | None = None,
        batch: int = 8,
        cache_budget: int = CACHE_BUDGET,
    ):
        self.device = device
        self.catalog = catalog or Catalog()
        self.models = ModelCache(load, cache_budget)
        self.filters = engine_filters() if filters is None else dict(filters)
        self.batch = batch
        self.quick_threads = 0
