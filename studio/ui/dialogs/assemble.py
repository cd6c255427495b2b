"""A folder of pictures as one picture, or as what lends detail: the folder, the values, and what they would do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from studio.document.layer import Derived
from studio.jobs.job import Job
from studio.synthesis import collage, lending, photomosaic
from studio.synthesis.lending import FolderDetail
from studio.ui.dialogs.filter_batch import PathRow
from studio.ui.dialogs.frame import Frame
from studio.ui.incoming import local_files
from studio.ui.screen_colours import screen_image
from studio.ui.widgets.form import ParameterForm
from studio.workspace import assembling, detailing
from studio.workspace.assembling import Kind, Sampled
from studio.workspace.folder_layers import Source, below, source_of
from studio.workspace.studio import Studio

WIDTH = 440
LABEL = 128
HIGH = 146
"""Height of the preview in pixels of the screen."""
DESCRIPTIONS: dict[Kind, str] = {"photomosaic": photomosaic.DESCRIPTION, "collage": collage.DESCRIPTION}
WAIT = 120
"""Milliseconds that the hand must rest before another preview is made."""


class FolderDialog(Frame):
    """A folder, values, and a small picture of what they do; the work begins among the jobs when the dialog is closed."""

    def __init__(
        self,
        studio: Studio,
        title: str,
        description: str,
        values: msgspec.Struct,
        verb: str,
        parent: QWidget | None,
        folder: Path | None,
    ) -> None:
        """``title`` and ``description``: in context ``recipe``; ``verb``: what is written on the button."""
        super().__init__(QCoreApplication.translate("recipe", title), parent, WIDTH)
        self._studio = studio
        self._sampled: Sampled | None = None
        self._jobs: dict[str, Job] = {}
        self.setAcceptDrops(True)
        self.source = PathRow()
        title = QCoreApplication.translate("Assemble", "Pictures")
        self.source.set_title(title)
        self.source.choose.set_name(QCoreApplication.translate("Filter", "{row}: choose").format(row=title))
        self.source.choose.clicked.connect(self._ask)
        self.body.addWidget(self.source)
        self.form = ParameterForm(values, label_width=LABEL)
        self.form.changed.connect(lambda _values: self._timer.start())
        self.body.addWidget(self.form)
        self.picture = QLabel()
        self.picture.setFixedHeight(HIGH)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(QCoreApplication.translate("Assemble", "Preview"))
        self.body.addWidget(self.picture)
        self.state = self.add_sentence("")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self._preview)
        self.about = self.add_about(description)
        self.about.instead_of(self.picture)
        self.add_cancel()
        self.make = self.add_verb(verb, self.accept, main=True)
        self.finished.connect(self._end)
        self.take(folder)

    # ── what differs ─────────────────────────────────────────────────────────────────────────────────────────────────
    def _look(self, folder: Path) -> Job:
        """Takes samples of the folder, for :meth:`_sampled_arrived`."""
        raise NotImplementedError

    def _show(self, sampled: Sampled, values: Any) -> Job:
        """Makes a picture of the values, for :meth:`_preview_arrived`."""
        raise NotImplementedError

    def _begin(self, folder: Path, values: Any) -> None:
        """The work itself."""
        raise NotImplementedError

    # ── what is common ───────────────────────────────────────────────────────────────────────────────────────────────
    def take(self, folder: Path | None) -> None:
        """Looks at a folder; None: at none yet."""
        words = QCoreApplication.translate("Filter", "Choose a folder, or drop it here")
        self.source.set_path(folder, words)
        self._sampled = None
        self._set_able(False)
        if folder is None:
            self.state.setText(
                QCoreApplication.translate("Assemble", "A preview of some of its pictures is shown here.")
            )
            return
        self.state.setText(QCoreApplication.translate("Assemble", "Looking at the pictures…"))
        self._jobs["sample"] = self._look(folder)

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.source.label.text(), str(self.source.path or ""))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self.take(Path(path)))
        dialog.open()

    def _sampled_arrived(self, found: Sampled | Exception) -> None:
        if isinstance(found, Exception):
            self.state.setText(assembling.sentence(self._studio, found))
            return
        self._sampled = found
        if not found.pictures:
            self.state.setText(
                QCoreApplication.translate("Assemble", "This folder has no picture that can be opened.")
            )
            return
        self.state.setText(
            QCoreApplication.translate("Assemble", "Pictures in the folder: {count}").format(
                count=found.count
            )
        )
        self._set_able(True)
        self._preview()

    def _set_able(self, able: bool) -> None:
        """Whether there is something to be made of."""
        self.make.setEnabled(able)

    def _preview(self) -> None:
        if self._sampled is not None and self._sampled.pictures:
            self._jobs["preview"] = self._show(self._sampled, self.form.values())

    def _preview_arrived(self, found: np.ndarray | Exception) -> None:
        if isinstance(found, Exception):
            self.state.setText(assembling.sentence(self._studio, found))
            return
        pixels = np.ascontiguousarray(found)
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        ratio = self.devicePixelRatioF()
        shown = QPixmap.fromImage(screen_image(image)).scaled(
            round((WIDTH - 32) * ratio), round(HIGH * ratio), Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(shown)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(Path(path).is_dir() for path in local_files(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in map(Path, local_files(event.mimeData())):
            if path.is_dir():
                self.take(path)
        event.acceptProposedAction()

    def _end(self, result: int) -> None:
        self._timer.stop()
        for job in self._jobs.values():
            job.cancel()
        if result and self.source.path is not None:
            self._begin(self.source.path, self.form.values())


class AssembleDialog(FolderDialog):
    """The pictures of a folder become a new one: a photomosaic or a collage."""

    def __init__(
        self, studio: Studio, kind: Kind, parent: QWidget | None = None, folder: Path | None = None
    ) -> None:
        self._kind: Kind = kind
        verb = QCoreApplication.translate("Assemble", "Make")
        title, values = assembling.TITLES[kind], assembling.VALUES[kind]()
        self._as_layer = False
        super().__init__(studio, title, DESCRIPTIONS[kind], values, verb, parent, folder)
        self.layer = self.add_verb(QCoreApplication.translate("Assemble", "As a layer"), self._accept_layer)
        self.foot.removeWidget(self.layer)  # the main verb stands last
        self.foot.insertWidget(self.foot.indexOf(self.make), self.layer)
        self.layer.setVisible(studio.current is not None)
        self.layer.setEnabled(self.make.isEnabled())
        if kind == "photomosaic":
            self.end_with_picture(studio)

    def _accept_layer(self) -> None:
        self._as_layer = True
        self.accept()

    def _set_able(self, able: bool) -> None:
        super()._set_able(able)
        if hasattr(self, "layer"):
            self.layer.setEnabled(able)

    def _look(self, folder: Path) -> Job:
        return assembling.sample(self._studio, folder, self._sampled_arrived)

    def _show(self, sampled: Sampled, values: Any) -> Job:
        return assembling.preview(self._studio, self._kind, sampled, values, self._preview_arrived)

    def _begin(self, folder: Path, values: Any) -> None:
        if self._as_layer:
            self._studio.folder_layers.add(Source(self._kind, folder, values))
        else:
            assembling.begin(self._studio, self._kind, folder, values)


class FolderLayerDialog(FolderDialog):
    """The folder and the values of a layer that is made of a folder; the layer follows them."""

    def __init__(self, studio: Studio, layer: Derived, parent: QWidget | None = None) -> None:
        source = source_of(layer)
        assert source is not None
        self._source, self._layer, self._picture = source, layer.id, studio.current
        verb = QCoreApplication.translate("FillLayer", "Apply")
        title = assembling.TITLES[source.kind]
        super().__init__(studio, title, DESCRIPTIONS[source.kind], source.values, verb, parent, source.folder)
        self.end_with_picture(studio)

    def _look(self, folder: Path) -> Job:
        return assembling.sample(self._studio, folder, self._sampled_arrived)

    def _show(self, sampled: Sampled, values: Any) -> Job:
        assert self.source.path is not None
        wanted = Source(self._source.kind, self.source.path, values)
        if wanted != self._source:
            self._source = wanted
            self._studio.folder_layers.change(self._layer, wanted)
        artwork = None if self._picture is None else below(self._picture.document.committed, self._layer)
        kind = self._source.kind
        return assembling.preview(self._studio, kind, sampled, values, self._preview_arrived, artwork)

    def _begin(self, folder: Path, values: Any) -> None:
        self._studio.folder_layers.release()

    def _end(self, result: int) -> None:
        super()._end(result)
        if not result or self.source.path is None:
            self._studio.folder_layers.revert(self._picture)


class FolderDetailDialog(FolderDialog):
    """The pictures of a folder lend their detail to the active layer; its middle is shown without and with it."""

    def __init__(self, studio: Studio, parent: QWidget | None = None, folder: Path | None = None) -> None:
        verb = QCoreApplication.translate("Assemble", "Add detail")
        super().__init__(studio, lending.TITLE, lending.DESCRIPTION, FolderDetail(), verb, parent, folder)
        self.picture.setAccessibleName(QCoreApplication.translate("Assemble", "Preview: before and after"))
        self.end_with_picture(studio)

    def _look(self, folder: Path) -> Job:
        return detailing.sample(self._studio, folder, self._sampled_arrived)

    def _show(self, sampled: Sampled, values: Any) -> Job:
        return detailing.preview(self._studio, sampled, values, self._preview_arrived)

    def _begin(self, folder: Path, values: Any) -> None:
        detailing.begin(self._studio, folder, values)
