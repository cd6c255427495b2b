"""Filter recipes as files: several filters one after another, in JSON, for presets, batches and whoever writes them by hand.

A file is a list of ``{"name", "version", "parameters", "opacity", "mode"}``, the lowest filter first; only ``name`` has to be
there. What is not said is the filter's own: its present version, its first values, opaque, normal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec

from studio import recipe
from studio.document.layer import Filter
from studio.filters import FILTERS
from studio.project import atomic
from studio.project.errors import DecodeError, read_failure, write_failure
from studio.raster.blend import BLEND_MODES

SUFFIX = ".json"
LARGEST = 4 << 20
"""Bytes; a file beyond that is none of ours."""


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One filter. ``version`` 0: the present one. ``opacity`` 0–1 and ``mode`` as its layer has them."""

    name: str
    version: Annotated[int, msgspec.Meta(ge=0)] = 0
    parameters: dict[str, Any] = {}
    opacity: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 1.0
    mode: str = "normal"


Steps = tuple[Step, ...]
Read = TypeVar("Read")


def read(path: str | Path) -> Steps:
    """The checked steps of a file, every parameter filled in. Raises DecodeError with a sentence that names the file."""
    return read_checked(
        Path(path), lambda data: checked(msgspec.json.decode(data, type=list[recipe.described(Step)]))
    )


def read_checked(path: Path, take: Callable[[bytes], Read]) -> Read:
    """What ``take`` makes of a recipe file. What it raises (RecipeError, msgspec.DecodeError) becomes a DecodeError with a
    sentence that names the file, as do a file too large and one that cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise read_failure(error, path) from None
    if len(data) > LARGEST:
        raise DecodeError("not_a_filter_recipe", path, {"reason": f"{len(data)} B"})
    try:
        return take(data)
    except (msgspec.DecodeError, UnicodeDecodeError, recipe.RecipeError) as error:
        raise DecodeError("not_a_filter_recipe", path, {"reason": str(error)}) from None


def checked(steps: Iterable[Step]) -> Steps:
    """The steps with all of their filters' parameters. Raises RecipeError."""
    return tuple(_checked(step) for step in steps)


def _checked(step: Step) -> Step:
    """The step with all of its filter's parameters. Raises RecipeError."""
    kind = FILTERS.get(step.name)
    if kind is None:
        raise recipe.RecipeError("there is no filter {name}", name=step.name)
    if step.version not in (0, kind.version):
        raise recipe.RecipeError(
            "{name} has version {known} here, not {version}",
            name=step.name,
            known=kind.version,
            version=step.version,
        )
    if step.mode not in BLEND_MODES:
        raise recipe.RecipeError("there is no blend mode {name}", name=step.mode)
    values = recipe.from_plain(kind.parameters, step.parameters)
    return msgspec.structs.replace(step, version=kind.version, parameters=msgspec.to_builtins(values))


def write(path: str | Path, steps: Iterable[Step]) -> None:
    """Replaces the file whole, with its folder where that is not there. Raises ExportError."""
    path = Path(path)
    data = msgspec.json.format(msgspec.json.encode(list(steps)), indent=1) + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failure(error, path) from None
    atomic.write(path, (data,))


def digest(steps: Sequence[Step]) -> str:
    """32 hexadecimal digits that identify what the steps do; the same on every machine."""
    plain = [[one.name, one.version, one.parameters, one.opacity, one.mode] for one in steps]
    return hashlib.blake2b(msgspec.json.encode(plain, order="sorted"), digest_size=16).hexdigest()


def of_layers(layers: Iterable[Filter]) -> Steps:
    """The steps that filter layers are; masks, which belong to their picture, are left behind."""
    return tuple(
        Step(
            name=one.recipe.name, version=one.recipe.version, parameters=one.recipe.parameters, opacity=one.opacity,
            mode=one.mode,
        )
        for one in layers
    )  # fmt: skip


def layers_of(steps: Iterable[Step], translate: Callable[[str], str] = str) -> tuple[Filter, ...]:
    """New filter layers, the lowest first. ``translate``: a filter's title in the language of the layers' names."""
    return tuple(
        Filter(
            name=translate(FILTERS[one.name].title), opacity=one.opacity, mode=one.mode,
            recipe=recipe.Stored(name=one.name, version=one.version, parameters=one.parameters),
        )
        for one in steps
    )  # fmt: skip
