"""The cases of all filters, gathered from the modules here: one for each module of ``studio/filters``."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from tests.filters.case import Case

CASES: dict[str, Case] = {}
GOLDEN: dict[str, Any] = {}

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    _found = importlib.import_module(_module.name)
    CASES.update(_found.CASES)
    GOLDEN.update(_found.GOLDEN)
