"""Effects of several layers: what is alike, what a change means for each, and the edits that act on all of them."""

from __future__ import annotations

import pytest

from studio.document import effects
from studio.document.layer import Filter, Locks, Paint
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.workspace import shared_effects
from tests.document.pictures import stored as stored_filter
from tests.workspace.conftest import Bench

THIN, WIDE = effects.Stroke(width=2.0), effects.Stroke(width=9.0, opacity=0.5)
SHADOW = effects.DropShadow(size=3.0)


def stored(*values) -> tuple[Stored, ...]:
    return effects.ordered(tuple(effects.store(value) for value in values))


def strokes(layers: list[tuple[Stored, ...]]) -> list[effects.Stroke | None]:
    found = (
        [one for each in layer if isinstance(one := effects.parameters(each), effects.Stroke)]
        for layer in layers
    )
    return [one[0] if one else None for one in found]


def row(table: list[shared_effects.SharedEffect], kind: type) -> int:
    return next(number for number, one in enumerate(table) if isinstance(one.shown, kind))


def test_of_one_layer_each_kind_is_there_and_nothing_is_mixed() -> None:
    table = shared_effects.listed((stored(WIDE),))
    assert len(table) == len(effects.KINDS) and not any(one.mixed for one in table)
    assert [one.enabled for one in table].count(True) == 1
    assert shared_effects.wanted(table, (stored(WIDE),)) == [stored(WIDE)]


def test_a_change_is_made_in_all_layers_and_leaves_what_differs_otherwise() -> None:
    before = (stored(THIN), stored(WIDE), stored(SHADOW))
    table = shared_effects.listed(before)
    number = row(table, effects.Stroke)
    assert table[number].enabled is None and set(table[number].mixed) == {"width", "opacity"}
    assert table[row(table, effects.DropShadow)].mixed == ()
    table[number] = table[number].changed(effects.Stroke(width=5.0))
    after = shared_effects.wanted(table, before)
    assert strokes(after) == [
        effects.Stroke(width=5.0), effects.Stroke(width=5.0, opacity=0.5), effects.Stroke(width=5.0),
    ]  # fmt: skip
    assert table[number].enabled is True and table[number].mixed == ("opacity",)
    assert after[2][0] == stored(SHADOW)[0] and len(after[0]) == 1


def test_switching_acts_on_all_layers_and_what_was_never_on_is_not_kept() -> None:
    before = (stored(THIN), ())
    table = shared_effects.listed(before)
    number = row(table, effects.Stroke)
    assert strokes(
        shared_effects.wanted([*table[:number], table[number].switched(True), *table[number + 1 :]], before)
    ) == [THIN, THIN]
    off = table[number].switched(False)
    assert off.enabled is False and off.own[1] is None
    glow = row(table, effects.OuterGlow)
    table[glow] = table[glow].switched(True).switched(False)
    assert shared_effects.wanted(table, before) == list(before)


def test_several_of_a_kind_and_unknown_ones_stay_with_their_layers() -> None:
    strange = Stored(name="rain", version=1, parameters={})
    before = ((*stored(THIN, WIDE), strange), stored(WIDE))
    table = shared_effects.listed(before)
    assert shared_effects.wanted(table, before) == [before[0], before[1]]
    places = [number for number, one in enumerate(table) if isinstance(one.shown, effects.Stroke)]
    assert [table[place].own for place in places] == [(THIN, WIDE), (WIDE, None)]


@pytest.fixture
def ready(bench: Bench) -> Bench:
    """Two paint layers, one of them locked, and a filter layer; all selected with the free one active."""
    bench.studio.new_picture(64, 64)
    artwork = bench.picture.document.artwork
    free, other = (
        Paint(name="free", surface=Surface(), effects=stored(THIN)),
        Paint(name="other", surface=Surface()),
    )
    locked = Paint(name="locked", surface=Surface(), locks=Locks(all=True), effects=stored(WIDE))
    blur = Filter(name="blur", recipe=stored_filter("gaussian-blur", sigma=2.0))
    layers = (locked, other, free, blur)
    bench.picture.document.commit("Layers", artwork.with_(layers=layers, active=free.id))
    bench.studio.layers.choose_several(tuple(layer.id for layer in layers), free.id)
    return bench


def kept(bench: Bench) -> dict[str, tuple[Stored, ...]]:
    return {layer.name: layer.effects for layer in bench.picture.document.artwork.walk()}


def test_adding_pasting_and_deleting_act_on_all_layers_that_can_in_one_step(ready: Bench) -> None:
    steps = ready.labels()
    assert [layer.name for layer in ready.studio.effects.able()] == ["free", "other"]
    assert {layer.name for layer in ready.studio.effects.left_out()} == {"locked", "blur"}
    ready.studio.effects.add("drop-shadow")
    assert kept(ready)["free"] == stored(effects.DropShadow(), THIN)
    assert kept(ready)["other"] == stored(effects.DropShadow())
    ready.studio.effects.copy()
    ready.studio.effects.clear()
    assert not kept(ready)["free"] and not kept(ready)["other"] and kept(ready)["locked"] == stored(WIDE)
    ready.studio.effects.paste()
    assert kept(ready)["other"] == kept(ready)["free"] == stored(effects.DropShadow(), THIN)
    assert ready.labels() == [*steps, *["Layer effects"] * 3] and not ready.sentences("info")


def test_where_no_layer_can_the_reason_is_said(ready: Bench) -> None:
    artwork = ready.picture.document.artwork
    locked = next(layer for layer in artwork.walk() if layer.name == "locked")
    ready.studio.layers.choose(locked.id)
    steps = ready.labels()
    ready.studio.effects.add("stroke")
    ready.studio.effects.clear()
    ready.studio.effects.toggle(locked.id)
    assert ready.labels() == steps and ready.sentences("info")
    assert kept(ready)["locked"] == stored(WIDE)


def test_a_preview_of_several_layers_is_one_step_or_nothing(ready: Bench) -> None:
    document, before = ready.picture.document, ready.picture.document.committed
    ids = {layer.name: layer.id for layer in before.walk()}
    wanted = {ids["free"]: stored(WIDE), ids["other"]: stored(SHADOW)}
    ready.studio.effects.preview(wanted, (40.0, 20.0))
    assert kept(ready)["other"] == stored(SHADOW) and document.artwork.light_angle == 40
    ready.studio.effects.revert()
    assert document.artwork is before
    ready.studio.effects.preview(wanted)
    ready.studio.effects.release()
    assert document.committed.layers != before.layers
    ready.studio.undo()
    assert kept(ready)["free"] == stored(THIN)
