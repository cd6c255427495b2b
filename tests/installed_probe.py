"""Run by ``test_installed.py`` in an interpreter of its own: what an installed or frozen Danqing finds of its resources.

``python -I installed_probe.py PROGRAM [FROZEN]``: ``PROGRAM`` holds the package ``studio``, ``FROZEN`` is where a frozen
application has unpacked its resources. Every other folder with a ``studio`` leaves the path first. Prints JSON.
"""

import json
import os
import sys
from pathlib import Path


def main(program: str, frozen: str = "") -> dict:
    sys.path[:] = [program, *(one for one in sys.path if not (Path(one) / "studio" / "__init__.py").exists())]
    if frozen:
        for name, value in (("frozen", True), ("_MEIPASS", frozen)):  # as PyInstaller does
            setattr(sys, name, value)
    import studio
    from studio import paths

    found = {"studio": studio.__file__, "resources": os.fspath(paths.resources())}
    found |= without_window() | of_the_window()
    found["beside"] = [
        name
        for name, module in sys.modules.items()
        if name.split(".")[0] == "studio" and not (module.__file__ or "").startswith(program)
    ]
    return found


def without_window() -> dict:
    from studio import paths, translation
    from studio.engine.filters import network_file
    from studio.engine.library.catalog import Catalog
    from studio.engine.training.recipe import find_recipe
    from studio.engine.training.train import shipped_weights
    from studio.filters.catalogue import LISTED
    from studio.project import palettes, shipped_presets
    from studio.raster import native
    from studio.workspace import brush_files
    from studio.workspace.actions import all_actions
    from studio.workspace.key_letters import letters_of
    from studio.workspace.shortcuts import keys_of_set

    place = paths.resources()
    recipes = [find_recipe(file.stem) for file in sorted((place / "recipes").glob("*.toml"))]
    presets = shipped_presets.every()
    return {
        "models": [entry.card.name for entry in Catalog().entries() if entry.embedded and not entry.problem],
        "recipes": [recipe.name for recipe in recipes],
        "shipped_weights": shipped_weights(find_recipe("shanshui-gan")) is not None,
        "network": network_file().is_file(),
        "chinese": translation.translate("zh_CN", "actions", "Rasterise layer"),
        "presets": sum(map(len, presets.values())),
        "strange_presets": sorted(set(presets) - set(LISTED)),
        "brushes": [preset.title for preset in brush_files.built_in()],
        "palettes": [palettes.read(file).name for file in (place / "palettes").glob("*.gpl")],
        "shortcuts": {
            file.stem: len(keys_of_set(file.stem))
            for file in (place / "shortcuts").glob("*.json")
            if file.stem != "letters"
        },
        "letters": len(letters_of(all_actions())),
        "libraries": [native.library(name)._name for name in native_parts()],
    }


def native_parts() -> list[str]:
    from studio.raster import native

    mark = f"-{native.variant()}"
    return sorted(file.stem.removesuffix(mark) for file in Path(native.__file__).parent.glob(f"*{mark}.*"))


def of_the_window() -> dict:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    from studio import paths
    from studio.ui import icons, theme

    themes = {}
    for file in sorted((paths.resources() / "themes").glob("*.json")):
        themes[file.stem] = len(theme.style_sheet(theme.load(file.stem)))
    names = sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg"))
    theme.wear(application, "dark")
    empty = [name for name in names if icons.pixmap(name).toImage().isNull()]
    return {"themes": themes, "icons": len(names), "empty_icons": empty}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
