"""Colour spaces of a picture and palettes, without a window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Fill, Paint
from studio.project import palettes, profiles
from studio.project.palettes import Palette, Swatch
from studio.raster.geometry import Rect
from studio.recipe import Stored
from tests.workspace.conftest import Bench


def test_converting_keeps_the_look_and_is_one_step(bench: Bench) -> None:
    picture = bench.studio.new_picture(300, 40, background=(0.8, 0.4, 0.2, 1.0))
    recipe = Stored(name="fill-colour", version=1, parameters={"colour": (0.2, 0.9, 0.1, 0.5)})
    picture.document.commit("Fill", edits.add_layer(picture.document.artwork, Fill(recipe=recipe)))
    before = picture.document.artwork
    bench.studio.colour_spaces.convert("Display P3")
    bench.settle()
    after = picture.document.artwork
    assert bench.labels()[-1] == "Convert colour space" and after.colour_space.name == "Display P3"
    paper, fill = after.layers
    assert isinstance(paper, Paint) and isinstance(fill, Fill)
    got = paper.surface.read(Rect(0, 0, 1, 1))[0, 0, :3].astype(float)
    back = profiles.convert(got, after.colour_space.icc, b"")
    assert back == pytest.approx([0.8, 0.4, 0.2], abs=1e-3)
    back = profiles.convert(np.array(fill.recipe.parameters["colour"][:3]), after.colour_space.icc, b"")
    assert back == pytest.approx([0.2, 0.9, 0.1], abs=1e-6) and fill.recipe.parameters["colour"][3] == 0.5
    bench.studio.undo()
    assert picture.document.artwork is before


def test_assigning_changes_no_pixel(bench: Bench) -> None:
    picture = bench.studio.new_picture(64, 64)
    tiles = picture.document.artwork.layers[0]
    bench.studio.colour_spaces.assign("Adobe RGB (1998)")
    assert picture.document.artwork.layers[0] is tiles
    assert picture.document.artwork.colour_space.icc == profiles.space("Adobe RGB (1998)").icc
    bench.studio.colour_spaces.assign("Adobe RGB (1998)")
    assert bench.labels() == ["New picture", "Assign colour space"]


def test_a_palette_is_loaded_changed_kept_and_saved(bench: Bench, tmp_path: Path) -> None:
    studio = bench.studio
    file = tmp_path / "山水 🎨.gpl"
    file.write_bytes(palettes.encode(Palette("Shan", (Swatch((1.0, 0.0, 0.0), "red"),)), ".gpl"))
    studio.palettes.open(str(file))
    bench.settle()
    studio.painting.set_colour((0.0, 0.0, 1.0))
    studio.palettes.add_colour()
    studio.palettes.rename(1, "blue")
    studio.palettes.move(1, 0)
    bench.settle()
    shown = studio.palettes.shown
    assert shown is not None and [one.name for one in shown.swatches] == ["blue", "red"]
    for suffix in palettes.SUFFIXES:
        studio.palettes.save_as(str(tmp_path / f"out{suffix}"))
    bench.settle()
    assert all(len(palettes.read(tmp_path / f"out{suffix}").swatches) == 2 for suffix in palettes.SUFFIXES)
    fresh = type(studio.palettes)(studio)
    fresh.load()
    bench.settle()
    assert any(one.name == "Shan" and len(one.swatches) == 2 for one in fresh.palettes)


def test_a_broken_palette_becomes_a_card_that_names_it(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "broken.ase"
    file.write_bytes(b"ASEF\0\1\0\0\0\0\0\5")
    bench.studio.palettes.open(str(file))
    bench.studio.palettes.open(str(tmp_path / "missing.gpl"))
    bench.settle()
    sentences = bench.sentences("error")
    assert any("broken.ase" in one for one in sentences) and any("missing.gpl" in one for one in sentences)


def test_the_palette_of_a_picture(bench: Bench) -> None:
    bench.studio.new_picture(64, 64, background=(0.8, 0.4, 0.2, 1.0))
    bench.studio.palettes.from_picture()
    bench.settle()
    shown = bench.studio.palettes.shown
    assert shown is not None and "Untitled" in shown.name
    assert shown.swatches[0].colour == pytest.approx((0.8, 0.4, 0.2), abs=0.01)
