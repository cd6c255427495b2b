"""Layers with tile handles of their own: they can leave their picture, whose journal may be closed before they are used."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, cast

import msgspec

from studio.document.layer import Layer, Variant
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile

STEP_TILES = 16

Steps = Generator[float, None, Any]


def twin_of(layer: Layer) -> Layer:
    """The layer over the same pixels, all of them in memory then; ids stay."""
    work = twinning(layer)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def twinning(layer: Layer) -> Generator[float, None, Layer]:
    """The same in steps, for tiles that have to be read from a file first. Tiles that are shared inside stay shared."""
    return (yield from _layer(layer, {}))


def _layer(layer: Layer, made: dict[Tile, Tile]) -> Steps:
    changed: dict[str, Any] = {}
    for name in layer.__struct_fields__:
        value = getattr(layer, name)
        if isinstance(value, Surface | Mask):
            changed[name] = yield from _grid(value, made)
        elif name in ("variants", "dropped"):
            changed[name] = yield from _variants(value, made)
        elif name == "children":
            children = []
            for child in value:
                children.append((yield from _layer(child, made)))
            changed[name] = tuple(children)
    return layer.with_(**changed)


def _variants(variants: tuple[Variant, ...], made: dict[Tile, Tile]) -> Steps:
    found = []
    for variant in variants:
        surface = yield from _grid(variant.surface, made)
        found.append(msgspec.structs.replace(variant, surface=surface))
    return tuple(found)


def _grid(grid: Surface | Mask, made: dict[Tile, Tile]) -> Steps:
    for tile in grid.tiles.values():
        if tile not in made:
            made[tile] = tile.twin()
            if len(made) % STEP_TILES == 0:
                yield 1.0
    return grid.replace(cast(Any, {key: made[tile] for key, tile in grid.tiles.items()}))
