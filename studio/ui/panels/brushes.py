"""The Brushes panel: every preset as a stroke that the engine painted, with search, folders, tags and stars."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from studio.jobs.job import Priority
from studio.project.brushes.preset import Preset
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui.bind import bind, bind_later
from studio.ui.language import Retranslated, spoken
from studio.ui.palette import score
from studio.ui.panels.brush_grid import BrushGrid
from studio.ui.pinyin import spelled
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.cards import EmptyState
from studio.ui.widgets.rows import ChoiceBox, ElidedLabel
from studio.workspace.studio import Studio

FOLDER_NAMES = (
    QT_TRANSLATE_NOOP("brush-folders", "Ink"),
    QT_TRANSLATE_NOOP("brush-folders", "Dry"),
    QT_TRANSLATE_NOOP("brush-folders", "Wet"),
    QT_TRANSLATE_NOOP("brush-folders", "Digital"),
    QT_TRANSLATE_NOOP("brush-folders", "Effects"),
    QT_TRANSLATE_NOOP("brush-folders", "Retouch"),
    QT_TRANSLATE_NOOP("brush-folders", "Erasers"),
)
TAG_NAMES = (
    QT_TRANSLATE_NOOP("brush-tags", "background"),
    QT_TRANSLATE_NOOP("brush-tags", "blend"),
    QT_TRANSLATE_NOOP("brush-tags", "block in"),
    QT_TRANSLATE_NOOP("brush-tags", "calligraphy"),
    QT_TRANSLATE_NOOP("brush-tags", "colour"),
    QT_TRANSLATE_NOOP("brush-tags", "comic"),
    QT_TRANSLATE_NOOP("brush-tags", "design"),
    QT_TRANSLATE_NOOP("brush-tags", "erase"),
    QT_TRANSLATE_NOOP("brush-tags", "flowers"),
    QT_TRANSLATE_NOOP("brush-tags", "focus"),
    QT_TRANSLATE_NOOP("brush-tags", "foliage"),
    QT_TRANSLATE_NOOP("brush-tags", "ink"),
    QT_TRANSLATE_NOOP("brush-tags", "landscape"),
    QT_TRANSLATE_NOOP("brush-tags", "lettering"),
    QT_TRANSLATE_NOOP("brush-tags", "light"),
    QT_TRANSLATE_NOOP("brush-tags", "line"),
    QT_TRANSLATE_NOOP("brush-tags", "opaque"),
    QT_TRANSLATE_NOOP("brush-tags", "paint"),
    QT_TRANSLATE_NOOP("brush-tags", "pixel art"),
    QT_TRANSLATE_NOOP("brush-tags", "retouch"),
    QT_TRANSLATE_NOOP("brush-tags", "shading"),
    QT_TRANSLATE_NOOP("brush-tags", "sketch"),
    QT_TRANSLATE_NOOP("brush-tags", "stamp"),
    QT_TRANSLATE_NOOP("brush-tags", "texture"),
    QT_TRANSLATE_NOOP("brush-tags", "transparent"),
    QT_TRANSLATE_NOOP("brush-tags", "wash"),
)
EVERY, STARRED, FOLDER, TAG = "", "*", "folder:", "tag:"
LEAST_SCORE = 0.3


def folder_words(folder: str) -> str:
    """The name of a folder in the language of the window; the artist's own are as they were written."""
    return QCoreApplication.translate("brush-folders", folder)


def tag_words(tag: str) -> str:
    """A tag in the language of the window; the artist's own are as they were written."""
    return QCoreApplication.translate("brush-tags", tag)


def found(presets: tuple[Preset, ...], text: str) -> tuple[Preset, ...]:
    """The presets whose name (either language, pinyin, initials), folder or tag ``text`` finds, best first."""
    if not text.strip():
        return presets
    ranked = [(-_score(text, preset), place) for place, preset in enumerate(presets)]
    return tuple(presets[place] for worth, place in sorted(ranked) if -worth >= LEAST_SCORE)


def _score(text: str, preset: Preset) -> float:
    names = (preset.title, preset.title_zh)
    sounds = [sound for name in names for sound in spelled(name)]
    others = (*preset.tags, *map(tag_words, preset.tags), preset.folder, folder_words(preset.folder))
    best = max(score(text, name) for name in names)
    other = max((score(text, one) for one in others), default=0.0)
    return max(best, 0.9 * other, max((0.95 * score(text, sound) for sound in sounds), default=0.0))


def _spell(titles: tuple[str, ...]) -> Generator[None, None, None]:
    for title in titles:
        spelled(title)
        yield


class BrushesPanel(Retranslated, QWidget):
    """Bound to the library of brushes and to the brush in the hand."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.installEventFilter(self)
        self._spelled = False
        self.place = ChoiceBox()
        self.place.currentIndexChanged.connect(lambda _index: self._fill())
        self.add = IconButton("plus")
        self.add.clicked.connect(self._save_as)
        self.more = IconButton("folder-open")
        self.more.clicked.connect(self._import)
        self.grid = BrushGrid(studio)
        self.grid.taken.connect(studio.brushes.choose)
        self.grid.starred.connect(studio.brushes.toggle_favourite)
        self.grid.dropped.connect(studio.brushes.delete)
        self.grid.menu_wanted.connect(self._menu)
        self.empty = EmptyState()
        self.empty.triggered.connect(self._show_all)
        self.name = ElidedLabel()
        self.edit, self.save, self.reload = (
            IconButton(one) for one in ("sliders-horizontal", "save", "rotate-ccw")
        )
        self.edit.clicked.connect(self._edit)
        self.save.clicked.connect(studio.brushes.save)
        self.reload.clicked.connect(studio.brushes.reload)
        self._lay_out()
        bind_later(self, studio.brushes.changed, self.refresh)
        bind_later(self, studio.brushes.chosen, self.refresh_hand, 30)
        bind(self, studio.settings_changed, lambda _settings: self.grid.redress())
        studio.brushes.load()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        self.search.setMinimumWidth(84)
        head.addWidget(self.search, 3)
        head.addWidget(self.place, 2)
        head.addWidget(self.add)
        head.addWidget(self.more)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.name, 1)
        for button in (self.save, self.reload, self.edit):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pinyin is learned beside the hand, when the search is about to be used: its tables take a fifth of a second."""
        if event.type() == QEvent.Type.FocusIn and not self._spelled:
            self._spelled = True
            titles = tuple(preset.title_zh for preset in self._studio.brushes.presets)
            self._studio.files_lane.submit(
                lambda: _spell(titles), label="pinyin", priority=Priority.background
            )
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(300, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    # what it shows

    def refresh(self) -> None:
        """The folders and tags that there are, then the brushes."""
        chosen = self.place.currentData() or EVERY
        brushes = self._studio.brushes
        places = [
            (QCoreApplication.translate("Brushes", "All"), EVERY),
            ("★ " + QCoreApplication.translate("Brushes", "Favourites"), STARRED),
            *((folder_words(folder), FOLDER + folder) for folder in brushes.folders),
            *((f"# {tag_words(tag)}", TAG + tag) for tag in brushes.tags),
        ]
        self.place.blockSignals(True)
        self.place.clear()
        for words, key in places:
            self.place.addItem(words, key)
        keys = [key for _, key in places]
        self.place.setCurrentIndex(keys.index(chosen) if chosen in keys else 0)
        self.place.blockSignals(False)
        self._fill()
        self.refresh_hand()

    def shown(self) -> tuple[Preset, ...]:
        """The presets that the grid shows now."""
        brushes, place = self._studio.brushes, self.place.currentData() or EVERY
        presets = brushes.presets
        if place == STARRED:
            presets = brushes.favourites
        elif place.startswith(FOLDER):
            presets = tuple(one for one in presets if one.folder == place.removeprefix(FOLDER))
        elif place.startswith(TAG):
            presets = tuple(one for one in presets if place.removeprefix(TAG) in one.tags)
        return found(presets, self.search.text())

    def _fill(self) -> None:
        presets = self.shown()
        self.grid.set_presets(presets)
        self.grid.setVisible(bool(presets))
        self.empty.setVisible(not presets)

    def refresh_hand(self) -> None:
        """Marks the brush in the hand, and whether it was altered."""
        brushes = self._studio.brushes
        current, altered = brushes.current, brushes.altered
        self.grid.set_current(current.id if current is not None else "")
        words = current.named(spoken()) if current is not None else ""
        if altered:
            words = QCoreApplication.translate("Brushes", "{name} (altered)").format(name=words)
        self.name.set_text(words)
        self.save.setEnabled(altered)
        self.reload.setEnabled(altered)

    def _show_all(self) -> None:
        self.search.clear()
        self.place.setCurrentIndex(0)

    # what it does

    def _run(self, action_id: str) -> None:
        run = getattr(getattr(self.window(), "actions_", None), "run", None)
        if run is not None:
            run(action_id)

    def _save_as(self) -> None:
        self._run("save-brush-as")

    def _import(self) -> None:
        self._run("import-brushes")

    def _edit(self) -> None:
        self._run("brush-editor")

    def _menu(self, preset_id: str, place: QPoint) -> None:
        brushes = self._studio.brushes
        if preset_id not in brushes:
            return
        preset = brushes[preset_id]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            QCoreApplication.translate("Brushes", "Paint with it"), lambda: brushes.choose(preset_id)
        )
        menu.addAction(
            QCoreApplication.translate("Brushes", "Erase with it"),
            lambda: brushes.choose(preset_id, "eraser"),
        )
        star = menu.addAction(
            QCoreApplication.translate("Brushes", "Favourite"), lambda: brushes.toggle_favourite(preset_id)
        )
        star.setCheckable(True)
        star.setChecked(brushes.is_favourite(preset_id))
        menu.addSeparator()
        menu.addAction(
            QCoreApplication.translate("Brushes", "Name and tags…"), lambda: self._describe(preset)
        )
        menu.addAction(QCoreApplication.translate("Brushes", "Export…"), lambda: self._export(preset))
        menu.addAction(QCoreApplication.translate("Brushes", "Delete"), lambda: brushes.delete(preset_id))
        menu.popup(place)

    def _describe(self, preset: Preset) -> None:
        from studio.ui.dialogs.brush_name import BrushNameDialog

        BrushNameDialog(self._studio, preset, self.window()).open()

    def _export(self, preset: Preset) -> None:
        from studio.ui.handlers.brushes import export_these

        export_these(self.window(), (preset.id,), preset.named(spoken()))  # type: ignore[arg-type]

    def redress(self) -> None:
        self.grid.redress()
        super().redress()

    def retranslate(self) -> None:
        words = QCoreApplication.translate("Brushes", "Search brushes")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.grid.setAccessibleName(QCoreApplication.translate("panels", "Brushes"))
        self.place.setAccessibleName(QCoreApplication.translate("Brushes", "Folder or tag"))
        self.place.setToolTip(self.place.accessibleName())
        self.add.set_name(QCoreApplication.translate("Brushes", "Save the brush as a new preset"))
        self.more.set_name(QCoreApplication.translate("Brushes", "Import brushes"))
        self.edit.set_name(QCoreApplication.translate("Brushes", "Edit brush"), "F5")
        self.save.set_name(QCoreApplication.translate("Brushes", "Save brush"))
        self.reload.set_name(QCoreApplication.translate("Brushes", "Reload brush"))
        self.empty.set_texts(
            QCoreApplication.translate("Brushes", "No brush is called so."),
            QCoreApplication.translate("Brushes", "Show all"),
        )
        self.refresh()
