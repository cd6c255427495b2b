"""Every text that the window shows is in the catalogue, whichever way it is asked for."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import studio
from studio import recipe, translation
from studio.raster.blend import BLEND_MODES
from studio.raster.brush import Brush
from studio.ui.widgets.dynamics_page import PARAMETERS, SENSORS

PACKAGE = Path(studio.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
OWN_FIELDS = {"TextStyle", "TextOptions", "ExportOptions", "Dynamic"}
"""Structs whose choices are shown by fields with words of their own; none of their keys is ever looked up."""
UNITS = {"px", "pt", "mm", "cm", "in"}


@pytest.fixture(scope="module")
def words() -> dict[str, dict[str, str]]:
    return translation.catalogue("zh_CN")


def is_translate(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute) and node.attr == "translate" and ast.unparse(node.value) != "painter"
    )


def aliases(tree: ast.AST) -> set[str]:
    """Names that stand for ``QCoreApplication.translate``."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and is_translate(node.value):
            found |= {name.id for name in node.targets if isinstance(name, ast.Name)}
    return found


def asked_for(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """(line, context, text) of every literal that is translated, by whatever name."""
    names = aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        named = isinstance(node.func, ast.Name) and node.func.id in names
        if not (named or is_translate(node.func)) or not isinstance(node.args[0], ast.Constant):
            continue
        if isinstance(node.args[0].value, str) and node.args[0].value not in translation.LANGUAGES:
            for part in ast.walk(node.args[1]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield node.lineno, node.args[0].value, part.value


def test_every_literal_that_is_translated_is_in_the_catalogue(words: dict[str, dict[str, str]]) -> None:
    lost, hidden = [], []
    for path in SOURCES:
        tree, name = ast.parse(path.read_text("utf-8")), str(path.relative_to(PACKAGE))
        hidden += [(name, alias) for alias in aliases(tree) - {"translate"}]
        lost += [
            (name, line, context, text)
            for line, context, text in asked_for(tree)
            if not words.get(context, {}).get(text)
        ]
    assert not hidden, "lupdate sees no other name: call it translate"
    assert not lost, "run python packaging/translate.py and translate these"


def test_the_walk_sees_through_aliases() -> None:
    tree = ast.parse('words = QCoreApplication.translate\nwords("C", "one" if on else "two")')
    assert aliases(tree) == {"words"}
    assert [found[1:] for found in asked_for(tree)] == [("C", "one"), ("C", "two")]


def declared() -> list[tuple[str, recipe.Parameter]]:
    """(struct, parameter) of every parameter that is declared with a title, in all packages but the engine's."""
    found: dict[tuple[str, str], recipe.Parameter] = {}
    for path in SOURCES:
        name = ".".join(("studio", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        if name.startswith(("studio.engine", "studio.bench")) or name == "studio.__main__":
            continue
        for item in vars(importlib.import_module(name)).values():
            if isinstance(item, type) and issubclass(item, msgspec.Struct) and item.__module__ == name:
                for parameter in titled(item):
                    found[f"{name}.{item.__name__}", parameter.name] = parameter
    return [(struct, parameter) for (struct, _), parameter in found.items()]


def titled(struct: type[msgspec.Struct]) -> list[recipe.Parameter]:
    try:
        parameters = recipe.parameters(struct)
    except NameError:  # a hint that only a type checker can resolve: no declaration has one
        return []
    return [one for one in parameters if one.title != one.name]


def test_every_declared_title_and_sentence_is_translated(words: dict[str, dict[str, str]]) -> None:
    found = declared()
    assert len(found) > 200
    lost = {
        (struct, text)
        for struct, parameter in found
        for text in (parameter.title, parameter.description)
        if text and not words["recipe"].get(text)
    }
    assert not lost


def test_every_choice_that_is_shown_is_translated(words: dict[str, dict[str, str]]) -> None:
    shown = [
        (struct, one)
        for struct, one in declared()
        if one.choices and struct.rpartition(".")[2] not in OWN_FIELDS
    ]
    names = {struct.rpartition(".")[2] for struct, _ in shown}
    assert {
        "ProcessVideo",
        "AssistantOptions",
        "CropOptions",
        "TransformOptions",
        "DropShadow",
        "Brush",
    } <= names
    assert not {(struct, one.name, key) for struct, one in shown for key in untranslated(one, words)}


def untranslated(parameter: recipe.Parameter, words: dict[str, dict[str, str]]) -> list[Any]:
    """The choices of a parameter that would be read in English."""
    if set(parameter.choices) <= set(BLEND_MODES):
        return [key for key in parameter.choices if not words["blend"].get(BLEND_MODES[key].title)]
    spoken = [key for key in parameter.choices if key not in UNITS and re.search(r"[A-Za-z]{2}", key)]
    return [key for key in spoken if not words["recipe"].get(key)]


@pytest.mark.parametrize("name", [*PARAMETERS, *SENSORS])
def test_what_dynamics_drive_is_translated(name: str, words: dict[str, dict[str, str]]) -> None:
    titles = {one.name: one.title for one in recipe.parameters(Brush)}
    assert words["recipe"].get(titles.get(name, name))
