"""What every event is."""

from __future__ import annotations

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What happened to job ``job`` (0: to the engine itself)."""

    job: int = 0
