"""Foreign brushes as ours, and Danqing's own brush file."""

from __future__ import annotations

import contextlib
import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.project.brushes.preset import Preset, identified, write_presets
from studio.project.brushes.reading import read_brushes, read_with_gaps
from studio.project.errors import DecodeError
from studio.raster.brush import INK, Brush, TipRank
from studio.raster.dynamics import Dynamic
from studio.raster.geometry import Rect
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.tip import Tip
from tests.project import brush_files as made

TIP = (np.arange(7 * 9, dtype=np.uint8).reshape(7, 9) * 4).copy()


def one(data: bytes, name: str) -> Brush:
    (preset,) = read_brushes(data, name)
    return preset.brush


def driven(brush: Brush, parameter: str) -> list[Dynamic]:
    return [dynamic for dynamic in brush.dynamics if dynamic.parameter == parameter]


def test_a_tip_of_gimp_keeps_pixels_size_and_spacing():
    brush = one(made.gbr(TIP, spacing=50), "spot.gbr")
    assert np.array_equal(brush.tips[0].pixels(), TIP)
    assert (brush.tip, brush.size, brush.spacing) == ("image", 9.0, 0.5)


def test_a_pipe_of_gimp_is_one_brush_with_an_order():
    tips = [TIP + i for i in range(6)]
    brush = one(made.gih(tips, "dim:2 rank0:2 sel0:random rank1:3 sel1:angular step:40"), "leaves.gih")
    assert brush.tip_order == "direction"
    assert [int(tip.pixels()[0, 0]) for tip in brush.tips] == [0, 1, 2, 3, 4, 5]
    assert brush.tip_ranks == (TipRank(2, "random"), TipRank(3, "direction"))
    assert brush.spacing == pytest.approx(0.2), "of the first tip, not the step of the pipe"


@pytest.mark.parametrize(
    ("word", "order"), [("incremental", "in-turn"), ("pressure", "pressure"), ("velocity", "speed")]
)
def test_orders_of_a_pipe(word: str, order: str):
    assert one(made.gih([TIP, TIP], f"dim:1 rank0:2 sel0:{word}"), "a.gih").tip_order == order


def test_photoshops_dynamics():
    preset = made.preset(
        useTipDynamics=True, minimumDiameter=("#Prc", 20.0), szVr=made.dynamics(2, jitter=30.0),
        angleDynamics=made.dynamics(6, jitter=10.0), roundnessDynamics=made.dynamics(0),
        useScatter=True, scatterDynamics=made.dynamics(0, jitter=150.0), **{"Cnt ": 3},
        usePaintDynamics=True, opVr=made.dynamics(1, fade=10), prVr=made.dynamics(2, minimum=5.0),
        useColorDynamics=True, **{"H   ": ("#Prc", 12.0)}, **{"Rpt ": True}, Wtdg=True,
    )  # fmt: skip
    brush = one(made.abr_new({made.UUID: TIP}, [preset]), "leaf.abr")
    (size,), (angle,), (opacity,), (flow,) = (
        driven(brush, one) for one in ("size", "angle", "opacity", "flow")
    )
    assert (size.sensor, size.low) == ("pressure", 0.2)
    assert angle.sensor == "direction"
    assert (opacity.sensor, opacity.length) == ("fade", pytest.approx(10 * 0.35 * 64))
    assert (flow.sensor, flow.low) == ("pressure", 0.05)
    assert (brush.jitter_size, brush.jitter_angle, brush.jitter_hue) == (0.3, 0.1, 0.12)
    assert (brush.scatter, brush.count, brush.wet_edges > 0, brush.airbrush > 0) == (1.5, 3, True, True)
    assert (brush.size, brush.roundness, brush.angle) == (64.0, 0.8, -30.0)


@pytest.mark.parametrize(("mode", "rle"), [(1, False), (3, True)])
def test_photoshops_patterns_are_textures(mode: int, rle: bool):
    grey = (np.arange(12 * 16, dtype=np.uint8).reshape(12, 16)).copy()
    preset = made.preset(
        useTexture=True, Txtr={"class": "Ptrn", "Nm  ": "Canvas", "Idnt": "canvas-key"}, textureDepth=("#Prc", 70.0),
        textureScale=("#Prc", 50.0), InvT=True,
    )  # fmt: skip
    data = made.abr_new({made.UUID: TIP}, [preset], patterns=made.pattern(grey, mode=mode, rle=rle))
    brush = one(data, "a.abr")
    assert (brush.texture, brush.texture_strength, brush.texture_scale) == ("image", 0.7, 0.5)
    assert brush.texture_image is not None
    assert np.array_equal(brush.texture_image.pixels(), 255 - grey)


def test_a_broken_pattern_costs_only_itself():
    grey = np.full((4, 4), 9, np.uint8)
    preset = made.preset(useTexture=True, Txtr={"class": "Ptrn", "Idnt": "canvas-key"})
    broken = made.pattern(grey)[:40] + b"\xff" * 60
    assert one(made.abr_new({made.UUID: TIP}, [preset], patterns=broken), "a.abr").texture == "paper"


def test_photoshops_jitters_that_ours_has_no_field_for_are_driven_at_random():
    preset = made.preset(
        useTipDynamics=True, roundnessDynamics=made.dynamics(0, jitter=40.0), useScatter=True, countDynamics=made.dynamics(0, jitter=50.0),
        usePaintDynamics=True, opVr=made.dynamics(0, jitter=70.0), useTexture=True, textureDepthDynamics=made.dynamics(2, jitter=20.0),
        **{"Cnt ": 4},
    )  # fmt: skip
    brush = one(made.abr_new({made.UUID: TIP}, [preset]), "leaf.abr")
    lows = {(one.parameter, one.sensor): round(one.low, 6) for one in brush.dynamics}
    assert lows == {
        ("roundness", "random"): 0.6, ("count", "random"): 0.5, ("opacity", "random"): 0.3, ("texture", "random"): 0.8,
        ("texture", "pressure"): 0.0,
    }  # fmt: skip


def test_what_is_left_out_is_named():
    dual = made.preset(
        dualBrush={"class": "dualBrush", "useDualBrush": True}, Nose=True, useColorDynamics=True,
        clVr=made.dynamics(0, jitter=20.0), useTipDynamics=True, flipX=True,
    )  # fmt: skip
    presets, gaps = read_with_gaps(made.abr_new({made.UUID: TIP}, [dual, made.preset()]), "a.abr")
    assert len(presets) == 2
    assert gaps == ("dual brush", "noise", "background colour")
    off = made.preset(dualBrush={"class": "dualBrush", "useDualBrush": False}, flipX=True)
    assert read_with_gaps(made.abr_new({made.UUID: TIP}, [off]), "a.abr")[1] == ()
    text = "version 2\nopaque 1\nradius_logarithmic 2 | custom (-2 -1), (2 1)\ntracking_noise 1.5\noffset_angle 0 | stroke (0 0), (1 4)\n"
    assert read_with_gaps(text.encode(), "a.myb")[1] == ("tremble of the hand", "offsets")
    assert read_with_gaps(made.MYB_JSON, "a.myb")[1] == ()
    pipe = made.gih([TIP + i for i in range(6)], "ncells:6 dim:2 rank0:2 sel0:angular rank1:3 sel1:random")
    assert read_with_gaps(pipe, "a.gih")[1] == ()
    assert read_with_gaps(write_presets(PRESETS), "a.dqbrush") == (PRESETS, ())


def test_switched_off_dynamics_of_photoshop_are_off():
    brush = one(
        made.abr_new({made.UUID: TIP}, [made.preset(szVr=made.dynamics(2), useTipDynamics=False)]), "a.abr"
    )
    assert brush.dynamics == ()


def test_a_foreign_file_of_several_is_a_folder():
    presets = read_brushes(made.abr_old(2, [TIP, TIP + 1]), "Herbst.abr")
    assert [preset.title for preset in presets] == ["Herbst 1", "叶子", "叶子"]
    assert {preset.folder for preset in presets} == {"Herbst"}
    assert len({preset.id for preset in presets}) == 3
    assert presets == read_brushes(made.abr_old(2, [TIP, TIP + 1]), "Herbst.abr")


def test_what_comes_alone_lies_with_its_like():
    presets = (*read_brushes(made.gbr(TIP), "a.gbr"), *read_brushes(made.MYB_JSON, "b.myb"))
    assert {preset.folder for preset in presets} == {"Imported"}
    assert [preset.title for preset in presets] == ["Spot", "b"]


def test_mypaints_size_hardness_spacing_and_pressure():
    brush = one(made.MYB_JSON, "2B.myb")
    # 90° of tilt there is upright, 0° flat; what a pen can do ends at 30°: exp(−0.5 · 30 / 90)
    assert brush.size == pytest.approx(2 * math.exp(1.6 - 0.5 / 3), rel=1e-3)
    assert brush.hardness == pytest.approx(0.9, abs=0.02)
    assert brush.spacing == pytest.approx(1 / 8 / 3), "a flat dab is laid by its narrow side"
    assert brush.roundness == pytest.approx(1 / 3)
    assert (brush.airbrush, brush.mode) == (20.0, "paint")
    assert brush.scatter == pytest.approx(0.5 / math.exp(-0.5 / 3), rel=1e-3), "of the base radius"
    (flow,) = driven(brush, "flow")
    assert flow.value(0.0) == pytest.approx(0.0)
    assert brush.flow * flow.value(1.0) == pytest.approx(1.0)
    (tilted,) = driven(brush, "size")
    assert tilted.sensor == "tilt"
    assert tilted.value(1.0) / tilted.value(0.0) == pytest.approx(math.exp(1 / 3), rel=0.1)
    (turned,), (hue,) = driven(brush, "angle"), driven(brush, "hue")
    assert turned.sensor == "direction"
    assert (hue.sensor, hue.low, hue.high) == ("random", -0.05, 0.05)


def test_mypaints_added_inputs_give_the_same_dabs():
    """A dab's opacity, taken apart for 2 · 2.2 dabs a pixel; the file does not speak of pressure, so it multiplies."""
    brush = one(made.MYB_TEXT.encode(), "charcoal.myb")
    (flow,) = driven(brush, "flow")
    overlapping = 1 + 0.9 * (2 * 2.2 - 1)
    for pressure, sum_ in ((0.0, 0.0), (0.5, 0.6), (0.75, 0.8)):
        dab = 1 - (1 - sum_ * pressure) ** (1 / overlapping)
        assert min(brush.flow * float(flow.value(pressure)), 1.0) == pytest.approx(dab, abs=0.015)
    speed = next(dynamic for dynamic in driven(brush, "size") if dynamic.sensor == "speed")
    slow, fast = 16.7 / 1016.7, 1000 / 2000  # MyPaint's speed1 is 0.0 at 16.7 px/s, 4.0 at about 1000 px/s
    assert float(speed.value(fast) / speed.value(slow)) == pytest.approx(math.exp(-1.0), abs=0.02)


LIBMYPAINT = {
    "soft, dabs on dabs": (
        979, "opaque 0.5 | pressure (0 -0.3), (1 0.2)\nradius_logarithmic 2.3\nhardness 0.2\ndabs_per_actual_radius 5\n",
    ),
    "pressure against speed": (
        2853, "opaque 1\nopaque_multiply 0 | pressure (0 0), (1 1) | speed1 (0 0), (2 0), (4 -1)\nradius_logarithmic 2\n"
        "hardness 0.8\nopaque_linearize 0\n",
    ),
    "dashes": (
        4289, "opaque 1 | stroke (0 0), (0.6 0), (1 -1)\nopaque_multiply 0 | pressure (0 0), (1 1)\nradius_logarithmic 1.5\n"
        "hardness 0.9\nstroke_duration_logarithmic 2.5\nopaque_linearize 0\n",
    ),
    "strewn by the base radius": (
        6026, "opaque 0.8\nradius_logarithmic 1.5 | pressure (0 0), (1 1.5)\nhardness 0.7\noffset_by_random 2\n"
        "dabs_per_actual_radius 1\n",
    ),
    "strewn in size": (
        1764, "opaque 0.8\nradius_logarithmic 1.5\nhardness 0.8\nradius_by_random 0.8\ndabs_per_actual_radius 1\n"
        "dabs_per_basic_radius 1\n",
    ),
    "wet on nothing": (
        793, "opaque 0.9\nradius_logarithmic 2.3\nhardness 0.8\nsmudge 0.9\nsmudge_length 0.5\ndabs_per_actual_radius 4\n",
    ),
    "spaced by both radii": (
        16116, "opaque 0.5\nradius_logarithmic 2 | pressure (0 0), (1 1.2)\nhardness 0.5\ndabs_per_actual_radius 1\n"
        "dabs_per_basic_radius 3\nopaque_linearize 0\n",
    ),
}  # fmt: skip
"""The sum of what libmypaint 1.5.1 covers with these brushes on the way below, in pixels."""


@pytest.mark.parametrize("name", LIBMYPAINT)
def test_a_brush_of_mypaint_covers_as_much_as_there(name: str):
    theirs, text = LIBMYPAINT[name]
    stroke = Stroke(
        one(f"version 2\n{text}".encode(), "a.myb"), (0.15, 0.1, 0.35), Surface(dtype=np.float32), seed=1
    )
    for i in range(101):
        pressure = 0.15 + 0.75 * max(math.sin(math.pi * i / 100), 0.0) ** 0.8
        stroke.add(80 + 6 * i, 128 + 40 * math.sin(i / 14), pressure, i * 0.012)
    stroke.finish()
    ours = float(stroke.surface().read(Rect(0, 0, 768, 256))[..., 3].sum())
    assert ours == pytest.approx(theirs, rel=0.35)


def test_an_input_that_only_takes_away_leaves_what_the_others_give():
    text = "version 2\nradius_logarithmic 2\nopaque 1\nopaque_multiply 0 | pressure (0 0), (1 1) | speed1 (0 0), (3 0), (4 -2)\n"
    brush = one(text.encode(), "a.myb")
    flows = {dynamic.sensor: dynamic for dynamic in driven(brush, "flow")}
    assert brush.flow * float(flows["pressure"].value(1.0)) * float(flows["speed"].value(0.1)) > 0.5


def test_mypaints_stroke_input_begins_again():
    text = "version 2\nopaque 1 | stroke (0 0), (1 -1)\nradius_logarithmic 2\nstroke_duration_logarithmic 2\n"
    (fade,) = [one_ for one_ in driven(one(text.encode(), "a.myb"), "flow") if one_.sensor == "fade"]
    assert fade.repeats
    assert fade.length == pytest.approx(math.exp(4.0), rel=1e-3)
    (fade,) = [
        one_
        for one_ in driven(one(f"{text}stroke_holdtime 10\n".encode(), "a.myb"), "flow")
        if one_.sensor == "fade"
    ]
    assert not fade.repeats


def test_curves_of_mypaint_have_few_points():
    for data in (made.MYB_TEXT.encode(), made.MYB_JSON):
        assert all(len(dynamic.curve) <= 12 for dynamic in one(data, "a.myb").dynamics)


def test_mypaints_carried_paint_lasts_as_long():
    """0.8 of it at each dab, 4 dabs to the radius: 1/e is left after 1 / (4 · −ln 0.8) radii."""
    from studio.raster.wet import carry_length

    brush = one(made.MYB_JSON, "2B.myb")
    assert carry_length(brush.wetness, 10.0) == pytest.approx(10.0 / (4 * -math.log(0.8)), rel=0.01)


def test_mypaints_pressure_strews_and_flattens():
    text = (
        "version 2\nopaque 1\nradius_logarithmic 2\noffset_by_random 0.0 | pressure (0 0), (1 1.5)\n"
        "elliptical_dab_ratio 4.0 | pressure (0 0), (1 -3)\n"
    )
    brush = one(text.encode(), "a.myb")
    (strewn,), (flat,) = driven(brush, "scatter"), driven(brush, "roundness")
    assert brush.scatter * float(strewn.value(0.5)) == pytest.approx(0.75, abs=0.02)
    assert brush.roundness * float(flat.value(0.0)) == pytest.approx(0.25)
    assert brush.roundness * float(flat.value(1.0)) == pytest.approx(1.0)


def test_an_eraser_and_a_smudger_of_mypaint():
    text = "version 2\nopaque 1.0\nradius_logarithmic 2.0\n"
    assert one((text + "eraser 1.0\n").encode(), "e.myb").mode == "erase"
    smudger = one((text + "smudge 1.0\nsmudge_length 0.5\n").encode(), "s.myb")
    assert (smudger.mode, smudger.smudge) == ("paint", 1.0), (
        "it lays the mean of what it picked up, nothing of its own"
    )


PRESETS = (
    Preset(id="a", title="Ink", title_zh="墨", folder="Ink", tags=("wet", "中"), brush=INK),
    Preset(id="b", title="Leaf", brush=Brush(tip="image", tips=(Tip.of(TIP),), texture="image", texture_image=Tip.of(TIP))),
)  # fmt: skip


def test_our_file_gives_the_same_presets_back():
    data = write_presets(PRESETS)
    assert read_brushes(data, "set.dqbrush") == PRESETS
    assert read_brushes(data, "renamed.abr") == PRESETS
    assert PRESETS[0].named("zh_CN") == "墨"
    assert PRESETS[1].named("zh_CN") == "Leaf"


def test_our_file_passes_over_what_a_later_version_added():
    data = write_presets(PRESETS[:1])
    plain = msgspec.msgpack.decode(data[8:])
    plain["presets"][0]["stars"] = 5
    plain["presets"][0]["brush"]["glitter"] = 0.5
    assert read_brushes(data[:8] + msgspec.msgpack.encode(plain), "a.dqbrush") == PRESETS[:1]


def test_an_id_follows_from_title_and_brush():
    assert identified("Ink", INK) == identified("Ink", INK) != identified("Ink 2", INK)


WRONG = {
    "empty": (b"", "empty"),
    "text": (b"hello there", "not_a_brush"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "not_a_brush"),
    "cut": (write_presets(PRESETS)[:-9], "damaged"),
    "only the name": (b"DQBRUSH", "truncated"),
    "a later version": (b"DQBRUSH\x09\x80", "brush_version"),
    "no presets": (b"DQBRUSH\x01" + msgspec.msgpack.encode({"presets": []}), "no_brushes"),
    "a list": (b"DQBRUSH\x01" + msgspec.msgpack.encode([1]), "damaged"),
    "a size beyond the range": (
        b"DQBRUSH\x01" + msgspec.msgpack.encode({"presets": [{"id": "a", "title": "b", "brush": {"size": 1e9}}]}), "damaged",
    ),
    "a tip that lies": (
        b"DQBRUSH\x01" + msgspec.msgpack.encode({"presets": [{"id": "a", "title": "b", "brush": {"tips": [
            {"width": 4000, "height": 4000, "channels": 1, "data": b"x\x9c\x03\x00\x00\x00\x00\x01"}]}}]}), "damaged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_gets_a_sentence_that_names_it(name: str):
    data, kind = WRONG[name]
    with pytest.raises(DecodeError) as caught:
        read_brushes(data, "/somewhere/花.dqbrush")
    assert caught.value.kind == kind
    assert "花.dqbrush" in str(caught.value)


@pytest.mark.parametrize("name", ["a.myb", "a.gbr", "a.gih", "a.abr"])
def test_a_named_kind_with_other_content_is_refused(name: str):
    with pytest.raises(DecodeError):
        read_brushes(b"\0\1\2\3 not at all", name)


WHOLE = [
    ("a.gbr", made.gbr(TIP)), ("a.gih", made.gih([TIP, TIP])), ("a.abr", made.abr_old(1, [TIP], True)),
    ("b.abr", made.abr_new({made.UUID: TIP}, [made.preset(useTipDynamics=True, szVr=made.dynamics(2, 20.0, 10.0))])),
    ("c.abr", made.abr_new({made.UUID: TIP}, [made.preset(useTexture=True, Txtr={"class": "Ptrn", "Idnt": "canvas-key"})],
                           patterns=made.pattern(TIP))),
    ("a.myb", made.MYB_TEXT.encode()), ("b.myb", made.MYB_JSON), ("a.dqbrush", write_presets(PRESETS)),
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.data())
def test_whatever_is_read_is_a_brush_that_can_paint(which: int, data: st.DataObject):
    name, whole = WHOLE[which]
    broken = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 3))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DecodeError):
        for preset in read_brushes(bytes(broken), name):
            assert read_brushes(write_presets((preset,)), "x.dqbrush") == (preset,)
