"""Beside the values of a threshold: how often each tone occurs, its two ends as handles, and the end that fits the picture."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from studio.document.errors import EditError
from studio.filters.lookup import Threshold
from studio.raster.statistics import Histogram, otsu
from studio.ui.bind import while_there
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.levels_band import ThresholdBand
from studio.ui.widgets.tone_heights import heights_of
from studio.workspace.counting import Counting
from studio.workspace.studio import Studio
from studio.workspace.tone_source import same_seen

REST_MILLISECONDS = 150
SHOWN = {"red": "red", "green": "green", "blue": "blue"}
"""Tones whose histogram has a colour of its own."""


class ThresholdRow(Retranslated, QWidget):
    """Belongs to one form of ``threshold``; the tones of what the filter gets are counted on the render lane."""

    def __init__(self, studio: Studio, form: ParameterForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form, self._tones = form, studio.tones
        self.found: Histogram | None = None
        self._seen: tuple[object, ...] = ()
        self._counting = Counting(studio.render_lane)
        self.band, self.fit = ThresholdBand(), QPushButton()
        self.fit.setAutoDefault(False)
        self.fit.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addWidget(self.band)
        column.addWidget(self.fit)
        self.fit.clicked.connect(self._fit)
        self.band.changed.connect(lambda ends: self._take(ends, finished=False))
        self.band.released.connect(lambda ends: self._take(ends, finished=True))
        form.changed.connect(lambda _values: self._changed())
        self._follower = Follower(
            self, studio, self.refresh, studio.filtering.changed, picture=True, milliseconds=REST_MILLISECONDS
        )
        self.retranslate()
        self.show_values()

    def _take(self, ends: tuple[float, float], *, finished: bool) -> None:
        self._form.take(replace(self._form.values(), low=ends[0], high=ends[1]), finished=finished)

    def _fit(self) -> None:
        """The threshold between the two kinds of tones that are furthest apart, up to white."""
        at = None if self.found is None else otsu(self.found.counts[0])
        if at is not None:
            self._take(((at - 0.5) / 255, 1.0), finished=True)

    def _changed(self) -> None:
        self.show_values()
        self.refresh()

    def show_values(self) -> None:
        """The handles stand where the values are."""
        values: Threshold = self._form.values()
        self.band.set_ends((values.low, max(values.high, values.low)))
        self.band.setVisible(values.tone != "opacity")
        self.fit.setVisible(values.tone != "opacity")

    def refresh(self) -> None:
        """Counts again, if what the filter gets, or the tone that it compares, is another than what was counted."""
        subject = self._tones.subject((Threshold,))
        if subject is None or subject.values.tone == "opacity":
            return
        try:
            seen = (*subject.seen(), (subject.values.tone,))
        except EditError:  # its layer was removed: the panel follows in a moment
            return
        if same_seen(seen, self._seen):
            return
        self._seen = seen

        def take(found: Histogram) -> None:
            if self._seen is seen:
                self.found = found
                shown = heights_of(found)[0] if found.pixels else None
                self.band.set_histogram(shown, SHOWN.get(subject.values.tone, "luminance"))
                self.fit.setEnabled(otsu(found.counts[0]) is not None)

        self._counting.ask(self._tones.count_tone(subject, subject.values.tone), while_there(self, take))

    def retranslate(self) -> None:
        self.fit.setText(QCoreApplication.translate("Tones", "Fit to the picture"))
        self.fit.setToolTip(
            QCoreApplication.translate("Tones", "The threshold that parts light from dark best (Otsu, 1979)")
        )
