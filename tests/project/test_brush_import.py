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
from studio.project.brushes.reading import read_brushes
from studio.project.errors import DecodeError
from studio.raster.brush import INK, Brush
from studio.raster.dynamics import Dynamic
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
    assert [int(tip.pixels()[0, 0]) for tip in brush.tips] == [0, 1, 2]
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
    assert brush.size == pytest.approx(2 * math.exp(1.6))
    assert brush.hardness == 0.9
    assert brush.spacing == pytest.approx(1 / 8 / 3), "a flat dab is laid by its narrow side"
    assert brush.roundness == pytest.approx(1 / 3)
    assert (brush.scatter, brush.airbrush, brush.smudge) == (0.5, 20.0, 0.6)
    (opacity,) = driven(brush, "opacity")
    assert opacity.value(0.0) == pytest.approx(0.0)
    assert opacity.value(1.0) == pytest.approx(1.0)
    (tilted,) = driven(brush, "size")
    assert tilted.sensor == "tilt"  # 90° there is upright, 0° flat; flat is exp(0), upright exp(−0.5)
    assert tilted.value(1.0) / tilted.value(0.0) == pytest.approx(math.exp(1 / 3), rel=0.1)
    (turned,), (hue,) = driven(brush, "angle"), driven(brush, "hue")
    assert turned.sensor == "direction"
    assert (hue.sensor, hue.low, hue.high) == ("random", -0.05, 0.05)


def test_mypaints_added_inputs_give_the_same_sums():
    brush = one(made.MYB_TEXT.encode(), "charcoal.myb")
    (opacity,) = driven(brush, "opacity")
    for pressure, sum_ in ((0.0, 0.0), (0.5, 0.6), (1.0, 1.0)):
        assert brush.opacity * opacity.value(pressure) == pytest.approx(sum_, abs=0.01)
    speed = next(dynamic for dynamic in driven(brush, "size") if dynamic.sensor == "speed")
    fast = 1000 / (1000 + 1000)  # MyPaint's speed1 is 4.0 at about 1000 px/s
    assert float(speed.value(fast)) == pytest.approx(math.exp(-1.0), abs=0.02)


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
    assert one((text + "smudge 1.0\nsmudge_length 0.5\n").encode(), "s.myb").mode == "smudge"


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
