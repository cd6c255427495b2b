"""Models with classes: the class of a picture is chosen, mixed, undone, kept in the file and walked back to."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from studio.document.layer import Generated, Variant
from studio.messages.models import ModelEntry
from studio.messages.requests import ClassMix, Generate, mix_of
from studio.project import manifest
from studio.recipe import Stored
from studio.workspace.all_results import request_of
from studio.workspace.exploring import Exploring
from studio.workspace.walk import state_of
from tests.ui import fakes
from tests.workspace.conftest import Bench

CLASSES = ("兰", "梅", "竹")


def taught() -> ModelEntry:
    entry = fakes.model("flowers")
    card = msgspec.structs.replace(entry.card, classes=CLASSES, abilities=(*entry.card.abilities, "classes"))
    return msgspec.structs.replace(entry, card=card, digest="1" * 64)


@pytest.fixture
def flowers(bench: Bench) -> Bench:
    """A new picture; the model with classes is chosen, one picture is asked for at a time."""
    bench.studio.generating.set_models((taught(),))
    bench.studio.generating.set_values(count=1)
    bench.studio.new_picture(96, 64)
    return bench


@pytest.fixture
def exploring(flowers: Bench) -> Exploring:
    return flowers.studio.exploring


def made(bench: Bench) -> Variant:
    """A generated layer."""
    bench.studio.generating.generate()
    bench.engine.answer()
    bench.settle()
    return shown(bench)


def shown(bench: Bench) -> Variant:
    layer = bench.studio.generating.layer
    assert layer is not None and layer.variant is not None
    return layer.variant


def last(bench: Bench) -> Generate:
    return [one for one in bench.engine.requests if isinstance(one, Generate)][-1]


def arrive(bench: Bench) -> None:
    bench.engine.answer()
    bench.settle()


def test_a_press_asks_for_the_class_and_the_layer_keeps_it(flowers: Bench, exploring: Exploring) -> None:
    exploring.set_class("梅")
    assert exploring.mix == flowers.studio.generating.values.mix == ClassMix(label="梅")
    variant = made(flowers)
    assert last(flowers).label == "梅"
    assert mix_of(variant) == ClassMix(label="梅")
    layer = flowers.studio.generating.layer
    assert layer is not None and layer.recipe.parameters["label"] == "梅"
    assert "toward" not in layer.recipe.parameters


def test_any_class_is_asked_for_as_before_there_were_classes(flowers: Bench) -> None:
    variant = made(flowers)
    assert mix_of(last(flowers)) == mix_of(variant) == ClassMix()
    layer = flowers.studio.generating.layer
    assert layer is not None and set(layer.recipe.parameters) == {"sliders", "variety", "size", "size_rule"}


def test_another_class_of_a_layer_is_one_step(flowers: Bench, exploring: Exploring) -> None:
    made(flowers)
    steps = len(flowers.labels())
    exploring.set_class("竹")
    arrive(flowers)
    assert last(flowers).label == "竹"
    assert mix_of(shown(flowers)) == ClassMix(label="竹")
    assert len(flowers.labels()) == steps + 1
    flowers.picture.document.undo()
    assert exploring.mix == ClassMix()
    flowers.picture.document.redo()
    assert exploring.mix == ClassMix(label="竹")
    exploring.set_class("竹")
    assert len(flowers.labels()) == steps + 1, "the same once more asks for nothing"


def test_the_way_to_another_class_is_a_live_slider(flowers: Bench, exploring: Exploring) -> None:
    exploring.set_class("兰")
    made(flowers)
    exploring.set_toward("梅")
    arrive(flowers)
    assert mix_of(shown(flowers)) == ClassMix(label="兰", toward="梅", blend=0.5), (
        "at first half-way: it is seen"
    )
    steps = len(flowers.labels())
    for share in (0.4, 0.3, 0.2):
        exploring.set_blend(share)
        flowers.engine.answer()
        assert last(flowers).quick
        assert exploring.mix.blend == share
    exploring.release()
    arrive(flowers)
    assert not last(flowers).quick
    assert mix_of(last(flowers)) == mix_of(shown(flowers)) == ClassMix(label="兰", toward="梅", blend=0.2)
    assert len(flowers.labels()) == steps + 1
    exploring.set_toward("")
    arrive(flowers)
    assert mix_of(shown(flowers)) == ClassMix(label="兰")


def test_a_class_is_not_mixed_with_itself(flowers: Bench, exploring: Exploring) -> None:
    exploring.set_toward("竹")
    exploring.set_class("竹")
    assert exploring.mix == ClassMix(label="竹")


def test_sliders_seed_and_variety_leave_the_class(flowers: Bench, exploring: Exploring) -> None:
    exploring.set_class("梅")
    made(flowers)
    for change in (
        lambda: exploring.set_slider("mist", 1.0), lambda: exploring.set_variety(0.9), lambda: exploring.set_seed(99), exploring.zero,
    ):  # fmt: skip
        change()
        flowers.engine.answer()
        exploring.release()
        arrive(flowers)
        assert shown(flowers).label == "梅"
    flowers.studio.generating.generate()
    arrive(flowers)
    assert last(flowers).label == "梅", "more variations are of the same class"


def test_the_walk_remembers_classes(flowers: Bench, exploring: Exploring) -> None:
    made(flowers)
    exploring.set_class("竹")
    arrive(flowers)
    assert [state.mix.label for state in exploring.walk] == ["", "竹"]
    exploring.step_walk(-1)
    arrive(flowers)
    assert shown(flowers).label == ""
    assert exploring.small(exploring.walk[1]).label == "竹"


def test_another_model_forgets_the_class(flowers: Bench, exploring: Exploring) -> None:
    exploring.set_class("竹")
    flowers.studio.generating.set_models((taught(), fakes.model()))
    flowers.studio.generating.choose_model("shanshui-gan")
    assert exploring.mix == ClassMix()


def test_classes_come_back_with_the_file(flowers: Bench, exploring: Exploring, tmp_path: Path) -> None:
    exploring.set_class("兰")
    exploring.set_toward("竹")
    exploring.set_blend(0.25)
    exploring.release()
    made(flowers)
    path = tmp_path / "花.danqing"
    flowers.studio.filing.save(flowers.picture, str(path))
    flowers.settle()
    flowers.studio.close(flowers.picture)
    flowers.settle()
    flowers.open(path)
    (layer,) = [one for one in flowers.picture.document.artwork.walk() if isinstance(one, Generated)]
    assert layer.variant is not None
    assert state_of(layer.variant).mix == ClassMix(label="兰", toward="竹", blend=0.25)


def test_variants_without_a_class_are_written_as_earlier_versions_read_them(
    flowers: Bench, exploring: Exploring
) -> None:
    class Sink:
        def __getattr__(self, name: str):
            return lambda *_: b""

    plain = manifest.plain_of(made(flowers), Sink())  # type: ignore[arg-type]
    assert not {"label", "toward", "blend"} & set(plain)
    exploring.set_class("梅")
    arrive(flowers)
    assert manifest.plain_of(shown(flowers), Sink())["label"] == "梅"  # type: ignore[arg-type]


@pytest.mark.parametrize("broken", [False, True])
def test_a_result_is_asked_for_again_with_its_class(
    flowers: Bench, exploring: Exploring, broken: bool
) -> None:
    exploring.set_class("梅")
    variant = made(flowers)
    values = {
        "sliders": {},
        "variety": 0.7,
        "size": 512,
        "model": "flowers",
        "size_rule": "canvas",
        "label": "梅",
    }
    if broken:
        values["variety"] = "much"

    class Kept:
        recipe = Stored(name="generate", version=1, parameters=values)

    Kept.variant = variant  # type: ignore[attr-defined]
    assert request_of(Kept()).label == "梅"  # type: ignore[arg-type]
