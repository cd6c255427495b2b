"""A pattern as a loop without a seam: how long, how large, in which format; then where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.document.layer import Filter
from studio.project.video import Coding
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.process import format_words
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import animating
from studio.workspace.animating import LoopFilm
from studio.workspace.studio import Studio

WIDTH = 440
LABEL = 128


class LoopDialog(Frame):
    """``values``: those of the fill or filter layer, which need not be applied yet."""

    def __init__(self, studio: Studio, layer_id: str, values: Any, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Loop", "Write pattern as a loop"), parent, WIDTH)
        self._studio, self._layer, self._values = studio, layer_id, values
        self._over = False
        self.add_sentence(
            QCoreApplication.translate(
                "Loop", "The pattern runs along its third axis; the last frame leads into the first."
            )
        )
        self.format = ChoiceRow(
            QCoreApplication.translate("Loop", "Format"), _plain_formats(), ".webp", label_width=LABEL
        )
        self.body.addWidget(self.format)
        film = replace(LoopFilm(), steps=min(100, values.loop)) if values.loop else LoopFilm()
        picture = studio.current
        layer = picture.document.committed.find(layer_id) if picture is not None else None
        # noise alone, without the picture that it lies on, is nothing
        names = ("seconds", "rate", "side", "steps") if isinstance(layer, Filter) else ()
        self.form = ParameterForm(film, names=names, label_width=LABEL)
        self.form.changed.connect(lambda _values: self._say())
        self.body.addWidget(self.form)
        self.said = self.add_sentence("")
        self.add_cancel()
        self.make = self.add_verb(QCoreApplication.translate("Loop", "Write…"), self.ask, main=True)
        self.finished.connect(self._end)
        studio.process.look_for_codings(self._found)
        self._say()
        self.end_with_picture(studio)

    def _end(self) -> None:
        self._over = True

    def _found(self, codings: tuple[Coding, ...]) -> None:
        """The videos that can be written here come to what can be written everywhere."""
        if not self._over:
            chosen = self.format.value()
            videos = {one.suffix: format_words(one.name) for one in reversed(codings)}
            self.format.set_choices([*_plain_formats(), *videos.items()], chosen)

    def _say(self) -> None:
        film: LoopFilm = self.form.values()
        picture = self._studio.current
        if picture is not None:
            width, height = film.size(picture.document.committed)
            words = QCoreApplication.translate("Loop", "Frames: {count}, of {width} × {height} pixels")
            self.said.setText(words.format(count=film.frames, width=width, height=height))

    def ask(self) -> None:
        """Asks where, then writes in the background."""
        ending = self.format.value()
        picture = self._studio.current
        folder = Path(picture.path or picture.origin or ".").parent if picture is not None else Path(".")
        layer = picture.document.committed.find(self._layer) if picture is not None else None
        name = (layer.name if layer is not None else "loop").replace("/", "-")
        dialog = QFileDialog(
            self, QCoreApplication.translate("Loop", "Write loop"), str(folder / f"{name}{ending}"),
            f"{ending[1:].upper()} (*{ending})",
        )  # fmt: skip
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, path: str) -> None:
        film = self.form.values()
        self.accept()
        animating.write(self._studio, self._layer, self._values, path, film)


def _plain_formats() -> list[tuple[str, str]]:
    return [
        (".webp", QCoreApplication.translate("Loop", "Animated WebP")),
        (".apng", QCoreApplication.translate("Loop", "Animated PNG")),
        (".gif", QCoreApplication.translate("Loop", "Animated GIF")),
        (".png", QCoreApplication.translate("Loop", "Numbered PNG files")),
    ]
