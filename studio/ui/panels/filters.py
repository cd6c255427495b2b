"""The Filters panel: the selected filter layer's values, and every filter: searched, starred, tried, added as a layer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from studio.document.layer import Filter
from studio.filters import FILTERS
from studio.filters.catalogue import GROUPS, LISTED
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.panels.filter_list import FOUND, STARRED, USED, FilterList, Row
from studio.ui.panels.filter_presets import PresetLine
from studio.ui.panels.filter_search import FilterSearch
from studio.ui.panels.following import Follower
from studio.ui.panels.kernel_row import KernelRow, is_kernel
from studio.ui.panels.noise_numbers import NoiseNumbers
from studio.ui.panels.taking_row import TakingRow
from studio.ui.panels.tone_rows import BesideTones, tones_beside
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import EmptyState, ScrollPage, separator
from studio.ui.widgets.fold import Fold
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace import filter_places
from studio.workspace.noise_numbers import is_noise, of_filter
from studio.workspace.studio import Studio
from studio.workspace.taking import TAKING, Found, shown_names

if TYPE_CHECKING:
    from studio.ui.panels.animate_row import AnimateRow

PENDING_MILLISECONDS = 250
CHOICES = (QT_TRANSLATE_NOOP("recipe", "per-channel"), QT_TRANSLATE_NOOP("recipe", "shared"))
"""Words of the filters' choices: their declarations hold them as plain literals."""


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
    """Parameters change live; letting go is one undo step. Below them all filters, as :class:`FilterList` shows them."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._bound = ""
        self.form: ParameterForm | None = None
        self.presets: PresetLine | None = None
        self.tones: BesideTones | None = None
        self.numbers: NoiseNumbers | None = None
        self.kernel: KernelRow | None = None
        self.taking: TakingRow | None = None
        self.animate: AnimateRow | None = None
        self._finder = FilterSearch(tuple(LISTED.values()))
        self.search, self.more = QLineEdit(), IconButton("ellipsis")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._typed)
        self.search.installEventFilter(self)
        self.more.clicked.connect(self._open_menu)
        self.page = ScrollPage()
        self.title, self.badge, self.about = ElidedLabel(semibold=True), Badge(), Fold()
        self.compared = IconButton("columns-2", small=True, checkable=True)
        self.compared.clicked.connect(studio.filtering.compare)
        self.placed = IconButton("target", small=True, checkable=True)
        self.placed.clicked.connect(lambda on: filter_places.place(studio, on))
        self._head, self._form_place, self._line = QWidget(), QVBoxLayout(), separator()
        self.list, self.empty = FilterList(), EmptyState()
        self.empty.triggered.connect(self.search.clear)
        self.list.try_wanted.connect(self._try)
        self.list.layer_wanted.connect(studio.filtering.add_layer)
        self.list.star_wanted.connect(studio.filtering.memory.star)
        self.list.fold_wanted.connect(studio.filtering.memory.fold)
        self._lay_out()
        self._poll = QTimer(self)
        self._poll.setInterval(PENDING_MILLISECONDS)
        self._poll.timeout.connect(self._show_pending)
        self._follower = Follower(self, studio, self.refresh, studio.filtering.changed, picture=True)
        self._list_follower = Follower(self, studio, self.refresh_list, studio.filtering.memory.changed)
        self.retranslate()

    def _lay_out(self) -> None:
        finder = QHBoxLayout()
        finder.setContentsMargins(8, 8, 8, 4)
        finder.setSpacing(4)
        finder.addWidget(self.search, 1)
        finder.addWidget(self.more)
        self._head.setFixedHeight(theme.ROW)
        line = QHBoxLayout(self._head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.title, 1)
        line.addWidget(self.badge)
        line.addWidget(self.placed)
        line.addWidget(self.compared)
        body = self.page.body
        body.setContentsMargins(8, 0, 8, 8)
        body.addWidget(self._head)
        body.addLayout(self._form_place)
        for widget in (self.about, self._line, self.list, self.empty):
            body.addWidget(widget)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(finder)
        column.addWidget(self.page)
        self.list.selectionModel().currentChanged.connect(self._keep_in_view)

    # ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────
    def find(self) -> None:
        """The keyboard goes to the search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _typed(self, _query: str) -> None:
        self._finder.gather(self._studio.files_lane, self._list_follower.soon)
        self.refresh_list()

    def rows(self) -> tuple[Row, ...]:
        """What the list shows: what is found, or all of it section by section."""
        query = self.search.text().strip()
        if query:
            return tuple((FOUND, name) for name in self._finder.find(query))
        memory = self._studio.filtering.memory
        sections: dict[str, tuple[str, ...]] = {USED: memory.used, STARRED: memory.favourites}
        for group in GROUPS:
            sections[group] = tuple(one.name for one in LISTED.values() if one.group == group)
        found: list[Row] = []
        for section, names in sections.items():
            if names:
                found.append((section, ""))
                found += [(section, name) for name in names if section not in memory.folded]
        return tuple(found)

    def refresh_list(self) -> None:
        memory, rows = self._studio.filtering.memory, self.rows()
        self.list.set_rows(rows, frozenset(memory.favourites), memory.folded)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Names are gathered when the search is about to be used; from the field the arrows lead into the list."""
        if watched is self.search and event.type() == QEvent.Type.FocusIn:
            self._finder.gather(self._studio.files_lane, self._list_follower.soon)
        elif watched is self.search and event.type() == QEvent.Type.KeyPress:
            return self._field_key(event)  # type: ignore[arg-type]
        return super().eventFilter(watched, event)

    def _field_key(self, event: QKeyEvent) -> bool:
        first = next((row for row in self.list.rows_model.rows if row[1]), None)
        if event.key() == Qt.Key.Key_Down and first is not None:
            number = self.list.rows_model.rows.index(first)
            self.list.setCurrentIndex(self.list.rows_model.index(number))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.text() and first is not None:
            self._try(first[1])
            return True
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        return False

    def _keep_in_view(self, index: QModelIndex) -> None:
        """The page scrolls, not the list."""
        middle = self.list.pos().y() + self.list.visualRect(index).center().y()
        self.page.area.ensureVisible(0, middle, 0, theme.ROW)

    def _try(self, name: str) -> None:
        self._studio.filtering.begin(name)

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The last filter again, and recipes: several filters as one file."""
        return commands.menu_of(
            self, self._studio, "filter-again", "filter-again-open", "", "filter-recipe-save", "filter-recipe-open", "filter-batch"
        )  # fmt: skip

    # ── the selected filter layer ────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        target = self._studio.filtering.target
        shown = target is not None
        for widget in (self._head, self._line):
            widget.setVisible(shown)
        self._bind_form(target)
        split = self._studio.filtering.split
        self.compared.setChecked(split is not None)
        self.placed.setVisible(self.form is not None and bool(filter_places.applying(self.form.values())))
        self.placed.setChecked(filter_places.placing(self._studio) is not None)
        if target is not None and target.name != self.title.text():
            self.title.set_text(target.name)
        self._show_about(target)
        self._show_pending()
        self.list.setEnabled(self._studio.current is not None)

    def _show_about(self, target: Filter | None) -> None:
        kind = FILTERS.get(target.recipe.name) if target is not None else None
        self.about.setVisible(kind is not None)
        if kind is not None:
            words = QCoreApplication.translate("FiltersPanel", "About this filter")
            self.about.set_texts(words, QCoreApplication.translate("recipe", kind.description))

    def _bind_form(self, target: Filter | None) -> None:
        kind = target.recipe.key if target is not None else ""
        key = f"{target.id} {kind}" if target is not None else ""
        if key != self._bound and self.animate is not None:
            self.animate.pause()  # which keeps the moment that is seen, and comes back here
        if key != self._bound:
            self._bound = key
            if self.tones is not None:
                self._studio.tones.let_go()
            split = self._studio.filtering.split
            if split is not None and (target is None or split.layer_id != target.id):
                self._studio.filtering.compare(False)
            placing = filter_places.placing(self._studio)
            if placing is not None and (target is None or placing.layer_id != target.id):
                filter_places.place(self._studio, False)
            for old in (
                self.form, self.presets, self.tones, self.numbers, self.kernel, self.taking, self.animate,
            ):  # fmt: skip
                if old is not None:
                    old.hide()
                    old.deleteLater()
            self.form = self.presets = self.tones = self.numbers = self.kernel = self.taking = None
            self.animate = None
            if target is not None:
                self.form = self._make_form(target)
        elif self.form is not None and target is not None:
            try:
                values = self._studio.filtering.parameters(target)
            except RecipeError:
                return
            if values != self.form.values():
                self.form.set_values(values)
                for row in (self.tones, self.kernel):
                    if row is not None:
                        row.show_values()
                if self.taking is not None:
                    self.taking.show_values(values)

    def _make_form(self, target: Filter) -> ParameterForm | None:
        if target.recipe.name not in FILTERS:
            return None
        try:
            names = shown_names(FILTERS[target.recipe.name])
            form = ParameterForm(self._studio.filtering.parameters(target), names=names, parent=self)
        except RecipeError:
            return None
        layer_id = target.id
        self.presets = PresetLine(self._studio, FILTERS[target.recipe.name], form.values)
        self.presets.taken.connect(lambda values: self._studio.filtering.change(layer_id, values, live=False))
        self._form_place.addWidget(self.presets)
        self.tones = tones_beside(self._studio, form)
        if self.tones is not None:
            self._form_place.addWidget(self.tones)
        if is_kernel(form):
            self.kernel = KernelRow(form)
            self._form_place.addWidget(self.kernel)
        if target.recipe.name in TAKING:
            taken = partial(self._taken, layer_id)
            self.taking = TakingRow(self._studio, target.recipe.name, layer_id, taken)
            self.taking.show_values(form.values())
            form.changed.connect(self.taking.show_values)
            self._form_place.addWidget(self.taking)
        form.changed.connect(lambda values: self._studio.filtering.change(layer_id, values, live=True))
        form.released.connect(lambda _values: self._studio.filtering.release())
        self._form_place.addWidget(form)
        if is_noise(target.recipe.name):
            self.animate = self._animation(target, form)
            self.numbers = NoiseNumbers(self._studio, lambda: of_filter(self._studio))
            self._form_place.addWidget(self.numbers)
        return form

    def _animation(self, target: Filter, form: ParameterForm) -> AnimateRow | None:
        # loaded with the first noise that is shown: the window does not wait for it
        from studio.ui.panels.animate_row import AnimateRow
        from studio.workspace.animating import FilterPlaying, filter_plays

        if not filter_plays(target):
            return None
        row = AnimateRow(self._studio, target.id, form, self._rested, FilterPlaying)
        self._form_place.addWidget(row)
        return row

    def _rested(self, layer_id: str, values: Struct) -> None:
        """The moment at which the noise rests; where other work has kept it already there is no second step."""
        filtering, picture = self._studio.filtering, self._studio.current
        layer = picture.document.artwork.find(layer_id) if picture is not None else None
        if isinstance(layer, Filter) and filtering.parameters(layer) == values:
            filtering.release()
        else:
            filtering.change(layer_id, values, live=False)

    def _taken(self, layer_id: str, found: Found) -> None:
        """What was measured for a filter layer becomes its values, one undo step, if it is still there."""
        picture = self._studio.current
        layer = picture.document.artwork.find(layer_id) if picture is not None else None
        if isinstance(layer, Filter):
            values = replace(self._studio.filtering.parameters(layer), **found)
            self._studio.filtering.change(layer_id, values, live=False)

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
        words = QCoreApplication.translate("FiltersPanel", "Search filters")
        self.search.setPlaceholderText(words)
        self.compared.set_name(
            QCoreApplication.translate("FiltersPanel", "Compare with and without this filter")
        )
        self.placed.set_name(
            QCoreApplication.translate("FiltersPanel", "Put the centre or the corners on the picture")
        )
        self.search.setAccessibleName(words)
        self.search.setToolTip(words)
        self.more.set_name(QCoreApplication.translate("FiltersPanel", "Filter again, recipes"))
        self.list.setAccessibleName(QCoreApplication.translate("panels", "Filters"))
        self.empty.set_texts(
            QCoreApplication.translate("FiltersPanel", "No filter is called so."),
            QCoreApplication.translate("FiltersPanel", "Show all"),
        )
        self.refresh()
        self.refresh_list()
