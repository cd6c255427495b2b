"""``danqing batch`` with more than filters: sizes, fusions with a picture, repairs, the format of the outputs; resumed, and refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import api, cli
from studio.project import batch_recipes, filter_recipes
from studio.project.batch_recipes import Resize

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def danqing(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``danqing WORDS``; gives exit code, output and error output."""

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, words), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two photographs of different sizes, one file that is none; beside the folder a paper to fuse in."""
    folder = tmp_path / "原图"
    folder.mkdir()
    random = np.random.default_rng(4)
    for name, size in (("wide.png", (40, 60, 3)), ("tall.png", (50, 20, 3))):
        Image.fromarray(random.integers(0, 256, size, dtype=np.uint8)).save(folder / name)
    (folder / "broken.png").write_bytes(b"no picture")
    Image.fromarray(random.integers(0, 256, (8, 8, 3), dtype=np.uint8)).save(tmp_path / "纸.png")
    return folder


def recipe_file(folder: Path, *parts: object) -> Path:
    path = folder / "recipe.json"
    path.write_text(json.dumps(parts), encoding="utf-8")
    return path


BLEND = {"do": "fuse", "method": "blend", "with": "纸.png", "parameters": {"mode": "multiply"}}


def test_a_recipe_filters_fuses_resizes_and_says_how_pictures_are_written(
    danqing: Run, place: Path, tmp_path: Path
):
    target = tmp_path / "out"
    recipe = recipe_file(
        tmp_path, {"name": "invert"}, BLEND, {"do": "resize", "longest": 30, "kernel": "area"},
        {"name": "gaussian-blur", "parameters": {"sigma": 1.0}}, {"do": "export", "format": "tif", "bits": 16},
    )  # fmt: skip
    code, out, error = danqing("batch", recipe, place, target)
    assert code == 1 and "broken.png" in error and error.count("\n") == 1
    assert out.splitlines()[-1].startswith("2 done, 0 there already, 1 failed")
    assert {path.name for path in target.iterdir()} == {"wide.tif", "tall.tif", "danqing-batch.json"}
    # the same as what the single commands give one after another
    artwork = api.open(place / "wide.png")
    paper = api.resize(api.open(tmp_path / "纸.png"), artwork.width, artwork.height)
    artwork = api.fuse("blend", [api.filter(artwork, "invert"), paper], mode="multiply")
    artwork = api.filter(api.resize(artwork, 30, 20, "area"), "gaussian-blur", sigma=1.0)
    api.export(artwork, tmp_path / "by hand.tif", bits=16)
    made = api.flatten(api.open(target / "wide.tif"))
    assert made.shape == (20, 30, 4)
    assert np.allclose(made, api.flatten(api.open(tmp_path / "by hand.tif")), atol=1e-3)
    assert api.open(target / "wide.tif").source_bits == 16


def test_what_is_done_stays_until_the_recipe_or_a_picture_of_it_changes(
    danqing: Run, place: Path, tmp_path: Path
):
    target = tmp_path / "out"
    (place / "broken.png").unlink()
    recipe = recipe_file(tmp_path, BLEND, {"do": "resize", "percent": 50})
    assert danqing("batch", recipe, place, target)[1].splitlines()[-1].startswith("2 done")
    assert danqing("batch", recipe, place, target)[1].splitlines()[-1].startswith("0 done, 2 there already")
    report = json.loads((target / "danqing-batch.json").read_bytes())
    assert [one.get("do") for one in report["steps"]] == ["fuse", "resize"]
    Image.new("RGB", (8, 8), (200, 180, 90)).save(tmp_path / "纸.png")
    assert danqing("batch", recipe, place, target)[1].splitlines()[-1].startswith("2 done")
    other = recipe_file(tmp_path, BLEND, {"do": "resize", "percent": 25})
    assert danqing("batch", other, place, target)[1].splitlines()[-1].startswith("2 done")


def test_the_command_line_goes_before_the_recipe(danqing: Run, place: Path, tmp_path: Path):
    (place / "broken.png").unlink()
    recipe = recipe_file(tmp_path, {"do": "export", "format": "jpg", "quality": 95})
    sizes = []
    for words in ((), ("--quality", 20)):
        target = tmp_path / f"out{len(words)}"
        assert danqing("batch", recipe, place, target, *words)[0] == 0
        sizes.append((target / "wide.jpg").stat().st_size)
    assert sizes[1] < 0.6 * sizes[0]
    assert danqing("batch", recipe, place, tmp_path / "png", "--format", "png")[0] == 0
    assert (tmp_path / "png" / "wide.png").exists()


def test_pictures_are_healed_and_made_anew_as_the_single_commands_do(
    danqing: Run, place: Path, tmp_path: Path
):
    (place / "broken.png").unlink()
    stamp = np.zeros((40, 60), np.uint8)
    stamp[10:18, 20:40] = 255
    Image.fromarray(stamp).save(tmp_path / "stamp.png")
    recipe = recipe_file(
        tmp_path, {"do": "heal", "mask": "stamp.png", "method": "telea", "parameters": {"radius": 4}},
        {"do": "rework", "way": "scale", "keep": "stamp.png", "parameters": {"width": 18}},
    )  # fmt: skip
    target = tmp_path / "out"
    code, out, error = danqing("batch", recipe, place, target)
    assert (code, error) == (0, ""), out
    artwork, mask = api.open(place / "wide.png"), api.whiteness(api.open(tmp_path / "stamp.png"))
    healed = api.heal(artwork, mask, "telea", radius=4)
    assert not np.array_equal(api.flatten(healed), api.flatten(artwork))
    wanted = api.rework(healed, "scale", keep=mask, width=18)
    api.export(wanted, tmp_path / "wanted.png")
    made = np.asarray(Image.open(target / "wide.png"))
    np.testing.assert_array_equal(made, np.asarray(Image.open(tmp_path / "wanted.png")))
    assert np.asarray(Image.open(target / "tall.png")).shape == (50, 18, 3), (
        "the mask fits itself to each picture"
    )
    report = json.loads((target / "danqing-batch.json").read_text(encoding="utf-8"))
    assert [one["do"] for one in report["steps"]] == ["heal", "rework"]
    assert "2 there already" in danqing("batch", recipe, place, target)[1]
    Image.fromarray(255 - stamp).save(tmp_path / "stamp.png")  # another mask: done anew
    assert "0 there already" in danqing("batch", recipe, place, target)[1]


def test_a_scaled_mask_leaves_what_is_far_from_it(danqing: Run, place: Path, tmp_path: Path):
    (place / "broken.png").unlink()
    (place / "tall.png").unlink()
    stamp = np.zeros((20, 30), np.uint8)
    stamp[8:12, 10:20] = 255
    Image.fromarray(stamp).save(tmp_path / "stamp.png")
    recipe = recipe_file(tmp_path, {"do": "heal", "mask": "stamp.png", "sample": "纸.png", "method": "patch"})
    assert danqing("batch", recipe, place, tmp_path / "out")[0] == 0
    before, after = (np.asarray(Image.open(one / "wide.png")) for one in (place, tmp_path / "out"))
    near = np.zeros((40, 60), bool)
    near[14:26, 18:42] = True
    np.testing.assert_array_equal(after[~near], before[~near])
    assert not np.array_equal(after[near], before[near])


def test_an_empty_mask_is_said_of_each_picture(danqing: Run, place: Path, tmp_path: Path):
    (place / "broken.png").unlink()
    Image.new("L", (9, 9)).save(tmp_path / "black.png")
    recipe = recipe_file(tmp_path, {"do": "heal", "mask": "black.png"})
    code, out, error = danqing("batch", recipe, place, tmp_path / "out")
    assert code == 1 and error.count("\n") == 2 and "0 done, 0 there already, 2 failed" in out


def test_what_cannot_be_done_to_one_picture_is_said_of_it(danqing: Run, place: Path, tmp_path: Path):
    (place / "broken.png").unlink()
    Image.new("RGB", (1, 400)).save(place / "tall.png")
    recipe = recipe_file(tmp_path, {"do": "resize", "width": 2000})
    code, out, error = danqing("batch", recipe, place, tmp_path / "out")
    assert code == 1 and "tall.png" in error and error.count("\n") == 1, "800 000 pixels high is too much"
    assert out.splitlines()[-1].startswith("1 done, 0 there already, 1 failed")


@pytest.mark.parametrize(("part", "word"), [
    ({"do": "paint"}, "paint"), ({"do": "resize"}, "only one"), ({"do": "resize", "longest": 9, "width": 3}, "only one"),
    ({"do": "resize", "longest": -1}, "longest"), ({"do": "resize", "longest": 9, "kernel": "no-kernel"}, "no-kernel"),
    ({**BLEND, "method": "unheard-of"}, "unheard-of"), ({**BLEND, "with": "gone.png"}, "gone.png"),
    ({"do": "fuse", "method": "blend"}, "with"), ({**BLEND, "parameters": {"opacity": 7}}, "opacity"),
    ({**BLEND, "method": "median", "parameters": {}, "mask": "纸.png"}, "mask"),
    ({"do": "heal"}, "mask"), ({"do": "heal", "mask": "gone.png"}, "gone.png"), ({"do": "heal", "mask": ""}, "picture"),
    ({"do": "heal", "mask": "纸.png", "method": "glue"}, "glue"),
    ({"do": "heal", "mask": "纸.png", "parameters": {"radius": -9}}, "radius"),
    ({"do": "heal", "mask": "纸.png", "sample": "gone.png"}, "gone.png"),
    ({"do": "rework", "way": "fold"}, "fold"), ({"do": "rework", "way": "quilt", "keep": "纸.png"}, "keep"),
    ({"do": "rework", "way": "scale", "remove": "gone.png"}, "gone.png"),
    ({"do": "rework", "way": "seamless", "parameters": {"band": 1}}, "band"),
    ({"do": "export", "format": "tga"}, "tga"), ({"do": "export", "quality": 0}, "quality"),
    ({"do": "export", "colour": "red"}, "colour"), (3, "object"),
])  # fmt: skip
def test_a_recipe_that_cannot_be_is_refused_before_anything_is_written(
    danqing: Run, place: Path, tmp_path: Path, part: object, word: str
):
    code, _, error = danqing("batch", recipe_file(tmp_path, part), place, tmp_path / "out")
    assert code == 1 and error.count("\n") == 1 and "recipe.json" in error and word in error
    assert not (tmp_path / "out").exists()


def test_nothing_comes_after_the_export(tmp_path: Path, danqing: Run, place: Path):
    recipe = recipe_file(tmp_path, {"do": "export"}, {"name": "invert"})
    assert "last" in danqing("batch", recipe, place, tmp_path / "out")[2]


@pytest.mark.parametrize(("resize", "size"), [
    (Resize(longest=100), (100, 50)), (Resize(longest=800, enlarge=False), (400, 200)), (Resize(percent=12.5), (50, 25)),
    (Resize(width=100), (100, 50)), (Resize(height=100), (200, 100)), (Resize(width=30, height=40), (30, 40)),
    (Resize(longest=1), (1, 1)),
])  # fmt: skip
def test_sizes(resize: Resize, size: tuple[int, int]):
    assert resize.size(400, 200) == size


def test_a_recipe_of_filters_alone_is_the_same_as_before(tmp_path: Path):
    path = recipe_file(tmp_path, {"name": "gaussian-blur", "parameters": {"sigma": 2}}, {"name": "invert"})
    found = batch_recipes.read(path)
    assert found.work == filter_recipes.read(path) and found.export is None
    assert batch_recipes.digest(found) == filter_recipes.digest(filter_recipes.read(path))
