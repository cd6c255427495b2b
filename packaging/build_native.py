"""Compiles the C parts with the Zig compiler, for any of our platforms on any of them: ``python packaging/build_native.py``.

Also the build hook of the wheel: ``pip install`` runs it, and it adds the resources. ``--all`` makes the libraries of every platform.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
SOURCES = tuple(
    f"studio/raster/{stem}.c"
    for stem in (
        "blend",
        "boxes",
        "dabs",
        "diffusion",
        "fields",
        "median",
        "neighbours",
        "patches",
        "pixels",
        "planes",
        "stencil",
        "wet",
    )
)
# The same bits on every processor: no contraction to fused multiply-add.
FLAGS = (
    "-O3",
    "-std=c11",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-fvisibility=hidden",
)
SYSTEMS = {
    "linux": ("linux-gnu.2.28", ".so", "manylinux_2_28_{machine}"),
    "win32": ("windows-gnu", ".dll", "win_{machine}"),
    "darwin": ("macos.11.0", ".dylib", "macosx_11_0_{machine}"),
}
# variant: (architecture, processor)
VARIANTS = {
    "x86_64_v3": ("x86_64", "x86_64_v3"),
    "x86_64": ("x86_64", "x86_64_v2"),
    "aarch64": ("aarch64", "baseline"),
}


def architecture() -> str:
    machine = platform.machine().lower()
    return "aarch64" if machine in ("arm64", "aarch64") else "x86_64"


def system() -> str:
    return sys.platform if sys.platform in SYSTEMS else "linux"


def compile_all(root: Path, name: str, machine: str) -> list[Path]:
    """Compiles every source for one system and architecture; returns the libraries. Raises CalledProcessError."""
    target, suffix, _ = SYSTEMS[name]
    made = []
    for source in SOURCES:
        for variant, (one, processor) in VARIANTS.items():
            if one != machine:
                continue
            library = (root / source).with_name(f"{Path(source).stem}-{variant}{suffix}")
            position = [] if name == "win32" else ["-fPIC"]
            command = [
                sys.executable, "-m", "ziglang", "cc", *FLAGS, *position, "-shared", "-s",
                "-target", f"{one}-{target}", f"-mcpu={processor}", "-o", str(library), str(root / source),
            ]  # fmt: skip
            subprocess.run(command, check=True)
            made.append(library)
    return made


def wheel_tag(name: str, machine: str) -> str:
    names = {("darwin", "aarch64"): "arm64", ("win32", "x86_64"): "amd64", ("win32", "aarch64"): "arm64"}
    return "py3-none-" + SYSTEMS[name][2].format(machine=names.get((name, machine), machine))


class NativeBuildHook(BuildHookInterface):
    """Hatchling calls it before it packs the wheel, and before an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        name, machine = system(), architecture()
        made = compile_all(Path(self.root), name, machine)
        build_data["artifacts"] += [library.relative_to(self.root).as_posix() for library in made]
        build_data["pure_python"] = False
        build_data["tag"] = wheel_tag(name, machine)
        if version != "editable":  # which reads those of the checkout
            build_data["force_include"][str(Path(self.root) / "resources")] = "studio/resources"


if __name__ == "__main__":
    for system_name in SYSTEMS if "--all" in sys.argv else (system(),):
        for machine_name in ("x86_64", "aarch64") if "--all" in sys.argv else (architecture(),):
            for made_library in compile_all(ROOT, system_name, machine_name):
                print(made_library.relative_to(ROOT))
