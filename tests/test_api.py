"""studio.api: the same values for Python users, and the ten lines of the README."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import api
from studio.document.layer import Filter, Generated, Paint
from studio.engine.failures import EngineError
from studio.engine.library.model_file import ModelFileError
from studio.messages.requests import Part
from studio.project.decode import decode
from studio.project.errors import DecodeError, ExportError
from studio.recipe import RecipeError
from tests.test_cli import write_model

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    Image.fromarray(np.random.default_rng(3).integers(0, 256, (60, 90, 4), dtype=np.uint8)).save(path)
    return path


def test_import_brings_neither_torch_nor_qt():
    code = "import sys, studio.api; print(sorted({'torch', 'PySide6', 'typer', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_a_filter_is_a_layer_and_the_picture_below_stays(photo: Path):
    opened = api.open(photo)
    filtered = api.filter(opened, "gaussian-noise", sigma=0.1, seed=4)
    assert len(opened.layers) == 1 and filtered.layers[0] is opened.layers[0]
    assert isinstance(filtered.layers[1], Filter)
    assert filtered.layers[1].recipe.parameters["seed"] == 4
    assert not np.array_equal(api.render(filtered), api.render(opened))
    assert np.array_equal(
        api.render(filtered), api.render(api.filter(opened, "gaussian-noise", sigma=0.1, seed=4))
    )


def test_opened_pixels_are_exact(photo: Path):
    stored = np.asarray(Image.open(photo))
    shown = stored[..., 3] > 7
    assert np.array_equal(api.render(api.open(photo))[shown], stored[shown])
    assert api.render(api.open(photo), bits=16).dtype == np.uint16


def test_what_is_unknown_or_out_of_range_is_refused(photo: Path, tmp_path: Path):
    artwork = api.new(20, 10)
    with pytest.raises(RecipeError, match="gaussian-blur"):
        api.filter(artwork, "blur")
    with pytest.raises(RecipeError, match="sigma"):
        api.filter(artwork, "gaussian-noise", sigma=7.0)
    with pytest.raises(RecipeError, match="shanshui"):
        api.make("no such rule", 10, 10)
    with pytest.raises(RecipeError, match="0x10"):
        api.make("gaussian-noise", 0, 10)
    with pytest.raises(RecipeError, match="quality"):
        api.export(artwork, tmp_path / "a.png", quality=101)
    with pytest.raises(ExportError, match=r"a\.xyz"):
        api.save(artwork, tmp_path / "a.xyz")
    with pytest.raises(DecodeError, match=r"nothing\.png"):
        api.open(tmp_path / "nothing.png")


@pytest.mark.parametrize("name", ["画.danqing", "画.ora"])
def test_a_saved_project_has_its_layers(photo: Path, tmp_path: Path, name: str):
    artwork = api.filter(api.open(photo), "gaussian-noise", sigma=0.1)
    api.save(artwork, tmp_path / name)
    again = api.open(tmp_path / name)
    assert np.array_equal(api.render(again), api.render(artwork)) or name.endswith(".ora")
    assert isinstance(again.layers[0], Paint)
    if name.endswith(".danqing"):
        assert isinstance(again.layers[1], Filter)


def test_export_writes_every_format_that_its_refusal_names(photo: Path, tmp_path: Path):
    artwork = api.filter(api.open(photo), "gaussian-noise", sigma=0.1)
    with pytest.raises(ExportError) as refused:
        api.export(artwork, tmp_path / "a.xyz")
    endings = re.findall(r"\.[a-z]{3,4}\b", str(refused.value).partition("Use")[2])
    assert set(endings) == {".png", ".jpg", ".tif", ".webp", ".ora"}
    for ending in endings:
        api.export(artwork, tmp_path / f"画{ending}")
        assert api.open(tmp_path / f"画{ending}").width == artwork.width
    assert len(api.open(tmp_path / "画.ora").layers) == len(artwork.layers), "OpenRaster keeps the layers"


def test_openraster_takes_no_profile_and_one_layer_alone(photo: Path, tmp_path: Path):
    artwork, target = api.open(photo), tmp_path / "one.ora"
    with pytest.raises(RecipeError, match="colour space"):
        api.export(artwork, target, profile="sRGB")
    with pytest.raises(RecipeError, match="quality"):
        api.export(artwork, target, quality=101)
    assert not target.exists()
    api.export_layer(artwork, artwork.layers[0].name, target)
    assert [layer.name for layer in api.open(target).layers] == [artwork.layers[0].name]


def test_make_and_export(tmp_path: Path):
    artwork = api.make("uniform-noise", 64, 48, seed=2, amount=0.25, precision="float32")
    api.export(artwork, tmp_path / "noise.png", bits=16)
    assert decode((tmp_path / "noise.png").read_bytes()).bits == 16
    values = api.render(artwork)[..., :3] / 255
    assert 0.25 <= values.min() < 0.27 and 0.73 < values.max() <= 0.75
    again = api.make("uniform-noise", 64, 48, seed=2, amount=0.25, precision="float32")
    assert np.array_equal(api.render(again), api.render(artwork))


def test_noise_like_a_picture_has_its_colours(photo: Path):
    source = api.open(photo)
    made = api.noise_like(source, 120, 70, seed=3, precision="float32")
    assert (made.width, made.height) == (120, 70)
    pixels, kept = api.flatten(made), api.flatten(source)
    shown = kept[..., 3] > 0
    np.testing.assert_allclose(
        pixels[..., :3].mean((0, 1)), (kept[shown][:, :3] / kept[shown][:, 3:]).mean(0), atol=1e-3
    )
    with pytest.raises(RecipeError, match="size"):
        api.noise_like(source, 0, 5)


def test_generated_pictures_keep_what_made_them(home: Path):
    write_model(home / "data" / "models" / "tiny.safetensors")
    one, two = api.generate("tiny", 2, seed=5, sliders={"mist": 1.0}, size=32, device="cpu")
    layer = one.layers[0]
    assert isinstance(layer, Generated) and layer.variant is not None
    assert (layer.variant.seed, layer.variant.sliders) == (5, {"mist": 1.0})
    assert not np.array_equal(api.render(one), api.render(two))
    (again,) = api.generate("tiny", seed=6, sliders={"mist": 1.0}, size=32, device="cpu")
    assert np.array_equal(api.render(again), api.render(two))
    halves = (Part(seed=5, weight=0.5), Part(seed=6, weight=0.5))
    (mixed,) = api.generate("tiny", parts=halves, size=32, device="cpu")
    assert isinstance(mixed.layers[0], Generated) and mixed.layers[0].variant.parts == halves  # type: ignore[union-attr]
    with pytest.raises(EngineError, match="add up to 1"):
        api.generate("tiny", parts=halves[:1], device="cpu")
    with pytest.raises(EngineError, match="fog"):
        api.generate("tiny", sliders={"fog": 1.0}, device="cpu")
    with pytest.raises(ModelFileError, match="nobody"):
        api.generate("nobody")


def python_lines(page: str) -> str:
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found is not None, "the page has no Python lines"
    return found[1]


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_lines_of_the_readme_run(page: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch):
    from studio.engine.library.catalog import Catalog

    lines = python_lines((ROOT / page).read_text(encoding="utf-8"))
    assert len([line for line in lines.splitlines() if line.strip()]) <= 10
    if not any(entry.card.name == "shanshui-gan" for entry in Catalog().entries()):
        write_model(home / "data" / "models" / "tiny.safetensors")
        lines = lines.replace("shanshui-gan", "tiny")
    monkeypatch.chdir(tmp_path)
    Image.new("RGB", (120, 80), (200, 120, 40)).save("photo.jpg")
    exec(compile(lines, page, "exec"), {})
    for name in ("grainy.png", "grainy.danqing", "landscape.png"):
        assert (tmp_path / name).stat().st_size > 0, name
