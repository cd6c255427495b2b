"""Blend pictures: the way and its values, judged on a small preview beside the layers as they are, then the work itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio import recipe
from studio.synthesis.fuse import FUSIONS
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.about import About
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.split_preview import SplitPreview
from studio.workspace import fuse_trial, fusing, notices
from studio.workspace.fuse_trial import Judged
from studio.workspace.studio import Studio

WIDTH = 440
LABEL = 128
PREVIEW, SMALLER = 200, 110
FIRST = "multi-band"


class FuseDialog(Frame):
    """The selected layers become a new one, the lowest of them the first picture."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Fuse", "Blend pictures"), parent, WIDTH)
        self._studio = studio
        self._judged: Judged | None = None
        self._words = QCoreApplication.translate(
            "Fuse", "The selected layers become a new layer above them. They stay as they are."
        )
        self.preview = SplitPreview()
        self.preview.setMinimumHeight(PREVIEW)
        self.preview.setAccessibleName(QCoreApplication.translate("Fuse", "Preview of the blend"))
        self.body.addWidget(self.preview, 1)
        self.said = self.add_sentence(self._words)
        names = [
            (name, QCoreApplication.translate("recipe", fusion.title)) for name, fusion in FUSIONS.items()
        ]
        self.method = ChoiceRow(QCoreApplication.translate("Fuse", "Method"), names, FIRST, label_width=LABEL)
        self.before = ChoiceRow(QCoreApplication.translate("Fuse", "Compare with"), label_width=LABEL)
        self.before.setEnabled(False)
        self.body.addWidget(self.method)
        self.body.addWidget(self.before)
        self.forms = {
            name: ParameterForm(fusion.parameters(), label_width=LABEL)
            for name, fusion in FUSIONS.items()
            if recipe.parameters(fusion.parameters)
        }
        self._trial = fuse_trial.Trial(studio, self._show, self._refuse, self._tell)
        for form in self.forms.values():
            self.body.addWidget(form)
            form.changed.connect(lambda _values: self._ask())
        self.about = About()
        self.about.toggled.connect(self._make_room)
        self.body.addWidget(self.about)
        self.method.chosen.connect(self.show_method)
        self.before.chosen.connect(lambda _key: self._compare())
        self.missing = self.add_sentence(QCoreApplication.translate("notices", notices.NO_ENGINE))
        self.add_cancel()
        self.verb = self.add_verb(QCoreApplication.translate("Fuse", "Blend"), self.fuse, main=True)
        self.finished.connect(lambda _result: self._trial.stop())
        self.show_method(FIRST)
        self.end_with_picture(studio)

    @property
    def _lacking(self) -> bool:
        """Whether the method needs an engine and there is none."""
        return bool(FUSIONS[self.method.value()].engine) and self._studio.engine is None

    def show_method(self, name: str) -> None:
        """Only the values of this way."""
        self.method.set_value(name)
        for one, form in self.forms.items():
            form.setVisible(one == name)
        self.missing.setVisible(self._lacking)
        self.verb.setEnabled(not self._lacking)
        self.about.set_texts(
            QCoreApplication.translate("About", "About this method"),
            QCoreApplication.translate("recipe", FUSIONS[name].description),
        )
        self._ask()
        if self.isVisible() and (layout := self.layout()) is not None:
            layout.activate()
            self.adjustSize()

    def _make_room(self, read: bool) -> None:
        """While the paragraph is read, the preview may be smaller, so that all of it fits on a small screen."""
        self.preview.setMinimumHeight(SMALLER if read else PREVIEW)
        self.adjustSize()

    # ── the preview ──────────────────────────────────────────────────────────────────────────────────────────────────
    def _ask(self) -> None:
        if self._lacking:
            self._trial.stop()
            self.said.setText(self._words)
            self.preview.show_after(None)
            return
        name = self.method.value()
        form = self.forms.get(name)
        self._trial.ask(name, None if form is None else form.values())

    def _tell(self, done: float) -> None:
        """A network takes its time; all others are done before it could be read."""
        if FUSIONS[self.method.value()].engine:
            words = QCoreApplication.translate("Fuse", "The network looks at the pictures… {part} %")
            self.said.setText(words.format(part=round(100 * done)))

    def _show(self, judged: Judged) -> None:
        self.verb.setEnabled(True)
        self.said.setText(self._words)
        if self._judged is None:
            self.before.set_choices(
                [(str(number), name) for number, (name, _pixels) in enumerate(judged.before)], "0"
            )
            self.before.setEnabled(True)
        self._judged = judged
        self.preview.show_after(judged.after)
        self._compare()

    def _compare(self) -> None:
        """What stands at the left of the line: one of the pictures, the first one to begin with."""
        if self._judged is not None:
            _name, pixels = self._judged.before[int(self.before.value())]
            self.preview.show_before(pixels)

    def _refuse(self, error: Exception) -> None:
        """Nothing comes of these values: why not stands in the dialog."""
        self.verb.setEnabled(False)
        self.preview.show_after(None)
        self.said.setText(fuse_trial.sentence_of(self._studio, error))

    def fuse(self) -> None:
        self.accept()
        name = self.method.value()
        form = self.forms.get(name)
        fusing.fuse_layers(self._studio, name, None if form is None else form.values())
