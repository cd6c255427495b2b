"""The rarer parts of Photoshop's, GIMP's and MyPaint's brushes."""

from __future__ import annotations

import contextlib
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.project.brushes.mypaint import MyPaintBrush, Setting, read_myb
from studio.project.brushes.mypaint_custom import loses_custom, without_custom
from studio.project.brushes.mypaint_inputs import beyond
from studio.project.brushes.preset import identified
from studio.project.brushes.reading import read_brushes, read_with_gaps
from studio.project.errors import DecodeError
from studio.raster.brush import Brush, TipRank
from tests.project import brush_files as made
from tests.project.test_brush_import import TIP, driven, one


def photoshop(**preset) -> Brush:
    return one(made.abr_new({made.UUID: TIP}, [made.preset(**preset)]), "a.abr")


def gaps(**preset) -> tuple[str, ...]:
    return read_with_gaps(made.abr_new({made.UUID: TIP}, [made.preset(**preset)]), "a.abr")[1]


def test_a_tip_that_photoshop_mirrors_is_mirrored():
    preset = made.preset()
    preset["Brsh"] |= {"flipX": True, "flipY": False}
    assert np.array_equal(
        one(made.abr_new({made.UUID: TIP}, [preset]), "a.abr").tips[0].pixels(), TIP[:, ::-1]
    )
    preset["Brsh"] |= {"flipX": False, "flipY": True}
    assert np.array_equal(one(made.abr_new({made.UUID: TIP}, [preset]), "a.abr").tips[0].pixels(), TIP[::-1])


def test_dabs_that_photoshop_mirrors_at_random():
    brush = photoshop(useTipDynamics=True, flipX=True, flipY=True)
    assert (brush.flip_x, brush.flip_y) == (True, True)
    off = photoshop(useTipDynamics=False, flipX=True, flipY=True)
    assert (off.flip_x, off.flip_y) == (False, False)


@pytest.mark.parametrize(("both", "across"), [(False, True), (True, False)])
def test_scatter_on_both_axes_or_across(both: bool, across: bool):
    brush = photoshop(useScatter=True, scatterDynamics=made.dynamics(0, jitter=80.0), bothAxes=both)
    assert (brush.scatter, brush.scatter_across) == (0.8, across)


def test_purity_is_saturation_of_all_dabs():
    brush = photoshop(useColorDynamics=True, purity=("#Prc", -40.0))
    (dynamic,) = driven(brush, "saturation")
    assert {float(dynamic.value(at)) for at in (0.0, 0.3, 1.0)} == {-0.4}
    assert driven(photoshop(useColorDynamics=False, purity=("#Prc", -40.0)), "saturation") == []


def test_a_pose_settles_what_the_pen_would_say():
    pose = {
        "useTipDynamics": True, "szVr": made.dynamics(2), "minimumDiameter": ("#Prc", 20.0), "angleDynamics": made.dynamics(8),
        "roundnessDynamics": made.dynamics(3), "minimumRoundness": ("#Prc", 0.0), "useBrushPose": True,
        "overridePosePressure": True, "brushPosePressure": ("#Prc", 50.0), "overridePoseAngle": True, "brushPoseAngle": 90,
        "overridePoseTiltX": True, "overridePoseTiltY": True, "brushPoseTiltX": 24, "brushPoseTiltY": 18,
    }  # fmt: skip
    brush = photoshop(**pose)
    values = {
        dynamic.parameter: {float(dynamic.value(at)) for at in (0.0, 0.5, 1.0)} for dynamic in brush.dynamics
    }
    assert all(len(found) == 1 for found in values.values())
    (size,), (angle,), (roundness,) = values["size"], values["angle"], values["roundness"]
    assert (size, angle, roundness) == (
        pytest.approx(0.6, abs=3e-3), pytest.approx(0.25, abs=3e-3), pytest.approx(0.5, abs=3e-3),
    )  # fmt: skip
    free = photoshop(**pose | {"useBrushPose": False})
    assert all(float(dynamic.value(0.0)) != float(dynamic.value(1.0)) for dynamic in free.dynamics)


def test_a_textures_brightness_and_contrast_are_in_its_pixels():
    grey = np.arange(0, 256, 8, dtype=np.uint8).reshape(4, 8)

    def textured(**more) -> np.ndarray:
        preset = made.preset(useTexture=True, Txtr={"class": "Ptrn", "Idnt": "canvas-key"}, **more)
        brush = one(made.abr_new({made.UUID: TIP}, [preset], patterns=made.pattern(grey)), "a.abr")
        assert brush.texture_image is not None
        return brush.texture_image.pixels()

    assert np.array_equal(textured(), grey)
    assert np.array_equal(textured(textureBrightness=40), np.minimum(grey.astype(int) + 40, 255))
    assert np.array_equal(
        textured(textureBrightness=-40, InvT=True), np.maximum(255 - grey.astype(int) - 40, 0)
    )
    strong = textured(textureContrast=50)
    slope = math.tan(math.radians(45 * 1.5))
    assert np.array_equal(strong, np.clip(np.rint((grey - 127.5) * slope + 127.5), 0, 255))


@pytest.mark.parametrize(
    ("tool", "field", "value"),
    [
        ({"class": "PbTl", "Md  ": made.Choice("BlnM", "Mltp")}, "blend", "multiply"),
        ({"class": "PbTl", "Md  ": made.Choice("BlnM", "linearDodge")}, "blend", "add"),
        ({"class": "PbTl", "Md  ": made.Choice("BlnM", "Dslv")}, "blend", "normal"),
        ({"class": "ErTl"}, "mode", "erase"),
        ({"class": "SmTl", "Prs ": ("#Prc", 70.0)}, "smudge", 0.7),
        ({"class": "PcTl"}, "aliased", True),
    ],
)
def test_the_tool_that_a_preset_was_saved_with(tool: dict, field: str, value: object):
    assert getattr(photoshop(toolOptions=tool), field) == value


def test_what_photoshop_has_and_we_have_not_is_named():
    assert gaps(
        useTexture=True, textureBlendMode=made.Choice("BlnM", "CDdg"), useTipDynamics=True, szVr=made.dynamics(4),
        angleDynamics=made.dynamics(5), useColorDynamics=True, colorDynamicsPerTip=False, **{"H   ": ("#Prc", 20.0)},
    ) == ("another colour for each stroke", "blend mode of the texture", "stylus wheel", "initial direction")  # fmt: skip
    assert (
        gaps(useTexture=True, textureBlendMode=made.Choice("BlnM", "Sbtr"), useTipDynamics=True, flipX=True)
        == ()
    )
    assert (
        gaps(useTipDynamics=False, szVr=made.dynamics(4), useColorDynamics=True, purity=("#Prc", 9.0)) == ()
    )


def test_tips_of_a_constant_dimension_are_left_out():
    tips = [TIP + i for i in range(6)]
    brush = one(made.gih(tips, "ncells:6 dim:2 rank0:2 sel0:constant rank1:3 sel1:xtilt"), "a.gih")
    assert [int(tip.pixels()[0, 0]) for tip in brush.tips] == [0, 1, 2]
    assert brush.tip_ranks == (TipRank(3, "tilt-across"),)
    brush = one(made.gih(tips, "ncells:6 dim:2 rank0:3 sel0:angular rank1:2 sel1:constant"), "a.gih")
    assert [int(tip.pixels()[0, 0]) for tip in brush.tips] == [0, 2, 4]
    (alone,) = one(made.gih(tips, "ncells:6 dim:1 rank0:6 sel0:constant"), "a.gih").tips
    assert int(alone.pixels()[0, 0]) == 0


@pytest.mark.parametrize(
    ("words", "ranks"),
    [
        ("dim:1 rank0:6 sel0:random", ()),
        ("dim:1 rank0:6 sel0:incremental", ()),
        ("dim:1 rank0:6 sel0:angular", (TipRank(6, "direction"),)),
        ("dim:1 rank0:6 sel0:velocity", (TipRank(6, "speed"),)),
        (
            "dim:3 rank0:3 sel0:ytilt rank1:1 sel1:random rank2:2 sel2:pressure",
            (TipRank(3, "tilt-down"), TipRank(2, "pressure")),
        ),
        ("dim:2 rank0:4 sel0:angular rank1:4 sel1:random", (TipRank(6, "direction"),)),
        ("dim:2 rank0:-2 sel0:angular rank1:x sel1:random", (TipRank(6, "direction"),)),
    ],
)
def test_dimensions_of_a_pipe(words: str, ranks: tuple[TipRank, ...]):
    assert one(made.gih([TIP + i for i in range(6)], f"ncells:6 {words}"), "a.gih").tip_ranks == ranks


def myb(text: str) -> MyPaintBrush:
    return read_myb(f"version 2\nopaque 1\n{text}\n".encode())


def added(brush: MyPaintBrush, name: str, **inputs: float) -> float:
    """The setting's value, as MyPaint sums it."""
    setting = brush.settings[name]
    return setting.value + sum(beyond(points, inputs.get(key, 0.0)) for key, points in setting.inputs.items())


def theirs(brush: MyPaintBrush, name: str, **inputs: float) -> float:
    return added(brush, name, **inputs, custom=added(brush, "custom_input", **inputs))


@given(pressure=st.floats(0.0, 1.0), random=st.floats(0.0, 1.0))
def test_a_custom_input_through_a_straight_curve_is_all_its_parts(pressure: float, random: float):
    brush = myb(
        "radius_logarithmic 2 | custom (-2 -1), (2 1) | pressure (0 0), (1 0.5)\n"
        "custom_input 0.3 | pressure (0 0), (0.4 1), (1 -1) | random (0 -0.5), (1 0.5)"
    )
    ours = without_custom(brush)
    assert "custom" not in ours.inputs("radius_logarithmic")
    found = added(ours, "radius_logarithmic", pressure=pressure, random=random)
    assert found == pytest.approx(
        theirs(brush, "radius_logarithmic", pressure=pressure, random=random), abs=1e-6
    )
    assert not loses_custom(brush)


@given(pressure=st.floats(0.0, 1.0))
def test_a_custom_input_of_one_part_goes_through_any_curve(pressure: float):
    brush = myb(
        "hardness 0.5 | custom (-1 0), (0 0.4), (0.5 -0.3), (1 0)\ncustom_input -0.2 | pressure (0 -1), (0.7 1), (1 0)"
    )
    ours = without_custom(brush)
    assert added(ours, "hardness", pressure=pressure) == pytest.approx(
        theirs(brush, "hardness", pressure=pressure), abs=1e-6
    )
    assert not loses_custom(brush)


def test_a_custom_input_that_never_changes_is_part_of_the_value():
    ours = without_custom(myb("hardness 0.5 | custom (0 0), (1 0.4)\ncustom_input 0.5"))
    assert ours.settings["hardness"] == Setting(pytest.approx(0.7), {})


def test_a_custom_input_of_several_parts_in_a_bent_curve_or_late_is_said():
    bent = "hardness 0.5 | custom (0 0), (0.5 0.1), (1 1)\ncustom_input 0 | pressure (0 0), (1 1) | random (0 0), (1 0.3)"
    assert loses_custom(myb(bent))
    (main,) = without_custom(myb(bent)).inputs("hardness")
    assert main == "pressure"
    straight = "hardness 0.5 | custom (0 0), (1 1)\ncustom_input 0 | "
    assert not loses_custom(myb(straight + "pressure (0 0), (1 1)"))
    assert loses_custom(myb(straight + "attack_angle (-180 0), (180 1)"))
    assert loses_custom(myb(straight + "pressure (0 0), (1 1)\ncustom_input_slowness 3"))
    data = f"version 2\nopaque 1\nradius_logarithmic 2\n{bent}\n".encode()
    assert read_with_gaps(data, "a.myb")[1] == ("custom inputs",)


def test_offsets_of_mypaint_are_of_its_base_radius():
    """exp(2) px of radius; pressure makes the brush up to e times larger, so its size is 2 · exp(3)."""
    brush = one(
        b"version 2\nopaque 1\nradius_logarithmic 2 | pressure (0 0), (1 1)\noffset_x 1.5\n"
        b"offset_y -1 | random (0 -2), (1 2)\noffset_multiplier 0.5\n",
        "a.myb",
    )
    base, times = math.exp(2.0), math.exp(0.5)
    assert brush.size == pytest.approx(2 * math.exp(3.0), rel=1e-3)
    assert brush.offset_x * brush.size == pytest.approx(1.5 * times * base, rel=1e-3)
    assert brush.offset_y * brush.size == pytest.approx(-times * base, rel=1e-3)
    (strays,) = driven(brush, "offset_y")
    assert float(strays.value(1.0)) * brush.size == pytest.approx(2 * times * base, rel=1e-2)
    assert float(strays.value(0.0)) == pytest.approx(-float(strays.value(1.0)))
    assert read_with_gaps(b"version 2\nopaque 1\noffset_x 1.5\noffset_by_speed 1\n", "a.myb")[1] == (
        "offsets",
    )


def test_ids_of_presets_are_those_of_earlier_versions():
    assert identified("Ink", Brush()) == "6449f8758150aa38b5a7bb33"
    assert identified("Ink", Brush(flip_x=True)) != identified("Ink", Brush())


@given(st.binary(max_size=60), st.integers(0, 3000))
def test_damaged_files_give_a_sentence_or_brushes(noise: bytes, place: int):
    preset = made.preset(
        useTexture=True, textureBrightness=9, useBrushPose=True, overridePosePressure=True, useTipDynamics=True,
        szVr=made.dynamics(2), toolOptions={"class": "PbTl", "Md  ": made.Choice("BlnM", "Mltp")},
    )  # fmt: skip
    for data, name in (
        (made.abr_new({made.UUID: TIP}, [preset]), "a.abr"),
        (made.gih([TIP] * 6, "ncells:6 dim:2 rank0:2 sel0:xtilt rank1:3 sel1:ytilt"), "a.gih"),
        (
            b"version 2\nopaque 1\nhardness 0.5 | custom (0 0), (1 1)\ncustom_input 0 | pressure (0 0), (1 1)\n",
            "a.myb",
        ),
    ):
        at = place % len(data)
        with contextlib.suppress(DecodeError):
            assert read_brushes(data[:at] + noise + data[at + len(noise) :], name)
