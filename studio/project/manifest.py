"""Artworks ↔ plain rows: which pages, layers and blobs make a picture, without a pixel in them.

A grid (surface or mask) is a list of pages, a page is the digests of a block of 16×16 tiles. Layers are rows of their own,
so a commit writes one changed layer and one manifest. What a newer version wrote and this one does not know comes back as
an ``Unknown`` layer that keeps its row byte by byte.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import msgspec
import numpy as np

from studio.document import aids
from studio.document import layer as kinds
from studio.document.artwork import Artwork, ColourSpace, SavedSelection
from studio.document.board import BoardPicture
from studio.document.layer import Layer, Locks, Origin, Taste, Track, Unknown, Variant
from studio.messages.requests import Part
from studio.project.codec import dtype_code, dtype_of
from studio.raster.geometry import TileKey
from studio.raster.mask import Mask
from studio.raster.surface import Surface, TileGrid
from studio.raster.text.style import style_from_plain
from studio.raster.tile import Tile
from studio.raster.warp import Bend, Mesh
from studio.recipe import LONG, Stored, described

BLOCK = 16
LATER = ("label", "toward", "blend", "varieties", "vectors", "parts", "origins", "detail", "detail_digest")
"""Fields of a variant that earlier versions do not know; they are written where they say something."""
_NOTHING = bytes(16)
KINDS: dict[str, type[Layer]] = {
    "paint": kinds.Paint,
    "group": kinds.Group,
    "fill": kinds.Fill,
    "filter": kinds.Filter,
    "text": kinds.Text,
    "shape": kinds.Shape,
    "linked": kinds.Linked,
    "generated": kinds.Generated,
    "derived": kinds.Derived,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


class Sink(Protocol):
    """Receives what an artwork consists of. Each call returns the row's digest."""

    def row(self, table: str, data: bytes) -> bytes: ...
    def tile(self, tile: Tile) -> bytes: ...
    def layer(self, layer: Layer, write: Callable[[], bytes]) -> bytes:
        """``write`` makes the row; a sink that knows this layer already does not call it."""
        ...


def grids(artwork: Artwork) -> Iterator[TileGrid]:
    """Every surface and mask of an artwork, also of variants that are not shown."""
    if artwork.selection is not None:
        yield artwork.selection
    yield from (saved.mask for saved in artwork.saved_selections)
    for layer in artwork.walk():
        yield from grids_of(layer)


def grids_of(layer: Layer) -> Iterator[TileGrid]:
    """The surfaces and masks of one layer, without its children's."""
    for name in layer.__struct_fields__:
        value = getattr(layer, name)
        if isinstance(value, TileGrid):
            yield value
        elif name in ("variants", "dropped"):
            yield from (variant.surface for variant in value)


def write_manifest(artwork: Artwork, sink: Sink) -> bytes:
    """Writes every row of ``artwork`` into ``sink`` and returns the manifest's digest."""
    plain: dict[str, Any] = {}
    for name in artwork.__struct_fields__:
        value = getattr(artwork, name)
        if name == "colour_space":
            plain[name] = {"name": value.name, "icc": _blob(value.icc, sink)}
        elif name == "metadata":
            plain[name] = {key: _blob(data, sink) for key, data in value.items()}
        elif name == "board":
            plain[name] = [_board_picture(one, sink) for one in value]
        else:
            plain[name] = plain_of(value, sink)
    return sink.row("manifest", msgspec.msgpack.encode(plain))


def _board_picture(picture: BoardPicture, sink: Sink) -> dict[str, Any]:
    plain = {**msgspec.structs.asdict(picture), "data": _blob(picture.data, sink)}
    # versions that show all pictures as they are can read boards where none is shown otherwise
    return {key: value for key, value in plain.items() if value is not False}


def _blob(data: bytes, sink: Sink) -> Any:
    return {"blob": sink.row("blob", data)} if data else None


def plain_of(value: Any, sink: Sink) -> Any:
    """Any value of the layer union as msgpack can hold it; grids and layers become references."""
    if isinstance(value, Layer):
        return {"layer": _write_layer(value, sink), "id": value.id, "name": value.name}
    if isinstance(value, Mask):
        return {"mask": value.default, "pages": _pages(value, sink)}
    if isinstance(value, Surface):
        return {"surface": dtype_code(value.dtype), "pages": _pages(value, sink)}
    if isinstance(value, Stored):
        return {**msgspec.structs.asdict(value), "parameters": _with_blobs(value.parameters, sink)}
    if isinstance(value, msgspec.Struct):
        plain = {name: plain_of(getattr(value, name), sink) for name in value.__struct_fields__}
        if isinstance(value, Variant):
            # versions that know no classes and no mixtures can read all other variants
            return {key: item for key, item in plain.items() if item or key not in LATER}
        return plain
    if isinstance(value, dict):
        return {key: plain_of(item, sink) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain_of(item, sink) for item in value]
    return value


def _with_blobs(plain: Any, sink: Sink) -> Any:
    """Parameters with their long texts, such as maps, as rows of their own: another value writes none of them again."""
    if isinstance(plain, str) and len(plain) >= LONG:
        return {_TEXT: True, **_blob(plain.encode(), sink)}
    if isinstance(plain, dict):
        return {key: _with_blobs(item, sink) for key, item in plain.items()}
    return plain_of(plain, sink)


_TEXT = "long text"


def _with_texts(plain: Any, reading: Reading) -> Any:
    """What :func:`_with_blobs` made of parameters, back."""
    if not isinstance(plain, dict):
        return plain
    if plain.keys() == {_TEXT, "blob"}:
        return reading.text(plain)
    return {key: _with_texts(item, reading) for key, item in plain.items()}


def _stored(plain: dict[str, Any], reading: Reading) -> Stored:
    return msgspec.convert(_with_texts(plain, reading), described(Stored))


def _write_layer(layer: Layer, sink: Sink) -> bytes:
    def write() -> bytes:
        if isinstance(layer, Unknown):
            return sink.row("layer", layer.raw)
        plain: dict[str, Any] = {"kind": _NAMES[type(layer)]}
        for name in layer.__struct_fields__:
            if name in ("warp", "data", "link", "taste") and not getattr(layer, name):
                continue  # versions that know neither bends, data, links nor marks can read all layers but such ones
            plain[name] = plain_of(getattr(layer, name), sink)
        return sink.row("layer", msgspec.msgpack.encode(plain))

    return sink.layer(layer, write)


def _pages(grid: TileGrid, sink: Sink) -> list[list]:
    blocks: dict[TileKey, dict[int, bytes]] = {}
    for (column, row), tile in grid.tiles.items():
        block = blocks.setdefault((column // BLOCK, row // BLOCK), {})
        block[row % BLOCK * BLOCK + column % BLOCK] = sink.tile(tile)
    pages = []
    for (across, down), digests in sorted(blocks.items()):
        head = bytes((1, grid.channels, dtype_code(grid.dtype), 0))
        body = b"".join(digests.get(index, _NOTHING) for index in range(BLOCK * BLOCK))
        pages.append([across, down, sink.row("page", head + body)])
    return pages


def page_entries(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(column, row, digest) inside the block of each tile that a page names."""
    for index in range(BLOCK * BLOCK):
        digest = data[4 + 16 * index : 20 + 16 * index]
        if len(digest) == 16 and digest != _NOTHING:
            yield index % BLOCK, index // BLOCK, digest


def references(plain: Any) -> Iterator[tuple[str, bytes]]:
    """(table, digest) of every row that a plain value names, at any depth, also in kinds that are unknown here."""
    if isinstance(plain, dict):
        for table in ("layer", "blob"):
            if isinstance(plain.get(table), bytes):
                yield table, plain[table]
        for page in plain.get("pages") or ():
            if isinstance(page, list) and len(page) == 3 and isinstance(page[2], bytes):
                yield "page", page[2]
        for value in plain.values():
            yield from references(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from references(value)


class RowSource(Protocol):
    """Gives rows back, unpacked; None where a row is lost. Layers and tiles are one object per digest."""

    def row(self, table: str, digest: bytes) -> bytes | None: ...
    def stored(self, digests: Sequence[bytes], channels: int, dtype: np.dtype) -> list[Tile | None]: ...
    def known_layer(self, digest: bytes) -> Layer | None: ...
    def keep_layer(self, digest: bytes, layer: Layer) -> None: ...


class Reading:
    """Builds one artwork and notes what could not be had: ``lost`` maps a layer's name to what is missing of it."""

    def __init__(self, source: RowSource) -> None:
        self.source = source
        self.lost: dict[str, str] = {}
        self._owner = ""
        self._texts: dict[bytes, str] = {}

    def artwork(self, digest: bytes) -> Artwork | None:
        """The artwork of a manifest row; None where the row itself is lost."""
        data = self.source.row("manifest", digest)
        if data is None:
            return None
        plain = msgspec.msgpack.decode(data)
        known = Artwork.__struct_fields__
        values = {key: value for key, value in plain.items() if key in known}
        self._owner = ""
        space = plain.get("colour_space") or {}
        values["colour_space"] = ColourSpace(name=space.get("name", "sRGB"), icc=self._blob(space.get("icc")))
        values["metadata"] = {key: self._blob(item) for key, item in (plain.get("metadata") or {}).items()}
        values["layers"] = self._layers(plain.get("layers"))
        values["selection"] = self._grid(plain.get("selection"))
        values["selected"] = tuple(plain.get("selected") or ())
        values["aids"] = aids.from_plain(plain.get("aids"))
        values["saved_selections"] = tuple(
            SavedSelection(name=item["name"], mask=self._grid(item["mask"]), id=item["id"])
            for item in plain.get("saved_selections") or ()
        )
        values["board"] = tuple(
            BoardPicture(**{**_known(BoardPicture, item), "data": self._blob(item["data"])})
            for item in plain.get("board") or ()
        )
        return Artwork(**values)

    def variant(self, plain: dict[str, Any]) -> Variant:
        return _value("Variant", plain, self)

    def _blob(self, plain: Any) -> bytes:
        return (self.source.row("blob", plain["blob"]) or b"") if plain else b""

    def text(self, plain: dict[str, Any]) -> str:
        """A long text of a recipe, one object however many layers hold it; empty, and noted, where its row is lost."""
        data = self._blob(plain)
        if not data:
            self.lost[self._owner] = "all"
        return self._texts.setdefault(plain["blob"], data.decode())

    def _layers(self, plain: Any) -> tuple[Layer, ...]:
        made = []
        for reference in plain or ():
            layer = self._layer(reference)
            if layer is not None:
                made.append(layer)
        return tuple(made)

    def _layer(self, reference: dict[str, Any]) -> Layer | None:
        digest = reference["layer"]
        if (known := self.source.known_layer(digest)) is not None:
            return known
        name = str(reference.get("name") or reference.get("id") or "")
        data = self.source.row("layer", digest)
        if data is None:
            self.lost[name] = "all"
            return None
        before, outer, self._owner = len(self.lost), self._owner, name
        layer = self._made(msgspec.msgpack.decode(data), data)
        self._owner = outer
        if len(self.lost) == before:
            self.source.keep_layer(digest, layer)
        return layer

    def _made(self, plain: dict[str, Any], data: bytes) -> Layer:
        kind = KINDS.get(plain.get("kind", ""))
        if kind is None:
            return self._unknown(plain, data)
        hints = _hints(kind)
        values = {key: value for key, value in plain.items() if key != "kind"}
        if set(values) - set(hints):
            return self._unknown(plain, data)
        try:
            return kind(**{key: _value(hints[key], value, self) for key, value in values.items()})
        except (TypeError, KeyError, ValueError, msgspec.ValidationError):
            return self._unknown(plain, data)

    def _unknown(self, plain: dict[str, Any], data: bytes) -> Unknown:
        """Raw bytes, shown from the first surface that the row names, locked."""
        shared = _hints(Layer)
        values = {}
        for key, hint in shared.items():
            try:
                if key in plain:
                    values[key] = _value(hint, plain[key], self)
            except (TypeError, KeyError, ValueError, msgspec.ValidationError):
                continue
        values["locks"] = Locks(all=True, alpha=True, position=True)
        surface = next((self._grid(item) for item in _surfaces(plain)), None)
        kind = str(plain.get("kind", ""))
        return Unknown(
            **values, kind=kind, raw=data, surface=surface if isinstance(surface, Surface) else Surface()
        )

    def _grid(self, plain: Any) -> Any:
        if not plain:
            return None
        tiles: dict[TileKey, Tile] = {}
        for across, down, digest in plain["pages"]:
            data = self.source.row("page", digest)
            if data is None:
                self.lost[self._owner] = "part"
                continue
            entries = list(page_entries(data))
            found = self.source.stored([name for _, _, name in entries], data[1], dtype_of(data[2]))
            for (column, row, _), tile in zip(entries, found, strict=True):
                if tile is None:
                    self.lost[self._owner] = "part"
                else:
                    tiles[across * BLOCK + column, down * BLOCK + row] = tile
        return Mask(tiles, plain["mask"]) if "mask" in plain else Surface(tiles, dtype_of(plain["surface"]))


def _hints(kind: type[msgspec.Struct]) -> dict[str, str]:
    """The declared type of each field, as it is written."""
    declared: dict[str, str] = {}
    for part in reversed(kind.__mro__):
        declared |= vars(part).get("__annotations__", {})
    return {name: declared[name] for name in kind.__struct_fields__}


def _known(kind: type[msgspec.Struct], plain: dict[str, Any]) -> dict[str, Any]:
    """The fields of a plain value that this version has, too."""
    return {name: plain[name] for name in kind.__struct_fields__ if name in plain}


def _surfaces(plain: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for value in plain.values():
        if isinstance(value, dict) and "surface" in value and "pages" in value:
            yield value


def _value(hint: str, plain: Any, reading: Reading) -> Any:
    """A field of declared type ``hint`` from its plain value."""
    if plain is None:
        return None
    if hint.startswith(("Surface", "Mask")):
        return reading._grid(plain)
    if hint == "Stored":
        return _stored(plain, reading)
    if hint == "TextStyle":
        return style_from_plain(plain)
    if hint == "tuple[Stored, ...]":
        return tuple(_stored(item, reading) for item in plain)
    if hint == "tuple[Layer, ...]":
        return reading._layers(plain)
    if hint == "Variant":
        fields = _hints(Variant)
        return Variant(**{key: _value(fields[key], value, reading) for key, value in plain.items()})
    if hint in ("tuple[Part, ...]", "tuple[Origin, ...]"):
        kind = Part if "Part" in hint else Origin
        return tuple(msgspec.convert(item, described(kind)) for item in plain)
    if hint.startswith("Taste"):
        return msgspec.convert(plain, described(Taste))
    if hint == "tuple[Variant, ...]":
        return tuple(_value("Variant", item, reading) for item in plain)
    if hint == "Warp":
        return tuple(_bend(item) for item in plain)
    if hint == "Locks":
        return Locks(**plain)
    if hint == "dict[str, Track]":
        return {
            key: Track(keys=tuple((int(f), v) for f, v in item["keys"]), ease=item["ease"])
            for key, item in plain.items()
        }
    return typing.cast(Any, tuple(plain)) if hint == "Affine" or hint.startswith("tuple[") else plain


def _bend(plain: dict[str, Any]) -> Bend:
    mesh = plain["mesh"]
    if mesh is not None:
        points = tuple((float(x), float(y)) for x, y in mesh["points"])
        left, top, right, bottom = (float(part) for part in mesh["frame"])
        mesh = Mesh((left, top, right, bottom), mesh["columns"], mesh["rows"], points)
    m = [float(part) for part in plain["matrix"]]
    return Bend((m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]), mesh)
