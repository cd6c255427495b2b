"""The options of the text tool in the options bar: font, weight, size, spacing, alignment, direction, language."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from studio.jobs.job import Priority
from studio.raster.text.fonts import system_fonts, warm_steps
from studio.ui.bind import bind, bind_later
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.font_chooser import FontField
from studio.ui.widgets.rows import ChoiceBox
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace import texts
from studio.workspace.studio import Studio
from studio.workspace.tools.text import TextSession
from studio.workspace.tools.text_options import TextOptions

ALIGNMENTS = ("left", "centre", "right", "justify")
_ICONS = {"left": "align-left", "centre": "align-center", "right": "align-right", "justify": "align-justify"}
LANGUAGES = ("auto", "zh-Hans", "zh-Hant", "ja", "ko", "en")
POINTS_PER_INCH = 72.0


class TextFields(Retranslated, QWidget):
    """``changed`` brings the name of an option and its new value as the hand moves."""

    changed = Signal(str, object)

    def __init__(self, studio: Studio, values: TextOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._values = values
        self._known: tuple[str, tuple[int, ...]] = ("", ())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._make()
        self._place()
        bind_later(self, studio.painting.marks_changed, self._remark)
        bind(self, studio.current_changed, lambda *_: self.set_values(self._values))
        studio.render_lane.submit(
            lambda: warm_steps("zh-Hans"), priority=Priority.live, on_event=lambda _event: self._weigh()
        )
        self.retranslate()
        self.set_values(values)

    def _make(self) -> None:
        self.font_field = FontField(self._studio.render_lane)
        self.font_field.chosen.connect(lambda family: self._change("font", family))
        self.weight = ChoiceBox()
        self.weight.setFixedWidth(96)
        self.weight.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.weight.activated.connect(lambda row: self._change("weight", self.weight.itemData(row)))
        self.italic = IconButton("italic", checkable=True)
        self.italic.clicked.connect(lambda on: self._change("italic", on))
        self.size_slider = ValueSlider(
            "", 1, 400, 64, default=64, hard_high=4000, step=1, decimals=0, unit="px", curve=2,
            label_width=0, track_width=64, value_width=56,
        )  # fmt: skip
        self.size_slider.value_changed.connect(lambda value: self._change("size", value))
        self.tracking = ValueSlider(
            "", -200, 1000, 0, default=0, hard_high=5000, step=10, decimals=0, label_width=0, track_width=64,
            value_width=44, signed=True,
        )  # fmt: skip
        self.tracking.value_changed.connect(lambda value: self._change("tracking", value))
        self.line_height = ValueSlider(
            "", 0.5, 3, 1.3, default=1.3, hard_high=10, step=0.05, decimals=2, label_width=0, track_width=64,
            value_width=40,
        )  # fmt: skip
        self.line_height.value_changed.connect(lambda value: self._change("line_height", value))
        self.align = {key: IconButton(icon, checkable=True) for key, icon in _ICONS.items()}
        for key, button in self.align.items():
            button.clicked.connect(lambda _on, key=key: self._aligned(key))
        self.direction = IconButton("text-vertical", checkable=True)
        self.direction.clicked.connect(
            lambda on: self._change("direction", "vertical" if on else "horizontal")
        )
        self.more = IconButton("languages")
        self.more.clicked.connect(self._menu)
        self.remark = IconButton("info")
        self.remark.clicked.connect(self.font_field.open)

    def _place(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 0, 0)
        line.setSpacing(12)
        for widget in (
            self.font_field,
            self.weight,
            self.italic,
            self.size_slider,
            self.tracking,
            self.line_height,
        ):
            line.addWidget(widget)
        group = QHBoxLayout()
        group.setSpacing(0)
        for button in self.align.values():
            group.addWidget(button)
        line.addLayout(group)
        for widget in (self.direction, self.more, self.remark):
            line.addWidget(widget)
        for slider in (self.size_slider, self.tracking, self.line_height):
            slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a drag leaves the keyboard with the text
            slider.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    # ---- showing

    def set_values(self, values: TextOptions) -> None:
        """Shows other values without telling anybody."""
        self._values = values
        self.font_field.set_family(values.font, self.font_field.absent)
        self._weigh()
        self.italic.setChecked(values.italic)
        self._measure()
        self.size_slider.set_value(values.size)
        self.tracking.set_value(values.tracking)
        self.line_height.set_value(values.line_height)
        for key, button in self.align.items():
            button.setChecked(key == values.align)
        self.direction.setChecked(values.vertical)
        self._remark()

    def _measure(self) -> None:
        """The size in pixels of the picture or in points of its print."""
        picture = self._studio.current
        points = self._values.unit == "pt" and picture is not None
        ppi = picture.document.artwork.ppi if points and picture is not None else POINTS_PER_INCH
        self.size_slider.factor = POINTS_PER_INCH / ppi if points else 1.0
        self.size_slider.unit = "pt" if points else "px"
        self.size_slider.decimals = 1 if points else 0
        self.size_slider.update()

    def _weigh(self) -> None:
        """The weights that the family has, and bold, which is made where it is missing."""
        family, weight = self._values.font, self._values.weight
        key = (family, tuple(sorted({*self._weights(family), weight})))
        if key != self._known:
            self._known = key
            self.weight.clear()
            for each in key[1]:
                self.weight.addItem(self._weight_words(each), each)
        self.weight.setCurrentIndex(self.weight.findData(weight))

    @staticmethod
    def _weights(family: str) -> tuple[int, ...]:
        if not family or not system_fonts.cache_info().currsize:
            return 400, 700
        found = system_fonts().weights(family)
        return found if max(found) >= 600 else (*found, 700)

    @staticmethod
    def _weight_words(weight: int) -> str:
        words = {
            100: QCoreApplication.translate("Text", "Thin"),
            200: QCoreApplication.translate("Text", "Extra light"),
            300: QCoreApplication.translate("Text", "Light"),
            400: QCoreApplication.translate("Text", "Regular"),
            500: QCoreApplication.translate("Text", "Medium"),
            600: QCoreApplication.translate("Text", "Semibold"),
            700: QCoreApplication.translate("Text", "Bold"),
            800: QCoreApplication.translate("Text", "Extra bold"),
            900: QCoreApplication.translate("Text", "Black"),
        }
        return words.get(weight, str(weight))

    def _remark(self) -> None:
        """What is not as the artist asked: a font that is missing, characters that it lacks."""
        session = self._studio.painting.session
        setting = session.setting if isinstance(session, TextSession) else None
        words: list[str] = []
        if setting is not None:
            layout = setting.layout
            if layout.substituted:
                said = QCoreApplication.translate("Text", "“{font}” is missing; “{other}” stands in for it.")
                words.append(said.format(font=setting.style.font, other=layout.substituted))
            for family, characters in layout.borrowed.items():
                said = QCoreApplication.translate(
                    "Text", "Not in this font, taken from “{other}”: {characters}"
                )
                shown = characters if len(characters) <= 12 else characters[:12] + "…"
                words.append(said.format(other=family, characters=shown))
            if layout.missing:
                said = QCoreApplication.translate("Text", "In no font on this machine: {characters}")
                words.append(said.format(characters=layout.missing[:12]))
            if layout.overflows:
                words.append(QCoreApplication.translate("Text", "The text goes on beyond its box."))
        absent = setting is not None and bool(setting.layout.substituted)
        self.font_field.set_family(self._values.font, absent)
        self.remark.setVisible(bool(words))
        if words:
            self.remark.set_name("\n".join(words))

    # ---- choosing

    def _change(self, name: str, value: object) -> None:
        """An option of the open text; without one, of the active text layer, which is taken up for it."""
        if self._studio.painting.session is None and texts.has_text(self._studio):
            texts.edit_text(self._studio)
        self.changed.emit(name, value)

    def _aligned(self, key: str) -> None:
        for other, button in self.align.items():
            button.setChecked(other == key)
        self._change("align", key)

    def _menu(self) -> None:
        """Language and unit."""
        menu = QMenu(self)
        self._choices(
            menu, QCoreApplication.translate("Text", "Forms of"), "language", self._language_words()
        )
        units = {
            "px": QCoreApplication.translate("Text", "Pixels"),
            "pt": QCoreApplication.translate("Text", "Points"),
        }
        self._choices(menu, QCoreApplication.translate("Text", "Size in"), "unit", units)
        menu.addSeparator()
        marks = QCoreApplication.translate("Text", "Close up adjacent Chinese marks")
        digits = QCoreApplication.translate("Text", "Upright short numbers in columns")
        for name, words in (("squeeze", marks), ("upright_digits", digits)):
            action = QAction(words, menu, checkable=True, checked=getattr(self._values, name))
            action.triggered.connect(lambda on, name=name: self._change(name, on))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _choices(self, menu: QMenu, title: str, name: str, words: dict[str, str]) -> None:
        menu.addSection(title)
        group = QActionGroup(menu)
        for key, text in words.items():
            action = QAction(text, menu, checkable=True, checked=getattr(self._values, name) == key)
            action.triggered.connect(lambda _on, key=key: self._change(name, key))
            group.addAction(action)
            menu.addAction(action)

    @staticmethod
    def _language_words() -> dict[str, str]:
        return {
            "auto": QCoreApplication.translate("Text", "What is written"),
            "zh-Hans": QCoreApplication.translate("Text", "Simplified Chinese"),
            "zh-Hant": QCoreApplication.translate("Text", "Traditional Chinese"),
            "ja": QCoreApplication.translate("Text", "Japanese"),
            "ko": QCoreApplication.translate("Text", "Korean"),
            "en": QCoreApplication.translate("Text", "English"),
        }

    def retranslate(self) -> None:
        words: dict[Any, str] = {
            self.italic: QCoreApplication.translate("Text", "Italic"),
            self.direction: QCoreApplication.translate("Text", "In columns from right to left"),
            self.more: QCoreApplication.translate("Text", "Language, unit, marks and numbers"),
            self.align["left"]: QCoreApplication.translate("Text", "Align left"),
            self.align["centre"]: QCoreApplication.translate("Text", "Centre"),
            self.align["right"]: QCoreApplication.translate("Text", "Align right"),
            self.align["justify"]: QCoreApplication.translate("Text", "Justify"),
        }
        for button, name in words.items():
            button.set_name(name)
        self.size_slider.set_title(QCoreApplication.translate("Text", "Size"))
        self.tracking.set_title(QCoreApplication.translate("Text", "Letters"))
        self.tracking.setToolTip(
            QCoreApplication.translate("Text", "Letter spacing, in thousandths of the size")
        )
        self.line_height.set_title(QCoreApplication.translate("Text", "Lines"))
        self.line_height.setToolTip(QCoreApplication.translate("Text", "Line spacing, in sizes"))
        self.weight.setAccessibleName(QCoreApplication.translate("Text", "Weight"))
        self.font_field.setAccessibleName(QCoreApplication.translate("Text", "Font"))
        self._known = ("", ())
        self._weigh()
        self._remark()
