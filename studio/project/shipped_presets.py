"""Presets of filters that come with Danqing: one file of the resources, in both languages, never written."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from studio import paths, recipe
from studio.filters import FilterKind


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``parameters``: those that differ from the filter's first ones. ``title_zh``: the title in Simplified Chinese."""

    title: str
    title_zh: str
    parameters: dict[str, Any]

    def title_in(self, language: str) -> str:
        return self.title_zh if language.startswith("zh") else self.title


@cache
def every() -> dict[str, tuple[Preset, ...]]:
    """By the filter's name."""
    data = (paths.resources() / "filters" / "presets.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, tuple[recipe.described(Preset), ...]])


def values_of(kind: FilterKind, preset: Preset) -> Any:
    """The parameters of a preset, checked. Raises RecipeError."""
    return recipe.from_plain(kind.parameters, preset.parameters)
