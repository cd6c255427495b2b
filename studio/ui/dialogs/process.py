"""The process video's choices, and what is known about a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QWidget

from studio.project.video import CODECS
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.form import ParameterForm
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
            "The steps of this picture as a film, without panels: {steps} steps, painted for {time}.",
        )
        document = picture.document
        steps = document.history[: document.cursor + 1]
        self.add_sentence(words.format(steps=len(steps), time=duration(painting_seconds(steps))))
        self.form = ParameterForm(ProcessVideo())
        self.body.addWidget(self.form)
        self.add_cancel()
        self.make = self.add_verb(QCoreApplication.translate("Process", "Write video…"), self.ask, main=True)
        self.make.setEnabled(len(steps) > 1)

    def ask(self) -> None:
        """Asks where, then writes in the background."""
        kinds = ";;".join(f"{suffix[1:].upper()} (*{suffix})" for suffix in CODECS)
        name = str(Path(self._folder) / f"{Path(self._picture.title).stem}.mp4")
        dialog = QFileDialog(self, QCoreApplication.translate("Process", "Write video"), name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("mp4")
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, path: str) -> None:
        self.accept()
        self._studio.process.make_video(self._picture, path, self.form.values())


class FactsDialog(Frame):
    """Size, colours, layers, steps, the time that was painted."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Process", "About this picture"), parent)
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
        self.add_verb(QCoreApplication.translate("Dialog", "Close"), self.accept, main=True)


def facts(picture: Picture) -> list[tuple[str, str]]:
    """(name, value) of what is known about a picture, in the language of the window."""
    artwork, locale = picture.document.artwork, QLocale()
    print_size = QCoreApplication.translate("Process", "{width} × {height} cm at {ppi} ppi").format(
        width=f"{artwork.width / artwork.ppi * 2.54:.1f}",
        height=f"{artwork.height / artwork.ppi * 2.54:.1f}",
        ppi=f"{artwork.ppi:g}",
    )
    history = picture.document.history
    layers = sum(1 for _ in artwork.walk())
    return [
        (QCoreApplication.translate("Process", "File"), picture.path or picture.origin or picture.title),
        (QCoreApplication.translate("Process", "Size"), f"{artwork.width} × {artwork.height} px"),
        (QCoreApplication.translate("Process", "In print"), print_size),
        (QCoreApplication.translate("Process", "Colour space"), artwork.colour_space.name),
        (QCoreApplication.translate("Process", "Layers"), locale.toString(layers)),
        (QCoreApplication.translate("Process", "Steps"), locale.toString(len(history))),
        (QCoreApplication.translate("Process", "Painting time"), duration(painting_seconds(history))),
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
