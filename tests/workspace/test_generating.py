"""Generate and the sliders: what a press makes, what waits, what stays when it is stopped or fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from studio.document import edits
from studio.document.layer import Generated, Paint, Variant
from studio.messages.events import FailureKind
from studio.messages.requests import ExportModel, Generate, ImportModel
from studio.settings import NamedDirection
from studio.workspace.actions import all_actions
from studio.workspace.giving import export_model
from studio.workspace.tools import Pointer
from tests.ui import fakes
from tests.workspace.conftest import Bench

ACTIONS = {action.id: action for action in all_actions()}


@pytest.fixture
def pressed(bench: Bench) -> Bench:
    """A picture on which Generate was pressed; the engine has not answered yet."""
    bench.studio.new_picture(128, 96)
    bench.studio.generating.generate()
    return bench


def generated(bench: Bench) -> Generated:
    layer = next(one for one in bench.picture.document.artwork.walk() if isinstance(one, Generated))
    assert layer is not None
    return layer


def chosen(bench: Bench) -> Variant:
    variant = generated(bench).variant
    assert variant is not None
    return variant


def test_a_press_is_one_step_with_variants(pressed: Bench) -> None:
    pressed.engine.answer()
    pressed.settle()
    assert pressed.labels() == ["New picture", "Generate"]
    assert len(generated(pressed).variants) == 4 and generated(pressed).chosen == 0
    assert not pressed.studio.jobs.lines and not pressed.studio.generating.running
    pressed.studio.undo()
    assert not any(isinstance(layer, Generated) for layer in pressed.picture.document.artwork.walk())
    pressed.studio.redo()
    assert len(generated(pressed).variants) == 4, "later variants belong to the same step"


def test_it_comes_below_a_scribble(bench: Bench) -> None:
    picture = bench.studio.new_picture(128, 96)
    bench.studio.layers.add_paint()
    bench.stroke()
    bench.studio.generating.generate()
    bench.engine.answer()
    kinds = [type(layer) for layer in picture.document.artwork.layers]
    assert kinds == [Paint, Generated, Paint]


def test_it_comes_above_a_photograph(pressed: Bench) -> None:
    pressed.engine.answer()
    assert [type(layer) for layer in pressed.picture.document.artwork.layers] == [Paint, Generated]


def test_more_of_the_same_layer_are_variants_in_one_step(pressed: Bench) -> None:
    pressed.engine.answer()
    pressed.studio.generating.generate()
    pressed.engine.answer()
    assert len(generated(pressed).variants) == 8
    assert pressed.labels() == ["New picture", "Generate", "More variations"]


def test_a_result_waits_for_the_end_of_the_stroke(pressed: Bench) -> None:
    gesture = pressed.studio.painting.begin(pressed.picture, Pointer(20, 20))
    assert gesture is not None
    pressed.engine.answer()
    assert not any(isinstance(layer, Generated) for layer in pressed.picture.document.artwork.walk())
    assert "waits" in pressed.sentences("info")[0]
    gesture.finish()
    assert len(generated(pressed).variants) == 4
    assert pressed.labels() == ["New picture", "Paint", "Generate"]


def test_what_arrived_before_the_stop_stays(pressed: Bench) -> None:
    pressed.engine.answer(pictures=2)
    pressed.studio.generating.stop()
    pressed.settle()
    assert len(generated(pressed).variants) == 2
    assert pressed.engine.cancelled and not pressed.studio.jobs.lines
    assert not pressed.sentences("error")
    pressed.studio.generating.generate()
    pressed.engine.answer()
    assert len(generated(pressed).variants) == 6


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("out_of_memory", "memory"),
        ("model_missing", "missing"),
        ("model_unsafe", "safetensors"),
        ("model_unknown", "not one that Danqing can run"),
        ("bad_request", "value"),
        ("disk_full", "Make room"),
        ("engine_lost", "once more"),
        ("bug", "details"),
    ],
)
def test_every_failure_is_a_card_with_a_remedy(pressed: Bench, kind: FailureKind, words: str) -> None:
    pressed.engine.fail(kind)
    (sentence,) = pressed.sentences("error")
    assert words in sentence
    assert not pressed.studio.jobs.lines and pressed.studio.generating.button().enabled
    assert pressed.labels() == ["New picture"]


def test_the_engines_own_sentence_is_preferred(pressed: Bench) -> None:
    message = "The model file does not fit its network: {reason} at tensor “{tensor}”. Get the file again."
    arguments = {"reason": "nothing is there", "tensor": "mapping.0"}
    pressed.engine.fail(
        "model_unknown", message=message, arguments=arguments, file="/models/梅 🌸.safetensors"
    )
    (sentence,) = pressed.sentences("error")
    assert "mapping.0" in sentence and "梅 🌸.safetensors" in sentence
    assert "/models/" not in sentence


def test_pictures_that_arrived_before_the_failure_stay_and_are_counted(pressed: Bench) -> None:
    pressed.engine.answer(pictures=3)
    pressed.engine.fail("engine_lost")
    assert len(generated(pressed).variants) == 3
    assert pressed.sentences("error")[0].startswith("Pictures that are there and stay: 3 of 4.")


def test_each_picture_is_in_the_journal_when_it_arrives(pressed: Bench) -> None:
    gesture = pressed.studio.painting.begin(pressed.picture, Pointer(20, 20))
    assert gesture is not None
    pressed.engine.answer()
    pressed.settle()
    assert pressed.picture.journal is not None and len(pressed.picture.journal.results()) == 4
    gesture.cancel()


def test_closing_the_picture_ends_its_run(pressed: Bench) -> None:
    picture = pressed.picture
    pressed.studio.close(picture)
    pressed.settle()
    assert pressed.engine.cancelled and not pressed.studio.jobs.lines
    assert picture.journal is None and not pressed.sentences("error")


def test_without_an_engine_the_button_says_what_to_do(make: Callable[..., Bench]) -> None:
    bench = make(None)
    bench.studio.new_picture(64, 64)
    button = bench.studio.generating.button()
    assert not button.enabled and "pip install" in button.reason
    bench.studio.generating.generate()
    assert not bench.studio.generating.running
    bench.studio.training.start("shanshui-gan")
    bench.studio.open("/models/a.safetensors")
    assert all("pip install" in sentence for sentence in bench.sentences("error"))
    assert len(bench.sentences("error")) == 2


def test_a_model_that_declares_no_generating_is_refused_with_a_sentence(bench: Bench) -> None:
    generating, entry = bench.studio.generating, fakes.model()
    mute = replace(entry, card=replace(entry.card, name="mute", abilities=("classes",)), digest="1" * 64)
    generating.set_models((mute, entry))
    assert generating.model is entry, "one that can is there first"
    assert generating.button().enabled
    generating.choose_model("mute", mute.digest)
    bench.studio.new_picture(64, 64)
    button, own = generating.button(), generating.own
    assert not button.enabled and "makes no pictures" in button.reason and "Choose another" in button.reason
    for name in ("generate", "generate-new", "surprise"):
        assert not ACTIONS[name].enabled(bench.studio)
        ACTIONS[name].run(bench.studio)
    assert not generating.running and not bench.engine.requests and generating.own == own
    generating.choose_model(entry.card.name, entry.digest)
    assert generating.button().enabled


def test_a_model_file_goes_to_the_engine_not_to_the_pictures(bench: Bench) -> None:
    bench.studio.open("/tmp/梅.safetensors")
    (request,) = bench.engine.requests
    assert isinstance(request, ImportModel) and request.path.endswith("梅.safetensors")
    assert [line.label for line in bench.studio.jobs.lines] == ["Importing {file}"]
    bench.engine.answer()
    assert not bench.studio.jobs.lines and "梅.safetensors" in bench.sentences("done")[0]
    bench.studio.open("/tmp/赠.danqing-model")
    assert isinstance(bench.engine.requests[-1], ImportModel)
    bench.engine.answer()
    bench.studio.open("/tmp/old.ckpt")
    bench.engine.fail("model_unsafe", message="This file is a Python pickle.", file="/tmp/old.ckpt")
    assert bench.sentences("error") == ["old.ckpt was not imported: This file is a Python pickle."]


def test_a_model_is_exported_with_the_names_of_its_found_directions(bench: Bench) -> None:
    entry = bench.studio.generating.model
    assert entry is not None
    named = NamedDirection(name="pca-2", title="Wind", title_zh="风", named=True)
    plain = NamedDirection(name="pca-3", title="Direction 2", title_zh="方向 2")
    bench.studio.keep_soon(directions={entry.card.name: (named, plain)})
    export_model(bench.studio, entry, "/tmp/gift")
    request = bench.engine.requests[-1]
    assert isinstance(request, ExportModel) and request.path == "/tmp/gift.danqing-model"
    assert [one.title for one in request.named] == ["Wind"]
    bench.engine.answer()
    assert not bench.studio.jobs.lines and "gift.danqing-model" in bench.sentences("done")[0]
    given = replace(entry, card=replace(entry.card, name="given", named=request.named))
    shown = bench.studio.generating.directions.shown(given)
    assert shown.card.sliders[-1].title == "Wind", "whoever gets it sees them too"


# sliders


@pytest.fixture
def explored(pressed: Bench) -> Bench:
    """A generated layer that is selected."""
    pressed.engine.answer()
    pressed.settle()
    pressed.engine.requests.clear()
    return pressed


def test_only_the_newest_value_is_worked_on(explored: Bench) -> None:
    for value in (0.5, 1.0, 1.5):
        explored.studio.exploring.set_slider("mist", value)
    assert len(explored.engine.running) == 1
    explored.engine.answer()
    assert chosen(explored).sliders == {"mist": 1.5}
    assert explored.labels()[-1] == "Generate", "not a step before the release"


def test_a_release_is_one_step_and_refines_without_another(explored: Bench) -> None:
    before = chosen(explored)
    explored.studio.exploring.set_slider("mist", 2.0)
    explored.engine.answer()
    explored.studio.exploring.release()
    assert explored.labels()[-2:] == ["Generate", "Slider"]
    quick = chosen(explored)
    explored.engine.answer()
    fine = chosen(explored)
    assert explored.labels()[-2:] == ["Generate", "Slider"]
    assert fine.surface is not quick.surface
    requests = [one for one in explored.engine.requests if isinstance(one, Generate)]
    assert [one.quick for one in requests] == [True, False]
    explored.studio.undo()
    assert chosen(explored) is before


def test_a_release_before_the_picture_is_there_waits_for_it(explored: Bench) -> None:
    explored.studio.exploring.set_slider("mist", -1.0)
    explored.studio.exploring.release()
    assert explored.labels()[-1] == "Generate"
    explored.engine.answer()
    assert explored.labels()[-1] == "Slider"
    assert chosen(explored).sliders == {"mist": -1.0}


def test_a_small_picture_under_the_hand_keeps_the_mask_sharp(explored: Bench) -> None:
    layer = generated(explored)
    document = explored.picture.document
    explored.studio.masking.add()
    assert layer.variant is not None
    size = (layer.variant.width, layer.variant.height)
    explored.studio.exploring.set_slider("night", 1.0)
    explored.engine.answer()
    shown = document.artwork.find(layer.id)
    kept = document.committed.find(layer.id)
    assert isinstance(shown, Generated) and shown.variant is not None and kept is not None
    assert (shown.variant.width, shown.variant.height) == size
    assert shown.transform == kept.transform


def test_an_engine_that_dies_under_a_slider_is_asked_again(explored: Bench) -> None:
    explored.studio.exploring.set_slider("mist", 1.0)
    explored.engine.fail("engine_lost")
    assert not explored.sentences("error")
    explored.engine.answer()
    assert chosen(explored).sliders == {"mist": 1.0}


def test_an_engine_that_keeps_dying_is_told_once_and_the_last_picture_stays(explored: Bench) -> None:
    explored.studio.exploring.set_slider("mist", 1.0)
    explored.engine.answer()
    explored.studio.exploring.set_slider("mist", 2.0)
    explored.engine.fail("engine_lost")
    explored.engine.fail("engine_lost")
    assert len(explored.sentences("error")) == 1
    assert explored.picture.document.preview_owner is None
    assert chosen(explored).sliders == {"mist": 1.0}
    assert explored.studio.exploring.values == {"mist": 1.0}


def test_a_stroke_settles_the_drag(explored: Bench) -> None:
    explored.studio.exploring.set_slider("mist", 1.0)
    explored.engine.answer()
    explored.stroke()
    assert explored.labels()[-2:] == ["Slider", "Paint"]
    boat = explored.active
    assert isinstance(boat, Paint) and boat.clipping


def test_a_value_whose_picture_comes_under_the_pen_is_shown_when_it_is_up(explored: Bench) -> None:
    explored.studio.exploring.set_slider("mist", 1.5)
    explored.studio.exploring.release()
    gesture = explored.studio.painting.begin(explored.picture, Pointer(20, 20))
    assert gesture is not None
    explored.engine.answer()
    assert chosen(explored).sliders == {}, "nothing moves under the pen"
    gesture.finish()
    assert chosen(explored).sliders == {"mist": 1.5}
    assert explored.labels()[-2:] == ["Paint", "Slider"]


def test_a_value_on_its_way_never_reaches_another_layer(explored: Bench) -> None:
    studio, first = explored.studio, generated(explored)
    studio.layers.duplicate()
    studio.layers.choose(first.id)
    copy = next(
        one
        for one in explored.picture.document.artwork.walk()
        if isinstance(one, Generated) and one.id != first.id
    )
    studio.exploring.set_slider("mist", 2.0)
    arrive = explored.engine.held()
    studio.layers.choose(copy.id)
    assert studio.exploring.values == {}, "the other layer's value"
    studio.exploring.set_slider("night", 1.0)
    arrive()
    shown = explored.picture.document.artwork.find(copy.id)
    assert isinstance(shown, Generated) and shown.variant is not None and shown.variant.sliders == {}
    explored.engine.answer()
    shown = explored.picture.document.artwork.find(copy.id)
    assert isinstance(shown, Generated) and shown.variant is not None
    assert shown.variant.sliders == {"night": 1.0}


def test_a_value_for_a_picture_that_was_left_is_a_step_there(explored: Bench) -> None:
    picture = explored.picture
    explored.studio.exploring.set_slider("mist", 1.0)
    explored.studio.new_picture(64, 64)
    explored.engine.answer()
    assert picture.document.preview_owner is None
    assert picture.document.history[-1].label == "Slider"


def test_variants_flip_drop_and_come_back(explored: Bench) -> None:
    generating = explored.studio.generating
    generating.flip(-1)
    assert generated(explored).chosen == 3
    generating.star(3)
    assert generated(explored).variants[3].star
    generating.drop(0)
    assert len(generated(explored).variants) == 3
    generating.restore(0)
    assert len(generated(explored).variants) == 4
    generating.hover(0)
    assert explored.picture.document.preview_owner == "hover"
    generating.hover(None)
    assert explored.picture.document.preview_owner is None


def test_a_layer_removed_meanwhile_takes_no_more_pictures(pressed: Bench) -> None:
    pressed.engine.answer(pictures=1)
    document = pressed.picture.document
    document.commit("Remove", edits.remove_layer(document.artwork, generated(pressed).id))
    pressed.engine.answer()
    assert not any(isinstance(layer, Generated) for layer in document.artwork.walk())
    assert not pressed.sentences("error")
