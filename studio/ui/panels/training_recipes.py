"""What the Training panel knows of a recipe before it runs: its name, its length, and how long a step may take."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import msgspec

from studio import paths
from studio.ui.language import spoken

FLOPS = 3e10
"""Multiplications and additions per second that two cores reach in training; only a first guess, then it is measured."""
LEAST_SECONDS = 0.03
LESSONS = ("dense", "dcgan")
TIMES = {"short": 600, "hour": 3600, "night": 8 * 3600, "weekend": 48 * 3600}


class RecipeFile(msgspec.Struct, frozen=True):
    """A recipe of ``resources/recipes``. ``needs_folder``: it learns from the artist's own pictures. ``lesson``: a network of the
    tutorials, for those who want to see how it works."""

    name: str
    title: str
    title_zh: str
    steps: int
    side: int
    needs_folder: bool
    step_seconds: float
    lesson: bool = False

    def words(self) -> str:
        """``Tiny trial · 32 px`` in the language of the window."""
        title = self.title_zh if spoken().startswith("zh") and self.title_zh else self.title
        return f"{title} · {self.side} px"

    def steps_for(self, seconds: float, step_seconds: float = 0.0) -> int:
        """How many steps fit into a time, rounded to two figures. ``step_seconds``: as measured, 0 if it never was."""
        steps = max(10, int(seconds / (step_seconds or self.step_seconds)))
        size = 10 ** max(0, len(str(steps)) - 2)
        return steps // size * size


def recipe_files() -> tuple[RecipeFile, ...]:
    """The recipes that come with the studio, those for a folder of pictures first, the lessons behind them. Unreadable files
    are left out."""
    found = []
    for path in sorted((paths.resources() / "recipes").glob("*.toml")):
        recipe = _read(path)
        if recipe is not None:
            found.append(recipe)
    return tuple(
        sorted(found, key=lambda recipe: (not recipe.needs_folder, recipe.lesson, recipe.step_seconds))
    )


def _read(path: Path) -> RecipeFile | None:
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    generator = plain.get("generator")
    if not isinstance(generator, dict):
        return None
    widths = generator.get("widths")
    if not isinstance(widths, list) or not widths:
        return None
    network = generator.get("network", "style")
    if network == "dense":  # a multiplication per weight
        side = int(generator.get("side", 0))
        cost = (sum(a * b for a, b in itertools.pairwise(widths)) + float(widths[-1]) * side**2) / 9
    else:
        side = 4 << (len(widths) - (0 if network == "dcgan" else 1))
        cost = sum(float(width) ** 2 * (4 << level) ** 2 for level, width in enumerate(widths))
    # 3×3 kernels, two operations each; both networks forwards and backwards are about ten passes
    seconds = LEAST_SECONDS + cost * 9 * 2 * 10 * float(plain.get("batch", 16)) / FLOPS
    return RecipeFile(
        name=path.stem,
        title=str(plain.get("title", path.stem)),
        title_zh=str(plain.get("title_zh", "")),
        steps=int(plain.get("steps", 0)),
        side=side,
        needs_folder=plain.get("source", "shanshui") == "folder",
        step_seconds=seconds,
        lesson=network in LESSONS,
    )
