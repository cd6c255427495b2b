"""The command line: what it does, how it ends, what it says; in this process except where a start is the matter."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageSequence

from studio import api, cli
from studio.commands.root import build
from studio.commands.say import Words
from studio.commands.words import COMMANDS, opens_studio, without_language
from studio.document import edits
from studio.filters.catalogue import GROUPS
from studio.messages.models import ModelCard
from studio.project import batch_recipes, filter_batch
from studio.project.decode import decode
from tests.engine.conftest import narrow_vgg

__all__ = ["narrow_vgg"]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def danqing(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs ``danqing WORDS``; gives exit code, output and error output."""

    def run(*words: object, lang: str = "en") -> tuple[int, str, str]:
        code = cli.main([*map(str, words), "--lang", lang])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "照片 🏞.png"
    random = np.random.default_rng(1)
    Image.fromarray(random.integers(0, 256, (70, 90, 3), dtype=np.uint8)).save(path)
    return path


def read(path: Path) -> np.ndarray:
    return decode(path.read_bytes(), str(path)).pixels


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


# --- how it starts


@pytest.mark.parametrize("words", [[], ["picture.png"]], ids=["nothing", "a file"])
def test_what_opens_the_studio_imports_neither_typer_nor_rich_nor_torch(words: list[str], photo: Path):
    code = (
        "import sys, types\n"
        "fake = types.ModuleType('studio.app'); fake.main = lambda files: print(files) or 7\n"
        "import studio; sys.modules['studio.app'] = fake; studio.app = fake\n"
        "from studio import cli\n"
        f"code = cli.main({[str(photo)] if words else []!r})\n"
        "print(code, sorted({'typer', 'rich', 'torch', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    opened, ended = done.stdout.splitlines()
    assert opened == repr([str(photo)] if words else [])
    assert ended == "7 []"


def test_the_start_leaves_out_what_libraries_load_for_themselves():
    """Mail for psygnal's own version, PySide's long expressions; both are whole when somebody asks for them."""
    script = (
        "import sys; from studio import cli; cli._window()\n"
        "print(sorted({'email', 'importlib.metadata', 'html', 'xml.etree', 'socket', 'subprocess'} & set(sys.modules)))\n"
        "import re; from importlib.metadata import version; print(version('psygnal') > '0', re.compile('a*').match('aab').end())\n"
        "from PySide6.support.signature import parser\n"
        "print(type(parser.arglistParser._finditer).__name__, parser._parse_arglist('a: int, b: List[int, str]=(1, 2)'))\n"
        "from PySide6.QtWidgets import QLabel\n"
        "try: QLabel.setText(3)\n"
        "except TypeError as error: print('setText' in str(error))\n"
    )  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert run.stdout.splitlines() == [
        "[]", "True 2", "function ['a: int', 'b: List[int, str]=(1, 2)']", "True"
    ], run.stderr  # fmt: skip


def test_the_module_is_the_command():
    command = [sys.executable, "-m", "studio", "fliter", "a.png"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"LANG": "C"}
    )
    assert done.returncode == 2
    assert "filter" in done.stderr and one_line(done.stderr)


def test_the_names_of_commands_are_those_that_a_file_cannot_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert set(COMMANDS) == set(build().commands)
    monkeypatch.chdir(tmp_path)
    for name in ("models", "sketch.png"):
        Path(name).touch()
    assert not opens_studio(["models"])
    assert opens_studio(["sketch.png"])
    assert not opens_studio(["missing.png"])
    assert not opens_studio(["--help"])


def test_a_word_that_is_neither_command_nor_file_is_wrong_usage(danqing):
    code, out, err = danqing("genrate", "shanshui-gan")
    assert (code, out) == (2, "")
    assert "genrate" in err and "generate" in err and one_line(err)
    code, _, err = danqing("qqqqqq.png")
    assert code == 2 and "qqqqqq.png" in err


@pytest.mark.parametrize(
    ("words", "left", "language"),
    [
        (["render", "a", "b"], ["render", "a", "b"], ""),
        (["--lang", "zh_CN", "render"], ["render"], "zh_CN"),
        (["render", "--lang=en", "a"], ["render", "a"], "en"),
        (["--", "--lang", "a"], ["--", "--lang", "a"], ""),
        (["render", "--lang"], ["render", "--lang"], ""),
    ],
)
def test_the_language_may_stand_anywhere(words, left, language):
    assert without_language(words) == (left, language)


def test_help_and_mistakes_are_said_in_chinese(danqing, tmp_path: Path):
    code, out, _ = danqing("filter", "--help", lang="zh_CN")
    assert code == 0 and "滤镜" in out
    code, _, err = danqing("render", tmp_path / "无.png", tmp_path / "b.png", lang="zh_CN")
    assert code == 1 and "无.png" in err and "not there" not in err
    code, out, _ = danqing("filter", "--list", lang="zh_CN")
    assert code == 0 and Words("zh_CN")("Gaussian noise", "recipe") in out


def test_every_command_has_help_in_both_languages(danqing):
    for name, command in build().commands.items():
        if not command.hidden:
            assert command.help, name
            assert Words("zh_CN")(command.help) != command.help, name
            for parameter in command.params:
                if getattr(parameter, "help", None) and parameter.name != "help":
                    assert Words("zh_CN")(parameter.help) != parameter.help, (name, parameter.name)


# --- pictures


def test_render_keeps_every_value(danqing, photo: Path, tmp_path: Path):
    target = tmp_path / "出口.tif"
    assert danqing("render", photo, target) == (0, "", "")
    assert np.array_equal(read(target), read(photo))


def test_filter_is_the_same_for_the_same_seed(danqing, photo: Path, tmp_path: Path):
    one, two, three = (tmp_path / f"{number}.png" for number in range(3))
    for target, seed in ((one, 7), (two, 7), (three, 8)):
        assert danqing("filter", "gaussian-noise", photo, target, "-p", "sigma=0.1", "--seed", seed) == (
            0,
            "",
            "",
        )
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes() != three.read_bytes()
    change = read(one)[..., :3].astype(float) - read(photo)[..., :3]
    inside = (read(photo)[..., :3] > 80) & (read(photo)[..., :3] < 175)
    assert abs(change[inside].std() / 255 - 0.1) < 0.01


def test_filter_takes_the_colours_of_a_reference(danqing, photo: Path, tmp_path: Path):
    like, plain, taken = (tmp_path / f"{name}.png" for name in ("like", "plain", "taken"))
    shades = np.linspace(40, 90, 64, dtype=np.uint8)[None, :, None] * np.array([1.0, 0.5, 0.3])
    Image.fromarray(np.repeat(shades, 32, 0).astype(np.uint8), "RGB").save(like)
    assert danqing("filter", "colour-transfer", photo, plain) == (0, "", "")
    assert danqing("filter", "colour-transfer", photo, taken, "--like", like, "-p", "strength=1") == (
        0,
        "",
        "",
    )
    seen = read(taken)[..., :3][read(taken)[..., 3] == 255].mean(0)
    np.testing.assert_allclose(seen, read(like)[..., :3].mean((0, 1)), atol=8)
    assert plain.read_bytes() != taken.read_bytes()


def test_filter_keeps_alpha_depth_and_profile(danqing, tmp_path: Path):
    random = np.random.default_rng(2)
    pixels = random.integers(0, 256, (40, 50, 4), dtype=np.uint8)
    source, target = tmp_path / "a.png", tmp_path / "b.png"
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(pixels).save(source, icc_profile=icc)
    assert danqing("filter", "uniform-noise", source, target, "-p", "amount=0.2")[0] == 0
    found = decode(target.read_bytes())
    assert np.array_equal(found.pixels[..., 3], pixels[..., 3])
    assert found.icc == icc

    import tifffile

    deep, filtered = tmp_path / "a.tif", tmp_path / "b.tif"
    tifffile.imwrite(deep, random.integers(0, 65536, (40, 50, 3), dtype=np.uint16), photometric="rgb")
    assert danqing("filter", "gaussian-blur", deep, filtered, "-p", "sigma=2")[0] == 0
    assert decode(filtered.read_bytes()).pixels.dtype == np.uint16
    unchanged = tmp_path / "c.tif"
    assert danqing("filter", "gaussian-noise", deep, unchanged, "-p", "sigma=0")[0] == 0
    assert np.array_equal(read(unchanged), read(deep))


def test_render_converts_to_a_profile(danqing, tmp_path: Path):
    from studio.project import profiles

    source, target = tmp_path / "a.png", tmp_path / "b.tif"
    Image.new("RGB", (8, 6), (200, 40, 30)).save(source)
    assert danqing("render", source, target, "--profile", "display-p3", "--bits", "16")[0] == 0
    found = decode(target.read_bytes())
    space = profiles.space("Display P3")
    assert found.icc == space.icc
    wanted = profiles.convert(np.array([200, 40, 30]) / 255, b"", space.icc)
    assert np.allclose(found.pixels[0, 0, :3] / 65535, wanted, atol=5e-4), "half floats of an 8-bit source"
    own = tmp_path / "我的.icc"
    own.write_bytes(profiles.space("Adobe RGB (1998)").icc)
    assert (
        danqing("render", source, target, "--profile", own, "--intent", "perceptual", "--no-black-point")[0]
        == 0
    )
    assert decode(target.read_bytes()).icc == own.read_bytes()
    own.write_bytes(b"no profile")
    before = target.read_bytes()
    for profile, said in ((own, "我的.icc"), ("p4", "display-p3"), (tmp_path / "none.icc", "none.icc")):
        code, _, error = danqing("render", source, target, "--profile", profile)
        assert code in (1, 2) and said in error
    code, _, error = danqing("render", source, target, "--intent", "nice")
    assert code == 2 and "perceptual" in error
    code, _, error = danqing("render", source, tmp_path / "b.ora", "--profile", "srgb")
    assert code == 2 and ".ora" in error
    assert target.read_bytes() == before


def recipe_file(folder: Path, *steps: dict) -> Path:
    path = folder / "配方.json"
    path.write_text(json.dumps(steps), encoding="utf-8")
    return path


def folder_of_pictures(folder: Path) -> Path:
    place = folder / "原图"
    (place / "inside").mkdir(parents=True)
    random = np.random.default_rng(4)
    for name in ("a.png", "b.jpg", "c.bmp", "c.png", "inside/d.webp"):
        Image.fromarray(random.integers(0, 256, (40, 50, 3), dtype=np.uint8)).save(place / name)
    (place / "broken.png").write_bytes(b"no picture")
    (place / "notes.txt").write_text("no picture either")
    return place


def report_of(folder: Path) -> dict:
    return json.loads((folder / "danqing-batch.json").read_bytes())


def test_a_recipe_goes_over_a_folder_and_goes_on_where_it_was(danqing, tmp_path: Path):
    place, target = folder_of_pictures(tmp_path), tmp_path / "out"
    recipe = recipe_file(
        tmp_path,
        {"name": "gaussian-blur", "parameters": {"sigma": 3.0}},
        {"name": "auto-contrast", "opacity": 0.5},
    )
    code, out, error = danqing("batch", recipe, place, target)
    assert code == 1 and out.splitlines()[-1].startswith("5 done, 0 there already, 1 failed")
    assert out.splitlines()[0] == "[1/6] a.png", "one line a picture, where nobody sees a bar"
    assert one_line(error) and "broken.png" in error
    names = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.suffix != ".json"}
    assert names - {"inside"} == {"a.png", "b.jpg", "c.png", "c.bmp.png", "inside/d.webp"}
    # the same as the two live layers in the studio
    artwork = api.filter(api.open(place / "a.png"), "gaussian-blur", sigma=3.0)
    artwork = api.filter(artwork, "auto-contrast")
    artwork = edits.set_opacity(artwork, artwork.layers[-1].id, 0.5)
    assert np.array_equal(read(target / "a.png")[..., :3], api.render(artwork)[..., :3])
    report = report_of(target)
    assert report["finished"] and [one["state"] for one in report["files"]].count("failed") == 1
    assert [step["name"] for step in report["steps"]] == ["gaussian-blur", "auto-contrast"]
    # again: nothing is done twice; what changed, is gone or failed is
    (place / "broken.png").unlink()
    (target / "b.jpg").unlink()
    Image.new("RGB", (20, 20)).save(place / "a.png")
    written = (target / "inside/d.webp").stat().st_mtime_ns
    code, out, error = danqing("batch", recipe, place, target)
    assert (code, error) == (0, "")
    assert out.splitlines()[-1].startswith("2 done, 3 there already, 0 failed")
    assert (target / "inside/d.webp").stat().st_mtime_ns == written
    # another recipe is another matter
    other = recipe_file(tmp_path, {"name": "gaussian-blur", "parameters": {"sigma": 3.5}})
    assert danqing("batch", other, place, target)[1].splitlines()[-1].startswith("5 done")


def test_a_stopped_batch_keeps_its_report(tmp_path: Path):
    place, target = folder_of_pictures(tmp_path), tmp_path / "out"
    steps = batch_recipes.read(recipe_file(tmp_path, {"name": "gaussian-blur"}))
    running = filter_batch.run(steps, place, target, api.flatten)
    assert next(running).entry.state == "done"
    assert next(running).total == 6
    running.close()
    report = report_of(target)
    assert not report["finished"] and len(report["files"]) == 2
    states = [one.entry.state for one in filter_batch.run(steps, place, target, api.flatten)]
    assert states.count("kept") == 2 and report_of(target)["finished"]


def test_a_batch_says_what_is_wrong_before_it_begins(danqing, tmp_path: Path):
    place, target = folder_of_pictures(tmp_path), tmp_path / "out"
    good = recipe_file(tmp_path, {"name": "gaussian-blur"})
    assert "same folder" in danqing("batch", good, place, place)[2]
    assert "tga" in danqing("batch", good, place, target, "--format", "tga")[2]
    assert "nowhere" in danqing("batch", good, tmp_path / "nowhere", target)[2]
    for step, word in (
        ({"name": "unheard-of"}, "unheard-of"),
        ({"name": "gaussian-blur", "parameters": {"sigma": -4}}, "sigma"),
        ({"name": "gaussian-blur", "mode": "no-mode"}, "no-mode"),
        ({"name": "gaussian-blur", "version": 99}, "99"),
        ({"name": "gaussian-blur", "opacity": 3}, "opacity"),
        ({"nam": "gaussian-blur"}, "nam"),
    ):
        code, _, error = danqing("batch", recipe_file(tmp_path, step), place, target)
        assert code == 1 and one_line(error) and word in error, step
    assert not target.exists()


def test_filters_are_listed_by_family(danqing):
    lines = danqing("filter", "--list")[1].splitlines()
    heads = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert heads == [f"{title}:" for title in GROUPS.values() if f"{title}:" in heads] and "Blur:" in heads
    assert lines[lines.index("Blur:") + 1].startswith("gaussian-blur")


def test_a_whole_filter_sees_the_whole_picture(danqing, tmp_path: Path):
    source, target = tmp_path / "a.png", tmp_path / "b.png"
    ramp = np.tile(np.linspace(100, 150, 600).astype(np.uint8)[None, :, None], (300, 1, 3))
    Image.fromarray(ramp).save(source)
    assert danqing("filter", "auto-contrast", source, target)[0] == 0
    assert read(target)[..., 0].min() < 8 and read(target)[..., 0].max() > 247


def test_render_writes_one_layer_alone(danqing, tmp_path: Path):
    """One of values keeps its numbers: 16 bits, and nothing that says how to read them."""
    from studio import api
    from studio.document import edits
    from studio.document.layer import Paint
    from studio.raster.surface import Surface

    values = np.full((20, 30, 4), (0.25, 0.5, 0.75, 1.0), np.float32)
    heights = Paint(name="高度", surface=Surface.from_pixels(values), data=True, opacity=0.2)
    source, target = tmp_path / "画.danqing", tmp_path / "高度.png"
    api.save(edits.add_layer(edits.new_artwork(30, 20, precision="float32"), heights), source)
    assert danqing("render", source, target, "--layer", "高度") == (0, "", "")
    found = decode(target.read_bytes())
    assert found.bits == 16 and b"sRGB" not in target.read_bytes()
    code, _, err = danqing("render", source, tmp_path / "x.png", "--layer", "Albedo")
    assert code == 1 and "高度" in err and one_line(err) and not (tmp_path / "x.png").exists()


def test_fuse_makes_one_picture_of_several(danqing, tmp_path: Path):
    random = np.random.default_rng(4)
    pictures = [random.integers(0, 256, (40, 50, 3), dtype=np.uint8) for _ in range(3)]
    sources = [tmp_path / f"图 {number}.png" for number in range(3)]
    for source, pixels in zip(sources, pictures, strict=True):
        Image.fromarray(pixels).save(source)
    target = tmp_path / "中.png"
    assert danqing("fuse", "median", *sources, target) == (0, "", "")
    assert np.abs(read(target)[..., :3].astype(int) - np.median(pictures, 0)).max() <= 1
    assert danqing("fuse", "cross-dissolve", *sources[:2], target, "-p", "position=0.25") == (0, "", "")
    wanted = 0.75 * pictures[0] + 0.25 * pictures[1]
    assert np.abs(read(target)[..., :3] - wanted).max() <= 1
    mask = np.zeros((40, 50), np.uint8)
    mask[:, 25:] = 255
    Image.fromarray(mask).save(tmp_path / "mask.png")
    words = ("fuse", "poisson", *sources[:2], target, "--mask", tmp_path / "mask.png")
    assert danqing(*words) == (0, "", "")
    assert np.array_equal(read(target)[:, :25, :3], pictures[0][:, :25])
    deep = tmp_path / "deep.tif"
    assert danqing("fuse", "hdr", *sources, deep, "-p", "times=1/4, 1, 4") == (0, "", "")
    assert decode(deep.read_bytes()).bits == 16
    assert danqing("fuse", "network-focus-stack", *sources, target) == (0, "", "")
    assert np.abs(read(target)[..., :3] - np.mean(pictures, 0)).mean() < 80


def test_make_writes_a_loop(danqing, tmp_path: Path):
    words = ("make", "perlin", tmp_path / "loop.webp", "--size", "32x24", "--frames", "5", "--rate", "10")
    assert danqing(*words) == (0, "", "")
    with Image.open(tmp_path / "loop.webp") as film:
        assert sum(1 for _ in ImageSequence.Iterator(film)) == 5 and film.size == (32, 24)
    assert danqing("make", "clouds", tmp_path / "c.png", "--size", "16x16", "--frames", "2")[0] == 0
    assert (tmp_path / "c-0002.png").exists() and not (tmp_path / "c.png").exists()
    code, _, err = danqing("make", "reaction-diffusion", tmp_path / "x.webp", "--frames", "5")
    assert code == 2 and "perlin" in err
    assert danqing("make", "perlin", tmp_path / "x.jpg", "--frames", "5")[0] != 0


def test_a_filter_that_changes_with_time_writes_a_loop(danqing, photo: Path, tmp_path: Path):
    words = ("filter", "film-grain", photo, tmp_path / "grain.png", "--frames", "3", "--seed", "4")
    assert danqing(*words) == (0, "", "")
    frames = [read(tmp_path / f"grain-000{number}.png")[..., :3].astype(float) for number in (1, 2, 3)]
    assert not (tmp_path / "grain.png").exists() and not (tmp_path / "grain-0004.png").exists()
    steps = [np.abs(frames[number] - frames[number - 1]).mean() for number in range(3)]
    assert min(steps) > 0.5 and max(steps) < 1.3 * min(steps), "the last leads into the first"
    assert (
        danqing("filter", "film-grain", photo, tmp_path / "grain.webp", "--frames", "2", "--rate", "5")[0]
        == 0
    )
    with Image.open(tmp_path / "grain.webp") as film:
        assert sum(1 for _ in ImageSequence.Iterator(film)) == 2
    code, _, err = danqing("filter", "gaussian-blur", photo, tmp_path / "x.webp", "--frames", "5")
    assert code == 2 and "film-grain" in err
    assert not (tmp_path / "x.webp").exists()


def test_fuse_names_the_picture_of_another_size(danqing, photo: Path, tmp_path: Path):
    other = tmp_path / "小.png"
    Image.new("RGB", (30, 20)).save(other)
    for lang in ("en", "zh_CN"):
        code, out, err = danqing("fuse", "mean", photo, other, tmp_path / "out.png", lang=lang)
        assert (code, out) == (1, "") and one_line(err)
        assert all(word in err for word in ("小.png", "30 × 20", "90 × 70"))
    assert not (tmp_path / "out.png").exists()


def test_make_pictures_from_nothing(danqing, tmp_path: Path):
    one, two, deep = tmp_path / "1.png", tmp_path / "2.png", tmp_path / "3.png"
    for target in (one, two):
        words = ("make", "gaussian-noise", target, "--size", "120x80", "-p", "sigma=0.1", "--seed", 3)
        assert danqing(*words) == (0, "", "")
    assert one.read_bytes() == two.read_bytes()
    assert read(one).shape == (80, 120, 4)
    assert abs(read(one)[..., :3].std() / 255 - 0.1) < 0.01
    assert danqing("make", "uniform-noise", deep, "--size", "30x20", "--bits", 16)[0] == 0
    assert decode(deep.read_bytes()).bits == 16


def test_a_landscape_takes_style_and_factors(danqing, tmp_path: Path):
    def made(name: str, *values: str) -> np.ndarray:
        target = tmp_path / f"{name}.png"
        words = [word for value in values for word in ("-p", value)]
        assert danqing("make", "shanshui", target, "--size", "48x48", "--seed", 9, *words) == (0, "", "")
        return read(target)[..., :3].astype(float)

    plain, night, snow = made("plain"), made("night", "style=night"), made("snow", "style=snow")
    misty = made("mist", "style=night", "mist=3")
    assert night.mean() < 0.7 * snow.mean()
    assert np.abs(misty - night).mean() > 2
    assert np.abs(plain - night).mean() > 5


def test_lists_name_everything_with_its_range(danqing):
    _, out, _ = danqing("filter", "--list")
    for word in ("gaussian-noise", "uniform-noise", "gaussian-blur", "sigma=0.05", "amount=", "(0 … 1)"):
        assert word in out
    _, out, _ = danqing("make", "--list")
    assert all(name in out for name in ("gaussian-noise", "uniform-noise", "shanshui"))
    for line in (
        "    style=any  (any | ink | blue-green | dusk | snow | night)  Style", "    mist=0  (-3 … 3)  Mist",
        "    peak_height=0  (-3 … 3)  Peak height", "    boat=0  (-3 … 3)  Boat",
    ):  # fmt: skip
        assert line in out.splitlines()


# --- wrong usage: 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("filter", "blur", "IN", "OUT"), "gaussian-blur"),
        (("filter", "gaussian-noise", "IN", "OUT", "-p", "sigmo=1"), "sigmo"),
        (("filter", "gaussian-noise", "IN", "OUT", "-p", "sigma=2"), "sigma"),
        (("filter", "gaussian-noise", "IN", "OUT", "-p", "sigma=nan"), "sigma"),
        (("filter", "gaussian-noise", "IN", "OUT", "-p", "sigma"), "key=value"),
        (("filter", "gaussian-noise", "IN"), "OUT"),
        (("filter", "gaussian-noise", "IN", "OUT", "--seed", "x"), "seed"),
        (("filter", "gaussian-noise", "IN", "OUT", "--sed", "1"), "--sed"),
        (("filter", "gaussian-blur", "IN", "OUT", "--like", "IN"), "colour-transfer"),
        (("render", "IN"), "OUT"),
        (("fuse", "melt", "IN", "IN", "OUT"), "multi-band"),
        (("fuse", "mean", "IN", "OUT"), "IN"),
        (("fuse", "blend", "IN", "IN", "OUT", "-p", "mode=melt"), "melt"),
        (("fuse", "hdr", "IN", "IN", "OUT", "-p", "times=1,x"), "times"),
        (("make", "gaussian-noise", "OUT", "--size", "12"), "12"),
        (("make", "gaussian-noise", "OUT", "--size", "0x4"), "0x4"),
        (("make", "gaussian-noise", "OUT", "--size", "99999x99999"), "99999"),
        (("make", "sunflowers", "OUT"), "shanshui"),
        (("make", "shanshui", "OUT", "-p", "mist=9"), "mist"),
        (("make", "shanshui", "OUT", "-p", "style=oil"), "style"),
        (("make", "shanshui", "OUT", "-p", "fog=1"), "mist"),
        (("generate", "MODEL"), "OUT_DIR"),
        (("train",), "RECIPE"),
        (("models", "shw", "x"), "show"),
        (("data", "make", "sunflowers", "OUT"), "shanshui"),
        (("bench", "spead"), "startup"),
        (("train", "tiny", "OUT", "--device", "gpu"), "gpu"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_usage(danqing, photo: Path, tmp_path: Path, words: tuple[str, ...], named: str):
    places = {"IN": photo, "OUT": tmp_path / "out.png"}
    code, out, err = danqing(*(places.get(word, word) for word in words))
    assert (code, out) == (2, ""), err
    assert named in err and one_line(err)
    assert not (tmp_path / "out.png").exists()


# --- files that cannot be used: 1


def bad_files(folder: Path) -> dict[str, Path]:
    found = {
        name: folder / name for name in ("空.png", "text.jpg", "cut.png", "missing.png", "huge.png", "folder")
    }
    found["空.png"].touch()
    found["text.jpg"].write_text("not a picture at all")
    Image.new("RGB", (300, 300)).save(found["cut.png"])
    found["cut.png"].write_bytes(found["cut.png"].read_bytes()[:-60])
    import struct
    import zlib

    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    found["huge.png"].write_bytes(b"\x89PNG\r\n\x1a\n" + chunk)
    found["folder"].mkdir()
    return found


@pytest.mark.parametrize("name", ["空.png", "text.jpg", "cut.png", "missing.png", "huge.png", "folder"])
@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_file_that_is_no_picture_is_named(danqing, tmp_path: Path, name: str, lang: str):
    source, target = bad_files(tmp_path)[name], tmp_path / "out.png"
    for words in (("render", source, target), ("filter", "gaussian-noise", source, target)):
        code, out, err = danqing(*words, lang=lang)
        assert (code, out) == (1, "")
        assert name in err and one_line(err)
        assert not target.exists()


def test_a_target_that_cannot_be_written(danqing, photo: Path, tmp_path: Path):
    for target in (tmp_path / "no" / "such" / "folder.png", tmp_path / "what.xyz"):
        code, _, err = danqing("render", photo, target)
        assert code == 1 and target.name in err and one_line(err)


def test_a_folder_that_may_not_be_written(
    danqing, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    old = tmp_path / "old.png"
    old.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(old))

    monkeypatch.setattr("studio.project.atomic.replace", refuse)
    code, _, err = danqing("render", photo, old)
    assert code == 1 and "old.png" in err and one_line(err)
    assert old.read_bytes() == b"old"


def test_debug_shows_where(danqing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DANQING_DEBUG", "1")
    code, _, err = danqing("render", tmp_path / "missing.png", tmp_path / "out.png")
    assert code == 1 and "Traceback" in err


# --- models


def test_models_are_listed_shown_and_imported(danqing, tmp_path: Path, home: Path):
    model = tmp_path / "tiny.safetensors"
    write_model(model)
    code, out, _ = danqing("models", "import", model)
    assert code == 0 and "tiny" in out
    assert list((home / "data" / "models").glob("*.safetensors"))
    code, out, _ = danqing("models", "list")
    assert code == 0 and "tiny" in out and "mist" in out
    code, out, _ = danqing("models", "show", "tiny")
    assert code == 0 and "slider mist" in out


def test_a_model_goes_out_as_one_file_and_comes_in_again(danqing, tmp_path: Path, home: Path):
    own = home / "data" / "models" / "tiny.safetensors"
    write_model(own)
    code, out, err = danqing("models", "export", "tiny", tmp_path / "gift", "--licence", "CC0")
    gift = tmp_path / "gift.danqing-model"
    assert code == 0 and str(gift) in out and gift.is_file(), err
    own.unlink()
    code, out, err = danqing("models", "import", gift)
    assert code == 0 and ".danqing-model" in out, err
    code, out, _ = danqing("models", "show", "tiny")
    assert code == 0 and "licence: CC0" in out
    gift.write_bytes(b"PK\x03\x04 not a model")
    code, _, err = danqing("models", "import", gift)
    assert code == 1 and gift.name in err and one_line(err)


def test_measurements_are_compared_or_it_is_said_what_differs(danqing, tmp_path: Path):
    ground = {"features": "random", "weights": "a" * 64, "side": 64, "resize": "square"}
    one = {"name": "mine", "step": 5, "pictures": 256, "real": 300, "footing": ground}
    one["measures"] = {"distance": {"value": 12.0, "interval": [11, 13], "unit": ""}}
    files = tmp_path / "一.json", tmp_path / "b.json", tmp_path / "c.json"
    files[0].write_text(json.dumps(one))
    files[1].write_text(json.dumps({**one, "measures": {"distance": {"value": 9.0, "interval": [8, 10]}}}))
    files[2].write_text(json.dumps({**one, "pictures": 100}))
    code, out, err = danqing("models", "compare", *files[:2])
    assert code == 0 and "12 [11 … 13]  ≠  9 [8 … 10]" in out, err
    code, out, err = danqing("models", "compare", files[0], files[2])
    assert code == 1 and "256 and 100" in err and not out and one_line(err) and "usage" not in err
    files[2].write_text(json.dumps({**one, "random_vgg": {"footing": {**ground, "features": "VGG"}}}))
    other = {"footing": {**ground, "features": "VGG", "weights": "b" * 64}}
    files[1].write_text(json.dumps({**one, "random_vgg": other}))
    code, out, err = danqing("models", "compare", *files[1:])
    assert code == 1 and "≈" in out and "aaaaaaaa… and" not in out
    assert "second network" in err and "bbbbbbbb" in err and one_line(err), "that part alone is refused"
    files[2].write_text("{nothing}")
    code, _, err = danqing("models", "compare", files[0], files[2], lang="zh_CN")
    assert code == 2 and "不是测量结果" in err and "c.json" in err


def test_directions_are_found_and_taken_as_sliders(danqing, tmp_path: Path, home: Path):
    write_model(home / "data" / "models" / "tiny.safetensors")
    code, out, err = danqing("models", "directions", "tiny", "--count", 2, "--device", "cpu")
    names = [line.split()[0] for line in out.splitlines()]
    assert code == 0 and 1 <= len(names) <= 2, err
    made = []
    for amount in (0, 2):
        words = ("generate", "tiny", tmp_path / str(amount), "--count", 1, "--size", 32, "--device", "cpu")
        code, out, err = danqing(*words, "--slider", f"{names[0]}={amount}")
        assert code == 0, err
        made.append(next((tmp_path / str(amount)).glob("*.png")).read_bytes())
    assert made[0] != made[1]


def test_pictures_pass_into_each_other(danqing, tmp_path: Path, home: Path):
    write_model(home / "data" / "models" / "tiny.safetensors")
    words = ("interpolate", "tiny", tmp_path / "way.png", "--between", 2, "--size", 32, "--device", "cpu")
    code, _, err = danqing(*words, "--seed", 3, "--seed", 9, "--no-loop")
    assert code == 0, err
    frames = sorted(tmp_path.glob("way-*.png"))
    assert len(frames) == 3
    code, _, err = danqing(
        "generate", "tiny", tmp_path / "one", "--seed", 9, "--count", 1, "--size", 32, "--device", "cpu"
    )
    assert code == 0, err
    alone = read(tmp_path / "one" / "tiny-000009.png")
    assert (read(frames[2])[..., :3] == alone[..., :3]).all(), "it ends at the picture of its seed"
    code, _, err = danqing("interpolate", "tiny", tmp_path / "way.gif", "--seed", 3)
    assert code != 0 and "two seeds" in err and one_line(err)


def test_a_pickle_is_refused_by_its_content(danqing, tmp_path: Path):
    for name in ("model.ckpt", "model.safetensors"):
        path = tmp_path / name
        path.write_bytes(b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x02os\x94.")
        code, _, err = danqing("models", "import", path)
        assert code == 1 and "pickle" in err and name in err and one_line(err)
    code, _, err = danqing("generate", tmp_path / "model.ckpt", tmp_path / "out")
    assert code == 1 and "pickle" in err
    assert not (tmp_path / "out").exists()


def test_generate_is_the_same_for_the_same_seed_and_slider(danqing, tmp_path: Path, home: Path):
    write_model(home / "data" / "models" / "tiny.safetensors")
    for name, slider in (("a", "1.5"), ("b", "1.5"), ("c", "-1.5")):
        words = ("generate", "tiny", tmp_path / name, "--count", 2, "--seed", 5, "--slider", f"mist={slider}")
        code, out, err = danqing(*words, "--size", 32, "--device", "cpu")
        assert code == 0, err
        assert len(out.splitlines()) == 2
    pictures = [sorted((tmp_path / name).glob("*.png")) for name in "abc"]
    assert [path.name for path in pictures[0]] == ["tiny-000005.png", "tiny-000006.png"]
    assert pictures[0][0].read_bytes() == pictures[1][0].read_bytes()
    assert pictures[0][0].read_bytes() != pictures[2][0].read_bytes()
    assert read(pictures[0][0]).shape == (32, 32, 4)


def test_generate_makes_one_picture_of_several(danqing, tmp_path: Path, home: Path):
    write_model(home / "data" / "models" / "tiny.safetensors")
    for name, words in (("a", ("--seed", 5, "--count", 1)), ("b", ("--mix", "5=1", "--mix", "8=0"))):
        code, out, err = danqing("generate", "tiny", tmp_path / name, *words, "--size", 32, "--device", "cpu")
        assert code == 0, err
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["tiny-000005-000008.png"]
    (one,), (other,) = ((tmp_path / name).glob("*.png") for name in "ab")
    assert (read(one) == read(other)).all()
    for more in (("--take", "fine=8", "--band-variety", "coarse=0.2"), ("--mix", "5=-1", "--mix", "8=2")):
        code, out, err = danqing("generate", "tiny", tmp_path / "c", "--seed", 5, *more, "--size", 32)
        assert code == 0 and len(out.splitlines()) == 1, err


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("--slider", "fog=1"), 2, "fog"),
        (("--slider", "mist=9"), 2, "mist"),
        (("--slider", "mist=much"), 2, "mist"),
        (("--count", "0"), 2, "count"),
        (("--size", "9"), 2, "size"),
        (("--class", "兰"), 2, "兰"),
        (("--toward", "竹"), 2, "竹"),
        (("--mix", "3"), 2, "“3”"),
        (("--mix", "3=half"), 2, "3=half"),
        (("--mix", "3:竹=1"), 2, "竹"),
        (("--mix", "3=0.5"), 1, "add up to 1"),
        (("--take", "broad=3"), 2, "broad=3"),
        (("--take", "fine=3:竹"), 2, "竹"),
        (("--band-variety", "broad=0.3"), 2, "coarse, middle, fine"),
        (("--band-variety", "fine=much"), 2, "much"),
        (("--band-variety", "fine=2"), 2, "1.5"),
        (("--device", "cuda:99"), 1, "Choose one of these: "),
    ],
)
def test_what_generate_refuses(danqing, tmp_path: Path, home: Path, words, code, named):
    write_model(home / "data" / "models" / "tiny.safetensors")
    found, out, err = danqing("generate", "tiny", tmp_path / "out", *words)
    assert (found, out) == (code, ""), err
    assert named in err and one_line(err)


def test_training_on_a_device_that_is_not_there(danqing, tmp_path: Path):
    recipe, run = write_recipe(tmp_path), tmp_path / "run"
    code, _, err = danqing("train", recipe, tmp_path, "--run", run, "--device", "xpu:7")
    assert code == 1 and "xpu:7" in err and "cpu" in err and one_line(err)
    assert not run.exists()


def test_a_model_that_is_not_there(danqing, tmp_path: Path):
    code, _, err = danqing("generate", "no-such-model", tmp_path / "out")
    assert code == 1 and "no-such-model" in err and one_line(err)


def test_training_leaves_checkpoints_and_goes_on(danqing, tmp_path: Path):
    data, run, recipe = tmp_path / "画", tmp_path / "run", write_recipe(tmp_path)
    data.mkdir()
    for number in range(4):
        picture = Image.new("RGB", (40, 40), (60 * number, 90, 120))
        picture.paste((250, 240, 20 * number), (5 + 4 * number, 8, 30, 20 + 3 * number))
        picture.save(data / f"{number}.png")
    words = ("train", recipe, data, "--run", run, "--checkpoint-every", 2, "--device", "cpu")
    code, out, err = danqing(*words, "--steps", 4)
    assert code == 0, err
    checkpoints = [Path(line) for line in out.splitlines()]
    assert [path.parent for path in checkpoints] == [run / "checkpoints"] * 2
    assert all("2" in checkpoints[0].name and "4" in path.name for path in checkpoints[1:])
    before = checkpoints[0].read_bytes()
    code, _, err = danqing(*words, "--steps", 2)
    assert code == 1 and str(run) in err and "--resume" in err
    assert checkpoints[0].read_bytes() == before, "another training does not write over it"
    code, out, _ = danqing(*words, "--steps", 2, "--resume")
    assert code == 0 and "6" in Path(out.strip()).name


def test_a_training_says_what_was_measured_and_a_model_is_measured_again(danqing, tmp_path: Path):
    data, run, recipe = tmp_path / "画", tmp_path / "run", write_recipe(tmp_path)
    data.mkdir()
    random = np.random.default_rng(1)
    for number in range(10):
        Image.fromarray(random.integers(0, 256, (40, 40, 3), dtype=np.uint8)).save(data / f"{number}.png")
    code, out, err = danqing("train", recipe, data, "--run", run, "--steps", 1, "--device", "cpu")
    assert code == 0, err
    (checkpoint,) = out.splitlines()
    assert "Fréchet" in err and "beside 10" in err
    assert len(list((run / "evaluation").iterdir())) == 2
    words = ("models", "evaluate", checkpoint, "--count", 8, "--out", tmp_path / "out", "--device", "cpu")
    code, out, err = danqing(*words)
    assert code == 0, err
    sliders = [line for line in out.splitlines() if line.startswith("slider")]
    assert len(sliders) > 1 and "no classes" in sliders[-1]
    code, out, err = danqing(*words, "--no-sliders")
    assert code == 0 and "slider" not in out, err
    assert (
        "8 pictures" in out and "near copies" in out and "--inception" in out and len(out.splitlines()) == 14
    )
    assert sorted(one.suffix for one in (tmp_path / "out").iterdir()) == [".json", ".png"]
    (run / "pictures.json").unlink()
    code, out, err = danqing(*words)
    assert (code, out) == (1, "") and one_line(err)
    assert danqing("models", "evaluate", checkpoint, data, "--count", 8, "--device", "cpu")[0] == 0
    code, _, err = danqing("models", "evaluate", "no-such-model")
    assert code == 1 and "no-such-model" in err and one_line(err)


def noisy(folder: Path, count: int, seed: int, side: int = 24) -> Path:
    folder.mkdir()
    random = np.random.default_rng(seed)
    for number in range(count):
        small = Image.fromarray(random.integers(0, 256, (6, 6, 3), dtype=np.uint8))
        small.resize((side, side), Image.Resampling.BICUBIC).save(folder / f"{number}.png")
    return folder


def test_a_folder_is_measured_beside_real_pictures(danqing, tmp_path: Path):
    made, real, out = noisy(tmp_path / "画", 12, 1), noisy(tmp_path / "真", 14, 2), tmp_path / "新" / "n.json"
    (made / "broken.png").write_bytes(b"no picture")
    (real / "cut.jpg").write_bytes(b"\xff\xd8\xff")
    code, said, err = danqing("evaluate", made, real, "--json", out, "--size", 32, "--device", "cpu")
    assert code == 0, err
    assert "12 pictures of “画” beside 14" in said
    assert err.splitlines()[0].endswith(": 2") and "broken.png" in err and "cut.jpg" in err
    told = json.loads(out.read_text("utf-8"))
    assert (told["kind"], told["pictures"], told["real"], told["footing"]["side"]) == ("folder", 12, 14, 32)
    assert [line.partition(":")[0] for line in told["skipped"]] == ["broken.png", "cut.jpg"]
    assert all(one["unit"] and one["definition"] for one in told["measures"].values())
    assert told["intervals"]["level"] == 0.95 and told["intervals"]["replicates"] == 200
    for name in ("distance", "kernel_distance", "precision", "recall", "density", "coverage", "variety"):
        low, high = told["measures"][name]["interval"]
        assert low <= told["measures"][name]["value"] <= high
    assert told["fid"]["value"] is None and "Inception" in told["fid"]["reason"]
    assert len(told["footing"]["weights"]) == 64
    deep = told["random_vgg"]
    assert len(deep["footing"]["weights"]) == 64 and "VGG-16" in deep["footing"]["features"]
    assert (
        "second network" in said
        and deep["footing"]["weights"][:8] in said
        and deep["footing"]["resize"] in said
    )
    for name in ("kernel_distance", "precision", "recall", "density", "coverage"):
        low, high = deep["measures"][name]["interval"]
        assert low <= deep["measures"][name]["value"] <= high
    same = tmp_path / "same.json"
    assert danqing("evaluate", real, real, "--json", same, "--device", "cpu")[0] == 0
    measures = json.loads(same.read_text("utf-8"))["measures"]
    assert measures["distance"]["value"] == pytest.approx(0, abs=1e-6) and measures["copies"]["value"] == 1.0
    assert measures["precision"]["value"] == measures["coverage"]["value"] == 1.0
    low, high = measures["kernel_distance"]["interval"]
    assert low < measures["kernel_distance"]["value"] < high


def test_equal_made_pictures_all_count(danqing, tmp_path: Path):
    """A model that repeats itself must not look varied because copies are left out."""
    real, made, out = noisy(tmp_path / "real", 10, 2), tmp_path / "made", tmp_path / "n.json"
    made.mkdir()
    for number in range(9):
        (made / f"{number}.png").write_bytes((real / "0.png").read_bytes())
    code, said, _ = danqing("evaluate", made, real, "--json", out, "--device", "cpu")
    told = json.loads(out.read_text("utf-8"))
    assert code == 0 and told["pictures"] == 9
    footing = told["footing"]
    for part in (footing["features"], footing["weights"][:8], f"{footing['side']} px", footing["resize"]):
        assert part in said, "on what the numbers rest is said with them"
    assert told["measures"]["variety"]["value"] == pytest.approx(0, abs=1e-6)


def test_a_model_is_measured_beside_a_folder(danqing, tmp_path: Path):
    real, run, recipe = noisy(tmp_path / "real", 9, 1, 40), tmp_path / "run", write_recipe(tmp_path)
    code, out, err = danqing("train", recipe, real, "--run", run, "--steps", 1, "--device", "cpu")
    assert code == 0, err
    numbers = tmp_path / "n.json"
    code, _, err = danqing("evaluate", out.strip(), real, "--count", 8, "--json", numbers, "--device", "cpu")
    assert code == 0, err
    told = json.loads(numbers.read_text("utf-8"))
    assert (told["kind"], told["step"], told["pictures"], told["real"]) == ("model", 1, 8, 9)
    code, _, err = danqing(
        "evaluate", run, real, "--count", 8, "--json", tmp_path / "run.json", "--device", "cpu"
    )
    assert code == 0, err
    assert (tmp_path / "run.json").read_bytes() == numbers.read_bytes(), "not its sheets of samples"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("evaluate", "made"), 2, "REAL_DIR"),
        (("evaluate", "made", "real", "--size", "4"), 2, "--size"),
        (("evaluate", "made", "nowhere"), 1, "nowhere"),
        (("evaluate", "nowhere", "real"), 1, "neither a model nor a folder"),
        (("evaluate", "made", "few"), 1, "at least 8"),
        (("evaluate", "few", "real"), 1, "few” has too few pictures that can be read (3); at least 8"),
        (("evaluate", "none", "real"), 1, "none"),
        (("evaluate", "made", "real", "--json", "real"), 1, "real"),
        (("evaluate", "real/0.png", "real"), 1, "0.png"),
    ],
)
def test_what_cannot_be_evaluated_is_told(
    danqing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
):
    monkeypatch.chdir(tmp_path)
    for name, count in (("made", 9), ("real", 9), ("few", 3), ("none", 0)):
        noisy(tmp_path / name, count, 5)
    ended, out, err = danqing(*words)
    assert (ended, out) == (code, "") and said in err and one_line(err)
    assert "to train on" not in err


def test_a_stopped_training_writes_its_checkpoint(tmp_path: Path, danqing):
    recipe, run = write_recipe(tmp_path), tmp_path / "run"
    data = tmp_path / "data"
    data.mkdir()
    for number in range(4):
        picture = Image.new("RGB", (40, 40), (60 * number, 90, 120))
        picture.paste((250, 240, 20 * number), (5 + 4 * number, 8, 30, 20 + 3 * number))
        picture.save(data / f"{number}.png")
    before = signal.getsignal(signal.SIGINT)
    from studio.engine.training import loop

    original, seen = loop._follow, []

    def follow(state: object) -> None:
        original(state)
        seen.append(1)
        if len(seen) == 3:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "_follow", follow)
        code, _, err = danqing("train", recipe, data, "--run", run, "--steps", 500, "--device", "cpu")
    assert code == 130 and "Traceback" not in err
    assert len(seen) == 3
    (checkpoint,) = (run / "checkpoints").glob("*.safetensors")
    assert "3" in checkpoint.name
    assert signal.getsignal(signal.SIGINT) is before


def test_one_command_trains_to_a_finished_model_and_goes_on_after_a_stop(
    danqing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from studio.engine.evaluation import sliders
    from studio.engine.training import finish as finishing
    from studio.engine.training import train as training

    monkeypatch.setattr(training, "_measured", lambda *_: iter(()))
    monkeypatch.setattr(sliders, "agreement", lambda _judge: {})
    recipe, run, kept = tmp_path / "hills.toml", tmp_path / "run", finishing._keep
    recipe.write_text(FINISHED_RECIPE)

    def stopped(network: object, path: Path) -> None:
        kept(network, path)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(finishing, "_keep", stopped)
    words = ("train", recipe, "--run", run, "--device", "cpu")
    code, out, err = danqing(*words)
    assert code == 130 and "finished model" in err and "--resume" in err
    assert [Path(line).parent.name for line in out.splitlines()] == ["checkpoints"]
    monkeypatch.setattr(finishing, "_keep", kept)
    code, out, err = danqing(*words, "--resume")
    assert code == 0, err
    assert out.split() == [str(run / "model.safetensors")] and str(run / "model.safetensors") in err
    code, out, err = danqing("models", "show", run / "model.safetensors")
    assert code == 0 and "slider mist" in out and "16 → 32 px" in out
    code, _, err = danqing(
        "train", write_recipe(tmp_path), tmp_path, "--run", tmp_path / "other", "--finish", "--device", "cpu"
    )
    assert code == 1 and "nothing to finish" in err and one_line(err)


@pytest.mark.parametrize("recipe", ["no-such-recipe", "broken.toml"])
def test_a_recipe_that_cannot_be_used(danqing, tmp_path: Path, recipe: str):
    (tmp_path / "broken.toml").write_text("name = ")
    place = tmp_path / recipe if recipe.endswith(".toml") else recipe
    code, _, err = danqing("train", place, "--run", tmp_path / "run")
    assert code == (1 if recipe.endswith(".toml") else 2) and recipe in err and one_line(err)


def test_landscapes_with_captions(danqing, tmp_path: Path):
    for name in ("a", "b"):
        words = ("data", "make", "shanshui", tmp_path / name, "--count", 3, "--size", 32, "--seed", 9)
        assert danqing(*words) == (0, "", "")
    lines = [json.loads(line) for line in (tmp_path / "a" / "pictures.jsonl").read_text("utf-8").splitlines()]
    assert [line["seed"] for line in lines] == [9, 10, 11]
    assert all(line["file"] == f"{line['class']}/{line['seed']:08d}.png" for line in lines)
    assert all("山水" in line["caption_zh"] and "landscape" in line["caption"] for line in lines)
    assert set(lines[0]["factors"]) >= {"mist", "night", "snow"}
    for line in lines:
        assert read(tmp_path / "a" / line["file"]).shape == (32, 32, 4)
        assert (tmp_path / "a" / line["file"]).read_bytes() == (tmp_path / "b" / line["file"]).read_bytes()
    assert danqing("make", "shanshui", tmp_path / "c.png", "--size", "32x32", "--seed", 9)[0] == 0
    assert np.abs(read(tmp_path / "c.png").astype(int) - read(tmp_path / "a" / lines[0]["file"])).max() <= 1


def test_doctor_names_what_it_finds(danqing):
    code, out, err = danqing("doctor")
    assert err == ""
    assert "torch" in out and "PySide6" in out and str(ROOT / "resources") in out
    assert code == (1 if "✗" in out else 0)


def write_model(path: Path) -> None:
    """A tiny generator with one direction."""
    import msgspec
    import torch
    from safetensors.torch import save_file

    from studio.engine.networks.generator import Generator, GeneratorShape
    from studio.messages.models import Slider

    shape = GeneratorShape(latent_size=4, style_size=8, mapping_layers=1, widths=(8, 8, 8))
    torch.manual_seed(1)
    tensors = {f"generator.{name}": value for name, value in Generator(shape).state_dict().items()}
    tensors["directions"] = 3 * torch.eye(4)[:1]
    sliders = (Slider(name="mist", title="Mist", title_zh="雾"),)
    card = ModelCard(
        name="tiny", title="Tiny", title_zh="小", kind="gan", size=shape.size, learned_size=shape.size, sliders=sliders,
        latent_size=4,
    )  # fmt: skip
    metadata = {"danqing": msgspec.json.encode(card).decode(), "shape": msgspec.json.encode(shape).decode()}
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(tensors, path, metadata)


FINISHED_RECIPE = """
name = "hills"
title = "Hills"
source = "shanshui"
batch = 2
steps = 1
precision = "float32"
sample_count = 1
generator = { style_size = 8, mapping_layers = 1, widths = [8, 8, 8] }
discriminator = { latent_size = 48, widths = [8, 8, 8] }
finish = { factor = 2, width = 4, blocks = 1, upscale_steps = 2, judge_steps = 1, pictures = 240 }
"""


def write_recipe(folder: Path) -> Path:
    """A recipe whose steps take milliseconds."""
    path = folder / "small.toml"
    path.write_text(
        'name = "small"\ntitle = "Small"\nsource = "folder"\nbatch = 2\nprecision = "float32"\nsample_count = 1\n'
        "[generator]\nlatent_size = 4\nstyle_size = 8\nmapping_layers = 1\nwidths = [8, 8]\n"
        "[discriminator]\nlatent_size = 0\nwidths = [8, 8]\n"
    )
    return path


# --- heal


def test_heal_repairs_what_the_mask_marks_and_nothing_else(danqing, tmp_path: Path):
    y, x = np.mgrid[:96, :96]
    truth = np.where((x // 8 + y // 8) % 2, 200, 60).astype(np.uint8)
    marked = np.zeros((96, 96), np.uint8)
    marked[30:50, 40:60] = 255
    source, mask = tmp_path / "photo.png", tmp_path / "mask.png"
    Image.fromarray(np.where(marked, 0, truth).astype(np.uint8)).convert("RGB").save(source)
    Image.fromarray(marked).save(mask)
    for method in ("patchmatch", "telea", "ns", "patch"):
        target = tmp_path / f"{method}.png"
        assert danqing("heal", source, mask, target, "--method", method) == (0, "", "")
        found = read(target)[..., 0].astype(int)
        assert np.array_equal(found[marked == 0], truth[marked == 0])
        if method in ("patchmatch", "patch"):
            assert np.abs(found - truth).max() <= 1
    code, out, _ = danqing("heal", "--list")
    assert code == 0 and "symmetry=none" in out


@pytest.mark.parametrize(("value", "word"), [(0, "Nothing is marked"), (255, "Everything is marked")])
def test_heal_with_an_empty_or_full_mask_says_so_and_writes_nothing(
    danqing, photo, tmp_path: Path, value, word
):
    mask, target = tmp_path / "mask.png", tmp_path / "out.png"
    Image.fromarray(np.full((70, 90), value, np.uint8)).save(mask)
    code, out, err = danqing("heal", photo, mask, target)
    assert (code, out) == (1, "") and word in err and one_line(err)
    assert not target.exists()


def test_heal_wrongly_used(danqing, photo, tmp_path: Path):
    mask = tmp_path / "mask.png"
    Image.fromarray(np.zeros((5, 5), np.uint8)).save(mask)
    code, _, err = danqing("heal", photo, mask, tmp_path / "out.png")
    assert code == 1 and "another size" in err
    code, _, err = danqing("heal", photo, mask, tmp_path / "out.png", "--method", "magic")
    assert code == 2 and "patchmatch" in err
    code, _, err = danqing("heal", photo)
    assert code == 2 and "MASK" in err


def test_a_command_imports_no_other_ones() -> None:
    """Nor Qt nor torch: a filter from file to file starts in a third of a second."""
    code = (
        "import sys\nfrom studio.commands.root import build\nbuild('filter')\n"
        "others = ('studio.commands.several', 'studio.commands.healing', 'PySide6', 'torch')\n"
        "print([name for name in others if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_picture_is_found_in_a_model(danqing, tmp_path: Path, home: Path):
    write_model(home / "data" / "models" / "tiny.safetensors")
    Image.new("RGB", (40, 30), (120, 130, 150)).save(tmp_path / "山.png")
    words = (
        "models",
        "find",
        "tiny",
        tmp_path / "山.png",
        "--steps",
        2,
        "--film",
        tmp_path / "film",
        "--device",
        "cpu",
    )
    code, out, err = danqing(*words)
    assert code == 0 and "difference" in out, err
    assert read(tmp_path / "山-tiny.png").shape == (16, 16, 4)
    assert len(list((tmp_path / "film").glob("*.png"))) == 3
    code, out, err = danqing("models", "find", "tiny", tmp_path / "山.png", "--class", "梅")
    assert code == 2 and "梅" in err and one_line(err)
