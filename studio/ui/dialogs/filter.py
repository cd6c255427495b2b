"""A filter's values while it is tried on the canvas: live, with presets, and a line between before and after."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.panels.filter_presets import PresetLine
from studio.ui.panels.filters import PENDING_MILLISECONDS, Badge
from studio.ui.panels.kernel_row import KernelRow, is_kernel
from studio.ui.panels.keystone_row import KeystoneRow
from studio.ui.panels.laying_row import LayingRow
from studio.ui.panels.noise_numbers import NoiseNumbers
from studio.ui.panels.taking_row import TakingRow
from studio.ui.panels.tone_rows import tones_beside
from studio.ui.widgets.cards import ScrollPage
from studio.ui.widgets.fold import Fold
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.labels import align
from studio.ui.widgets.rows import SwitchRow
from studio.workspace.filter_trial import FilterTrial
from studio.workspace.noise_numbers import is_noise, of_filter
from studio.workspace.studio import Studio
from studio.workspace.taking import TAKING, Found, shown_names

WIDTH = 360
TALLEST = 9
"""Rows of values that are seen at once; more of them scroll."""


class FilterDialog(Frame):
    """Modeless: the canvas stays usable, to move the line and the view. Apply and Enter use the filter, Cancel and Esc leave it.

    It closes when the trial ends, whoever ended it.
    """

    def __init__(self, studio: Studio, trial: FilterTrial, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("recipe", trial.kind.title), parent, WIDTH)
        self._studio, self._trial, self._over = studio, trial, False
        self.presets = PresetLine(studio, trial.kind, lambda: trial.values)
        self.presets.taken.connect(self.take)
        self.badge, self.about = Badge(), Fold()
        self.form = ParameterForm(trial.values, names=shown_names(trial.kind))
        self.form.changed.connect(trial.change)
        self.tones = tones_beside(studio, self.form)
        self.shown, self.compared = SwitchRow(on=True), SwitchRow(on=False)
        self.shown.toggled.connect(self._preview)
        self.compared.toggled.connect(trial.compare)
        self.laying = LayingRow(trial.laying)
        self.laying.changed.connect(trial.lay)
        self.kernel = KernelRow(self.form) if is_kernel(self.form) else None
        self.keystone = KeystoneRow(studio, trial) if trial.kind.name == "perspective" else None
        self.taking = None
        if trial.kind.name in TAKING:
            self.taking = TakingRow(studio, trial.kind.name, trial.layer.id, self._taken)
            self.taking.show_values(trial.values)
            self.form.changed.connect(self.taking.show_values)
        self.numbers = None
        if is_noise(trial.kind.name):
            self.numbers = NoiseNumbers(studio, lambda: of_filter(studio))
        self._arrange()
        self.as_layer = self.add_verb(
            QCoreApplication.translate("Filter", "As filter layer"), lambda: trial.finish("layer")
        )
        self.add_cancel()
        self.apply = self.add_verb(QCoreApplication.translate("Filter", "Apply"), trial.finish, main=True)
        self.as_layer.setVisible(trial.target == "pixels")
        self._name()
        bind(self, trial.ended, self._ended)
        bind(self, trial.values_changed, self._follow)
        bind(self, studio.jobs.changed, self._show_pending)
        self._poll = QTimer(self)
        self._poll.setInterval(PENDING_MILLISECONDS)
        self._poll.timeout.connect(self._show_pending)
        self._poll.start()
        self._show_pending()

    def _arrange(self) -> None:
        self.body.addWidget(self.presets)
        self.page = ScrollPage()
        self.page.body.setContentsMargins(0, 0, 0, 0)
        if self.tones is not None:
            self.body.addWidget(self.tones)
        if self.keystone is not None:
            self.body.addWidget(self.keystone)
        if self.taking is not None:
            self.body.addWidget(self.taking)
        if self.kernel is not None:
            self.page.body.addWidget(self.kernel)
            self.kernel.grid.changed.connect(lambda _text: QTimer.singleShot(0, self, self._fit))
        self.page.body.addWidget(self.form)
        self.page.body.addWidget(self.about)
        self.page.body.addStretch(1)
        self.body.addWidget(self.page)
        if self.numbers is not None:
            self.body.addWidget(self.numbers)
            self.numbers.toggled.connect(lambda _on: QTimer.singleShot(0, self, self._fit))
        if self._trial.kind.at_scale == "exact_only":
            self.add_sentence(QCoreApplication.translate("Filter", "Zoom to 100 % to see what it does."))
        self.body.addWidget(self.laying)
        switches = QHBoxLayout()
        switches.setSpacing(12)
        switches.addWidget(self.shown)
        switches.addWidget(self.compared)
        switches.addStretch(1)
        switches.addWidget(self.badge)
        self.body.addLayout(switches)
        self.about.toggled.connect(lambda _on: self._fit())
        self.form.changed.connect(lambda _values: QTimer.singleShot(0, self, self._fit))

    def _name(self) -> None:
        kind = self._trial.kind
        self.shown.set_title(QCoreApplication.translate("Filter", "Preview"))
        self.compared.set_title(QCoreApplication.translate("Filter", "Before and after"))
        self.badge.set_text(QCoreApplication.translate("FiltersPanel", "computing"))
        about = QCoreApplication.translate("FiltersPanel", "About this filter")
        self.about.set_texts(about, QCoreApplication.translate("recipe", kind.description))

    def stand_beside(self, canvas: QWidget) -> None:
        """Opens at the upper right of the canvas, where it hides least, as high as its rows."""
        self.align()
        self._fit()
        self.move_beside(canvas)
        self.show()

    def align(self) -> None:
        for rows in (self.form, self.kernel):
            if rows is not None:
                align(rows, WIDTH // 2)

    def _fit(self) -> None:
        """As high as what it holds, up to a limit beyond which it scrolls."""
        rows = TALLEST if self.tones is None else TALLEST - 1  # pickers and handles stand above
        self.page.fit(WIDTH - 2 * 16, rows * theme.ROW)
        self.adjustSize()

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def take(self, values: object) -> None:
        """Other values, as a preset brings them."""
        self.form.set_values(values)  # type: ignore[arg-type]
        self._trial.change(values)  # type: ignore[arg-type]
        self._show_values()
        self._fit()

    def _taken(self, found: Found) -> None:
        """What was measured, if the filter is still tried."""
        if not self._over:
            self._trial.change(replace(self._trial.values, **found))

    def _follow(self) -> None:
        """Values that a press on the picture changed."""
        if self._trial.values != self.form.values():
            self.form.set_values(self._trial.values)
            self._show_values()
            QTimer.singleShot(0, self, self._fit)

    def _show_values(self) -> None:
        """What stands beside the form shows what the form shows."""
        for row in (self.tones, self.kernel):
            if row is not None:
                row.show_values()
        if self.taking is not None:
            self.taking.show_values(self.form.values())

    def _preview(self, on: bool) -> None:
        self._trial.preview(on)
        self.compared.setEnabled(on)

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
        elif self._studio.tones.mode:
            self._studio.tones.choose("")
        else:
            self._trial.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._over:
            self._trial.leave()
        super().closeEvent(event)
