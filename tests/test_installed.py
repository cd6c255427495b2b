"""Danqing away from its checkout: an installed wheel and a frozen application find every resource."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from studio import paths

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
PROBE = Path(__file__).with_name("installed_probe.py")
COMMAND = """
import sys
from pathlib import Path

program = sys.argv.pop(1)
sys.path[:] = [program, *(one for one in sys.path if not (Path(one) / "studio" / "__init__.py").exists())]
from studio.cli import main

sys.exit(main())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"), "wheel")


def built(folder: Path, target: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip has put the wheel, as it does in an environment without network."""
    folder = tmp_path_factory.mktemp("site") / "位置"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    command += ["--disable-pip-version-check", "--target", str(folder), str(wheel)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder


@pytest.fixture(scope="module")
def frozen(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(program, unpacked): the program's modules without resources beside them, the resources where ``sys._MEIPASS`` is."""
    folder = tmp_path_factory.mktemp("frozen")
    program, unpacked = folder / "program", folder / "unpacked"
    shutil.copytree(installed / "studio", program / "studio", ignore=shutil.ignore_patterns("resources"))
    shutil.copytree(installed / "studio" / "resources", unpacked / "resources")
    return program, unpacked


def outside(home: Path) -> dict[str, str]:
    """This process's environment, but nothing that leads to the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "DANQING_HOME": str(home), "PYTHONUTF8": "1"}


def probed(home: Path, *words: Path) -> dict:
    command = [sys.executable, "-I", "-X", "utf8", str(PROBE), *map(str, words)]
    finished = subprocess.run(
        command, cwd=home, env=outside(home), capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout.splitlines()[-1])


def check(found: dict, program: Path, resources: Path) -> None:
    """Every sort of resource, as many as the checkout has."""
    assert found["studio"] == str(program / "studio" / "__init__.py") and found["beside"] == []
    assert found["resources"] == str(resources)
    assert (
        found["models"] == ["shanshui-gan", "shanshui-cvae", "shanshui-vae"]
        and found["shipped_weights"]
        and found["network"]
    )
    assert "shanshui-gan" in found["recipes"]
    assert len(found["recipes"]) == count("recipes", "*.toml")
    assert found["chinese"] == "栅格化图层"
    assert found["presets"] > 20 and found["strange_presets"] == []
    assert len(found["brushes"]) == len(set(found["brushes"])) > 20
    assert len(found["palettes"]) == count("palettes", "*.gpl")
    assert len(found["shortcuts"]) == count("shortcuts", "*.json") - 1 and all(found["shortcuts"].values())
    assert found["letters"] > 200
    assert set(found["themes"]) == {file.stem for file in (RESOURCES / "themes").glob("*.json")}
    assert all(length > 1000 for length in found["themes"].values())
    assert found["icons"] == count("icons", "*.svg") and found["empty_icons"] == []
    parts = sorted(file.stem for file in (ROOT / "studio" / "raster").glob("*.c"))
    assert sorted(Path(name).name.rpartition("-")[0] for name in found["libraries"]) == parts
    assert all(Path(name).is_relative_to(program) for name in found["libraries"])


def count(folder: str, pattern: str) -> int:
    found = len(list((RESOURCES / folder).glob(pattern)))
    assert found
    return found


def test_the_wheel_carries_program_and_resources(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {name: archive.getinfo(name).CRC for name in archive.namelist()}
        entry = archive.read(next(name for name in carried if name.endswith("entry_points.txt"))).decode()
        for file in (one for one in RESOURCES.rglob("*") if one.is_file()):
            name = f"studio/resources/{file.relative_to(RESOURCES).as_posix()}"
            assert archive.read(name) == file.read_bytes(), name
    program = {file.relative_to(ROOT).as_posix() for file in (ROOT / "studio").rglob("*.py")}
    assert program <= set(carried)
    assert "danqing = studio.cli:main" in entry
    assert not any(name.startswith(("tests/", "packaging/")) for name in carried)


def test_an_editable_install_has_no_second_copy_of_the_resources(tmp_path: Path) -> None:
    """It would grow old beside those of the checkout."""
    with zipfile.ZipFile(built(tmp_path, "wheel:editable")) as archive:
        names = archive.namelist()
    assert any(name.endswith(".pth") for name in names)
    assert not any("resources/" in name for name in names)


def test_an_installed_wheel_finds_every_resource(installed: Path, tmp_path: Path) -> None:
    check(probed(tmp_path, installed), installed, installed / "studio" / "resources")


def test_a_frozen_application_finds_every_resource(frozen: tuple[Path, Path], tmp_path: Path) -> None:
    program, unpacked = frozen
    check(probed(tmp_path, program, unpacked), program, unpacked / "resources")


def test_the_installed_command_generates_with_the_embedded_model(installed: Path, tmp_path: Path) -> None:
    """The whole way in an engine's process: catalogue, weights, PNG."""
    words = ["generate", "shanshui-gan", "out", "--count", "1", "--seed", "3", "--device", "cpu"]
    command = [sys.executable, "-I", "-X", "utf8", "-c", COMMAND, str(installed), *words]
    finished = subprocess.run(
        command, cwd=tmp_path, env=outside(tmp_path / "home"), capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    (picture,) = (tmp_path / "out").glob("*.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


# --- where resources are looked for ---------------------------------------------------------------------------------


def layout(folder: Path, *places: str) -> Mapping[str, Path]:
    """Folders of resources at these places."""
    found = {place: folder / place / "resources" for place in places}
    for place in found.values():
        (place / "themes").mkdir(parents=True)
    return found


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package at ``site/studio`` from which :mod:`studio.paths` believes to come."""
    place = tmp_path / "site" / "studio"
    place.mkdir(parents=True)
    monkeypatch.setattr(paths, "_package", lambda: place)
    return place


def test_a_frozen_application_comes_first_then_the_wheel_then_the_checkout(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = layout(tmp_path, "site")["site"]
    assert paths.resources() == checkout
    # "resources" is a name that another package may have left among the installed ones: the wheel's own are inside it
    wheel = layout(tmp_path, "site/studio")["site/studio"]
    assert paths.resources() == wheel
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "unpacked"), raising=False)
    assert paths.resources() == wheel
    unpacked = layout(tmp_path, "unpacked")["unpacked"]
    assert paths.resources() == unpacked


def test_missing_resources_are_told_with_the_places(package: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        paths.resources()
    for place in (package / "resources", package.parent / "resources"):
        assert str(place) in str(error.value)
