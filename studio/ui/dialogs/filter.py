"""A filter's values while it is tried on the canvas: live, with presets, and a line between before and after."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.panels.filters import PENDING_MILLISECONDS, Badge
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import ScrollPage
from studio.ui.widgets.fold import Fold
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.labels import align
from studio.ui.widgets.rows import ChoiceBox, SwitchRow
from studio.workspace.filter_trial import FilterTrial
from studio.workspace.studio import Studio

WIDTH = 360
TALLEST = 9
"""Rows of values that are seen at once; more of them scroll."""
EDGE = 12


class FilterDialog(Frame):
    """Modeless: the canvas stays usable, to move the line and the view. Apply and Enter use the filter, Cancel and Esc leave it.

    It closes when the trial ends, whoever ended it.
    """

    def __init__(self, studio: Studio, trial: FilterTrial, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("recipe", trial.kind.title), parent, WIDTH)
        self._studio, self._trial, self._over = studio, trial, False
        self.presets, self.keep, self.drop = ChoiceBox(), IconButton("save"), IconButton("trash-2")
        self.back, self.name = IconButton("rotate-ccw"), QLineEdit()
        self.name.hide()
        self.name.installEventFilter(self)
        self.badge, self.about = Badge(), Fold()
        self.form = ParameterForm(trial.values)
        self.form.changed.connect(trial.change)
        self.shown, self.compared = SwitchRow(on=True), SwitchRow(on=False)
        self.shown.toggled.connect(self._preview)
        self.compared.toggled.connect(trial.compare)
        self._arrange()
        self.as_layer = self.add_verb(
            QCoreApplication.translate("Filter", "As filter layer"), lambda: trial.finish("layer")
        )
        self.add_cancel()
        self.apply = self.add_verb(QCoreApplication.translate("Filter", "Apply"), trial.finish, main=True)
        self.as_layer.setVisible(trial.target == "pixels")
        self._name()
        bind(self, trial.ended, self._ended)
        bind(self, studio.filtering.presets.changed, self._fill_presets)
        bind(self, studio.jobs.changed, self._show_pending)
        studio.filtering.presets.load(trial.kind)
        self._fill_presets()
        self._poll = QTimer(self)
        self._poll.setInterval(PENDING_MILLISECONDS)
        self._poll.timeout.connect(self._show_pending)
        self._poll.start()
        self._show_pending()

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.presets, 1)
        line.addWidget(self.name, 1)
        for button in (self.keep, self.drop, self.back):
            line.addWidget(button)
        self.body.addLayout(line)
        self.page = ScrollPage()
        self.page.body.setContentsMargins(0, 0, 0, 0)
        self.page.body.addWidget(self.form)
        self.page.body.addWidget(self.about)
        self.page.body.addStretch(1)
        self.body.addWidget(self.page)
        switches = QHBoxLayout()
        switches.setSpacing(12)
        switches.addWidget(self.shown)
        switches.addWidget(self.compared)
        switches.addStretch(1)
        switches.addWidget(self.badge)
        self.body.addLayout(switches)
        self.presets.activated.connect(self._take_preset)
        self.keep.clicked.connect(self._ask_name)
        self.drop.clicked.connect(self._drop_preset)
        self.back.clicked.connect(lambda: self._take(self._trial.kind.parameters()))
        self.about.toggled.connect(lambda _on: self._fit())
        self.form.changed.connect(lambda _values: QTimer.singleShot(0, self, self._fit))

    def _name(self) -> None:
        kind = self._trial.kind
        self.presets.setAccessibleName(QCoreApplication.translate("Filter", "Presets"))
        self.presets.setToolTip(self.presets.accessibleName())
        self.name.setAccessibleName(QCoreApplication.translate("Filter", "Name of the preset"))
        self.name.setPlaceholderText(self.name.accessibleName())
        self.keep.set_name(QCoreApplication.translate("Filter", "Save these values as a preset"))
        self.drop.set_name(QCoreApplication.translate("Filter", "Delete the preset"))
        self.back.set_name(QCoreApplication.translate("Filter", "The filter's first values"))
        self.shown.set_title(QCoreApplication.translate("Filter", "Preview"))
        self.compared.set_title(QCoreApplication.translate("Filter", "Before and after"))
        self.badge.set_text(QCoreApplication.translate("FiltersPanel", "computing"))
        about = QCoreApplication.translate("FiltersPanel", "About this filter")
        self.about.set_texts(about, QCoreApplication.translate("recipe", kind.description))

    def stand_beside(self, canvas: QWidget) -> None:
        """Opens at the upper right of the canvas, where it hides least, as high as its rows."""
        self.align()
        self._fit()
        corner = canvas.mapToGlobal(QPoint(canvas.width() - self.width() - EDGE, EDGE))
        self.move(max(corner.x(), canvas.mapToGlobal(QPoint(0, 0)).x()), corner.y())
        self.show()

    def align(self) -> None:
        align(self.form, WIDTH // 2)

    def _fit(self) -> None:
        """As high as what it holds, up to a limit beyond which it scrolls."""
        rows = self.page.body
        rows.activate()
        wanted = rows.totalHeightForWidth(WIDTH - 2 * 16) if rows.hasHeightForWidth() else 0
        height = max(wanted, rows.totalSizeHint().height())
        self.page.area.setFixedHeight(min(height, TALLEST * theme.ROW))
        self.adjustSize()

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def _take(self, values: object) -> None:
        self.form.set_values(values)  # type: ignore[arg-type]
        self._trial.change(values)  # type: ignore[arg-type]
        self._fit()

    def _preview(self, on: bool) -> None:
        self._trial.preview(on)
        self.compared.setEnabled(on)

    def _fill_presets(self) -> None:
        kept = self._studio.filtering.presets.of(self._trial.kind)
        chosen = self.presets.currentText()
        self.presets.clear()
        self.presets.addItem(QCoreApplication.translate("Filter", "Presets"), None)
        for title in kept:
            self.presets.addItem(title, title)
        self.presets.setCurrentIndex(max(0, self.presets.findText(chosen)) if chosen in kept else 0)
        self.drop.setEnabled(self.presets.currentData() is not None)

    def _take_preset(self, _row: int) -> None:
        title = self.presets.currentData()
        self.drop.setEnabled(title is not None)
        if title is not None:
            self._take(self._studio.filtering.presets.of(self._trial.kind)[title])

    def _ask_name(self) -> None:
        """A field for the name stands where the presets do, until Enter or Esc."""
        self.name.setText(self.presets.currentData() or "")
        self._naming(True)
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _naming(self, on: bool) -> None:
        self.name.setVisible(on)
        self.presets.setVisible(not on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Esc in the name's field are about the name, not about the filter."""
        if watched is self.name and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                if key != Qt.Key.Key_Escape:
                    self.save_preset(self.name.text())
                self._naming(False)
                self.presets.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def save_preset(self, title: str) -> None:
        """Keeps the values as they are now; a preset of that name is replaced."""
        if title.strip():
            self._studio.filtering.presets.save(self._trial.kind, title.strip(), self._trial.values)
            self.presets.setCurrentIndex(self.presets.findText(title.strip()))
            self.drop.setEnabled(True)

    def _drop_preset(self) -> None:
        title = self.presets.currentData()
        if title is not None:
            self._studio.filtering.presets.delete(self._trial.kind, title)

    # ── its end ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def _show_pending(self) -> None:
        if not self._over:
            renderer = self._trial.picture.renderer
            self.badge.setVisible(self._trial.previewed and renderer.pending(self._trial.layer_id))

    def _ended(self) -> None:
        self._over = True
        self._poll.stop()
        super().reject()

    def reject(self) -> None:
        if self._over:
            super().reject()
        else:
            self._trial.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._over:
            self._trial.leave()
        super().closeEvent(event)
