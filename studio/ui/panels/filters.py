"""The Filters panel: the selected filter layer's parameters, and every filter as a layer or once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.document.layer import Filter
from studio.filters import FILTERS, FilterKind
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.ui import icons, theme
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import ScrollPage, separator
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.studio import Studio

PENDING_MILLISECONDS = 250
CHOICES = (QT_TRANSLATE_NOOP("recipe", "per-channel"), QT_TRANSLATE_NOOP("recipe", "shared"))
"""Words of the filters' choices: their declarations hold them as plain literals."""


class FilterRow(Retranslated, QWidget):
    """One filter: its name, add it as a layer, apply it once."""

    add_wanted = Signal(str)
    apply_wanted = Signal(str)

    def __init__(self, kind: FilterKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.setFixedHeight(theme.ROW)
        self.label = ElidedLabel()
        self.add, self.apply = IconButton("filter-layer"), IconButton("check")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.label, 1)
        line.addWidget(self.add)
        line.addWidget(self.apply)
        self.add.clicked.connect(lambda: self.add_wanted.emit(kind.name))
        self.apply.clicked.connect(lambda: self.apply_wanted.emit(kind.name))
        self.retranslate()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(
            2, 6, icons.pixmap("sliders-horizontal", 16, "secondary", self.devicePixelRatioF())
        )

    def retranslate(self) -> None:
        title = QCoreApplication.translate("recipe", self.kind.title)
        self.label.set_text(title)
        as_layer = QCoreApplication.translate("FiltersPanel", "{filter}: new filter layer")
        once = QCoreApplication.translate("FiltersPanel", "{filter}: apply to the layer")
        self.add.set_name(as_layer.format(filter=title))
        self.apply.set_name(once.format(filter=title))


class Badge(QWidget):
    """A quiet word in a frame: the shown result is an older one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setFixedHeight(20)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(text) + 12)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("warn"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        paint.elided(painter, QRectF(self.rect()), self._text, Qt.AlignmentFlag.AlignHCenter)


class FiltersPanel(Retranslated, QWidget):
    """Parameters change live; letting go is one undo step."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._bound = ""
        self.form: ParameterForm | None = None
        self.page = ScrollPage()
        self.title, self.badge = ElidedLabel(semibold=True), Badge()
        self.hint = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.hint.setFixedHeight(24)
        self._head = QWidget()
        self._head.setFixedHeight(theme.ROW)
        line = QHBoxLayout(self._head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.title, 1)
        line.addWidget(self.badge)
        self._form_place = QVBoxLayout()
        self._line = separator()
        self.rows = [FilterRow(kind) for kind in studio.filtering.kinds()]
        body = self.page.body
        body.addWidget(self._head)
        body.addLayout(self._form_place)
        body.addWidget(self._line)
        body.addWidget(self.hint)
        for row in self.rows:
            row.add_wanted.connect(studio.filtering.add_layer)
            row.apply_wanted.connect(studio.filtering.apply)
            body.addWidget(row)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self._poll = QTimer(self)
        self._poll.setInterval(PENDING_MILLISECONDS)
        self._poll.timeout.connect(self._show_pending)
        self._follower = Follower(self, studio, self.refresh, studio.filtering.changed, picture=True)
        self.retranslate()

    def refresh(self) -> None:
        target = self._studio.filtering.target
        shown = target is not None
        for widget in (self._head, self._line):
            widget.setVisible(shown)
        self._bind_form(target)
        if target is not None and target.name != self.title.text():
            self.title.set_text(target.name)
        self._show_pending()
        for row in self.rows:
            row.setEnabled(self._studio.current is not None)

    def _bind_form(self, target: Filter | None) -> None:
        kind = target.recipe.key if target is not None else ""
        key = f"{target.id} {kind}" if target is not None else ""
        if key != self._bound:
            self._bound = key
            if self.form is not None:
                self.form.hide()
                self.form.deleteLater()
                self.form = None
            if target is not None:
                self.form = self._make_form(target)
        elif self.form is not None and target is not None:
            try:
                values = self._studio.filtering.parameters(target)
            except RecipeError:
                return
            if values != self.form.values():
                self.form.set_values(values)

    def _make_form(self, target: Filter) -> ParameterForm | None:
        if target.recipe.name not in FILTERS:
            return None
        try:
            form = ParameterForm(self._studio.filtering.parameters(target), parent=self)
        except RecipeError:
            return None
        layer_id = target.id
        form.changed.connect(lambda values: self._studio.filtering.change(layer_id, values, live=True))
        form.released.connect(lambda _values: self._studio.filtering.release())
        self._form_place.addWidget(form)
        return form

    def _show_pending(self) -> None:
        """The badge stands while the picture of a whole filter is an older one."""
        picture, target = self._studio.current, self._studio.filtering.target
        pending = picture is not None and target is not None and picture.renderer.pending(target.id)
        self.badge.setVisible(pending)
        if pending != self._poll.isActive():
            if pending and self.isVisible():
                self._poll.start()
            else:
                self._poll.stop()

    def hideEvent(self, event: object) -> None:
        self._poll.stop()

    def retranslate(self) -> None:
        self.badge.set_text(QCoreApplication.translate("FiltersPanel", "computing"))
        self.badge.setToolTip(
            QCoreApplication.translate("FiltersPanel", "An older result is shown until this one is ready")
        )
        self.hint.set_text(QCoreApplication.translate("FiltersPanel", "As a layer it stays open to change"))
        self.refresh()
