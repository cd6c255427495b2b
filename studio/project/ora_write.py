"""Artwork → OpenRaster (the baseline of freedesktop.org's specification 0.0.6)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import cv2
import msgspec
import numpy as np

from studio.document import effects
from studio.document.artwork import Artwork
from studio.document.layer import (
    IDENTITY,
    Filter,
    Group,
    Layer,
    Linked,
    Paint,
    Unknown,
    is_integer_move,
    pixels_of,
)
from studio.project import atomic
from studio.project.export import straight_pixels
from studio.project.png import encode_png
from studio.project.profiles import pixels_alike
from studio.raster.blend import BLEND_MODES
from studio.raster.icc import is_srgb

Flatten = Callable[[Artwork], np.ndarray]
_THUMBNAIL = 256
_DATE = (1980, 1, 1, 0, 0, 0)


class AsPixels(msgspec.Struct, frozen=True, kw_only=True):
    """A layer that OpenRaster cannot hold as what it is: ``why`` is its kind, "mask", "effects", "clipping" or "transform"."""

    name: str
    why: str


class _Writing(msgspec.Struct):
    archive: zipfile.ZipFile
    artwork: Artwork
    flatten: Flatten
    bits: int
    report: list[AsPixels] = msgspec.field(default_factory=list)
    number: int = 0

    def png(self, name: str, pixels: np.ndarray) -> None:
        self._put(name, straight_pixels(pixels, self.bits), self.artwork.colour_space.icc)

    def thumbnail(self, name: str, pixels: np.ndarray) -> None:
        """In sRGB: what shows thumbnails seldom reads a profile."""
        icc = self.artwork.colour_space.icc
        seen = pixels if is_srgb(icc) else pixels_alike(pixels, icc, b"", quick=True)
        self._put(name, straight_pixels(seen), b"")

    def _put(self, name: str, straight: np.ndarray, icc: bytes) -> None:
        self.archive.writestr(zipfile.ZipInfo(name, _DATE), b"".join(encode_png(straight, icc=icc)))


def write_ora(artwork: Artwork, flatten: Flatten, path: str | Path) -> tuple[AsPixels, ...]:
    """Writes layers, groups, opacity, modes and visibility; what OpenRaster does not know is written as pixels.

    ``flatten``: artwork → float32 premultiplied [h, w, 4]. Returns the layers that became pixels. Raises ExportError.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        bits = 16 if artwork.precision == "float32" else 8
        writing = _Writing(archive, artwork, flatten, bits)
        archive.writestr(zipfile.ZipInfo("mimetype", _DATE), b"image/openraster")
        size = {"w": str(artwork.width), "h": str(artwork.height)}
        ppi = str(max(1, round(artwork.ppi)))
        image = ElementTree.Element("image", {"version": "0.0.6", **size, "xres": ppi, "yres": ppi})
        _write_stack(ElementTree.SubElement(image, "stack"), artwork.layers, writing)
        text = ElementTree.tostring(image, encoding="utf-8", xml_declaration=True)
        archive.writestr(zipfile.ZipInfo("stack.xml", _DATE), text, zipfile.ZIP_DEFLATED)
        merged = flatten(artwork)
        writing.png("mergedimage.png", merged)
        writing.thumbnail("Thumbnails/thumbnail.png", _small(merged))
    atomic.write(path, [out.getvalue()])
    return tuple(writing.report)


def _small(pixels: np.ndarray) -> np.ndarray:
    scale = min(1.0, _THUMBNAIL / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return cv2.resize(np.asarray(pixels, np.float32), size, interpolation=cv2.INTER_AREA)


def _write_stack(stack: ElementTree.Element, layers: tuple[Layer, ...], writing: _Writing) -> None:
    """Children top to bottom, as OpenRaster lists them; a base and what is clipped to it become one isolated stack."""
    index = 0
    while index < len(layers):
        end = index + 1
        while end < len(layers) and layers[end].clipping:
            end += 1
        base, clipped = layers[index], layers[index + 1 : end]
        if isinstance(base, Filter):
            _write_filter(stack, layers[: index + 1], writing)
        elif clipped and any(effects.shown(one) for one in (base, *clipped)):
            _write_run(stack, base, clipped, writing)
        elif clipped:
            _write_clipped(stack, base, clipped, writing)
        else:
            stack.insert(0, _element(base, writing))
        index = end


def _attributes(layer: Layer) -> dict[str, str]:
    values = {
        "name": layer.name,
        "opacity": f"{layer.opacity:.6g}",
        "visibility": "visible" if layer.visible else "hidden",
        "composite-op": BLEND_MODES[layer.mode].ora if layer.mode in BLEND_MODES else "svg:src-over",
        "danqing-mode": layer.mode,
    }
    if layer.locks.all:
        values["edit-locked"] = "true"
    return values


def _element(layer: Layer, writing: _Writing) -> ElementTree.Element:
    masked = layer.mask is not None and layer.mask_enabled
    lit = bool(effects.shown(layer))
    if isinstance(layer, Group) and not masked and not lit and layer.transform == IDENTITY:
        isolation = "auto" if layer.pass_through else "isolate"
        element = ElementTree.Element("stack", {**_attributes(layer), "isolation": isolation})
        _write_stack(element, layer.children, writing)
        return element
    surface = pixels_of(layer)
    placed = bool(layer.warp) or not is_integer_move(layer.transform)
    if surface is None or masked or lit or placed:
        why = "mask" if masked else "effects" if lit else "transform" if isinstance(layer, Paint) else ""
        return _alone(layer, writing, why)
    if not isinstance(layer, Paint | Linked | Unknown):
        writing.report.append(AsPixels(name=layer.name, why=type(layer).__name__.lower()))
    bounds = surface.bounds
    pixels = surface.read(bounds).astype(np.float32)
    left, top = bounds.left + int(layer.transform[4]), bounds.top + int(layer.transform[5])
    return _pixels(layer, pixels, left, top, writing)


def _alone(layer: Layer, writing: _Writing, why: str = "") -> ElementTree.Element:
    """The layer as it looks by itself, mask, effects and transform applied."""
    writing.report.append(AsPixels(name=layer.name, why=why or type(layer).__name__.lower()))
    plain = layer.with_(opacity=1.0, mode="normal", visible=True, clipping=False)
    pixels = writing.flatten(writing.artwork.with_(layers=(plain,), selection=None))
    return _pixels(layer, pixels, 0, 0, writing)


def _pixels(layer: Layer, pixels: np.ndarray, left: int, top: int, writing: _Writing) -> ElementTree.Element:
    """One PNG, cropped to what is not transparent."""
    filled = pixels[..., 3] > 0
    if filled.any():
        rows, columns = np.flatnonzero(filled.any(1)), np.flatnonzero(filled.any(0))
        top_row, left_column = int(rows[0]), int(columns[0])
        pixels = pixels[top_row : rows[-1] + 1, left_column : columns[-1] + 1]
        left, top = left + left_column, top + top_row
    else:
        pixels, left, top = np.zeros((1, 1, 4), np.float32), 0, 0
    name = f"data/layer{writing.number}.png"
    writing.number += 1
    writing.png(name, pixels)
    place = {"src": name, "x": str(left), "y": str(top)}
    element = ElementTree.Element("layer", {**_attributes(layer), **place})
    if layer.id == writing.artwork.active:
        element.set("selected", "true")
    return element


def _write_clipped(
    stack: ElementTree.Element, base: Layer, clipped: tuple[Layer, ...], writing: _Writing
) -> None:
    """Inside an isolated stack "source atop" is clipping, exactly; other modes get the base's alpha in their pixels."""
    group = ElementTree.Element("stack", {**_attributes(base), "isolation": "isolate"})
    plain = base.with_(opacity=1.0, mode="normal", visible=True)
    group.append(_element(plain, writing))
    alpha = None
    for layer in clipped:
        if layer.mode == "normal":
            element = _element(layer.with_(clipping=False), writing)
            element.set("composite-op", "svg:src-atop")
        else:
            if alpha is None:
                alpha = writing.flatten(writing.artwork.with_(layers=(plain,), selection=None))[..., 3:]
            writing.report.append(AsPixels(name=layer.name, why="clipping"))
            shown = layer.with_(opacity=1.0, mode="normal", visible=True, clipping=False)
            pixels = writing.flatten(writing.artwork.with_(layers=(shown,), selection=None)) * alpha
            element = _pixels(layer, pixels, 0, 0, writing)
        group.insert(0, element)
    stack.insert(0, group)


def _write_run(
    stack: ElementTree.Element, base: Layer, clipped: tuple[Layer, ...], writing: _Writing
) -> None:
    """A base and what is clipped to it as one picture: effects reach beyond the shape that clips."""
    writing.report += [AsPixels(name=layer.name, why="effects") for layer in (base, *clipped)]
    plain = base.with_(opacity=1.0, mode="normal", visible=True)
    pixels = writing.flatten(writing.artwork.with_(layers=(plain, *clipped), selection=None))
    stack.insert(0, _pixels(base, pixels, 0, 0, writing))


def _write_filter(stack: ElementTree.Element, layers: tuple[Layer, ...], writing: _Writing) -> None:
    """A filter layer becomes what its group looks like up to it. Where that is not opaque, what lies below is hidden."""
    layer = layers[-1]
    if not layer.visible:
        return
    writing.report.append(AsPixels(name=layer.name, why="filter"))
    pixels = writing.flatten(writing.artwork.with_(layers=layers, selection=None))
    if not (pixels[..., 3] >= 1).all():
        for below in stack:
            below.set("visibility", "hidden")
    stack.insert(0, _pixels(layer.with_(opacity=1.0, mode="normal"), pixels, 0, 0, writing))
