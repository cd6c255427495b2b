"""A file on disk → an artwork. Files are opened by bytes, so that any path works."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import Paint
from studio.project.decode import decode
from studio.project.decoded import DEFAULT_PPI, Decoded
from studio.project.errors import DecodeError, read_failure
from studio.project.ora import read_ora
from studio.project.surfaces import surface_of

_SQLITE = b"SQLite format 3\0"


def read_bytes(path: str | Path) -> bytes:
    """The file's bytes. Raises DecodeError: missing, directory, no_permission, unreadable."""
    try:
        if os.path.isdir(path):
            raise DecodeError("directory", path)
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise read_failure(error, path) from None


def open_picture(path: str | Path, *, allow_large: bool = False) -> Artwork:
    """A picture file as an artwork of one paint layer named after the file. Raises DecodeError."""
    decoded = decode(read_bytes(path), str(path), allow_large=allow_large)
    return from_decoded(decoded, Path(path).stem)


def from_decoded(decoded: Decoded, name: str) -> Artwork:
    """One paint layer with the decoded pixels; the precision follows the source."""
    height, width = decoded.pixels.shape[:2]
    layer = Paint(name=name, surface=surface_of(decoded.pixels, decoded.opaque))
    return Artwork(
        width=width,
        height=height,
        layers=(layer,),
        active=layer.id,
        colour_space=ColourSpace(name=decoded.colour_name, icc=decoded.icc),
        precision="float16" if decoded.pixels.dtype == np.uint8 else "float32",
        ppi=decoded.ppi or DEFAULT_PPI,
        metadata=dict(decoded.metadata),
        source_bits=decoded.bits,
    )


def is_project(path: str | Path) -> bool:
    """True for a Danqing project (by its first bytes; its ending does not count). Raises DecodeError like read_bytes."""
    try:
        if os.path.isdir(path):
            raise DecodeError("directory", path)
        with open(path, "rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise read_failure(error, path) from None


def open_any(path: str | Path, *, allow_large: bool = False) -> Artwork:
    """A picture, an OpenRaster file or a project, told apart by content. Raises DecodeError or StoreError.

    A project's undo history needs :func:`studio.project.store.open_project`; here only its picture is returned.
    """
    return open_data(read_bytes(path), path, allow_large=allow_large)


def open_data(data: bytes, path: str | Path, *, allow_large: bool = False) -> Artwork:
    """The same for bytes that were read from ``path``."""
    if data.startswith(_SQLITE):
        from studio.project.project_file import open_project

        return open_project(path).artwork
    if data.startswith(b"PK"):
        return read_ora(data, str(path), allow_large=allow_large)
    return from_decoded(decode(data, str(path), allow_large=allow_large), Path(path).stem)
