"""The values of a filter taken from another picture: a layer or a file, one undo step, and a sentence where nothing is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from studio import api, recipe
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Paint
from studio.filters import FILTERS
from studio.filters.ripples import Displace
from studio.filters.transfer import HistogramMatch, match_to, shares, statistics, transfer_to
from studio.raster import full_map
from studio.raster.surface import Surface
from studio.recipe import Attached
from studio.workspace import taking
from tests.filters.test_transfer import dusk, meadow
from tests.workspace.conftest import Bench

KINDS = ("colour-transfer", "histogram-match")


def show(bench: Bench) -> Artwork:
    layers = tuple(
        Paint(name=name, surface=Surface.from_pixels(pixels.astype(np.float16)))
        for name, pixels in (
            ("Dusk", dusk()),
            ("Meadow", meadow()),
            ("Nothing", np.zeros((8, 8, 4), np.float32)),
        )
    )
    artwork = edits.set_active(Artwork(width=80, height=60, layers=layers), layers[0].id)
    bench.studio.show(artwork, title="Photo")
    bench.settle()
    bench.told.clear()
    return artwork


def written(path: Path, pixels: np.ndarray) -> Path:
    Image.fromarray(np.round(pixels * 255).astype(np.uint8), "RGBA").save(path)
    return path


def took(bench: Bench) -> tuple[list[taking.Found], taking.Receive]:
    found: list[taking.Found] = []
    return found, found.append


def test_only_other_layers_with_pixels_are_offered(bench: Bench) -> None:
    artwork = show(bench)
    assert [name for _, name in taking.sources(artwork, artwork.layers[0].id)] == ["Nothing", "Meadow"]
    bench.studio.filtering.add_layer("colour-transfer")
    names = [name for _, name in taking.sources(bench.picture.document.committed, "")]
    assert names == ["Nothing", "Meadow", "Dusk"]


def test_a_layer_gives_what_its_pixels_measure(bench: Bench) -> None:
    artwork = show(bench)
    found, receive = took(bench)
    for name in KINDS:
        taking.take_layer(bench.studio, name, artwork.layers[1].id, receive)
        assert bench.studio.jobs.lines
        bench.settle()
    assert not bench.studio.jobs.lines and not bench.told
    pixels = meadow().astype(np.float16).astype(np.float32)
    for got, wanted in zip(found, (transfer_to(pixels), match_to(pixels)), strict=True):
        for field, value in got.items():
            np.testing.assert_allclose(value, getattr(wanted, field), atol=1e-6)
    assert "method" not in found[0] and "strength" not in found[0] and "channels" not in found[1]


def test_a_file_gives_its_colours_and_the_filter_has_them(bench: Bench, tmp_path: Path) -> None:
    show(bench)
    bench.studio.filtering.add_layer("colour-transfer", {"strength": 0.5})
    found, receive = took(bench)
    taking.take_file(
        bench.studio, "colour-transfer", str(written(tmp_path / "meadow.png", meadow())), receive
    )
    bench.settle()
    wanted = statistics(meadow())
    assert wanted is not None and not bench.told
    assert found[0]["lightness"] == pytest.approx(wanted.mean[0], abs=2e-3)


def test_a_layer_or_a_file_becomes_a_map(bench: Bench, tmp_path: Path) -> None:
    artwork = show(bench)
    found, receive = took(bench)
    taking.take_layer(bench.studio, "displace", artwork.layers[1].id, receive)
    bench.settle()
    taking.take_file(bench.studio, "displace", str(written(tmp_path / "bumps.png", meadow())), receive)
    bench.settle()
    layer, file = found
    assert layer["source"] == file["source"] == "map"
    assert (layer["map"].name, file["map"].name) == ("Meadow", "bumps.png")
    assert full_map.size_of(layer["map"].content) == (80, 60), (
        "the canvas, and not the layer's own pixels alone"
    )
    height, width = meadow().shape[:2]
    wanted = np.clip((255 * meadow().astype(np.float16).astype(np.float32)[..., :2] - 128) / 127, -1, 1)
    np.testing.assert_allclose(values_of(layer["map"].content)[:height, :width], wanted, atol=1e-3)
    np.testing.assert_allclose(values_of(file["map"].content), wanted, atol=0.01)
    assert values_of(layer["map"].content)[55, 75, 0] == 0, "nothing there: nothing is moved"
    bench.studio.filtering.add_layer("displace", msgspec.to_builtins(file))
    target = bench.studio.filtering.target
    assert target is not None
    values = bench.studio.filtering.parameters(target)
    assert isinstance(values, Displace) and values.map == file["map"]
    large = api.filter(api.new(30, 20), "displace", like=artwork, amplitude=3.0)
    assert large.layers[-1].recipe.parameters["source"] == "map"  # type: ignore[union-attr]


def values_of(content: str) -> np.ndarray:
    width, height = full_map.size_of(content)
    x, y = (np.arange(width)[None] + 0.5) / width, (np.arange(height)[:, None] + 0.5) / height
    return np.stack(full_map.values_at(content, x, y, (1 / width, 1 / height)), -1)


def test_a_map_is_larger_than_it_used_to_be(bench: Bench) -> None:
    """Of a picture of 700 pixels all are kept; each step of a half, and not one of 256."""
    ramp = np.ones((40, 700, 4), np.float16)
    ramp[..., 0] = np.linspace(0.4, 0.45, 700)
    artwork = Artwork(width=700, height=40, layers=(Paint(name="Ramp", surface=Surface.from_pixels(ramp)),))
    bench.studio.show(artwork, title="Ramp")
    found, receive = took(bench)
    taking.take_layer(bench.studio, "displace", artwork.layers[0].id, receive)
    bench.settle()
    moved = values_of(found[0]["map"].content)[7, :, 0]
    wanted = (255 * ramp[7, :, 0].astype(np.float32) - 128) / 127
    np.testing.assert_allclose(moved, wanted, atol=1e-4)
    assert len(np.unique(moved.astype(np.float16))) == len(np.unique(ramp[7, :, 0])) > 100


def test_the_last_values_hold_a_large_map_but_the_settings_do_not(bench: Bench) -> None:
    noise = np.random.default_rng(3).random((300, 300, 2)).astype(np.float16)
    values = Displace(source="map", map=Attached(name="Noise", content=full_map.packed(noise)))
    assert len(values.map.content) > recipe.LONG
    memory, kind = bench.studio.filtering.memory, FILTERS["displace"]
    memory.keep_values(kind, values)
    assert memory.values(kind) == values
    assert "map" not in bench.studio.settings.filter_values[kind.key]
    memory.keep_values(kind, Displace(amplitude=3.0))
    assert memory.values(kind) == Displace(amplitude=3.0)


def test_what_gives_nothing_is_named(bench: Bench, tmp_path: Path) -> None:
    artwork = show(bench)
    before = bench.picture.document.committed
    found, receive = took(bench)
    taking.take_layer(bench.studio, "colour-transfer", artwork.layers[2].id, receive)
    (tmp_path / "letter.png").write_bytes(b"Dear painter")
    for path in (
        tmp_path / "letter.png",
        tmp_path / "gone.png",
        written(tmp_path / "clear.png", 0 * meadow()),
    ):
        taking.take_file(bench.studio, "histogram-match", str(path), receive)
    bench.settle()
    said = bench.sentences()
    assert len(said) == 4 and not found and not bench.studio.jobs.lines
    for name in ("Nothing", "letter.png", "gone.png", "clear.png"):
        assert sum(name in sentence for sentence in said) >= 1
    assert not any("Error" in sentence for sentence in said)
    assert bench.picture.document.committed is before


def test_it_can_be_stopped(bench: Bench) -> None:
    artwork = show(bench)
    found, receive = took(bench)
    taking.take_layer(bench.studio, "colour-transfer", artwork.layers[1].id, receive)
    (line,) = bench.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    bench.settle()
    assert not found and not bench.studio.jobs.lines and not bench.told


def test_the_api_takes_from_a_picture(tmp_path: Path) -> None:
    like = api.open(written(tmp_path / "meadow.png", meadow()))
    artwork = api.open(written(tmp_path / "dusk.png", dusk()))
    out = api.flatten(api.filter(artwork, "colour-transfer", like=like))
    got, wanted = statistics(out), statistics(api.flatten(like))
    assert got is not None and wanted is not None
    np.testing.assert_allclose(got.mean, wanted.mean, atol=0.01)
    matched = api.flatten(api.filter(artwork, "histogram-match", like=like, channels="each-channel"))
    np.testing.assert_allclose(
        shares(matched)[:3, ::512], shares(api.flatten(like))[:3, ::512], atol=0.05  # type: ignore[index]
    )  # fmt: skip
    straight = api.filter(artwork, "histogram-match", like=like, red=((0, 0), (1, 1)))
    values = recipe.from_plain(HistogramMatch, straight.layers[-1].recipe.parameters)  # type: ignore[union-attr]
    assert values.red == ((0.0, 0.0), (1.0, 1.0)) != values.green
    with pytest.raises(recipe.RecipeError, match="colour-transfer, histogram-match"):
        api.filter(artwork, "gaussian-blur", like=like)
    with pytest.raises(EditError, match="transparent"):
        api.filter(artwork, "colour-transfer", like=api.new(20, 20, background=None))


def test_a_lens_blur_takes_depths_as_its_map():
    artwork = edits.from_picture(Surface.from_pixels(meadow().astype(np.float16)), 80, 60, name="depths")
    found = taking.at_once("lens-blur", artwork, artwork.colour_space)
    assert found["sharp"] == "at-a-depth" and found["map"]["content"]
    blurred = api.filter(api.new(30, 20), "lens-blur", like=artwork, radius=3.0)
    assert blurred.width == 30
    assert "map" not in taking.shown_names(FILTERS["lens-blur"]), "it is chosen beside the form"
