"""Painting mirrored and turned around a centre."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from studio.raster.symmetry import Symmetry
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

MENU = "Edit/Symmetry"
SUBMENU = QT_TRANSLATE_NOOP("menus", "Symmetry")
FOLDS = (
    (3, QT_TRANSLATE_NOOP("actions", "3 folds")),
    (4, QT_TRANSLATE_NOOP("actions", "4 folds")),
    (5, QT_TRANSLATE_NOOP("actions", "5 folds")),
    (6, QT_TRANSLATE_NOOP("actions", "6 folds")),
    (8, QT_TRANSLATE_NOOP("actions", "8 folds")),
    (12, QT_TRANSLATE_NOOP("actions", "12 folds")),
)


def centred(studio: Studio, symmetry: Symmetry) -> Symmetry:
    """``symmetry``; around the middle of the picture where painting was not symmetric before."""
    if studio.painting.strokes.symmetry.active or studio.current is None:
        return symmetry
    artwork = studio.current.document.artwork
    return msgspec.structs.replace(symmetry, x=artwork.width / 2, y=artwork.height / 2)


def _change(studio: Studio, **fields: object) -> None:
    strokes = studio.painting.strokes
    strokes.set_symmetry(msgspec.structs.replace(centred(studio, strokes.symmetry), **fields))


def _flip(name: str) -> Callable[[Studio], None]:
    return lambda studio: _change(studio, **{name: not getattr(studio.painting.strokes.symmetry, name)})


def _on(name: str) -> Callable[[Studio], bool]:
    return lambda studio: getattr(studio.painting.strokes.symmetry, name)


def _fold(studio: Studio, folds: int) -> None:
    _change(studio, folds=1 if studio.painting.strokes.symmetry.folds == folds else folds)


def _middle(studio: Studio) -> None:
    assert studio.current is not None
    artwork = studio.current.document.artwork
    _change(studio, x=artwork.width / 2, y=artwork.height / 2, angle=0.0)


def _off(studio: Studio) -> None:
    assert studio.current is not None
    strokes = studio.painting.strokes
    strokes.set_symmetry(Symmetry())
    strokes.centre_symmetry(studio.current)


def _active(studio: Studio) -> bool:
    return studio.current is not None and studio.painting.strokes.symmetry.active


ACTIONS = (
    Action(
        id="symmetry-mirror", title=QT_TRANSLATE_NOOP("actions", "Mirror left and right"), menu=MENU, icon="symmetry", shortcuts=("Shift+S",),
        run=_flip("mirror"), checked=_on("mirror"), enabled=has_picture,
        aliases=("horizontal mirror", "vertical axis", "左右对称", "水平镜像"),
    ),
    Action(
        id="symmetry-mirror-across", title=QT_TRANSLATE_NOOP("actions", "Mirror top and bottom"), menu=MENU,
        run=_flip("mirror_across"), checked=_on("mirror_across"), enabled=has_picture,
        aliases=("vertical mirror", "上下对称", "垂直镜像"),
    ),
    *(
        Action(
            id=f"symmetry-{folds}-folds", title=title, menu=MENU, separator=index == 0,
            run=lambda studio, folds=folds: _fold(studio, folds), enabled=has_picture,
            checked=lambda studio, folds=folds: studio.painting.strokes.symmetry.folds == folds,
            aliases=("mandala", "radial symmetry", "kaleidoscope", "旋转对称", "曼陀罗"),
        )
        for index, (folds, title) in enumerate(FOLDS)
    ),
    Action(
        id="symmetry-middle", title=QT_TRANSLATE_NOOP("actions", "Axes to the middle"), menu=MENU, separator=True,
        run=_middle, enabled=_active,
    ),
    Action(
        id="symmetry-off", title=QT_TRANSLATE_NOOP("actions", "No symmetry"), menu=MENU,
        run=_off, enabled=_active,
        aliases=("turn off mirror", "关闭对称"),
    ),
)  # fmt: skip
