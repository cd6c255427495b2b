"""The plan of studio/README.md, held by a walk over the syntax trees: who may import whom, names, lengths, bans.

``violations`` takes the sources as a mapping from path to text, so that the tests at the end can show that each rule
catches what it forbids.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A package imports only packages with a smaller number.
LEVELS = {
    "recipe": -1,
    "raster": 0,
    "filters": 1,
    "synthesis": 1,
    "messages": 1,
    "document": 2,
    "jobs": 2,
    "render": 3,
    "project": 3,
    "engine": 3,
    "workspace": 4,
    "ui": 5,
}
# The root modules, the commands and the benchmark; only these build and connect, so they may import everything.
STARTS = {"__main__", "cli", "app", "api", "commands", "bench"}
# Open to all, importing nothing above themselves.
OPEN = {"settings", "paths", "translation"}
MAY_IMPORT_ENGINE = {"engine"} | STARTS
# How a text is marked for translation is open to all, too, though recipe itself has a level.
OPEN_NAMES = {"studio.recipe.QT_TRANSLATE_NOOP"}
# The engine's box has neither Qt nor Skia.
ENGINE_IMPORTS = {"recipe", "messages", "jobs", "engine"} | OPEN

THIRD_PARTY = {
    "recipe": {"msgspec"},
    "raster": {"numpy", "skia", "cv2", "msgspec", "uharfbuzz"},
    "filters": {"numpy", "cv2", "skia", "msgspec"},
    "synthesis": {"numpy", "cv2", "msgspec"},
    "messages": {"msgspec", "numpy"},
    "document": {"numpy", "psygnal", "msgspec"},
    "jobs": set(),
    "render": {"numpy", "skia", "cv2", "msgspec"},
    "project": {"zstandard", "isal", "PIL", "cv2", "numpy", "msgspec", "rawpy", "tifffile"},
    "engine": {"torch", "safetensors", "msgspec", "numpy", "PIL", "cv2", "constriction"},
    "workspace": {"numpy", "msgspec", "psygnal", "pypinyin"},
    "ui": {"PySide6", "shiboken6", "numpy", "msgspec", "psygnal", "pypinyin"},
    "cli": set(),
    "commands": {"typer", "rich", "msgspec"},
    "bench": {"PySide6", "numpy", "cv2", "scipy", "skimage", "msgspec", "psygnal"},
    "app": {"PySide6", "shiboken6", "numpy", "msgspec", "psygnal"},
    "api": {"numpy", "msgspec"},
    "__main__": set(),
    "settings": {"msgspec"},
    "paths": {"platformdirs"},
    "translation": set(),
}
# What the engine may reach through everything it imports (platformdirs: where the models lie).
ENGINE_REACH = THIRD_PARTY["engine"] | {"platformdirs"}

BANNED_WORDS = {"manager", "service", "controller", "helper", "util", "base", "factory"}
BANNED_WORDS |= {word + "s" for word in BANNED_WORDS} | {"utility", "utilities", "factories"}
BANNED_MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "shelve", "marshal"}
BANNED_CALLS = {
    "cv2.imread": "fails on 中文 paths; read bytes and decode them",
    "cv2.imwrite": "fails on 中文 paths; encode and write bytes",
}
MAY_CATCH_ALL = {"studio/jobs/lane.py", "studio/app.py"}
LONGEST_FUNCTION = 60
LONGEST_FILE = 600
MAY_BE_LONG = ("studio/engine/networks/", "studio/engine/training/")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b")

Sources = Mapping[str, str]


def sources_of(root: Path) -> dict[str, str]:
    files = sorted((root / "studio").rglob("*.py"))
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}


def package_of(path: str) -> str:
    """The row of the table: studio/raster/tile.py is raster, studio/cli.py is cli."""
    return path.split("/")[1].removesuffix(".py")


@cache
def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All nodes of a tree; it is walked once for all checks."""
    return tuple(ast.walk(tree))


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports_of(tree: ast.AST, path: str) -> Iterator[tuple[int, str]]:
    """Each imported dotted name with its line, function-level and constant dynamic imports included."""
    package = module_of(path) if path.endswith("__init__.py") else module_of(path).rpartition(".")[0]
    for node in nodes_of(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                start = ".".join([*above, *([node.module] if node.module else [])])
            # `from studio import paths` imports studio.paths
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and dotted(node.func) in (
            "importlib.import_module",
            "import_module",
            "__import__",
        ):
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def violations(sources: Sources) -> list[str]:
    """Every breach of the plan in ``sources`` (path relative to the checkout → text), as ``path:line: what``."""
    trees = {path: ast.parse(text, path) for path, text in sources.items()}
    found = []
    for path, tree in trees.items():
        if path == "studio/__init__.py":
            continue
        found += import_breaches(path, tree)
        found += name_breaches(path, tree)
        found += length_breaches(path, tree, sources[path])
        found += banned_breaches(path, tree)
        found += colour_breaches(path, tree)
    return [*found, *reach_breaches(trees)]


def import_breaches(path: str, tree: ast.AST) -> Iterator[str]:
    package = package_of(path)
    if package not in LEVELS and package not in STARTS | OPEN:
        yield f"{path}:1: {package} is not in the table of packages"
        return
    for line, name in imports_of(tree, path):
        first, _, rest = name.partition(".")
        if first == "studio":
            if rest and name not in OPEN_NAMES and (reason := refused(package, rest.split(".")[0])):
                yield f"{path}:{line}: {package} must not import {name}: {reason}"
        elif first not in sys.stdlib_module_names and first not in THIRD_PARTY[package]:
            yield f"{path}:{line}: {first} is not among the third-party names of {package}"


def refused(package: str, target: str) -> str | None:
    """Why ``package`` must not import ``studio.<target>``; None when it may."""
    if target in (package, "__version__"):
        return None
    if target == "engine" and package not in MAY_IMPORT_ENGINE:
        return "only the start imports the engine"
    if target in STARTS:
        return None if package in STARTS else "only the start builds and connects"
    if package in STARTS or target in OPEN:
        return None
    if package in OPEN:
        return None if target == "recipe" else "a module open to all imports nothing above it"
    if target not in LEVELS:
        return "it is not in the table of packages"
    if package == "engine" and target not in ENGINE_IMPORTS:
        return "the engine runs without Qt and Skia"
    if LEVELS[target] >= LEVELS[package]:
        return f"level {LEVELS[target]} is not below level {LEVELS[package]}"
    return None


def name_breaches(path: str, tree: ast.AST) -> Iterator[str]:
    names = [(1, part.removesuffix(".py")) for part in path.split("/")[1:]]
    for node in nodes_of(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.append((node.lineno, node.name))
    for line, name in names:
        words = {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}
        for word in sorted(words & BANNED_WORDS):
            yield f"{path}:{line}: the name {name} contains “{word}”"


def length_breaches(path: str, tree: ast.AST, text: str) -> Iterator[str]:
    if path.startswith(MAY_BE_LONG):
        return
    if (lines := text.count("\n")) > LONGEST_FILE:
        yield f"{path}:1: {lines} lines; split it at {LONGEST_FILE}"
    for node in nodes_of(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node, clean=False) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines; at most {LONGEST_FUNCTION}"


def banned_breaches(path: str, tree: ast.AST) -> Iterator[str]:
    for line, name in imports_of(tree, path):
        if name.partition(".")[0] in BANNED_MODULES:
            yield f"{path}:{line}: {name.partition('.')[0]} can run code from a file"
        if name in BANNED_CALLS:
            yield f"{path}:{line}: {name} {BANNED_CALLS[name]}"
    for node in nodes_of(tree):
        if isinstance(node, ast.Attribute) and (reason := BANNED_CALLS.get(dotted(node))):
            yield f"{path}:{node.lineno}: {dotted(node)} {reason}"
        elif isinstance(node, ast.Call) and dotted(node.func) == "torch.load":
            given = {keyword.arg: keyword.value for keyword in node.keywords}.get("weights_only")
            if not (isinstance(given, ast.Constant) and given.value is True):
                yield f"{path}:{node.lineno}: torch.load without weights_only=True"
        elif isinstance(node, ast.ExceptHandler) and path not in MAY_CATCH_ALL and catches_all(node):
            yield f"{path}:{node.lineno}: catches every exception; name those that can come"


def catches_all(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or dotted(kind).split(".")[-1] in ("Exception", "BaseException") for kind in caught
    )


def colour_breaches(path: str, tree: ast.AST) -> Iterator[str]:
    if package_of(path) != "ui":
        return
    for node in nodes_of(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.search(node.value):
            yield f"{path}:{node.lineno}: a colour literal; colours stand in resources/themes"


def reach_breaches(trees: Mapping[str, ast.AST]) -> Iterator[str]:
    """Torch reached from ui or workspace, anything outside its row reached from the engine; through any number of
    imports, those inside functions included."""
    modules = {module_of(path): path for path in trees}
    edges = {module: sorted(set(imports_of(trees[path], path))) for module, path in modules.items()}
    for module, path in modules.items():
        package = package_of(path)
        if package not in ("ui", "workspace", "engine") or path == "studio/__init__.py":
            continue
        for route in third_party_routes(module, edges):
            name = route[-1].partition(".")[0]
            if (name in ("torch", "safetensors")) if package != "engine" else (name not in ENGINE_REACH):
                yield f"{path}:1: reaches {name}: {' → '.join(route)}"


def third_party_routes(start: str, edges: Mapping[str, list[tuple[int, str]]]) -> Iterator[list[str]]:
    """One route from ``start`` to each third-party name it reaches."""
    waiting, seen, named = [[start]], {start}, set()
    while waiting:
        route = waiting.pop(0)
        for _, name in edges[route[-1]]:
            first = name.partition(".")[0]
            if first != "studio":
                if first not in sys.stdlib_module_names and first not in named:
                    named.add(first)
                    yield [*route, name]
                continue
            parts = name.split(".")
            # importing a.b.c also runs a and a.b; the last part may be a name inside a module
            for module in (".".join(parts[:count]) for count in range(2, len(parts) + 1)):
                if module in edges and module not in seen:
                    seen.add(module)
                    waiting.append([*route, module])


def test_the_studio_keeps_to_the_plan():
    breaches = violations(sources_of(ROOT))
    assert not breaches, "\n" + "\n".join(breaches)


def test_the_page_of_the_plan_names_the_same_packages_and_folders():
    page = (ROOT / "studio" / "README.md").read_text(encoding="utf-8")
    _, table, *_ = page.split("```")
    lines = {line.split()[0].strip("/").removesuffix(".py"): line for line in table.splitlines() if line}
    for package in LEVELS:
        names = set(re.split(r"\s{2,}|, ", lines[package]))
        wanted = {{"PIL": "Pillow"}.get(name, name) for name in THIRD_PARTY[package]}
        assert wanted <= names, f"{package}: {wanted - names}"
    engine = lines["host"]
    folders = {folder.parent.name for folder in (ROOT / "studio" / "engine").glob("*/__init__.py")}
    assert set(re.findall(r"(\w+)/", engine)) == folders
    inside = engine.partition("(")[2].partition(")")[0].split(", ")
    assert all((ROOT / "studio" / "engine" / "host" / f"{name}.py").is_file() for name in inside)


def test_the_table_has_a_row_for_each_package_and_no_other():
    assert set(THIRD_PARTY) == set(LEVELS) | STARTS | OPEN
    folders = {
        folder.name for folder in (ROOT / "studio").iterdir() if folder.is_dir() and any(folder.rglob("*.py"))
    }
    assert folders <= set(LEVELS) | STARTS
    readme = (ROOT / "studio" / "README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in STARTS)
    for package, level in LEVELS.items():
        assert re.search(rf"^{package}(?:/|\.py)\s+{level}\s", readme, re.MULTILINE), (
            f"{package} in studio/README.md"
        )


def test_the_window_starts_without_torch_typer_and_rich():
    modules = [module_of(path) for path in sources_of(ROOT) if package_of(path) in ("ui", "workspace", "app")]
    code = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(sorted({'torch', 'safetensors', 'typer', 'rich', 'pydantic'} & set(sys.modules)))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip() == "[]"


CAUGHT = {
    "unlisted package": ({"studio/extras/a.py": ""}, "not in the table"),
    "unlisted target": ({"studio/ui/a.py": "import studio.extras"}, "not in the table"),
    "upwards": ({"studio/raster/a.py": "from studio.document.layer import Layer"}, "level 2 is not below"),
    "upwards from a package": ({"studio/raster/a.py": "from studio import render"}, "level 3 is not below"),
    "relative, upwards": ({"studio/raster/a.py": "from ..ui import theme"}, "level 5 is not below"),
    "same level": ({"studio/filters/a.py": "import studio.synthesis"}, "level 1 is not below"),
    "inside a function": ({"studio/render/a.py": "def f():\n    import studio.project.store"}, "level 3"),
    "engine from ui": ({"studio/ui/a.py": "import studio.engine.host"}, "only the start imports"),
    "engine from workspace": (
        {"studio/workspace/a.py": "from studio import engine"},
        "only the start imports",
    ),
    "raster from engine": ({"studio/engine/a.py": "from studio.raster import tile"}, "without Qt and Skia"),
    "start from below": ({"studio/ui/a.py": "from studio import app"}, "only the start"),
    "open imports above": ({"studio/paths.py": "from studio.project import store"}, "open to all"),
    "raster from recipe": ({"studio/recipe.py": "from studio.raster import tile"}, "is not below"),
    "third party": ({"studio/document/a.py": "import cv2"}, "cv2 is not among"),
    "qt below ui": ({"studio/workspace/a.py": "from PySide6.QtCore import QObject"}, "PySide6 is not among"),
    "dynamic import": (
        {"studio/ui/a.py": "import importlib\nimportlib.import_module('torch')"},
        "torch is not among",
    ),
    "torch through a path": (
        {
            "studio/ui/a.py": "from studio.project import store",
            "studio/project/store.py": "def f():\n    from studio.raster.deep import thing",
            "studio/raster/deep.py": "def thing():\n    import torch",
        },
        "studio/ui/a.py:1: reaches torch",
    ),
    "torch through a package": (
        {
            "studio/workspace/a.py": "import studio.project.store",
            "studio/project/__init__.py": "import torch",
            "studio/project/store.py": "",
        },
        "studio/workspace/a.py:1: reaches torch",
    ),
    "skia through messages": (
        {"studio/engine/a.py": "from studio.messages import m", "studio/messages/m.py": "import skia"},
        "studio/engine/a.py:1: reaches skia",
    ),
    "class name": ({"studio/ui/a.py": "class LayerManager: ..."}, "“manager”"),
    "function name": ({"studio/ui/a.py": "def make_helper(): ..."}, "“helper”"),
    "method name": ({"studio/ui/a.py": "class A:\n    def base_colour(self): ..."}, "“base”"),
    "file name": ({"studio/ui/utils.py": ""}, "“utils”"),
    "long function": ({"studio/ui/a.py": "def f():\n" + "    x = 1\n" * 61}, "62 lines"),
    "long file": ({"studio/ui/a.py": "x = 1\n" * 601}, "601 lines"),
    "imread": ({"studio/project/a.py": "import cv2\ncv2.imread('a')"}, "中文"),
    "imread by name": ({"studio/project/a.py": "from cv2 import imread"}, "中文"),
    "torch.load": ({"studio/engine/a.py": "import torch\ntorch.load('a')"}, "weights_only"),
    "torch.load, false": (
        {"studio/engine/a.py": "import torch\ntorch.load('a', weights_only=False)"},
        "weights_only",
    ),
    "pickle": ({"studio/jobs/a.py": "import pickle"}, "can run code"),
    "pickle by name": ({"studio/jobs/a.py": "from pickle import loads"}, "can run code"),
    "blind": ({"studio/jobs/a.py": "try: ...\nexcept Exception: ..."}, "catches every"),
    "blind in a tuple": (
        {"studio/jobs/a.py": "try: ...\nexcept (OSError, BaseException): ..."},
        "catches every",
    ),
    "bare": ({"studio/jobs/a.py": "try: ...\nexcept: ..."}, "catches every"),
    "colour": ({"studio/ui/a.py": "c = 'color: #C8412A'"}, "colour literal"),
    "short colour": ({"studio/ui/a.py": "c = '#fff'"}, "colour literal"),
}


@pytest.mark.parametrize(("sources", "expected"), CAUGHT.values(), ids=CAUGHT.keys())
def test_each_rule_catches_what_it_forbids(sources: dict[str, str], expected: str):
    assert any(expected in breach for breach in violations(sources)), violations(sources)


ALLOWED = {
    "downwards": {
        "studio/ui/a.py": "from studio.workspace import x\nfrom studio import recipe, paths\nimport PySide6"
    },
    "own package": {
        "studio/raster/a.py": "from studio.raster.tile import Tile\nfrom . import mask\nimport skia"
    },
    "translation mark": {"studio/raster/a.py": "from studio.recipe import QT_TRANSLATE_NOOP"},
    "start": {"studio/app.py": "from studio.engine.host import child\nfrom studio.ui import main_window"},
    "words inside words": {"studio/project/a.py": "class Database: ...\ndef utilise(): ..."},
    "caught at the top": {"studio/jobs/lane.py": "try: ...\nexcept Exception: ..."},
    "weights": {"studio/engine/a.py": "import torch\ntorch.load('a', weights_only=True)"},
    "long loop": {"studio/engine/training/a.py": "def f():\n" + "    x = 1\n" * 200},
    "docstring": {"studio/ui/a.py": 'def f():\n    """' + "a\n" * 70 + '"""\n' + "    x = 1\n" * 50},
    "hash without colour": {"studio/ui/a.py": "a = '#object-name'\nb = 'layer #12'"},
    "colour outside ui": {"studio/filters/a.py": "c = '#C8412A'"},
}


@pytest.mark.parametrize("sources", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_the_plan_allows_passes(sources: dict[str, str]):
    assert violations(sources) == []
