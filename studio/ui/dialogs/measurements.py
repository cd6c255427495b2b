"""Two measurements beside each other, and the weights that FID needs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QWidget

from studio import paths
from studio.jobs.job import JobFinished
from studio.messages import measurements
from studio.messages.events import Footing
from studio.messages.measurements import Comparison, Said
from studio.ui.bind import bind, while_there
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace.measured_files import Measured, measured_files
from studio.workspace.studio import Studio

SIGNS = {None: "", True: "≠", False: "≈"}


class MeasurementsDialog(Frame):
    """What was measured of the artist's runs; figures that do not rest on the same are refused, and it is said why."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("Measurements", "Compare measurements"), parent, width=560)
        self._studio = studio
        self._found: dict[str, Measured] = {}
        self.one = ChoiceRow(translate("Measurements", "One"))
        self.other = ChoiceRow(translate("Measurements", "Other"))
        self.said, self.footing, self.weights = QLabel(), QLabel(), QLabel()
        self.table = QWidget()
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for widget in (self.one, self.other, self.table, self.said, self.footing, self.weights):
            self.body.addWidget(widget)
        for label in (self.said, self.footing, self.weights):
            label.setWordWrap(True)
        for label in (self.footing, self.weights):
            label.setProperty("quiet", True)
        self.add_verb(translate("Measurements", "Inception weights…"), self.ask_weights)
        self.add_verb(translate("Dialog", "Close"), self.accept, main=True)
        for row in (self.one, self.other):
            row.chosen.connect(lambda _key: self.refresh())
        bind(self, studio.settings_changed, lambda *_: self._show_weights())
        self._show_weights()
        self.refresh()
        runs = paths.data() / "runs"
        studio.files_lane.submit(
            lambda: measured_files(runs), label="measurements", on_event=while_there(self, self._arrived)
        )

    def _arrived(self, event: object) -> None:
        if isinstance(event, JobFinished):
            self.take(event.result)

    def take(self, found: tuple[Measured, ...]) -> None:
        """The measurements there are; the two newest are chosen."""
        self._found = {one.path: one for one in found}
        choices = [(one.path, _words(one)) for one in found]
        for index, row in enumerate((self.one, self.other)):
            row.set_choices(choices, found[min(index, len(found) - 1)].path if found else None)
        self.refresh()

    def ask_weights(self) -> QFileDialog:
        """The file of the Inception network; it stays where it is, and is only read."""
        title = QCoreApplication.translate("Measurements", "Inception weights")
        dialog = QFileDialog(self, title, self._studio.settings.inception, f"{title} (*.pth *.safetensors)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self._studio.change_settings(inception=path))
        dialog.open()
        return dialog

    def _show_weights(self) -> None:
        translate, file = QCoreApplication.translate, self._studio.settings.inception
        if file:
            words = translate("Measurements", "Measure counts FID and inception score with {file}.")
            self.weights.setText(words.format(file=Path(file).name))
        else:
            self.weights.setText(
                translate(
                    "Measurements",
                    "FID and inception score need the weights of the Inception network, which are never downloaded: "
                    "choose pt_inception-2015-12-05-6726825d.pth if you have it.",
                )
            )

    def refresh(self) -> None:
        translate = QCoreApplication.translate
        one, other = (self._found.get(row.value()) for row in (self.one, self.other))
        if one is None or other is None or one is other:
            self._show(Comparison())
            words = translate("Measurements", "Two measurements are needed: press Measure after a training.")
            self.said.setText(words)
            return
        found = measurements.compared(one.measurement, other.measurement)
        self._show(found)
        if found.differences:
            words = translate("Measurements", "These cannot be compared: {reasons}.")
            self.said.setText(words.format(reasons=_said(found.differences)))
        else:
            self.said.setText("\n".join(_refused_in_part(found)))

    def _show(self, found: Comparison) -> None:
        self.footing.setText(_footing(self._found.get(self.one.value())) if found.rows else "")
        self.footing.setVisible(bool(found.rows))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for line, row in enumerate(found.rows):
            title = QCoreApplication.translate("measurements", measurements.TITLES[row.name])
            texts = (title, measurements.number(row.one), SIGNS[row.apart], measurements.number(row.other))
            for column, text in enumerate(texts):
                self._grid.addWidget(QLabel(text), line, column)
        self.table.setVisible(bool(found.rows))


def _refused_in_part(found: Comparison) -> list[str]:
    """What of two measurements is not compared, or else what the signs mean."""
    translate, said = QCoreApplication.translate, []
    if found.of_vgg:
        words = translate("Measurements", "The figures of the second network cannot be compared: {reasons}.")
        said.append(words.format(reasons=_said(found.of_vgg)))
    if found.of_inception:
        words = translate("Measurements", "FID and inception score cannot be compared: {reasons}.")
        said.append(words.format(reasons=_said(found.of_inception)))
    return said or [translate("Measurements", "≠: the intervals of both lie apart. ≈: it may be chance.")]


def _said(differences: tuple[Said, ...]) -> str:
    mark = QCoreApplication.translate("Measurements", "; ")
    return mark.join(
        QCoreApplication.translate("measurements", one.sentence).format(**one.values) for one in differences
    )


def _footing(one: Measured | None) -> str:
    """On what both rest, since they are compared."""
    if one is None or one.measurement.footing is None:
        return ""
    said, deep = [_ground(one, one.measurement.footing)], one.measurement.random_vgg
    if deep is not None and deep.footing is not None:
        said.append(
            QCoreApplication.translate("Measurements", "VGG: {ground}").format(
                ground=_ground(one, deep.footing)
            )
        )
    return "\n".join(said)


def _ground(one: Measured, ground: Footing) -> str:
    words = QCoreApplication.translate(
        "Measurements",
        "{count} pictures beside {real} real ones, by {features}, weights {weights}, at {side} px ({resize})",
    )
    return words.format(
        count=one.measurement.pictures,
        real=one.measurement.real,
        features=ground.features,
        weights=ground.weights[:8],
        side=ground.side,
        resize=ground.resize,
    )


def _words(one: Measured) -> str:
    words = QCoreApplication.translate("Measurements", "{run}, step {step}, {count} pictures")
    return words.format(run=one.run, step=one.measurement.step, count=one.measurement.pictures)
