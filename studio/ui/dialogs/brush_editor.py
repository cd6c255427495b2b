"""The brush editor: every parameter of the brush in the hand, what drives it, and a sheet to try it on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio import recipe
from studio.raster.applying import reason_against
from studio.raster.brush import Brush
from studio.raster.dynamics import DrivenParameter
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.bind import bind_later
from studio.ui.dialogs.brush_tips import TextureRow, TipRows
from studio.ui.language import Retranslated, spoken
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import ScrollPage
from studio.ui.widgets.dynamics_page import PARAMETERS, DynamicsPage
from studio.ui.widgets.form import ParameterForm, choice_words
from studio.ui.widgets.rows import ElidedLabel
from studio.ui.widgets.scratch_pad import ScratchPad
from studio.workspace.studio import Studio

SECTIONS: dict[str, tuple[str, ...]] = {
    QT_TRANSLATE_NOOP("BrushEditor", "Tip"): ("mode", "tip", "size", "hardness", "roundness", "angle", "aliased"),
    QT_TRANSLATE_NOOP("BrushEditor", "Stroke"): (
        "spacing", "airbrush", "count", "scatter", "scatter_across", "offset_x", "offset_y", "jitter_size", "jitter_angle", "flip_x", "flip_y",
        "tip_order",
    ),
    QT_TRANSLATE_NOOP("BrushEditor", "Paint"): (
        "blend", "opacity", "flow", "wet_edges", "jitter_flow", "jitter_hue", "jitter_saturation", "jitter_value",
    ),
    QT_TRANSLATE_NOOP("BrushEditor", "Texture"): ("texture", "texture_strength", "texture_scale", "grain"),
    QT_TRANSLATE_NOOP("BrushEditor", "Mixing"): ("smudge", "wetness", "blur", "sample", "clone_aligned"),
    QT_TRANSLATE_NOOP("BrushEditor", "Hand"): ("stabiliser", "smoothing", "speed_pressure"),
}  # fmt: skip
DYNAMICS = QT_TRANSLATE_NOOP("BrushEditor", "Dynamics")
DRIVEN_BY_FIELD: dict[str, tuple[DrivenParameter, ...]] = {
    **{name: (name,) for name in PARAMETERS}, "texture_strength": ("texture",), "jitter_hue": ("jitter_hue", "hue"),
    "jitter_saturation": ("jitter_saturation", "saturation"), "jitter_value": ("jitter_value", "value"),
}  # fmt: skip
"""Field of a brush → the parameters that sensors drive there."""
LABEL = 128


class BrushEditor(Retranslated, QDialog):
    """Stays open beside the canvas; each change is in the hand at once."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sections = QListWidget()
        self.sections.setFixedWidth(112)
        self.pages = QStackedWidget()
        self.forms: list[ParameterForm] = []
        self.drivers: dict[str, IconButton] = {}
        self.tips, self.texture = TipRows(studio), TextureRow(studio)
        for title, names in SECTIONS.items():
            self.sections.addItem(title)
            more = self.tips if "tip" in names else self.texture if "texture" in names else None
            self.pages.addWidget(self._page(names, more))
        self.dynamics = DynamicsPage()
        self.dynamics.changed.connect(lambda dynamics: studio.painting.change_brush(dynamics=dynamics))
        self.sections.addItem(DYNAMICS)
        self.pages.addWidget(self.dynamics)
        self.sections.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.pad = ScratchPad(lambda: studio.painting.brush, lambda: studio.painting.colour)
        self.pad.sensed.connect(self._sensed)
        self.name = ElidedLabel(semibold=True)
        self._lay_out()
        bind_later(self, studio.brushes.chosen, self.refresh, 15)
        self.sections.setCurrentRow(0)
        self.retranslate()
        self.resize(900, 520)

    def sizeHint(self) -> QSize:
        return QSize(900, 520)

    def _page(self, names: tuple[str, ...], more: QWidget | None) -> QWidget:
        """The rows of a section; beside each that a sensor can drive stands a button to its curve."""
        page = ScrollPage()
        form = ParameterForm(self._studio.painting.brush, names=names, label_width=LABEL)
        form.changed.connect(lambda brush, names=names: self._take(brush, names))
        self.forms.append(form)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        for name in names:
            beside.addWidget(self._driver(name))
        beside.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(form, 1)
        line.addLayout(beside)
        page.body.addLayout(line)
        if more is not None:
            page.body.addWidget(more)
        page.body.addStretch(1)
        return page

    def _driver(self, field: str) -> QWidget:
        if field not in DRIVEN_BY_FIELD:
            empty = QWidget()
            empty.setFixedSize(theme.ROW, theme.ROW)
            return empty
        button = IconButton("curve", checkable=True)
        button.clicked.connect(lambda: self.show_dynamics(self._driven_at(field)))
        self.drivers[field] = button
        return button

    def _driven_at(self, field: str) -> DrivenParameter:
        """Of what can be driven at a field, what is; else the field itself."""
        there = DRIVEN_BY_FIELD[field]
        for one in self._studio.painting.brush.dynamics:
            if one.parameter in there:
                return one.parameter
        return there[0]

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.sections)
        middle.addWidget(self.pages, 3)
        middle.addLayout(self._sheet(), 2)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addWidget(self.name, 1)
        self.verbs = [QPushButton() for _ in range(4)]
        brushes = self._studio.brushes
        for button, call in zip(
            self.verbs, (brushes.reload, self._save_as, brushes.save, self.close), strict=True
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, call=call: call())
            self.foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addLayout(middle, 1)
        column.addLayout(self.foot)

    def _sheet(self) -> QVBoxLayout:
        self.clear, self.colours = QPushButton(), QPushButton()
        self.clear.clicked.connect(self.pad.clear)
        self.colours.clicked.connect(self.pad.show_colours)
        line = QHBoxLayout()
        line.setSpacing(4)
        for button in (self.clear, self.colours):
            button.setProperty("quiet", True)
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.pad, 1)
        column.addLayout(line)
        return column

    # what it shows and changes

    def _take(self, brush: Brush, names: tuple[str, ...]) -> None:
        """Only what the section holds: the rest of the brush may have changed elsewhere meanwhile."""
        self._studio.painting.change_brush(**{name: getattr(brush, name) for name in names})

    def show_dynamics(self, parameter: DrivenParameter) -> None:
        """The page of curves, with ``parameter`` chosen."""
        self.dynamics.choose(parameter)
        self.sections.setCurrentRow(self.sections.count() - 1)
        self._mark_driven()

    def refresh(self) -> None:
        """The brush in the hand, however it came there."""
        brush, brushes = self._studio.painting.brush, self._studio.brushes
        for form in self.forms:
            form.set_values(brush)
            against = {name: reason_against(name, brush) for name in form.rows}
            form.set_reasons(
                {name: QCoreApplication.translate("brush", why) for name, why in against.items() if why}
            )
        self.tips.refresh()
        self.texture.refresh()
        self.dynamics.set_brush(brush)
        self._mark_driven()
        current, altered = brushes.current, brushes.altered
        words = current.named(spoken()) if current is not None else ""
        if altered:
            words = QCoreApplication.translate("Brushes", "{name} (altered)").format(name=words)
        self.name.set_text(words)
        self.verbs[0].setEnabled(altered)
        self.verbs[2].setEnabled(altered)

    def _mark_driven(self) -> None:
        driven = {one.parameter for one in self._studio.painting.brush.dynamics}
        for field, button in self.drivers.items():
            button.setChecked(not driven.isdisjoint(DRIVEN_BY_FIELD[field]))

    def _sensed(self, pressure: float | None) -> None:
        shown = self.dynamics.sensor == "pressure" and self.dynamics.current() is not None
        self.dynamics.curve.set_marker(pressure if shown else None)

    def _save_as(self) -> None:
        from studio.ui.dialogs.brush_name import BrushNameDialog

        BrushNameDialog(self._studio, None, self).open()

    def retranslate(self) -> None:
        title = QCoreApplication.translate("BrushEditor", "Brush editor")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.sections.setAccessibleName(QCoreApplication.translate("BrushEditor", "Sections"))
        for row, words in enumerate((*SECTIONS, DYNAMICS)):
            self.sections.item(row).setText(QCoreApplication.translate("BrushEditor", words))
            self.sections.item(row).setSizeHint(QSize(0, theme.ROW))
        known = {item.name: item for item in recipe.parameters(Brush)}
        for field, button in self.drivers.items():
            words = QCoreApplication.translate("BrushEditor", "What drives {parameter}")
            named = QCoreApplication.translate("recipe", known[field].title)
            button.set_name(words.format(parameter=named or choice_words(field)))
        for button, words in zip(
            self.verbs,
            (
                QCoreApplication.translate("BrushEditor", "Reload"),
                QCoreApplication.translate("BrushEditor", "Save as…"),
                QCoreApplication.translate("Brushes", "Save"),
                QCoreApplication.translate("BrushEditor", "Close"),
            ),
            strict=True,
        ):
            button.setText(words)
            button.setAccessibleName(words)
        self.clear.setText(QCoreApplication.translate("BrushEditor", "Clear"))
        self.colours.setText(QCoreApplication.translate("BrushEditor", "Colours"))
        self.refresh()
