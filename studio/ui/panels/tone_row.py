"""Beside the values of curves and levels: histogram, pickers for black, grey and white, drawing on the picture, clipping."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.document.errors import EditError
from studio.filters.curves import Curves
from studio.filters.levels import Levels
from studio.raster.statistics import CHANNELS, Histogram
from studio.ui import theme
from studio.ui.bind import bind, while_there
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.curve_field import CurveField
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.levels_band import LevelsBand
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.tone_heights import heights_of, over_light
from studio.workspace import tone_points
from studio.workspace.counting import Counting
from studio.workspace.studio import Studio
from studio.workspace.tone_points import End, Tone
from studio.workspace.tone_source import same_seen

REST_MILLISECONDS = 150
SHARED = "shared"
_ENDS: tuple[End, End] = ("black", "white")
_SPOTS: dict[Tone, tuple[int, int, int]] = {
    "black": (0, 0, 0),
    "grey": (128, 128, 128),
    "white": (255, 255, 255),
}


def is_tonal(form: ParameterForm) -> bool:
    """Whether the values of a form are tones, so that a :class:`ToneRow` belongs beside it."""
    return isinstance(form.values(), (Curves, Levels))


class SpotButton(IconButton):
    """An icon with a spot of the colour it is about."""

    def __init__(self, icon: str, spot: tuple[int, int, int]) -> None:
        super().__init__(icon, checkable=True)
        self._spot = QColor(*spot)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().colour("text" if self.isEnabled() else "disabled"), 1))
        painter.setBrush(self._spot)
        painter.drawEllipse(QRectF(self.width() - 12.5, self.height() - 12.5, 9, 9))


class ToneRow(Retranslated, QWidget):
    """Belongs to one form of curves or levels. The histogram is counted on the render lane, anew when what lies below the
    filter changes, not when its own values do."""

    def __init__(self, studio: Studio, form: ParameterForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio, self._form, self._tones = studio, form, studio.tones
        self.found: Histogram | None = None
        self._seen: tuple[object, ...] = ()
        self._counting = Counting(self._studio.render_lane)
        self.picks: dict[Tone, SpotButton] = {
            name: SpotButton("pipette", spot) for name, spot in _SPOTS.items()
        }
        self.clips: dict[End, SpotButton] = {name: SpotButton("contrast", _SPOTS[name]) for name in _ENDS}
        self.draw = IconButton("hand", checkable=True, parent=self)
        self.fit = IconButton("wand", parent=self)
        self.band = LevelsBand() if isinstance(form.values(), Levels) else None
        self.channel = ChoiceRow(" ") if self.band is not None else None
        self._lay_out()
        self._connect()
        form.changed.connect(lambda _values: self.show_values())
        bind(self, studio.tones.changed, self.show_state)
        self._follower = Follower(
            self, studio, self.refresh, studio.filtering.changed, picture=True, milliseconds=REST_MILLISECONDS
        )
        self.retranslate()
        self.show_values()
        self.show_state()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        for button in self.picks.values():
            line.addWidget(button)
        line.addWidget(self.draw)
        self.draw.setVisible(self.band is None)
        line.addWidget(self.fit)
        self.fit.setVisible(self.band is not None)
        line.addStretch(1)
        for button in self.clips.values():
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addLayout(line)
        for widget in (self.channel, self.band):
            if widget is not None:
                column.addWidget(widget)

    def _connect(self) -> None:
        for name, button in self.picks.items():
            button.clicked.connect(self._picking(name))
        self.fit.clicked.connect(self._fit)
        self.draw.clicked.connect(lambda _on: self._tones.choose("draw"))
        for name, button in self.clips.items():
            button.clicked.connect(self._clipping(name))
        for name, field in self._curves().items():
            field.editor.end_held.connect(self._tones.show_clip)
            field.editor.changed.connect(lambda _points, name=name: self._attend(name))
            field.fold.toggled.connect(lambda on, name=name: self._attend(name if on else "curve"))
        if self.band is not None and self.channel is not None:
            self.band.changed.connect(lambda ends: self._levels(ends, finished=False))
            self.band.released.connect(lambda ends: self._levels(ends, finished=True))
            self.band.end_held.connect(self._tones.show_clip)
            self.channel.chosen.connect(lambda _name: self.show_values())

    def _fit(self) -> None:
        """Each colour from black to white, as the counted tones of the picture allow."""
        values = self._form.values()
        if self.found is not None and isinstance(values, Levels):
            self._form.take(tone_points.fitted(values, self.found), finished=True)

    def _picking(self, tone: Tone) -> Callable[[bool], None]:
        return lambda _on: self._tones.choose(tone)

    def _clipping(self, end: End) -> Callable[[bool], None]:
        return lambda on: self._tones.show_clip(end if on else "")

    def _curves(self) -> dict[str, CurveField]:
        return {name: row for name, row in self._form.rows.items() if isinstance(row, CurveField)}

    def _attend(self, name: str) -> None:
        """The curve that the hand was on last is the one that is drawn on the picture; opacity is no tone of it."""
        self._tones.channel = "curve" if name == "alpha" else name

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────
    def _prefix(self) -> str:
        """Of the level parameters that the handles move."""
        chosen = self.channel.value() if self.channel is not None else SHARED
        return "" if chosen == SHARED else f"{chosen}_"

    def _levels(self, ends: tuple[float, float, float], *, finished: bool) -> None:
        prefix = self._prefix()
        names = ("black", "gamma", "white")
        values = replace(
            self._form.values(), **{prefix + name: end for name, end in zip(names, ends, strict=True)}
        )
        self._form.take(values, finished=finished)

    def show_values(self) -> None:
        """The handles stand where the values are."""
        if self.band is None or self.channel is None:
            self._show_found()
            return
        values: Levels = self._form.values()
        separate = values.channels == "separate"
        self.channel.setVisible(separate)
        if not separate and self.channel.value() != SHARED:
            self.channel.set_value(SHARED)
        prefix = self._prefix()
        black, gamma, white = (getattr(values, prefix + name) for name in ("black", "gamma", "white"))
        self.band.set_ends((black, gamma, white))
        self._show_found()

    def show_state(self) -> None:
        """Which button is down."""
        for name, button in self.picks.items():
            button.setChecked(self._tones.mode == name)
        self.draw.setChecked(self._tones.mode == "draw")
        for name, button in self.clips.items():
            button.setChecked(self._tones.clip == name)

    # ── histogram ────────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        """Counts again, if what the filter gets is another picture than the one that was counted."""
        subject = self._tones.subject()
        if subject is None:
            return
        try:
            seen = subject.seen()
        except EditError:  # its layer was removed: the panel follows in a moment
            return
        if same_seen(seen, self._seen):
            return
        self._seen = seen

        def take(found: Histogram) -> None:
            if self._seen is seen:
                self.found = found
                self._show_found()

        self._counting.ask(self._tones.count(subject), while_there(self, take))

    def _show_found(self) -> None:
        found = self.found
        heights = heights_of(found) if found is not None and found.pixels else None
        if heights is not None and self._form.values().space == "linear-light":
            heights = over_light(heights)

        def of(channel: str) -> tuple[object, str]:
            name = channel if channel in CHANNELS else "luminance"
            return (None if heights is None else heights[CHANNELS.index(name)]), name

        for name, field in self._curves().items():
            field.editor.set_histogram(*((None, name) if name == "alpha" else of(name)))  # type: ignore[arg-type]
        if self.band is not None and self.channel is not None:
            self.band.set_histogram(*of(self.channel.value()))  # type: ignore[arg-type]

    def retranslate(self) -> None:
        words = {
            "black": QCoreApplication.translate("Tones", "Pick what is to be black"),
            "grey": QCoreApplication.translate("Tones", "Pick what is to be a neutral grey"),
            "white": QCoreApplication.translate("Tones", "Pick what is to be white"),
        }
        for name, button in self.picks.items():
            button.set_name(words[name])
        self.draw.set_name(
            QCoreApplication.translate(
                "Tones", "Draw the curve on the picture: press a tone, drag up or down"
            )
        )
        self.fit.set_name(
            QCoreApplication.translate("Tones", "Fit to the picture: each colour from black to white")
        )
        self.clips["black"].set_name(QCoreApplication.translate("Tones", "Show what is clipped to black"))
        self.clips["white"].set_name(QCoreApplication.translate("Tones", "Show what is clipped to white"))
        if self.channel is not None:
            names = {
                SHARED: QCoreApplication.translate("recipe", "All colours"),
                "red": QCoreApplication.translate("recipe", "Red"),
                "green": QCoreApplication.translate("recipe", "Green"),
                "blue": QCoreApplication.translate("recipe", "Blue"),
            }
            self.channel.set_title(QCoreApplication.translate("Histogram", "Channel"))
            self.channel.set_choices(list(names.items()))
