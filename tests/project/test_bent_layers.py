"""Bent layers in the file: the same bends come back, and plain layers are written as they were before there were bends."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.project.journal import Journal
from studio.project.manifest import write_manifest
from studio.project.ora import read_ora
from studio.project.ora_write import write_ora
from studio.project.project_file import open_project, save
from studio.raster import perspective, warp
from studio.raster.surface import Surface
from studio.raster.warp import Bend
from studio.render.renderer import Renderer

QUAD = ((30.0, 20.0), (380.0, 60.0), (350.0, 270.0), (10.0, 290.0))
FRAME = (0.0, 0.0, 400.0, 300.0)


def test_bends_come_back(journal: Journal, artwork: Artwork, entry, tmp_path: Path) -> None:
    mesh = warp.regular(FRAME, 2, 1).moved(1, (210.5, -30.25))
    bends = (Bend(perspective.to_quad(FRAME, QUAD), mesh), Bend(perspective.of_affine((1, 0.25, 0, 1, 3, 4))))
    layers = (artwork.layers[0].with_(warp=bends), artwork.layers[1])
    journal.write(artwork.with_(layers=layers), entry(0))
    save(journal, tmp_path / "a.danqing")
    opened = open_project(tmp_path / "a.danqing")
    try:
        assert opened.artwork.layers[0].warp == bends
        assert opened.artwork.layers[1].warp == ()
    finally:
        opened.archive.close()


class _Rows:
    """Keeps rows instead of writing them."""

    def __init__(self) -> None:
        self.layers: list[dict] = []

    def row(self, table: str, data: bytes) -> bytes:
        if table == "layer":
            self.layers.append(msgspec.msgpack.decode(data))
        return bytes(16)

    def tile(self, tile) -> bytes:
        return bytes(16)

    def layer(self, layer, write) -> bytes:
        return write()


def test_plain_layers_name_no_bends(artwork: Artwork) -> None:
    rows = _Rows()
    write_manifest(artwork, rows)
    assert len(rows.layers) == 2
    assert not any("warp" in row for row in rows.layers)


def test_openraster_gets_bent_layers_as_they_look(artwork: Artwork, tmp_path: Path) -> None:
    matrix = perspective.to_quad(FRAME, QUAD)
    pixels = np.random.default_rng(3).random((300, 400, 4), np.float32)
    pixels[..., 3] = 1
    surface = Surface.from_pixels(pixels.astype(np.float16))
    bent = artwork.with_(layers=(artwork.layers[0].with_(surface=surface, warp=(Bend(matrix),)),))
    renderer = Renderer()
    report = write_ora(bent, renderer.flatten, tmp_path / "a.ora")
    assert [(item.name, item.why) for item in report] == [("Ground", "transform")]
    again = read_ora((tmp_path / "a.ora").read_bytes(), "a.ora")
    difference = np.abs(renderer.flatten(again) - renderer.flatten(bent))
    assert difference.max() < 0.02


def test_links_come_back_and_a_layer_without_one_is_written_as_before(
    journal: Journal, artwork: Artwork, entry, tmp_path: Path
) -> None:
    layers = (artwork.layers[0].with_(link="pair"), artwork.layers[1].with_(link="pair"))
    journal.write(artwork.with_(layers=layers), entry(0))
    save(journal, tmp_path / "a.danqing")
    opened = open_project(tmp_path / "a.danqing")
    try:
        assert [layer.link for layer in opened.artwork.layers[:2]] == ["pair", "pair"]
    finally:
        opened.archive.close()
    rows = _Rows()
    write_manifest(artwork, rows)
    assert rows.layers and not any("link" in row for row in rows.layers)
