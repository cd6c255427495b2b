"""A material made of layers: which layer is which, and that looking changes nothing."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Filter, Paint
from studio.filters import FILTERS
from studio.raster.surface import Surface
from studio.recipe import store
from studio.synthesis.material import Material
from studio.workspace import material
from tests.workspace.conftest import Bench


def painted(name: str, rgb: tuple[float, ...], side: int = 40) -> Paint:
    pixels = np.ones((side, side, 4), np.float16)
    pixels[..., :3] = rgb
    return Paint(name=name, surface=Surface.from_pixels(pixels))


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(40, 40)
    artwork = bench.picture.document.artwork
    for layer in (
        painted("Bricks albedo", (0.8, 0.2, 0.1)),
        painted("Bricks NORMAL", (0.5, 0.5, 1.0)),
        painted("高度", (0.3, 0.3, 0.3)),
    ):
        artwork = edits.add_layer(artwork, layer)
    kind = FILTERS["invert"]
    artwork = edits.add_layer(
        artwork, Filter(name="roughness", recipe=store("invert", kind.version, kind.parameters()))
    )
    bench.picture.document.commit("Add", artwork)
    return bench


def test_layers_are_guessed_by_their_names(ready: Bench) -> None:
    artwork = ready.picture.document.artwork
    by_name = {layer.id: layer.name for layer in artwork.walk()}
    found = {role: by_name[one] for role, one in material.guessed(artwork).items()}
    assert found == {"colour": "Bricks albedo", "normal": "Bricks NORMAL", "height": "高度"}
    assert "roughness" not in [layer.name for layer in material.layers_of(artwork)]
    plain = artwork.with_(layers=(painted("One", (1, 0, 0)), painted("Two", (0, 1, 0))))
    assert plain.find(material.guessed(plain)["colour"]).name == "One"  # type: ignore[union-attr]


def test_the_lamp_lights_the_layers_and_the_document_stays(ready: Bench) -> None:
    document = ready.picture.document
    before, steps = document.committed, ready.labels()
    heard: list[object] = []
    lamp = material.Lamp(ready.studio, before, heard.append)
    lamp.show(material.guessed(before), Material(form="plane"), (0.0, 0.0), 64)
    ready.settle()
    made = heard.pop()
    assert isinstance(made, np.ndarray) and made.shape == (64, 64, 4) and made.dtype == np.uint8
    assert made[32, 32, 0] > 2 * made[32, 32, 2]  # red bricks
    lamp.show({}, Material(), (0.0, 0.0), 32)
    ready.settle()
    grey = heard.pop()
    assert isinstance(grey, np.ndarray) and np.ptp(grey[16, 16, :3]) == 0
    assert document.committed is before and ready.labels() == steps


def test_only_the_newest_place_of_the_lamp_is_lit(ready: Bench) -> None:
    heard: list[object] = []
    lamp = material.Lamp(ready.studio, ready.picture.document.committed, heard.append)
    for x in (-0.5, 0.0, 0.5):
        lamp.show({}, Material(), (x, 0.0), 16)
    ready.settle()
    assert len(heard) == 1
    lamp.show({}, Material(), (0.0, 0.0), 16)
    lamp.put_out()
    ready.settle()
    assert len(heard) == 1
