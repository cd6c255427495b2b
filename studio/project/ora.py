"""OpenRaster → artwork. The archive and its XML are taken for hostile: sizes, counts, depth and entities are limited."""

from __future__ import annotations

import io
import math
import os
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import IDENTITY, Affine, Group, Layer, Locks, Paint
from studio.project.decode import decode
from studio.project.decoded import DEFAULT_PPI, HARD_LIMIT, Decoded
from studio.project.errors import DecodeError
from studio.project.strips import Streamed, streamed
from studio.project.surfaces import surface_of, surface_of_strips
from studio.raster.blend import BLEND_MODES
from studio.raster.surface import Surface

_XML_LIMIT = 4 << 20
_PNG_LIMIT = 1 << 30
_ENTRIES = 10_000
_LAYERS = 2_000
_DEPTH = 64
_SIDE = 300_000
_AHEAD = min(4, os.cpu_count() or 1)


class _Reading(msgspec.Struct):
    archive: zipfile.ZipFile
    file: str
    allow_large: bool
    pixels: int = 0
    layers: int = 0
    active: str = ""
    first: Decoded | Streamed | None = None
    pool: ThreadPoolExecutor | None = None
    waiting: deque[str] = msgspec.field(default_factory=deque)
    begun: deque[Future[tuple[Decoded | Streamed, Surface]]] = msgspec.field(default_factory=deque)

    def read_ahead(self, pool: ThreadPoolExecutor, sources: Iterable[str]) -> None:
        """The pictures of the layers are decoded beside each other, a few ahead of the one that is wanted."""
        self.pool, self.waiting = pool, deque(sources)
        for _ in range(_AHEAD):
            self._begin()

    def _begin(self) -> None:
        if self.waiting and self.pool is not None:
            self.begun.append(self.pool.submit(self._picture, self.waiting.popleft()))

    def next_picture(self) -> tuple[Decoded | Streamed, Surface]:
        """The picture of the next layer, in the order of :func:`_sources`. Raises DecodeError."""
        found = self.begun.popleft().result()
        self._begin()
        return found

    def stop(self) -> None:
        """What was begun and is not wanted any more."""
        self.waiting.clear()
        for future in self.begun:
            future.cancel()

    def _picture(self, source: str) -> tuple[Decoded | Streamed, Surface]:
        data = self.entry(source, _PNG_LIMIT)
        name = f"{Path(self.file).name}: {source}"
        picture = streamed(data, name, allow_large=self.allow_large, from_pixels=0)
        if picture is not None:
            return picture, surface_of_strips(picture, name)
        decoded = decode(data, name, allow_large=self.allow_large)
        surface = surface_of(decoded.pixels, decoded.opaque)
        return replace(decoded, pixels=decoded.pixels[:0]), surface

    def damaged(self, reason: str) -> DecodeError:
        return DecodeError("damaged", self.file, {"reason": reason})

    def entry(self, name: str, limit: int) -> bytes:
        """One file of the archive; never more than ``limit`` bytes whatever its header claims."""
        try:
            with self.archive.open(name) as file:
                data = file.read(limit + 1)
        except KeyError:
            raise self.damaged(f"{name} is missing") from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            OSError,
        ) as error:
            raise self.damaged(f"{name}: {error}") from None
        if len(data) > limit:
            raise self.damaged(f"{name} is too large")
        return data


def read_ora(data: bytes, name: str = "", *, allow_large: bool = False) -> Artwork:
    """The artwork in an OpenRaster file. Raises DecodeError: not_a_picture, damaged, too_large, truncated."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise DecodeError(
            "truncated" if b"image/openraster" in data[:128] else "not_a_picture", name
        ) from None
    with archive:
        reading = _Reading(archive, name, allow_large)
        names = archive.namelist()
        if "stack.xml" not in names:
            raise DecodeError("not_a_picture", name)
        if len(names) > _ENTRIES:
            raise reading.damaged("too many files inside")
        image = _parsed(reading)
        width, height = _number(image, "w", 0), _number(image, "h", 0)
        if not (0 < width <= _SIDE and 0 < height <= _SIDE):
            raise reading.damaged(f"{width} × {height} pixels")
        if width * height > HARD_LIMIT:
            raise DecodeError("too_large", name, {"width": str(width), "height": str(height)})
        stack = image.find("stack")
        with ThreadPoolExecutor(_AHEAD) as pool:
            reading.read_ahead(pool, _sources(stack) if stack is not None else [])
            try:
                layers = _layers(stack, reading, 0) if stack is not None else ()
            finally:
                reading.stop()
    first = reading.first
    deep = any(_deep(layer) for layer in layers)
    artwork = Artwork(
        width=width,
        height=height,
        layers=layers,
        active=reading.active or (layers[-1].id if layers else ""),
        ppi=float(_number(image, "xres", 0)) or DEFAULT_PPI,
        colour_space=ColourSpace(name=first.colour_name, icc=first.icc) if first else ColourSpace(),
        precision="float32" if deep else "float16",
        source_bits=16 if deep else 8,
    )
    return artwork.with_(layers=tuple(_widened(layer) for layer in layers)) if deep else artwork


def _parsed(reading: _Reading) -> ElementTree.Element:
    data = reading.entry("stack.xml", _XML_LIMIT)
    try:
        text = data.decode("utf-8-sig")
        # Entities exist only inside a document type, which OpenRaster never has.
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise reading.damaged("stack.xml has a document type")
        image = ElementTree.fromstring(text.encode())
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise reading.damaged(f"stack.xml: {error}") from None
    if image.tag != "image":
        raise reading.damaged("stack.xml describes no image")
    return image


def _sources(stack: ElementTree.Element) -> Iterator[str]:
    """The picture files in the order in which :func:`_layers` wants them."""
    for element in reversed(stack):
        if element.tag == "stack":
            yield from _sources(element)
        elif element.tag == "layer":
            yield element.get("src", "")


def _number(element: ElementTree.Element, name: str, default: int) -> int:
    try:
        return int(float(element.get(name, default)))
    except (ValueError, OverflowError):
        return default


def _layers(stack: ElementTree.Element, reading: _Reading, depth: int) -> tuple[Layer, ...]:
    """Bottom to top; OpenRaster lists them top to bottom."""
    if depth > _DEPTH:
        raise reading.damaged("groups are nested too deeply")
    made: list[Layer] = []
    for element in reversed(stack):
        if element.tag not in ("stack", "layer"):
            continue
        reading.layers += 1
        if reading.layers > _LAYERS:
            raise reading.damaged("too many layers")
        layer = _group(element, reading, depth) if element.tag == "stack" else _paint(element, reading)
        made.append(layer)
        if element.get("selected") == "true":
            reading.active = layer.id
    return tuple(made)


def _shared(element: ElementTree.Element) -> dict:
    operator = element.get("composite-op", "svg:src-over")
    mode = element.get("danqing-mode", "")
    if mode not in BLEND_MODES:
        found = (name for name, kind in BLEND_MODES.items() if kind.ora == operator)
        mode = "normal" if operator in ("svg:src-over", "svg:src-atop") else next(found, "normal")
    try:
        opacity = float(element.get("opacity", "1"))
    except ValueError:
        opacity = 1.0
    return {
        "name": element.get("name", ""),
        "opacity": min(1.0, max(0.0, opacity)) if math.isfinite(opacity) else 1.0,
        "visible": element.get("visibility", "visible") != "hidden",
        "mode": mode,
        "clipping": operator == "svg:src-atop",
        "locks": Locks(all=element.get("edit-locked") == "true"),
    }


def _place(element: ElementTree.Element) -> Affine:
    x = max(-_SIDE, min(_SIDE, _number(element, "x", 0)))
    y = max(-_SIDE, min(_SIDE, _number(element, "y", 0)))
    return (*IDENTITY[:4], float(x), float(y))


def _group(element: ElementTree.Element, reading: _Reading, depth: int) -> Group:
    children = _layers(element, reading, depth + 1)
    shared = _shared(element)
    # Elsewhere "auto" lets a group blend with what is below only while it is plain.
    plain = shared["opacity"] == 1.0 and shared["mode"] == "normal"
    through = element.get("isolation") == "auto" and (plain or element.get("danqing-mode") is not None)
    return Group(**shared, children=children, pass_through=through, transform=_place(element))


def _paint(element: ElementTree.Element, reading: _Reading) -> Paint:
    decoded, surface = reading.next_picture()
    bounds = surface.bounds
    reading.pixels += bounds.width * bounds.height
    if reading.pixels > HARD_LIMIT:
        raise reading.damaged("its layers hold more than 1 000 megapixels")
    reading.first = reading.first or decoded
    return Paint(**_shared(element), surface=surface, transform=_place(element))


def _deep(layer: Layer) -> bool:
    if isinstance(layer, Group):
        return any(_deep(child) for child in layer.children)
    return isinstance(layer, Paint) and layer.surface.dtype == np.float32


def _widened(layer: Layer) -> Layer:
    """All layers in float32 once one of them has 16 bits: an artwork has one precision."""
    if isinstance(layer, Group):
        return layer.with_(children=tuple(_widened(child) for child in layer.children))
    if isinstance(layer, Paint) and layer.surface.dtype == np.float16:
        bounds = layer.surface.bounds
        pixels = layer.surface.read(bounds).astype(np.float32)
        return layer.with_(surface=Surface(dtype=np.float32).write(bounds, pixels))
    return layer
