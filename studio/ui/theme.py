"""The look: tokens from ``resources/themes``, the palette and the one style sheet made from them.

No other module of the interface names a colour; what paints itself asks :func:`current`.
"""

from __future__ import annotations

import json
import string
from functools import lru_cache

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from studio import paths

NAMES = ("dark", "light", "contrast")
STYLE = "Fusion"
STYLED = "styled"
"""Property of an application that was made with that style: to set it later hands Python a QStyle, whose enumerations take 9 ms."""
CHINESE_FAMILIES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
)
TEXT_PIXELS = 13
SMALL_PIXELS = 12
TITLE_PIXELS = 15

SPACE = (4, 8, 12, 16, 24)
ROW = 28
LIST_ROW = 36
LABEL_WIDTH = 88
VALUE_WIDTH = 48
TRACK_WIDTH = 128
FIELD_RADIUS = 4
CARD_RADIUS = 6


class ThemeError(ValueError):
    """A theme file lacks a token or holds something that is not a colour; the message names the file."""


class Tokens(msgspec.Struct, frozen=True):
    """The colours of a theme as ``#rrggbb``, named by what they are for."""

    surround: str
    window: str
    panel: str
    raised: str
    field: str
    border: str
    line: str
    text: str
    secondary: str
    disabled: str
    active: str
    active_text: str
    active_fill: str
    selection: str
    primary: str
    danger_text: str
    good: str
    warn: str
    generated: str
    checker_dark: str
    checker_light: str
    judge: str
    on_fill: str
    ink_light: str
    ink_dark: str
    mask_tint: str
    shadow: str
    label_1: str
    label_2: str
    label_3: str
    label_4: str
    label_5: str
    label_6: str
    label_7: str
    label_8: str


class Theme(msgspec.Struct, frozen=True):
    """A named set of tokens with the colours that follow from them."""

    name: str
    dark: bool
    tokens: Tokens
    hover: str
    pressed: str
    primary_hover: str
    primary_pressed: str

    def colour(self, token: str) -> QColor:
        """The colour of a token, or of ``hover``, ``pressed`` and their like."""
        return QColor(getattr(self.tokens, token, None) or getattr(self, token))


def lighter(colour: str, steps: float) -> str:
    """``colour`` (``#rrggbb``) with its CIE lightness L* moved by ``steps``, hue and chroma kept as far as sRGB allows."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    target = min(max(_lightness(luminance) + steps, 0.0), 100.0)
    wanted = ((target + 16) / 116) ** 3 if target > 8 else target / 903.3
    if luminance <= 0:
        channels = [wanted] * 3
    else:
        channels = [min(1.0, value * wanted / luminance) for value in (red, green, blue)]
    return "#" + "".join(f"{round(_encoded(value) * 255):02X}" for value in channels)


def contrast(first: str, second: str) -> float:
    """The contrast of two colours after WCAG 2.2, from 1 to 21."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _lightness(luminance: float) -> float:
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


@lru_cache(maxsize=len(NAMES))
def load(name: str) -> Theme:
    """The theme ``dark``, ``light`` or ``contrast``. Raises ThemeError naming the file that is damaged."""
    path = paths.resources() / "themes" / f"{name}.json"
    try:
        plain = json.loads(path.read_text("utf-8"))
        values = {name: str(plain["tokens"][name]) for name in Tokens.__struct_fields__}
    except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise ThemeError(f"{path}: not a complete theme ({error}). Install Danqing again.") from error
    for token, value in values.items():
        if len(value) != 7 or value[0] != "#" or any(letter not in string.hexdigits for letter in value[1:]):
            raise ThemeError(f"{path}: “{token}” is {value}, which is not a colour. Install Danqing again.")
    tokens = Tokens(**values)
    return Theme(
        name=str(plain["name"]),
        dark=bool(plain["dark"]),
        tokens=tokens,
        hover=lighter(tokens.panel, 6 if lighter(tokens.panel, 6) != lighter(tokens.panel, 5) else -6),
        pressed=lighter(tokens.panel, -4),
        primary_hover=lighter(tokens.primary, -3),
        primary_pressed=lighter(tokens.primary, -8),
    )


def chosen(setting: str) -> str:
    """The name of the theme for a setting: itself, or after the system for ``system`` and anything unknown."""
    if setting in NAMES:
        return setting
    scheme = QGuiApplication.styleHints().colorScheme()
    return "light" if scheme == Qt.ColorScheme.Light else "dark"


def current() -> Theme:
    """The theme that the application wears now; it lives on the application object."""
    application = QApplication.instance()
    return load((application.property("theme") if application else None) or "dark")


def wear(application: QApplication, setting: str, language: str = "en") -> Theme:
    """Dresses the whole application: Fusion style, fonts, palette and style sheet. Returns the theme."""
    theme = load(chosen(setting))
    if application.property("theme") is None and not application.property(STYLED):
        application.setStyle(STYLE)  # under a style sheet the style no longer gives its name
    wanted = ui_font(language)
    if application.font() != wanted:
        application.setFont(wanted)
    # every widget hears of a palette, for a twentieth of a second
    if application.property("theme") != theme.name:
        application.setProperty("theme", theme.name)
        application.setPalette(palette(theme))
    sheet = style_sheet(theme)
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)
    return theme


def ui_font(language: str = "en", pixels: int = TEXT_PIXELS, semibold: bool = False) -> QFont:
    """The system's interface font with the Chinese families behind it and tabular numbers.

    Simplified Chinese families are named so that Hanzi never take Japanese forms; in Chinese they come first where
    they are installed.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    system = font.family()
    families = [system, *CHINESE_FAMILIES]
    if language.startswith("zh"):
        families = [*_installed_chinese(), *families]
    font.setFamilies(list(dict.fromkeys(families)))
    font.setPixelSize(pixels)
    font.setItalic(False)
    font.setFeature(QFont.Tag("tnum"), 1)
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


@lru_cache(maxsize=1)
def _installed_chinese() -> tuple[str, ...]:
    present = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    return tuple(family for family in CHINESE_FAMILIES if family in present)[:1]


def text_font(pixels: int = TEXT_PIXELS, semibold: bool = False) -> QFont:
    """The application's font in another size or weight."""
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme."""
    roles = QPalette.ColorRole
    tokens = theme.tokens
    table = {
        roles.Window: tokens.panel,
        roles.WindowText: tokens.text,
        roles.Base: tokens.field,
        roles.AlternateBase: tokens.panel,
        roles.ToolTipBase: tokens.raised,
        roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.secondary,
        roles.Text: tokens.text,
        roles.Button: tokens.raised,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.danger_text,
        roles.Link: tokens.active_text,
        roles.LinkVisited: tokens.active_text,
        roles.Highlight: tokens.active_fill,
        roles.HighlightedText: tokens.on_fill,
        roles.Accent: tokens.active,
        roles.Light: theme.hover,
        roles.Midlight: tokens.raised,
        roles.Mid: tokens.line,
        roles.Dark: tokens.border,
        roles.Shadow: tokens.shadow,
    }
    result = QPalette()
    for role, value in table.items():
        result.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    result.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, QColor(tokens.line))
    return result


@lru_cache(maxsize=len(NAMES))
def style_sheet(theme: Theme) -> str:
    """The one style sheet, ``resources/themes/style.qss`` with the theme's colours filled in."""
    template = (paths.resources() / "themes" / "style.qss").read_text("utf-8")
    values = {name: getattr(theme.tokens, name) for name in Tokens.__struct_fields__}
    values |= {
        name: getattr(theme, name) for name in ("hover", "pressed", "primary_hover", "primary_pressed")
    }
    return string.Template(template).substitute(values)
