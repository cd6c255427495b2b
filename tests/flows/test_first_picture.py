"""The whole story, on the real window: photograph, paint, filter, generate, sliders, undo, save, reopen, export.

Everything is done by the widgets that an artist has under the hand, in English and in 简体中文.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest
import tifffile
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.document.layer import Filter, Generated, Paint
from studio.project import decode
from studio.ui.panels.explore import ExplorePanel
from studio.ui.panels.filters import FiltersPanel
from studio.ui.panels.generate import GeneratePanel
from studio.ui.panels.layers import LayersPanel
from studio.ui.widgets.value_slider import ValueSlider
from tests.flows.conftest import Window
from tests.flows.hands import CONTROL, LEFT, SHIFT, Hands, tiles_of

Launch = Callable[..., Window]
WIDTH, HEIGHT = 840, 560
STEPS = 20


class Words(msgspec.Struct, frozen=True):
    """What the artist reads on the widgets, and types into them."""

    multiply: str
    noise: str
    generate: str
    more: str


WORDS = {
    "en": Words(multiply="Multiply", noise="gaussian noise", generate="Generate 4", more="4 more"),
    "zh_CN": Words(multiply="正片叠底", noise="高斯噪", generate="生成 4 张", more="再来 4 张"),
}
EXPORTS = (("PNG", ".png", 0.003), ("TIFF", ".tif", 0.003), ("JPEG", ".jpg", 0.08), ("WebP", ".webp", 0.08))
"""Format as the dialog names it, suffix, and how far the pixels of the file may be off in the mean."""


def photograph(path: Path) -> None:
    """A picture with tones, a gradient and grain, as a camera gives it: 16 bits in a TIFF, 8 in the others."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    channels = (
        0.5 + 0.4 * np.sin(x / 90),
        0.5 + 0.4 * np.cos(y / 70),
        0.3 + 0.5 * (x + y) / (WIDTH + HEIGHT),
    )
    grain = np.random.default_rng(7).normal(0, 0.01, (HEIGHT, WIDTH, 1))
    pixels = np.clip(np.stack(channels, -1) + grain, 0, 1)
    if path.suffix == ".tif":
        tifffile.imwrite(path, (pixels * 65535).astype(np.uint16), photometric="rgb")
    else:
        Image.fromarray((pixels * 255).astype(np.uint8)).save(path, quality=95)


def alike(first: np.ndarray, second: np.ndarray) -> bool:
    """The same pixels but for the last bit of a float32: a tile may have been put together from parts, or as a whole."""
    return bool(np.abs(first - second).max() < 1e-6)


# ── the chapters of the story ────────────────────────────────────────────────────────────────────────────────────────


def bring_in(hands: Hands, photo: Path, by: str) -> None:
    """The photograph, let fall on the window or chosen in Open."""
    if by == "drop":
        hands.at.drop(photo)
        hands.at.until(lambda: hands.studio.current is not None)
    else:
        hands.open(photo)
    assert (hands.artwork.width, hands.artwork.height) == (WIDTH, HEIGHT)
    precision = "float32" if photo.suffix == ".tif" else "float16"
    assert hands.artwork.precision == precision, "16 bits are kept"
    hands.at.until(lambda: hands.shown()[..., :3].std() > 20)  # the photograph is to be seen


def paint_multiplied(hands: Hands, words: Words) -> None:
    """A paint layer, a stroke, Multiply at 60 %."""
    panel = hands.panel("layers", LayersPanel)
    QTest.mouseClick(panel.buttons["new-layer"], LEFT)
    before, seen = hands.flat(), hands.shown()
    hands.stroke((0.1, 0.2), (0.6, 0.4))
    assert np.abs(hands.flat() - before).max() > 0.2
    assert np.abs(hands.shown() - seen).max() > 40, "the stroke is to be seen"
    hands.choose(panel.mode, words.multiply)
    for _ in hands.drag(panel.opacity, 1.0, 0.3, steps=4):
        assert hands.studio.current.document.preview_owner is not None, "the opacity follows the hand"
    hands.type_into(panel.opacity, "60")
    painted = hands.studio.layers.active
    assert isinstance(painted, Paint) and (painted.mode, painted.opacity) == ("multiply", 0.6)


def lay_noise_over(hands: Hands, words: Words) -> None:
    """A live Gaussian-noise layer from the list of filters; its sigma is changed later."""
    panel = hands.panel("filters", FiltersPanel)
    hands.write(panel.search, words.noise)
    hands.at.until(lambda: not panel.list.place_of("gaussian-noise").isEmpty())
    place = panel.list.place_of("gaussian-noise")
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=panel.list.part_rect(place, "layer").center())
    noise = hands.studio.layers.active
    assert isinstance(noise, Filter) and noise.recipe.name == "gaussian-noise"
    weak = hands.flat()
    hands.at.until(lambda: panel.form is not None)
    sigma = panel.form.rows["sigma"]
    assert isinstance(sigma, ValueSlider)
    hands.type_into(sigma, str(0.3 * sigma.factor))
    changed = hands.studio.filtering.parameters(hands.studio.filtering.target)
    assert msgspec.structs.asdict(changed)["sigma"] == pytest.approx(0.3)
    assert np.abs(hands.flat() - weak).mean() > 0.05


def generate_four(hands: Hands, words: Words) -> str:
    """The button: four pictures, the first a layer, the others its variants; flips through them. Returns the layer's id."""
    hands.enter("generate")
    panel = hands.panel("generate", GeneratePanel)
    assert panel.button.text() == words.generate
    panel.seed.field.selectAll()
    hands.write(panel.seed.field, "7")  # the same four pictures in every run
    QTest.keyClick(panel.seed.field, Qt.Key.Key_Return)
    QTest.mouseClick(panel.seed.lock, LEFT)
    steps = len(hands.studio.current.document.history)
    QTest.mouseClick(panel.button, LEFT)
    hands.at.until(lambda: not hands.studio.generating.running)
    hands.at.quiet()
    assert not hands.at.sentences("error")
    layer = hands.studio.generating.target
    assert isinstance(layer, Generated) and len(layer.variants) == 4 and layer.chosen == 0
    assert len(hands.studio.current.document.history) == steps + 1, "a press is one undo step"
    hands.at.until(lambda: panel.button.text() == words.more)
    seen = [hands.flat()]
    hands.flip_to(1)
    seen.append(hands.flat())
    for _ in range(2):
        hands.key(Qt.Key.Key_Period)
        seen.append(hands.flat())
    assert hands.studio.generating.target.chosen == 3
    assert all(np.abs(one - other).mean() > 0.01 for one, other in pairwise(seen))
    return layer.id


def paint_a_boat(hands: Hands) -> str:
    """A stroke on the generated layer lands on a clipped one above it, whose id is returned."""
    hands.stroke((0.4, 0.7), (0.55, 0.7))
    boat = hands.studio.layers.active
    assert isinstance(boat, Paint) and boat.clipping
    return boat.id


def slide(hands: Hands, layer_id: str, start: float, stop: float) -> str:
    """Drags the first slider of Explore: the landscape changes under the hand. Returns the slider's name."""
    hands.choose_layer(hands.artwork.find(layer_id))
    panel = hands.panel("explore", ExplorePanel)
    name, slider = next(iter(panel.sliders.sliders.items()))
    document, seen, landscape = hands.studio.current.document, hands.shown(), hands.flat()
    steps, moved = len(document.history), False
    for step in hands.drag(slider, start, stop):
        if step == 10:
            hands.at.until(lambda: document.preview_owner == "explore")
            hands.at.until(lambda: np.abs(hands.shown() - seen).mean() > 1)
            moved = True
    assert moved, "the picture changed before the hand let go"
    hands.at.quiet()
    assert len(document.history) == steps + 1, "a drag is one undo step"
    chosen = hands.studio.generating.target.variant
    assert chosen.sliders == {name: pytest.approx(slider.value())}, "the last value is shown"
    assert slider.value() == pytest.approx(stop, abs=0.15)
    assert np.abs(hands.flat() - landscape).mean() > 0.01
    return name


def undo_and_redo(hands: Hands) -> list[tuple]:
    """Twenty steps back and forth by keys; returns the state twenty steps ago."""
    last, picture = hands.digests(), hands.flat()
    for _ in range(STEPS):
        hands.key(Qt.Key.Key_Z, CONTROL)
    undone = hands.digests()
    assert undone != last
    for _ in range(STEPS):
        hands.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert hands.digests() == last
    assert alike(hands.flat(), picture)
    return undone


def save_and_leave(hands: Hands, project: Path) -> None:
    with hands.answering(project):
        hands.key(Qt.Key.Key_S, CONTROL)
    hands.at.quiet()
    assert project.exists() and not hands.studio.current.modified
    hands.at.close()


def export_all(hands: Hands, folder: Path) -> None:
    final = np.clip(hands.flat()[..., :3], 0, 1)
    deep = hands.artwork.precision == "float32"
    for kind, suffix, error in EXPORTS:
        target = folder / f"出口{suffix}"
        hands.export(target, kind)
        pixels = decode.decode(target.read_bytes(), str(target)).pixels[..., :3]
        assert pixels.dtype == (np.uint16 if deep and suffix in (".png", ".tif") else np.uint8)
        assert np.abs(pixels / np.iinfo(pixels.dtype).max - final).mean() < error, suffix


@pytest.mark.parametrize(
    ("spoken", "file", "by"),
    [
        ("en", "valley.jpg", "open"),
        ("zh_CN", "照片 🏞.png", "open"),
        ("zh_CN", "深 16.tif", "drop"),
    ],
)
def test_the_story(
    launch: Launch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoken: str, file: str, by: str
) -> None:
    photo, project, words = tmp_path / file, tmp_path / "山水.danqing", WORDS[spoken]
    photograph(photo)
    hands = Hands(launch(with_engine=True, spoken=spoken), monkeypatch)
    bring_in(hands, photo, by)
    paint_multiplied(hands, words)
    lay_noise_over(hands, words)
    generated = generate_four(hands, words)
    boat = paint_a_boat(hands)
    painted = tiles_of(hands.artwork.find(boat))
    name = slide(hands, generated, 0.0, 2.0)
    assert painted and tiles_of(hands.artwork.find(boat)) == painted, "the boat stays"

    hands.choose_layer(hands.artwork.find(boat))
    for index in range(STEPS):
        hands.stroke((0.1, 0.05 + index * 0.04), (0.3, 0.05 + index * 0.04), steps=6)
    hands.at.quiet()
    undone = undo_and_redo(hands)
    last, picture = hands.digests(), hands.flat()
    save_and_leave(hands, project)

    hands = Hands(launch(with_engine=True, spoken=spoken), monkeypatch)
    hands.open(project)
    hands.enter("generate")
    assert hands.digests() == last, "same layers, same tiles"
    assert alike(hands.flat(), picture)
    assert undo_and_redo(hands) == undone, "undo is still there"
    assert slide(hands, generated, 2.0, -2.0) == name, "sliders are still live"
    export_all(hands, tmp_path)


def test_a_16_bit_tiff_keeps_its_values(
    launch: Launch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    photo, target = tmp_path / "深.tif", tmp_path / "again.tif"
    photograph(photo)
    hands = Hands(launch(), monkeypatch)
    bring_in(hands, photo, "drop")
    hands.export(target, "TIFF")
    once, again = (decode.decode(path.read_bytes(), str(path)).pixels for path in (photo, target))
    assert again.dtype == np.uint16 and np.array_equal(once, again)


def test_a_slider_moves_the_picture_while_a_model_learns(
    launch: Launch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "我的画"
    folder.mkdir()
    photograph(folder / "0.jpg")
    for number in range(1, 12):
        shutil.copy(folder / "0.jpg", folder / f"{number}.jpg")
    hands = Hands(launch(with_engine=True), monkeypatch)
    studio, window = hands.studio, hands.at
    studio.new_picture(512, 512)
    studio.generating.set_values(seed=7, seed_locked=True)
    studio.generating.generate()
    window.until(lambda: not studio.generating.running)
    studio.training.start("tiny", str(folder), steps=100_000)
    window.until(lambda: studio.training.state.step > 2)

    hands.enter("generate")
    slider = next(iter(hands.panel("explore", ExplorePanel).sliders.sliders.values()))
    before, step = hands.shown(), studio.training.state.step
    for number in hands.drag(slider, 0.0, 2.0):
        if number == 10:
            window.until(lambda: studio.current.document.preview_owner == "explore")
            window.until(lambda: np.abs(hands.shown() - before).mean() > 0.5)
    window.until(lambda: studio.current.document.preview_owner is None)
    assert studio.generating.target.variant.sliders, "the value stays"
    window.until(lambda: studio.training.state.step > step)
    studio.training.stop()
    window.until(lambda: not window.running.engine.running)
    assert list(Path(studio.training.state.run).glob("checkpoints/*.safetensors")), (
        "stopping keeps what was learnt"
    )
