"""packaging/dev.py: what it installs, when it skips, how it resumes, what it says."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("danqing_dev", ROOT / "packaging" / "dev.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


class Commands:
    """Stands for every command that set-up would run; fails those whose text contains ``failing``."""

    def __init__(self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error = dev.SetupError
        self.called: list[str] = []
        self.failing = "nothing fails"
        self.torch: str | None = None
        monkeypatch.setattr(dev, "call", self.call)
        monkeypatch.setattr(dev, "answers", self.answers)

    def call(self, command: Sequence[str | Path], checkout: Any, purpose: str) -> None:
        text = " ".join(str(part) for part in command)
        self.called.append(text)
        if self.failing in text:
            raise self.error(f"{purpose} failed")
        if "-m venv" in text:
            checkout.python.parent.mkdir(parents=True, exist_ok=True)
            checkout.python.touch()

    def answers(self, command: Sequence[str | Path]) -> str | None:
        if not Path(command[0]).exists():
            return None
        return self.torch if "version('torch')" in str(command[-1]) else "{}.{}".format(*sys.version_info[:2])


@pytest.fixture
def commands(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Commands:
    return Commands(dev, monkeypatch)


@pytest.fixture
def checkout(dev: ModuleType, tmp_path: Path) -> Any:
    """A checkout in a folder with Chinese characters and a space."""
    root = tmp_path / "丹青 工作"
    (root / "packaging").mkdir(parents=True)
    for name in ("pyproject.toml", "packaging/constraints.txt", "packaging/dev.py"):
        shutil.copy(ROOT / name, root / name)
    return dev.Checkout(root)


def test_set_up_installs_torch_first_and_everything_within_the_constraints(dev, commands, checkout):
    assert dev.set_up(checkout, None)
    made, torch, tools, itself = commands.called
    assert "-m venv --clear" in made
    assert torch.endswith("-c packaging/constraints.txt torch==2.13.*")
    assert "hatchling" in tools
    assert itself.endswith("--no-build-isolation -e .[engine,test,dev]")
    assert "-c packaging/constraints.txt" in itself
    assert not any("index-url" in command for command in commands.called)


def test_a_second_start_has_nothing_to_do(dev, commands, checkout):
    dev.set_up(checkout, None)
    commands.called.clear()
    assert not dev.set_up(checkout, None)
    assert commands.called == []


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/constraints.txt"])
def test_a_changed_declaration_is_set_up_again_in_the_same_environment(dev, commands, checkout, name):
    dev.set_up(checkout, None)
    commands.called.clear()
    with open(checkout.root / name, "a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert dev.set_up(checkout, None)
    assert not any("venv" in command and "--clear" in command for command in commands.called)


def test_an_interrupted_set_up_is_taken_up_again(dev, commands, checkout):
    commands.failing = "-e ."
    with pytest.raises(dev.SetupError):
        dev.set_up(checkout, "cpu")
    commands.failing = "nothing fails"
    assert dev.set_up(checkout, None)
    assert not dev.set_up(checkout, None)
    assert json.loads(checkout.stamp.read_text(encoding="utf-8"))["torch"] == "cpu"


def test_an_interrupted_renewal_does_not_trust_the_old_mark(dev, commands, checkout):
    dev.set_up(checkout, None)
    commands.failing = "torch==2.13.*"
    with pytest.raises(dev.SetupError):
        dev.set_up(checkout, "cu130")
    commands.failing = "nothing fails"
    assert dev.set_up(checkout, "cu130")


def test_an_unreadable_mark_counts_as_none(dev, commands, checkout):
    dev.set_up(checkout, None)
    checkout.stamp.write_bytes(b"\xff{")
    assert dev.set_up(checkout, None)


def test_the_choice_of_torch_picks_an_index_replaces_the_build_and_is_remembered(dev, commands, checkout):
    dev.set_up(checkout, None)
    commands.torch, commands.called = "2.13.0+cpu", []
    assert dev.set_up(checkout, "rocm")
    assert any(command.endswith("pip uninstall -y torch") for command in commands.called)
    assert any(
        re.search(r"--extra-index-url \S+/rocm[\d.]+ torch==2.13", command) for command in commands.called
    )
    commands.torch = "2.13.0+rocm7.2"
    assert not dev.set_up(checkout, None)


def test_the_right_build_of_torch_stays(dev, commands, checkout):
    dev.set_up(checkout, None)
    commands.torch, commands.called = "2.13.0+cpu", []
    dev.set_up(checkout, "cpu")
    assert not any("uninstall" in command for command in commands.called)


def test_missing_libraries_are_named_with_the_line_that_installs_them(dev, monkeypatch):
    monkeypatch.setattr(dev, "_loads", lambda soname: soname != "libEGL.so.1")
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(dev, "_has_chinese_font", lambda: False)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    with pytest.raises(dev.SetupError) as caught:
        dev.check_libraries("test", {})
    text = str(caught.value)
    assert "libEGL.so.1, Xvfb, xauth, Noto Sans CJK" in text
    assert "sudo apt-get install -y --no-install-recommends libegl1 xvfb xauth fonts-noto-cjk" in text


def test_a_package_with_two_missing_libraries_is_installed_once(dev, monkeypatch):
    monkeypatch.setattr(dev, "_loads", lambda soname: "libg" not in soname)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    missing = dev.missing_libraries(("window",))
    assert [item.soname for item in missing] == ["libglib-2.0.so.0", "libgthread-2.0.so.0"]
    for tool, package in (("apt-get", "libglib2.0-0"), ("dnf", "glib2")):
        monkeypatch.setattr(dev.shutil, "which", lambda name, tool=tool: name if name == tool else None)
        assert dev.install_line(missing).split()[-2:].count(package) == 1, tool


def test_fedora_gets_its_own_line(dev, monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0, raising=False)
    assert dev.install_line(dev.SYSTEM_LIBRARIES[:2]) == "dnf install -y mesa-libGL mesa-libEGL"


def test_wayland_starts_without_the_libraries_of_x11(dev, monkeypatch):
    monkeypatch.setattr(dev, "_loads", lambda soname: "xcb" not in soname)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    dev.check_libraries("run", {"WAYLAND_DISPLAY": "wayland-0"})
    with pytest.raises(dev.SetupError, match="libxcb-cursor"):
        dev.check_libraries("run", {})


def test_arguments_after_the_command_are_handed_on(dev):
    chosen, rest = dev.parse(["test", "--torch", "cpu", "tests/raster", "-k", "tile"])
    assert (chosen.command, chosen.torch, rest) == ("test", "cpu", ["tests/raster", "-k", "tile"])
    assert dev.parse(["run", "画.png", "--", "--help"])[1] == ["画.png", "--", "--help"]


def test_setup_takes_no_arguments(dev, capsys):
    with pytest.raises(SystemExit, match="2"):
        dev.parse(["setup", "nonsense"])
    assert "setup takes no arguments: nonsense" in capsys.readouterr().err


def test_checks_show_no_window_unless_asked(dev, checkout):
    chosen = dev.check_environment(checkout, {"DISPLAY": ":0", "PYTHONDONTWRITEBYTECODE": "1"})
    assert chosen["QT_QPA_PLATFORM"] == "offscreen"
    assert "PYTHONDONTWRITEBYTECODE" not in chosen
    assert int(chosen["OMP_NUM_THREADS"]) >= 1
    asked = dev.check_environment(checkout, {"DISPLAY": ":0", "DANQING_TEST_DISPLAY": "1"})
    assert "QT_QPA_PLATFORM" not in asked


def test_every_check_runs_and_one_failure_is_enough(dev, checkout, monkeypatch):
    seen, told = [], []

    def run_check(name, command, checkout, environment, output=None):
        seen.append(name)
        if name == "pyright":
            output.write("line 3: no such name")
        if name == "pytest":  # as its summary does
            report = Path(environment["DANQING_CHECKS"])
            while not report.exists():
                time.sleep(0.01)
            told.append(report.read_text(encoding="utf-8"))
        return dev.CheckResult(name, name not in failing, 0.5)

    monkeypatch.setattr(dev, "run_check", run_check)
    for failing in ({"ruff format"}, {"pyright"}, {"pytest"}, set()):
        seen.clear()
        assert dev.run_checks(checkout, []) == (1 if failing else 0)
        assert {"pyright", "pytest", "ruff check", "ruff format"} <= set(seen)
    assert told[0] == "ruff check passed in 0.5 s\nruff format FAILED in 0.5 s\npyright passed in 0.5 s"
    assert told[1].endswith("pyright FAILED in 0.5 s\nline 3: no such name")


def test_a_check_that_cannot_be_started_is_a_failure(dev, checkout, tmp_path):
    report = tmp_path / "report"
    result = dev.run_quietly("pyright", ["pyright"], checkout, {}, [], report)
    assert not result.passed
    assert report.read_text(encoding="utf-8").startswith("pyright FAILED")


@pytest.mark.parametrize(("arguments", "types_of_tests"), [([], False), (["--long"], True)])
def test_what_is_long_is_checked_when_asked(dev, checkout, monkeypatch, arguments, types_of_tests):
    commands = {}

    def run_check(name, command, checkout, environment, output=None):
        commands[name] = command
        return dev.CheckResult(name, True, 0.5)

    monkeypatch.setattr(dev, "run_check", run_check)
    assert dev.run_checks(checkout, arguments) == 0
    assert ("studio" in commands["pyright"] and "tests" not in commands["pyright"]) is not types_of_tests
    assert ("--long" in commands["pytest"]) is types_of_tests
    assert "-n" in commands["pytest"]


def test_failures_end_in_one_clear_line(checkout):
    (checkout.root / "pyproject.toml").write_text("[build-system]\nrequires = []\n", encoding="utf-8")
    environment = {**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    command = [sys.executable, str(checkout.root / "packaging" / "dev.py"), "setup"]
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 1
    said = finished.stdout.splitlines()
    assert any(line.startswith("danqing: installing torch failed (exit 1): ") for line in said)
    assert "Traceback" not in finished.stderr
    assert said[-1].strip() == "Start the same command again to go on."


def test_every_requirement_is_pinned_and_torch_in_platform_neutral_form():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    wanted = [*project["dependencies"], *declared["build-system"]["requires"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(
        line.split(";")[0].strip().lower().split("==") for line in lines if line and not line.startswith("#")
    )
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9-]+", requirement)
        assert name is not None
        assert name.group().lower() in pins, requirement
    assert pins["torch"] == "2.13.0"
    assert all(re.fullmatch(r"[0-9.]+", version) for version in pins.values())
