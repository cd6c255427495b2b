"""Variations made of others: what is asked for, what the layer keeps, and the hand between the corners."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from studio.document.layer import Generated, Origin, Variant
from studio.messages.requests import Generate, Part, Station
from studio.project import manifest
from studio.workspace.mixing import Mixing, mixed, numbers_of, place_of, shares_at, shifted
from studio.workspace.walk import state_of
from tests.workspace.conftest import Bench


@pytest.fixture
def mixing(bench: Bench) -> Mixing:
    """Beside a layer of four variations, seeds 5 to 8; the first is shown."""
    bench.studio.new_picture(64, 64)
    bench.studio.generating.set_values(seed=5, seed_locked=True)
    bench.studio.generating.generate()
    arrive(bench)
    return bench.studio.exploring.mixing


def arrive(bench: Bench) -> None:
    for _ in range(2):  # the fast picture, then the fine one
        bench.engine.answer()
        bench.settle()


def layer_of(bench: Bench) -> Generated:
    layer = bench.studio.generating.layer
    assert layer is not None
    return layer


def names(bench: Bench) -> list[str]:
    return [one.id for one in layer_of(bench).variants]


def shown(bench: Bench) -> Variant:
    variant = layer_of(bench).variant
    assert variant is not None
    return variant


def test_half_and_half_is_a_new_variation_in_one_step(bench: Bench, mixing: Mixing) -> None:
    before, others = bench.labels(), names(bench)
    mixing.mix((others[2], others[0]), (0.5, 0.5))
    arrive(bench)
    layer = layer_of(bench)
    assert bench.labels() == [*before, "Mix variations"]
    assert names(bench)[:4] == others and layer.chosen == 4
    assert shown(bench).parts == (Part(seed=7, weight=0.5), Part(seed=5, weight=0.5))
    assert numbers_of(layer, shown(bench)) == ((3, 0.5, ""), (1, 0.5, ""))
    fine = [one for one in bench.engine.requests if isinstance(one, Generate)][-1]
    assert not fine.quick and fine.parts == shown(bench).parts
    bench.picture.document.undo()
    assert names(bench) == others and layer_of(bench).chosen == 0
    bench.picture.document.redo()
    assert state_of(shown(bench)).origins[0].id == others[2]


def test_the_share_is_a_live_slider_of_the_mixture(bench: Bench, mixing: Mixing) -> None:
    a, b, *_ = names(bench)
    mixing.mix((a, b), (0.5, 0.5))
    arrive(bench)
    before = len(bench.labels())
    for share in (0.4, 0.2):
        mixing.move((1 - share, share))
        bench.engine.answer()
        assert [one.weight for one in mixing.corners] == [1 - share, share]
    bench.studio.exploring.release()
    arrive(bench)
    assert len(bench.labels()) == before + 1 and len(names(bench)) == 5
    assert [one.weight for one in shown(bench).parts] == [0.8, 0.2]


def test_sliders_are_mixed_and_what_was_moved_since_stays() -> None:
    origins = (
        Origin(id="a", weight=0.5, at=Station(seed=1, sliders={"mist": 2.0}, variety=0.5)),
        Origin(id="b", weight=0.5, at=Station(seed=2, sliders={"night": -1.0}, variety=0.9)),
    )
    half = mixed(origins)
    assert half.sliders == {"mist": 1.0, "night": -0.5} and half.variety == 0.7
    moved = msgspec.structs.replace(half, sliders={**half.sliders, "snow": 1.5, "mist": 1.2})
    ends = tuple(
        msgspec.structs.replace(one, weight=weight) for one, weight in zip(origins, (1.0, 0.0), strict=True)
    )
    assert mixed(ends).sliders == {"mist": 2.0, "night": 0.0} and mixed(ends).variety == 0.5
    assert shifted(moved, ends).sliders == {"mist": 2.2, "night": 0.0, "snow": 1.5}


def test_arithmetic_takes_one_away_and_stays_where_sliders_reach() -> None:
    origins = tuple(
        Origin(id=name, weight=weight, at=Station(seed=seed, sliders={"mist": amount}))
        for name, weight, seed, amount in (("a", 1, 1, 2.5), ("b", -1, 2, -2.0), ("c", 1, 2, 0.0))
    )
    made = mixed(origins)
    assert made.parts == (Part(seed=1, weight=1.0), Part(seed=2, weight=0.0)), "B and C are one picture"
    assert made.sliders == {"mist": 3.0}


def test_mixtures_of_mixtures_and_of_classes_come_down_to_seeds() -> None:
    between = Station(seed=4, label="梅", toward="竹", blend=0.25)
    double = Station(seed=1, parts=(Part(seed=1, weight=0.5), Part(seed=2, weight=0.5)))
    made = mixed((Origin(id="a", weight=0.5, at=between), Origin(id="b", weight=0.5, at=double)))
    assert made.parts == (
        Part(seed=4, weight=0.375, label="梅"), Part(seed=4, weight=0.125, label="竹"), Part(seed=1, weight=0.25),
        Part(seed=2, weight=0.25),
    )  # fmt: skip


def test_pins_are_the_corners_of_a_pad(bench: Bench, mixing: Mixing) -> None:
    others = names(bench)
    mixing.pin(others[0])
    assert not mixing.corners
    for name in (*others[1:], others[1]):
        mixing.pin(name)
    assert mixing.pins == tuple(others) and [one.weight for one in mixing.corners] == [0.25] * 4
    before = bench.labels()
    for x in (0.0, 0.5, 1.0):
        mixing.move(shares_at(x, 1.0, 4))
        bench.engine.answer()
    bench.studio.exploring.release()
    arrive(bench)
    assert bench.labels() == [*before, "Mix variations"], "the first drag makes a variation of its own"
    assert [(one.seed, one.weight) for one in shown(bench).parts] == [(5, 0.0), (6, 1.0), (7, 0.0), (8, 0.0)]
    mixing.move(shares_at(0, 0, 4))
    bench.studio.exploring.release()
    arrive(bench)
    assert len(names(bench)) == 5 and bench.labels()[-1] == "Mix variations", "a further one, too"
    mixing.unpin(others[3])
    assert mixing.pins == tuple(others[:3])
    mixing.unpin()
    assert len(mixing.corners) == 4, "without pins those that the shown picture is made of"


@pytest.mark.parametrize("corners", [2, 3, 4])
@pytest.mark.parametrize(("x", "y"), [(-1, 1), (1, 1), (-1, -1), (1, -1), (0, 0), (0.3, -0.7)])
def test_a_place_on_the_pad_and_its_shares_are_one(x: float, y: float, corners: int) -> None:
    shares = shares_at(x, y, corners)
    assert sum(shares) == pytest.approx(1) and min(shares) >= 0
    assert place_of(shares) == pytest.approx((x, y if corners > 2 else 0), abs=1e-6)


def test_what_is_too_much_or_of_another_moment_is_said(bench: Bench, mixing: Mixing) -> None:
    layer, document = layer_of(bench), bench.picture.document
    learning = msgspec.structs.replace(layer.variants[1], checkpoint="9" * 64)
    parts = tuple(Part(seed=seed, weight=1 / 16) for seed in range(100, 116))
    full = msgspec.structs.replace(layer.variants[2], parts=parts)
    document.commit("test", document.artwork.with_(
        layers=tuple(one.with_(variants=(layer.variants[0], learning, full)) if one.id == layer.id else one for one in document.artwork.layers)
    ))  # fmt: skip
    before = bench.labels()
    for other in (1, 2):
        mixing.mix((names(bench)[0], names(bench)[other]), (0.5, 0.5))
        arrive(bench)
    assert bench.labels() == before
    said = bench.sentences("warn")
    assert "learning" in said[0] and "17 together, 16 can be mixed" in said[1]


def test_another_seed_or_class_is_made_of_nothing_else(bench: Bench, mixing: Mixing) -> None:
    a, b, *_ = names(bench)
    mixing.mix((a, b), (0.5, 0.5))
    arrive(bench)
    bench.studio.exploring.set_slider("mist", 1.0)
    bench.engine.answer()
    bench.studio.exploring.release()
    arrive(bench)
    assert len(shown(bench).parts) == len(shown(bench).origins) == 2, "a slider moves the mixture"
    bench.studio.exploring.set_seed(99)
    arrive(bench)
    assert shown(bench).parts == shown(bench).origins == ()
    bench.studio.exploring.step_walk(-1)
    arrive(bench)
    assert [one.id for one in shown(bench).origins] == [a, b] and len(shown(bench).parts) == 2


def test_mixtures_come_back_with_the_file_and_others_are_written_as_before(
    bench: Bench, mixing: Mixing, tmp_path: Path
) -> None:
    class Sink:
        def __getattr__(self, name: str):
            return lambda *_: b""

    assert not {"parts", "origins"} & set(manifest.plain_of(shown(bench), Sink()))  # type: ignore[arg-type]
    a, b, *_ = names(bench)
    mixing.mix((a, b), (0.25, 0.75))
    arrive(bench)
    kept = shown(bench)
    path = tmp_path / "混.danqing"
    bench.studio.filing.save(bench.picture, str(path))
    bench.settle()
    bench.studio.close(bench.picture)
    bench.settle()
    bench.open(path)
    (layer,) = [one for one in bench.picture.document.artwork.walk() if isinstance(one, Generated)]
    assert layer.variant is not None
    assert (layer.variant.parts, layer.variant.origins) == (kept.parts, kept.origins)
    assert numbers_of(layer, layer.variant) == ((1, 0.25, ""), (2, 0.75, ""))
    bench.studio.layers.choose(layer.id)
    assert mixing.corners == kept.origins


def test_it_is_among_all_results_and_asked_for_again_as_it_is(bench: Bench, mixing: Mixing) -> None:
    a, b, *_ = names(bench)
    mixing.mix((a, b), (0.5, 0.5))
    arrive(bench)
    results = bench.studio.generating.all_results
    results.look()
    bench.settle()
    made = shown(bench)
    assert made.id in [one.id for one in results.here] and len(results.here) == 5
    results.place(made.id)
    bench.settle()
    placed = shown(bench)
    assert bench.labels()[-1] == "Place results" and placed.parts == made.parts
    assert Generated is type(bench.active) and bench.active.recipe.parameters["parts"][0]["seed"] == 5


# ── bands of layers ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_band_is_taken_with_its_sliders_and_its_variety(bench: Bench, mixing: Mixing) -> None:
    exploring = bench.studio.exploring
    bench.studio.generating.choose(1)
    exploring.set_sliders({"mist": 2.0, "night": -1.0})
    exploring.set_variety(0.9)
    bench.engine.answer()
    exploring.release()
    arrive(bench)
    bench.studio.generating.choose(0)
    exploring.set_slider("mist", 0.5)
    bench.engine.answer()
    exploring.release()
    arrive(bench)
    _, b, *_ = names(bench)
    mixing.take(b, "fine")
    arrive(bench)
    made = shown(bench)
    assert made.parts == (
        Part(seed=5, weight=1.0),
        Part(seed=6, weight=1.0, band="fine", sliders={"mist": 1.5, "night": -1.0}),
    )
    assert made.sliders == {"mist": 0.5} and made.varieties == {"fine": 0.9} and made.variety == 0.7
    assert numbers_of(layer_of(bench), made) == ((1, 1.0, ""), (2, 1.0, "fine"))
    assert mixing.corners == () and bench.labels()[-1] == "Take layers of a variation"
    mixing.take(made.id, "fine")
    assert len(names(bench)) == 5, "of itself there is nothing to take"


def test_a_mixture_keeps_the_bands_of_what_it_is_made_of() -> None:
    banded = Station(
        seed=1, variety=0.5, varieties={"coarse": 0.9},
        parts=(Part(seed=1, weight=1.0), Part(seed=2, weight=1.0, band="coarse", sliders={"mist": 1.0})),
    )  # fmt: skip
    made = mixed(
        (
            Origin(id="a", weight=0.5, at=banded),
            Origin(id="b", weight=0.5, at=Station(seed=4, variety=0.7)),
        )
    )
    assert made.parts == (
        Part(seed=1, weight=0.5), Part(seed=4, weight=0.5),
        Part(seed=2, weight=0.5, band="coarse", sliders={"mist": 1.0}), Part(seed=4, weight=0.5, band="coarse"),
    )  # fmt: skip
    assert made.variety == 0.6 and made.varieties == {"coarse": 0.8}
    over = mixed(
        (Origin(id="a", weight=1, at=banded), Origin(id="b", weight=1, at=Station(seed=4), band="coarse"))
    )
    assert [part.seed for part in over.parts] == [1, 4] and over.varieties == {"coarse": 0.7}


def test_variety_of_a_band_is_live_undone_walked_and_kept(bench: Bench, mixing: Mixing) -> None:
    exploring = bench.studio.exploring
    for value in (0.5, 0.2):
        exploring.set_band_variety("coarse", value)
        bench.engine.answer()
    exploring.release()
    arrive(bench)
    assert shown(bench).varieties == {"coarse": 0.2} and bench.labels()[-1] == "Variety by layers"
    last = [one for one in bench.engine.requests if isinstance(one, Generate)][-1]
    assert last.varieties == {"coarse": 0.2} and not last.quick
    bench.studio.generating.generate()
    arrive(bench)
    layer = layer_of(bench)
    assert [one.varieties for one in layer.variants[4:]] == [{"coarse": 0.2}] * 4, "the next ones, too"
    exploring.set_band_variety("coarse", None)
    bench.engine.answer()
    exploring.release()
    arrive(bench)
    assert shown(bench).varieties == {}
    bench.picture.document.undo()
    assert exploring.state.varieties == {"coarse": 0.2}
    assert [state.varieties for state in exploring.walk] == [{}, {"coarse": 0.2}]
