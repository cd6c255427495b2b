"""The View menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import guides
from studio.workspace.actions.kind import Action, has_picture
from studio.workspace.actions.window import PANELS_MENU
from studio.workspace.viewing import PROOF, REPEATED

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

SHOW = "View/" + QT_TRANSLATE_NOOP("menus", "Show")
SNAP = "View/" + QT_TRANSLATE_NOOP("menus", "Snap to")
COLOURS = "View/" + QT_TRANSLATE_NOOP("menus", "Colours")
ROTATE = "View/" + QT_TRANSLATE_NOOP("menus", "Rotate view")
ZOOM = "View/" + QT_TRANSLATE_NOOP("menus", "Zoom")
GUIDES = "View/" + QT_TRANSLATE_NOOP("menus", "Guides")


def _toggled(name: str) -> Callable[[Studio], None]:
    return lambda studio: studio.viewing.toggle(name)


def _on(name: str) -> Callable[[Studio], bool]:
    return lambda studio: bool(getattr(studio.viewing.options, name))


def _look(look: str) -> Callable[[Studio], None]:
    return lambda studio: studio.viewing.choose_look(look)


def _looks(look: str) -> Callable[[Studio], bool]:
    return lambda studio: studio.viewing.look == look


def _has_guides(studio: Studio) -> bool:
    return studio.current is not None and bool(studio.current.document.artwork.aids.guides)


def _has_selection(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.artwork.selection is not None


def _locked(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.artwork.aids.locked


def _switch_lock(studio: Studio) -> None:
    guides.change(studio, guides.GUIDES, locked=not _locked(studio))


def _repeats(axis: str) -> Callable[[Studio], bool]:
    return lambda studio: studio.current is not None and getattr(studio.current.document.artwork, axis)


def _repeat(axis: str) -> Callable[[Studio], None]:
    """The picture repeats there, or no longer: strokes and filters then go on at the other edge."""

    def run(studio: Studio) -> None:
        picture = studio.current
        if picture is not None and not picture.document.gesture_open:
            studio.settle()
            artwork = picture.document.committed
            changed = artwork.with_(**{axis: not getattr(artwork, axis)})
            picture.document.commit(REPEATED, changed)

    return run


REPEATING = (
    Action(
        id="repeat-x", title=QT_TRANSLATE_NOOP("actions", "Repeats sideways"), menu="Image", separator=True,
        run=_repeat("tiles_x"), checked=_repeats("tiles_x"), enabled=has_picture,
        aliases=("seamless", "wrap-around", "tileable", "无缝", "四方连续"),
    ),
    Action(
        id="repeat-y", title=QT_TRANSLATE_NOOP("actions", "Repeats up and down"), menu="Image",
        run=_repeat("tiles_y"), checked=_repeats("tiles_y"), enabled=has_picture,
        aliases=("seamless", "wrap-around", "tileable", "无缝", "四方连续"),
    ),
)  # fmt: skip
"""Part of the Image menu."""

_ZOOMS = (
    (2, QT_TRANSLATE_NOOP("actions", "200 %")),
    (4, QT_TRANSLATE_NOOP("actions", "400 %")),
    (8, QT_TRANSLATE_NOOP("actions", "800 %")),
)


def _zooming() -> tuple[Action, ...]:
    """Twice, four and eight times the picture's own size, on the keys beside that of 100 %."""
    return tuple(
        Action(
            id=f"zoom-{times}", title=title, menu=ZOOM, shortcuts=(f"Ctrl+{key}",), ui=f"zoom_{times}",
            enabled=has_picture, aliases=(f"zoom {times}:1", f"{times}:1", f"放大 {times} 倍"),
        )
        for key, (times, title) in enumerate(_ZOOMS, start=2)
    )  # fmt: skip


ACTIONS = (
    Action(
        id="zoom-fit", title=QT_TRANSLATE_NOOP("actions", "Fit in window"), menu="View", shortcuts=("Ctrl+0",),
        ui="zoom_fit", icon="maximize", enabled=has_picture, aliases=("fit on screen", "适合屏幕"),
    ),
    Action(
        id="zoom-one", title=QT_TRANSLATE_NOOP("actions", "Actual pixels"), menu="View", shortcuts=("Ctrl+1",),
        ui="zoom_one", enabled=has_picture, aliases=("100 %", "1:1"),
    ),
    *_zooming(),
    Action(
        id="zoom-in", title=QT_TRANSLATE_NOOP("actions", "Zoom in"), menu="View", shortcuts=("Ctrl++", "Ctrl+="),
        ui="zoom_in", icon="zoom-in", enabled=has_picture,
    ),
    Action(
        id="zoom-out", title=QT_TRANSLATE_NOOP("actions", "Zoom out"), menu="View", shortcuts=("Ctrl+-",),
        ui="zoom_out", icon="zoom-out", enabled=has_picture,
    ),
    Action(
        id="zoom-selection", title=QT_TRANSLATE_NOOP("actions", "Zoom to selection"), menu="View", shortcuts=("Shift+Z",),
        ui="zoom_selection", enabled=_has_selection,
    ),
    Action(
        id="rotate-left", title=QT_TRANSLATE_NOOP("actions", "Rotate view left"), menu=ROTATE, shortcuts=("Ctrl+Shift+Left",),
        ui="rotate_left", icon="rotate-ccw", enabled=has_picture,
    ),
    Action(
        id="rotate-right", title=QT_TRANSLATE_NOOP("actions", "Rotate view right"), menu=ROTATE, shortcuts=("Ctrl+Shift+Right",),
        ui="rotate_right", enabled=has_picture,
    ),
    Action(
        id="rotate-reset", title=QT_TRANSLATE_NOOP("actions", "Reset view rotation"), menu=ROTATE, shortcuts=("Ctrl+Shift+Home",),
        ui="rotate_reset", enabled=has_picture,
    ),
    Action(
        id="mirror-view", title=QT_TRANSLATE_NOOP("actions", "Mirror view"), menu="View", shortcuts=("Shift+H",),
        ui="mirror_view", enabled=has_picture, icon="symmetry", aliases=("flip view", "翻转画布", "水平翻转视图"),
    ),
    Action(
        id="second-view", title=QT_TRANSLATE_NOOP("actions", "Second view"), menu="View", ui="second_view",
        also=(PANELS_MENU,), shortcuts=("Shift+F4",), separator=True, aliases=("new window", "新建窗口", "双视图"),
    ),
    Action(
        id="navigator", title=QT_TRANSLATE_NOOP("actions", "Navigator"), menu="View", ui="navigator",
        also=(PANELS_MENU,), shortcuts=("F4",), aliases=("overview", "导航器"),
    ),
    Action(
        id="tile-preview", title=QT_TRANSLATE_NOOP("actions", "Tile preview"), menu="View", shortcuts=("Shift+T",),
        run=lambda studio: studio.viewing.show_tiled(not studio.viewing.tiled),
        checked=lambda studio: studio.viewing.tiled, icon="tile", enabled=has_picture,
        aliases=("wrap-around mode", "seamless preview", "3×3", "平铺预览", "无缝预览"),
    ),
    Action(
        id="material-preview", title=QT_TRANSLATE_NOOP("actions", "Material preview…"), menu="View", ui="material_preview",
        enabled=has_picture, aliases=("PBR", "lit preview", "normal map preview", "3D preview", "材质", "打光预览"),
    ),
    Action(
        id="rulers", title=QT_TRANSLATE_NOOP("actions", "Rulers"), menu="View", shortcuts=("Ctrl+R",),
        run=_toggled("rulers"), checked=_on("rulers"), separator=True,
    ),
    Action(
        id="show-guides", title=QT_TRANSLATE_NOOP("actions", "Guides"), menu=SHOW, shortcuts=("Ctrl+;",),
        run=_toggled("guides"), checked=_on("guides"),
    ),
    Action(
        id="show-selection-edge", title=QT_TRANSLATE_NOOP("actions", "Selection edge"), menu=SHOW, shortcuts=("Ctrl+H",),
        run=_toggled("selection_edge"), checked=_on("selection_edge"),
        aliases=("marching ants", "hide edges", "extras", "蚂蚁线", "选区边缘"),
    ),
    Action(
        id="show-grid", title=QT_TRANSLATE_NOOP("actions", "Grid"), menu=SHOW, shortcuts=("Ctrl+'",),
        run=_toggled("grid"), checked=_on("grid"), aliases=("isometric", "等距网格"),
    ),
    Action(
        id="show-assistants", title=QT_TRANSLATE_NOOP("actions", "Assistants"), menu=SHOW, shortcuts=("Ctrl+Alt+'",),
        run=_toggled("assistants"), checked=_on("assistants"), aliases=("perspective", "透视", "绘画辅助"),
    ),
    Action(
        id="show-symmetry", title=QT_TRANSLATE_NOOP("actions", "Symmetry axes"), menu=SHOW,
        run=_toggled("symmetry"), checked=_on("symmetry"),
    ),
    Action(
        id="show-samplers", title=QT_TRANSLATE_NOOP("actions", "Samplers"), menu=SHOW,
        run=_toggled("samplers"), checked=_on("samplers"), aliases=("colour sampler", "颜色取样器"),
    ),
    Action(
        id="snapping", title=QT_TRANSLATE_NOOP("actions", "Snap"), menu=SNAP, shortcuts=("Ctrl+Shift+;",),
        run=_toggled("snapping"), checked=_on("snapping"), aliases=("magnet", "吸附"),
    ),
    Action(
        id="snap-guides", title=QT_TRANSLATE_NOOP("actions", "Snap to guides"), menu=SNAP, shortcuts=("Alt+;",),
        run=_toggled("snap_guides"), checked=_on("snap_guides"), separator=True,
    ),
    Action(
        id="snap-grid", title=QT_TRANSLATE_NOOP("actions", "Snap to the grid"), menu=SNAP, shortcuts=("Alt+'",),
        run=_toggled("snap_grid"), checked=_on("snap_grid"),
    ),
    Action(
        id="snap-canvas", title=QT_TRANSLATE_NOOP("actions", "Snap to canvas edges and middle"), menu=SNAP, shortcuts=("Alt+,",),
        run=_toggled("snap_canvas"), checked=_on("snap_canvas"),
    ),
    Action(
        id="snap-layers", title=QT_TRANSLATE_NOOP("actions", "Snap to layers"), menu=SNAP, shortcuts=("Alt+.",),
        run=_toggled("snap_layers"), checked=_on("snap_layers"),
    ),
    Action(
        id="lock-guides", title=QT_TRANSLATE_NOOP("actions", "Lock guides"), menu=GUIDES, shortcuts=("Ctrl+Alt+;",),
        run=_switch_lock, checked=_locked, enabled=has_picture,
    ),
    Action(
        id="clear-guides", title=QT_TRANSLATE_NOOP("actions", "Clear guides"), menu=GUIDES, enabled=_has_guides,
        run=lambda studio: guides.change(studio, guides.GUIDES, guides=()),
    ),
    Action(
        id="guides", title=QT_TRANSLATE_NOOP("actions", "Guides and grid…"), menu=GUIDES, ui="guides_dialog",
        enabled=has_picture, aliases=("guide layout", "新建参考线版面"),
    ),
    Action(
        id="judge", title=QT_TRANSLATE_NOOP("actions", "Judge colours"), menu=COLOURS, shortcuts=("F9",), ui="judge",
        aliases=("colour assessment", "评色"),
    ),
    Action(
        id="view-value", title=QT_TRANSLATE_NOOP("actions", "Values in grey"), menu=COLOURS, separator=True, shortcuts=("Y",),
        run=_look("value"), checked=_looks("value"),
        aliases=("value check", "greyscale", "black and white", "明度", "黑白稿", "素描关系"),
    ),
    Action(
        id="view-protanopia", title=QT_TRANSLATE_NOOP("actions", "As seen with protanopia"), menu=COLOURS,
        run=_look("protanopia"), checked=_looks("protanopia"), aliases=("colour blind", "色盲"),
    ),
    Action(
        id="view-deuteranopia", title=QT_TRANSLATE_NOOP("actions", "As seen with deuteranopia"), menu=COLOURS,
        run=_look("deuteranopia"), checked=_looks("deuteranopia"), aliases=("colour blind", "色盲"),
    ),
    Action(
        id="view-tritanopia", title=QT_TRANSLATE_NOOP("actions", "As seen with tritanopia"), menu=COLOURS,
        run=_look("tritanopia"), checked=_looks("tritanopia"), aliases=("colour blind", "色盲"),
    ),
    Action(
        id="soft-proof", title=QT_TRANSLATE_NOOP("actions", "Soft proof"), menu=COLOURS, ui="soft_proof",
        shortcuts=("Ctrl+Alt+Y",), checked=_looks(PROOF), separator=True, aliases=("proof colours", "CMYK preview", "校样颜色"),
    ),
    Action(
        id="gamut-warning", title=QT_TRANSLATE_NOOP("actions", "Mark colours out of gamut"), menu=COLOURS, shortcuts=("Ctrl+Shift+Y",),
        run=lambda studio: studio.viewing.show_gamut(not studio.viewing.gamut),
        checked=lambda studio: studio.viewing.gamut, enabled=lambda studio: studio.viewing.look == PROOF,
        aliases=("gamut warning", "色域警告"),
    ),
    Action(
        id="proof-profile", title=QT_TRANSLATE_NOOP("actions", "Profile to proof for…"), menu=COLOURS,
        ui="proof_profile",
    ),
    Action(
        id="display-profile", title=QT_TRANSLATE_NOOP("actions", "Profile of the screen…"), menu=COLOURS,
        ui="display_profile", separator=True, aliases=("monitor profile", "display ICC", "显示器配置文件"),
    ),
    Action(
        id="display-auto", title=QT_TRANSLATE_NOOP("actions", "The screen's own profile"), menu=COLOURS, ui="display_auto",
        checked=lambda studio: studio.viewing.options.display_auto and not studio.viewing.options.display_profile,
        aliases=("system monitor profile", "系统显示器配置文件"),
    ),
    Action(
        id="display-srgb", title=QT_TRANSLATE_NOOP("actions", "The screen is sRGB"), menu=COLOURS,
        ui="display_srgb", checked=lambda studio: not (studio.viewing.options.display_profile or studio.viewing.options.display_auto),
    ),
    Action(
        id="pin-sampler", title=QT_TRANSLATE_NOOP("actions", "Pin a sampler"), menu=COLOURS, shortcuts=("Ctrl+Alt+P",),
        run=lambda studio: studio.samplers.pin(), enabled=has_picture, separator=True,
        aliases=("colour sampler", "sample point", "颜色取样器"),
    ),
    Action(
        id="before", title=QT_TRANSLATE_NOOP("actions", "Show before (hold)"), menu="View", shortcuts=("\\",),
        ui="before", enabled=has_picture,
    ),
    Action(
        id="hide-panels", title=QT_TRANSLATE_NOOP("actions", "Hide panels"), menu="View", shortcuts=("Tab",),
        ui="hide_panels", separator=True,
    ),
    Action(
        id="full-screen", title=QT_TRANSLATE_NOOP("actions", "Full screen"), menu="View", shortcuts=("F11",),
        ui="full_screen",
    ),
)  # fmt: skip
