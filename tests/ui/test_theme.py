"""Every pair of colours that occurs can be read in every theme; no colour is named outside the themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio import paths
from studio.ui import icons, theme

SOURCES = Path(theme.__file__).parent

GROUNDS = ("window", "panel", "raised", "field")
TEXT_PAIRS = (
    *((text, ground) for text in ("text", "secondary") for ground in GROUNDS),
    *((text, ground) for text in ("active_text", "danger_text") for ground in ("window", "panel", "raised")),
    *((text, ground) for text in ("good", "warn", "generated") for ground in ("window", "panel")),
    ("text", "selection"),
    ("secondary", "selection"),
    ("text", "hover"),
    ("text", "pressed"),
    ("on_fill", "active_fill"),
    ("on_fill", "primary"),
    ("on_fill", "primary_hover"),
    ("on_fill", "primary_pressed"),
    ("ink_dark", "ink_light"),
)
EDGE_PAIRS = (
    *(("border", ground) for ground in ("window", "panel", "field")),
    *(("active", ground) for ground in ("window", "panel", "field")),
    *((icon, "raised") for icon in ("active", "good", "warn", "danger_text", "generated", "text")),
    ("text", "window"),
    ("text", "selection"),
    ("text", "surround"),
    *((f"label_{number}", "panel") for number in range(1, 9)),
)


@pytest.mark.parametrize("name", theme.NAMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (EDGE_PAIRS, 3.0)], ids=["text", "edges"])
def test_contrast(name: str, pairs: tuple[tuple[str, str], ...], least: float) -> None:
    look = theme.load(name)
    ratios = {(a, b): theme.contrast(look.colour(a).name(), look.colour(b).name()) for a, b in pairs}
    poor = {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}
    assert not poor


def test_lightness_steps_are_steps_of_l_star() -> None:
    assert theme.lighter("#777777", 0) == "#777777"
    # L* of #2E2E2E is 18.9; 24.9 is #3B3B3B
    assert theme.lighter("#2E2E2E", 6) == "#3B3B3B"
    assert theme.lighter("#FFFFFF", 6) == "#FFFFFF"
    assert theme.lighter("#000000", -4) == "#000000"


def test_contrast_of_black_and_white_is_21() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("name", theme.NAMES)
def test_style_sheet_has_every_colour_filled_in(name: str) -> None:
    sheet = theme.style_sheet(theme.load(name))
    assert "$" not in sheet
    assert theme.load(name).tokens.panel in sheet


def test_no_colour_is_named_in_code() -> None:
    found = []
    for path in SOURCES.rglob("*.py"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.search(r"[\"']#[0-9a-fA-F]{3,8}[\"']|GlobalColor\.(?!transparent)|QColor\([0-9\"']", line):
                found.append(f"{path.name}:{number}: {line.strip()}")
    assert not found


def test_wearing_a_theme(qapp: QApplication) -> None:
    theme.wear(qapp, "light")
    assert theme.current().name == "light"
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == theme.load("light").tokens.field
    light = icons.pixmap("x").toImage()
    theme.wear(qapp, "dark")
    assert theme.current().name == "dark"
    assert icons.pixmap("x").toImage() != light
    assert qapp.font().pixelSize() == theme.TEXT_PIXELS
    assert not qapp.font().italic()


class Dressed(QWidget):
    """Counts how often it is told of other colours or fonts."""

    def __init__(self) -> None:
        super().__init__()
        self.told = 0

    def changeEvent(self, event: QEvent) -> None:
        self.told += event.type() in (
            QEvent.Type.PaletteChange,
            QEvent.Type.ApplicationPaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
        )


def test_what_is_worn_already_is_not_put_on_again(qapp: QApplication, qtbot: QtBot) -> None:
    theme.wear(qapp, "dark")
    widget = Dressed()
    qtbot.addWidget(widget)
    widget.show()
    qapp.processEvents()
    widget.told = 0
    theme.wear(qapp, "dark")
    qapp.processEvents()
    assert not widget.told
    theme.wear(qapp, "light")
    qapp.processEvents()
    assert widget.told
    theme.wear(qapp, "dark")


def test_hanzi_never_take_japanese_forms(qapp: QApplication) -> None:
    font = theme.ui_font("zh_CN")
    assert set(theme.CHINESE_FAMILIES) <= set(font.families())
    assert "JP" not in QFontInfo(font).family()


def test_icon_lines_are_one_and_a_half_pixels() -> None:
    # the grid of 24 drawn at 20 needs 1.8, at 16 it needs 2.25
    assert pytest.approx(1.8) == icons.LINE * icons.GRID / 20
    assert pytest.approx(2.25) == icons.LINE * icons.GRID / 16


def test_a_missing_icon_names_its_file() -> None:
    with pytest.raises(icons.IconError, match=r"no-such-icon\.svg"):
        icons.pixmap("no-such-icon")


def test_every_icon_that_code_names_is_there() -> None:
    named = set()
    for path in SOURCES.rglob("*.py"):
        named |= set(
            re.findall(
                r'(?:IconButton|icon=|set_icon|icons\.pixmap)\(?\s*"([a-z0-9-]+)"', path.read_text("utf-8")
            )
        )
    files = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    assert named
    assert named <= files


def test_a_damaged_theme_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "dark.json").write_text('{"name": "dark", "tokens": {}}')
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    theme.load.cache_clear()
    with pytest.raises(theme.ThemeError, match=r"dark\.json"):
        theme.load("dark")
    theme.load.cache_clear()
