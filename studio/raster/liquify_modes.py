"""What a liquify brush can do, named apart from the arrays so that a tool's declaration loads none of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Mode = Literal["push", "twirl-right", "twirl-left", "pinch", "bloat", "restore"]
OPPOSITE: Mapping[Mode, Mode] = MappingProxyType(
    {"twirl-right": "twirl-left", "twirl-left": "twirl-right", "pinch": "bloat", "bloat": "pinch"}
)
