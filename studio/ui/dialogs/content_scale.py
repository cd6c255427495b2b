"""Content-aware scale: the new size, what is kept as it is, and what goes first."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.synthesis.rework import WAYS
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.look_switches import LookSwitches
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace import repairing
from studio.workspace.repairing import NOTHING, SELECTION
from studio.workspace.studio import Studio

WIDTH = 420
LABEL = 136


class ContentScaleDialog(Frame):
    """Both may be marked at once, each by the selection, a saved one, or where a layer is opaque."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Selecting", "Content-aware scale"), parent, WIDTH)
        self._studio = studio
        values = repairing.size_now(studio)
        self.form = ParameterForm(values, names=("width", "height"), label_width=LABEL)
        self.body.addWidget(self.form)
        choices = self._choices()
        chosen = SELECTION if any(key == SELECTION for key, _words in choices) else NOTHING
        self.keep = ChoiceRow(
            QCoreApplication.translate("ContentScale", "Keep"), choices, chosen, label_width=LABEL
        )
        self.remove = ChoiceRow(
            QCoreApplication.translate("ContentScale", "Remove first"), choices, NOTHING, label_width=LABEL
        )
        self.body.addWidget(self.keep)
        self.body.addWidget(self.remove)
        self.look = LookSwitches(on=False, halves=False)
        self.body.addWidget(self.look)
        for row in (self.keep, self.remove):
            row.chosen.connect(lambda _key: self._check())
            row.chosen.connect(lambda _key: self._show())
        self.form.released.connect(lambda _values: self._show())
        self.look.changed.connect(self._show)
        self.finished.connect(lambda _result: studio.selecting.work.show_no_more())
        self.said = self.add_sentence("")
        self.about = self.add_about(WAYS["scale"].description)
        self.add_cancel()
        self.verb = self.add_verb(QCoreApplication.translate("Selecting", "Scale"), self.scale, main=True)
        self._check()
        self.end_with_picture(studio)

    def _choices(self) -> list[tuple[str, str]]:
        picture = self._studio.current
        assert picture is not None
        artwork = picture.document.committed
        found = [(NOTHING, QCoreApplication.translate("ContentScale", "Nothing"))]
        if artwork.selection is not None:
            found.append((SELECTION, QCoreApplication.translate("ContentScale", "What is selected")))
        layer = QCoreApplication.translate("ContentScale", "Layer: {name}")
        saved = QCoreApplication.translate("ContentScale", "Selection: {name}")
        for one in repairing.markers(artwork):
            found.append((one.key, (layer if one.layer else saved).format(name=one.name)))
        return found

    def _check(self) -> None:
        """One thing cannot be both."""
        same = self.keep.value() != NOTHING and self.keep.value() == self.remove.value()
        self.verb.setEnabled(not same)
        words = QCoreApplication.translate(
            "ContentScale", "Both can be marked by a selection, or by what a layer covers."
        )
        self.said.setText(QCoreApplication.translate("document", repairing.SAME) if same else words)

    def _values(self) -> repairing.ContentScale:
        return replace(self.form.values(), keep=self.keep.value(), remove=self.remove.value())

    def _show(self) -> None:
        """What it would be, on the canvas as soon as it is there."""
        work, picture, values = self._studio.selecting.work, self._studio.current, self._values()
        if not self.look.shown.isChecked() or not self.verb.isEnabled() or picture is None:
            work.show_no_more()
            return
        renderer = picture.renderer
        work.show(lambda artwork: repairing.scaled(artwork, values, renderer))  # type: ignore[arg-type,return-value]

    def scale(self) -> None:
        """One undo step."""
        values = self._values()
        self.accept()
        repairing.scale(self._studio, values)
