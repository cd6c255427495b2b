"""Sets made by rule: the same seed is the same picture, factors say what is seen, captions in two languages, classes for a folder."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import api, cli
from studio.document import edits
from studio.document.layer import Group, Paint
from studio.engine.datasets.listing import caption_of, list_pictures
from studio.engine.datasets.rules import RULES, digits, shapes
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from tests.engine.test_doctor import checked

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("rule", RULES)
def test_a_seed_is_a_picture(rule: str) -> None:
    draw = RULES[rule]
    first, again, other = draw(3, 32), draw(3, 32), draw(4, 32)
    assert first.pixels.shape == (32, 32, 3) and first.pixels.dtype == np.uint8
    np.testing.assert_array_equal(first.pixels, again.pixels)
    assert (first.caption, first.factors) == (again.caption, again.factors)
    assert not np.array_equal(first.pixels, other.pixels)
    larger = draw(3, 128)
    assert larger.factors == first.factors
    small = np.asarray(Image.fromarray(larger.pixels).resize((32, 32), Image.Resampling.BOX), float)
    assert np.abs(small - first.pixels).mean() < 12  # the same composition


@pytest.mark.parametrize("rule", RULES)
def test_many_pictures_differ_and_are_described(rule: str) -> None:
    drawn = [RULES[rule](seed, 24) for seed in range(150)]
    assert len({one.pixels.tobytes() for one in drawn}) == 150
    assert len({one.label for one in drawn}) >= 4
    for one in drawn:
        assert HAN.search(one.caption_zh) and not HAN.search(one.caption)
        assert one.pixels.std() > 1 and all(value == value for value in one.factors.values())


def test_factors_of_shapes_are_what_is_seen() -> None:
    for seed in range(60):
        drawn = shapes.draw(seed, 96)
        x, y, size = (float(drawn.factors[name]) for name in ("x", "y", "size"))
        apart = np.abs(drawn.pixels.astype(int) - drawn.pixels[0, 0].astype(int)).max(axis=2) > 60
        if apart[0].any() or apart[:, 0].any():
            continue
        rows, columns = np.nonzero(apart)
        assert abs(columns.min() + columns.max() + 1 - 2 * x * 96) < 2 * size * 96 * 0.36
        assert np.hypot(columns + 0.5 - x * 96, rows + 0.5 - y * 96).max() < size * 96 + 2
        assert drawn.label in drawn.caption and str(drawn.factors["colour"]) in drawn.caption


def test_every_digit_in_both_faces() -> None:
    drawn = [digits.draw(seed, 28) for seed in range(400)]
    assert {(one.label, one.factors["face"]) for one in drawn} == {
        (str(digit), face) for digit in range(10) for face in ("hand", "print")
    }
    assert all(one.pixels[..., 0].max() > 150 and one.pixels[0, 0].max() < 60 for one in drawn)
    means = np.stack(
        [np.mean([one.pixels[..., 0] for one in drawn if one.label == str(d)], 0) for d in range(10)]
    )
    right = sum(
        int(np.abs(means - one.pixels[..., 0]).mean(axis=(1, 2)).argmin()) == int(one.label) for one in drawn
    )
    assert right > 0.5 * len(drawn)  # even the nearest mean picture tells most of them


def test_leaves_cover_the_ground_and_have_edges_at_every_scale() -> None:
    from studio.engine.datasets.rules import leaves

    grey = leaves.draw(5, 128).pixels.mean(axis=2)
    assert (leaves.draw(5, 128).pixels.sum(axis=2) > 0).all()
    power = np.abs(np.fft.fft2(grey - grey.mean())) ** 2
    steps = [np.log(power[2**k : 2 ** (k + 1), 0].mean()) for k in range(1, 6)]
    assert -4 < np.polyfit(np.arange(1, 6) * np.log(2), steps, 1)[0] < -1.0  # photographs: about −2


def test_the_command_writes_a_folder_to_train_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["data", "make", "digits", str(tmp_path / "a"), "--count", "40", "--size", "28", "--seed", "5"]
    assert cli.main(words) == 0, capsys.readouterr().err
    lines = [json.loads(line) for line in (tmp_path / "a" / "pictures.jsonl").read_text("utf-8").splitlines()]
    assert [line["seed"] for line in lines] == list(range(5, 45))
    report = checked(tmp_path / "a", side=28)
    assert len(report.pictures) == 40 and len(report.classes) >= 8
    by_file = {one.file: one for one in report.pictures}
    assert all(by_file[line["file"]].caption == line["caption"] for line in lines)
    assert all(by_file[line["file"]].label == str(line["factors"]["digit"]) for line in lines)
    assert cli.main(["--lang", "en", "data", "make", "flowers", str(tmp_path / "b")]) == 2
    assert "shanshui, digits, shapes, textures, leaves, scenes" in capsys.readouterr().err


def test_any_maker_makes_a_set_with_what_is_varied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["data", "make", "fbm", "--count", "4", "--size", "32", "--seed", "3", "--vary", "gain"]
    for name in ("a", "b"):
        assert cli.main([*words, str(tmp_path / name)]) == 0, capsys.readouterr().err
    lines = [json.loads(line) for line in (tmp_path / "a" / "pictures.jsonl").read_text("utf-8").splitlines()]
    assert [line["seed"] for line in lines] == [3, 4, 5, 6] and len(
        {line["factors"]["gain"] for line in lines}
    ) == 4
    assert HAN.search(lines[0]["caption_zh"]) and not HAN.search(lines[0]["caption"])
    for line in lines:
        one, other = ((tmp_path / name / line["file"]).read_bytes() for name in ("a", "b"))
        assert one == other
    assert cli.main(["--lang", "en", *words, "--vary", "nothing", str(tmp_path / "c")]) == 2
    assert "cannot be varied" in capsys.readouterr().err
    assert cli.main(["--lang", "en", "data", "make", "digits", str(tmp_path / "d"), "-p", "angle=3"]) == 2
    assert "draws all by itself" in capsys.readouterr().err


def test_layers_become_masks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    below, above = np.zeros((2, 40, 60, 4), np.float32)
    below[:, :30] = (0.2, 0.3, 0.4, 1.0)
    above[10:20, 20:50] = (0.5, 0.1, 0.1, 1.0)
    artwork = api.new(60, 40)
    for name, pixels in (("山/水", below), ("seal", above)):
        artwork = edits.add_layer(artwork, Paint(name=name, surface=Surface.from_pixels(pixels)))
    artwork = edits.add_layer(artwork, Paint(name="empty", surface=Surface()))
    api.save(artwork, tmp_path / "scroll.danqing")
    out = tmp_path / "set"
    assert cli.main(["data", "layers", str(tmp_path / "scroll.danqing"), str(out)]) == 0, (
        capsys.readouterr().err
    )
    (line,) = [json.loads(text) for text in (out / "pictures.jsonl").read_text("utf-8").splitlines()]
    named = {layer["label"]: layer for layer in line["layers"] if layer["label"] in ("山/水", "seal")}
    assert named["seal"]["box"] == [20, 10, 30, 10] and named["seal"]["pixels"] == 300
    mask = np.asarray(Image.open(out / named["山/水"]["file"]))[..., 0]
    assert (mask[:, :30] == 255).all() and not mask[:, 30:].any()
    labels = np.asarray(Image.open(out / line["labels"]))[..., 0]
    assert (labels[10:20, 20:50] == named["seal"]["number"]).all()
    assert labels[0, 0] == named["山/水"]["number"] and "empty" not in {
        layer["label"] for layer in line["layers"]
    }
    assert np.asarray(Image.open(out / line["file"])).shape[:2] == (40, 60)
    assert caption_of(out / line["file"]) == line["caption"]
    assert [one.file for one in list_pictures(out)] == [line["file"]], "masks are no pictures to train on"


def test_a_mask_is_what_is_seen_of_its_layer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under the mask of its group, cut by what it is clipped to; not where it, its group or its base is hidden."""

    def square(name: str, left: int, right: int, **more: object) -> Paint:
        pixels = np.zeros((20, 40, 4), np.float32)
        pixels[:, left:right] = (0.5, 0.5, 0.5, 1.0)
        return Paint(name=name, surface=Surface.from_pixels(pixels), **more)  # type: ignore[arg-type]

    half = np.zeros((20, 40), np.float32)
    half[:10] = 1
    group = Group(name="g", children=(square("under", 0, 20),), mask=Mask.from_pixels(half))
    hidden = Group(name="h", children=(square("unseen", 0, 40),), visible=False)
    layers = (
        group, hidden, square("base", 10, 30, opacity=0.2), square("clipped", 20, 40, clipping=True),
        square("gone", 0, 40, visible=False), square("with it", 0, 40, clipping=True),
    )  # fmt: skip
    artwork = api.new(40, 20).with_(layers=layers, active=layers[0].id)
    found, labels = api.layer_masks(artwork)
    assert {one.name: one.box for one in found} == {
        "under": (0, 0, 20, 10), "base": (10, 0, 20, 20), "clipped": (20, 0, 10, 20)
    }  # fmt: skip
    assert labels[0, 5, 0] == 1 and labels[15, 5, 0] == 0 and labels[0, 25, 0] == 3 and labels[0, 35, 0] == 0
    api.save(artwork, tmp_path / "画.danqing")
    api.save(artwork.with_(layers=(square("none", 0, 0),)), tmp_path / "empty.danqing")
    (tmp_path / "broken.ora").write_bytes(b"PK nothing")
    names = [str(tmp_path / name) for name in ("empty.danqing", "broken.ora", "画.danqing", "set")]
    assert cli.main(["--lang", "en", "data", "layers", *names]) == 1
    said = capsys.readouterr().err
    assert "empty.danqing" in said and "broken.ora" in said
    assert [one.file for one in list_pictures(tmp_path / "set")] == ["pictures/00002-画.png"], (
        "the good one is made"
    )
