"""The process video's choices, and what is known about a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QWidget

from studio.project.earlier import Earlier
from studio.project.video import Coding, CodingName
from studio.ui.dialogs.frame import Frame
from studio.ui.language import joined
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import painting_time
from studio.workspace.picture import Picture
from studio.workspace.process import ProcessVideo, painting_seconds
from studio.workspace.studio import Studio


class ProcessVideoDialog(Frame):
    """Length, frame and paper; then where."""

    def __init__(self, studio: Studio, picture: Picture, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Process", "Process video"), parent)
        self._studio, self._picture, self._folder = studio, picture, folder
        words = QCoreApplication.translate(
            "Process",
            "The steps of this picture ({steps}) as a film, without panels; painted for {time}.",
        )
        document = picture.document
        steps = document.history[: document.cursor + 1]
        time = duration(painting_seconds(picture))
        self.add_sentence(words.format(steps=picture.earlier.steps + len(steps), time=time))
        begins = film_begins(picture.earlier)
        self.begins = self.add_sentence(begins) if begins else None
        self._codings: tuple[Coding, ...] = ()
        self._over = False
        self.finished.connect(self._end)
        self.format = ChoiceRow(QCoreApplication.translate("Process", "Format"))
        self.format.chosen.connect(lambda _name: self._say_who_plays_it())
        self.body.addWidget(self.format)
        self.players = self.add_sentence("")
        self.players.setObjectName("players")
        self.form = ParameterForm(ProcessVideo())
        self.form.changed.connect(lambda _values: self._show_own_size())
        self.body.addWidget(self.form)
        self._show_own_size()
        self.add_cancel()
        self.make = self.add_verb(QCoreApplication.translate("Process", "Write video…"), self.ask, main=True)
        self._enough = len(steps) + picture.earlier.steps - picture.earlier.film_from > 1
        self.make.setEnabled(False)
        studio.process.look_for_codings(self._found)

    def _end(self) -> None:
        self._over = True

    def _found(self, codings: tuple[Coding, ...]) -> None:
        """What can be written here is known."""
        if self._over:
            return
        self._codings = codings
        self.format.set_choices([(one.name, format_words(one.name)) for one in codings])
        self.make.setEnabled(self._enough and bool(codings))
        self._say_who_plays_it()

    def _say_who_plays_it(self) -> None:
        names = [one.name for one in self._codings]
        words = [players_of(one.name) for one in self._codings if one.name == self.format.value()]
        if "h264" not in names:
            words.append(
                QCoreApplication.translate(
                    "Process",
                    "H.264, which plays everywhere, cannot be written here: this system has no encoder for it.",
                )
            )
        self.players.setText(joined(words))
        self._grow()

    def _grow(self) -> None:
        """The dialog is open already: it becomes as high as what it says now needs."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width()) if layout.hasHeightForWidth() else 0
            self.resize(self.width(), max(self.height(), wanted, self.sizeHint().height()))

    def _show_own_size(self) -> None:
        """Width and height are asked for where the frame is of one's own size."""
        own = self.form.values().size == "own"
        for name in ("width", "height"):
            self.form.rows[name].setVisible(own)
        self._grow()

    @property
    def coding(self) -> Coding:
        """The chosen one."""
        return next(one for one in self._codings if one.name == self.format.value())

    def ask(self) -> None:
        """Asks where, then writes in the background."""
        suffix = self.coding.suffix
        kinds = f"{suffix[1:].upper()} (*{suffix})"
        name = str(Path(self._folder) / f"{Path(self._picture.title).stem}{suffix}")
        dialog = QFileDialog(self, QCoreApplication.translate("Process", "Write video"), name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix[1:])
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, path: str) -> None:
        coding = self.coding.name
        self.accept()
        self._studio.process.make_video(self._picture, path, self.form.values(), coding)


def film_begins(earlier: Earlier) -> str:
    """What is said of the steps that the file holds no more; nothing where it holds them all."""
    if not earlier.steps:
        return ""
    if earlier.film_from == earlier.steps:
        words = QCoreApplication.translate(
            "Process", "The film begins with step {step}: earlier steps are no longer in the file."
        )
        return words.format(step=earlier.steps + 1)
    words = QCoreApplication.translate(
        "Process",
        "First steps that are no longer in the file: {steps}; the film shows small pictures that were kept of them.",
    )
    return words.format(steps=earlier.steps)


def format_words(name: CodingName) -> str:
    """What a coding is called."""
    return {
        "h264": QCoreApplication.translate("Process", "MP4 (H.264)"),
        "vp8": QCoreApplication.translate("Process", "WebM (VP8)"),
        "vp9": QCoreApplication.translate("Process", "WebM (VP9)"),
        "mpeg4": QCoreApplication.translate("Process", "MP4 (MPEG-4 part 2)"),
    }[name]


def players_of(name: CodingName) -> str:
    """Who plays a video of this coding, and who does not."""
    if name == "h264":
        return QCoreApplication.translate("Process", "Plays in browsers, on phones and in editors.")
    if name == "mpeg4":
        return QCoreApplication.translate(
            "Process",
            "Plays in VLC; many editors and sites that convert uploads take it. Browsers and phones do not play it.",
        )
    return QCoreApplication.translate(
        "Process",
        "Plays in browsers, on Android and in VLC. Many apps on phones and most editors do not take it.",
    )


class FactsDialog(Frame):
    """Size, colours, layers, steps, the time that was painted."""

    def __init__(self, studio: Studio, picture: Picture, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Process", "About this picture"), parent)
        self._studio, self._picture, self._folder = studio, picture, folder
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for row, (name, words) in enumerate(facts(picture)):
            label, value = QLabel(name), QLabel(words)
            label.setProperty("quiet", True)
            value.setWordWrap(True)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.table = self.add_verb(
            QCoreApplication.translate("Process", "Save painting time as CSV…"), self.ask
        )
        self.add_verb(QCoreApplication.translate("Dialog", "Close"), self.accept, main=True)

    def ask(self) -> None:
        """Asks where the table of the painting time is to be, then writes it in the background."""
        name = str(Path(self._folder) / f"{Path(self._picture.title).stem}.csv")
        title = QCoreApplication.translate("Process", "Save painting time")
        dialog = QFileDialog(self, title, name, "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, path: str) -> None:
        painting_time.write(self._studio, self._picture, path)


def facts(picture: Picture) -> list[tuple[str, str]]:
    """(name, value) of what is known about a picture, in the language of the window."""
    artwork, locale = picture.document.artwork, QLocale()
    print_size = QCoreApplication.translate("Process", "{width} × {height} cm at {ppi} ppi").format(
        width=f"{artwork.width / artwork.ppi * 2.54:.1f}",
        height=f"{artwork.height / artwork.ppi * 2.54:.1f}",
        ppi=f"{artwork.ppi:g}",
    )
    history = picture.document.history
    time = duration(painting_seconds(picture))
    layers = sum(1 for _ in artwork.walk())
    return [
        (QCoreApplication.translate("Process", "File"), picture.path or picture.origin or picture.title),
        (QCoreApplication.translate("Process", "Size"), f"{artwork.width} × {artwork.height} px"),
        (QCoreApplication.translate("Process", "In print"), print_size),
        (QCoreApplication.translate("Process", "Colour space"), artwork.colour_space.name),
        (QCoreApplication.translate("Process", "Layers"), locale.toString(layers)),
        (QCoreApplication.translate("Process", "Steps"), locale.toString(len(history))),
        (QCoreApplication.translate("Process", "Painting time"), time),
    ]


def duration(seconds: float) -> str:
    """Hours and minutes in words; seconds below a minute."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return QCoreApplication.translate("Process", "{seconds} s").format(seconds=round(seconds))
    if minutes < 60:
        return QCoreApplication.translate("Process", "{minutes} min").format(minutes=minutes)
    words = QCoreApplication.translate("Process", "{hours} h {minutes} min")
    return words.format(hours=minutes // 60, minutes=minutes % 60)
