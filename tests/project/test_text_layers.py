"""Text in the file: words, style and pixels come back; styles of the first files are read, those of later ones are kept."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.layer import Layer, Text, Unknown
from studio.project.journal import Journal
from studio.project.manifest import Reading, write_manifest
from studio.project.project_file import open_project, save
from studio.raster.surface import Surface
from studio.raster.text.style import TextStyle

STYLE = TextStyle(font="仿宋", size=33.5, weight=700, direction="vertical", align="justify", colour=(0.1, 0.2, 1.0),
                  tracking=120.0, width=300.0, height=400.0)  # fmt: skip


def test_a_text_comes_back_with_its_pixels(journal: Journal, artwork: Artwork, entry, tmp_path: Path) -> None:
    cache = Surface.from_pixels(np.ones((5, 9, 4), np.float16))
    text = Text(name="诗", text="白日依山尽\n黄河入海流", style=STYLE, language="zh-Hant", cache=cache)
    journal.write(artwork.with_(layers=(*artwork.layers, text)), entry(0))
    save(journal, tmp_path / "a.danqing")
    opened = open_project(tmp_path / "a.danqing")
    try:
        found = opened.artwork.layers[-1]
        assert isinstance(found, Text)
        assert (found.text, found.style, found.language) == (text.text, STYLE, "zh-Hant")
        assert {key: tile.digest for key, tile in found.cache.tiles.items()} == {
            key: tile.digest for key, tile in cache.tiles.items()
        }
    finally:
        opened.archive.close()


class _Rows:
    """Keeps rows in memory; ``change`` edits layer rows on the way back."""

    def __init__(self) -> None:
        self.rows: dict[bytes, bytes] = {}

    def row(self, table: str, data: bytes | None = None) -> bytes | None:
        if isinstance(data, bytes) and len(data) == 16 and data in self.rows:
            return self.rows[data]
        name = len(self.rows).to_bytes(16, "big")
        self.rows[name] = data or b""
        return name

    def tile(self, *_: object) -> bytes:
        return bytes(16)

    def layer(self, layer: Layer, write) -> bytes:
        return write()

    def known_layer(self, digest: bytes) -> Layer | None:
        return None

    def keep_layer(self, digest: bytes, layer: Layer) -> None:
        pass

    def edit(self, **style: object) -> None:
        for name, data in self.rows.items():
            plain = msgspec.msgpack.decode(data)
            if isinstance(plain, dict) and plain.get("kind") == "text":
                self.rows[name] = msgspec.msgpack.encode(plain | {"style": style})


def _read_with(**style: object) -> Layer:
    rows = _Rows()
    artwork = Artwork(width=8, height=8, layers=(Text(text="山", name="山"),))
    manifest = write_manifest(artwork, rows)
    rows.edit(**style)
    found = Reading(rows).artwork(manifest)
    assert found is not None
    return found.layers[0]


def test_first_files_and_later_ones() -> None:
    early = _read_with(size=20.0, bold=True)
    assert isinstance(early, Text) and early.style == TextStyle(size=20.0, weight=700)
    later = _read_with(size=20.0, glow={"radius": 3})
    assert isinstance(later, Unknown) and msgspec.msgpack.decode(later.raw)["style"]["glow"] == {"radius": 3}
    assert later.name == "山"
