"""A file whose contents a recipe keeps, chosen in a form."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.filters.lut import Lut
from studio.ui.widgets.file_row import FileRow
from studio.ui.widgets.form import ParameterForm

CUBE = "LUT_1D_SIZE 2\n0 0 0\n1 .5 1\n"


def form_of(qtbot: QtBot) -> tuple[ParameterForm, FileRow]:
    form = ParameterForm(Lut())
    qtbot.addWidget(form)
    form.resize(300, 200)
    form.show()
    row = form.rows["lut"]
    assert isinstance(row, FileRow)
    return form, row


def test_a_file_is_chosen_and_taken_out(qtbot: QtBot, tmp_path: Path) -> None:
    form, row = form_of(qtbot)
    path = tmp_path / "暖色.cube"
    path.write_text(CUBE)
    assert not row.clear.isEnabled()
    with qtbot.waitSignals([form.changed, form.released]):
        row.read(str(path))
    assert form.values().lut.name == "暖色.cube" == row.name.text()
    assert form.values().lut.content
    with qtbot.waitSignal(form.released):
        qtbot.mouseClick(row.clear, Qt.MouseButton.LeftButton)
    assert form.values() == Lut()


def test_a_file_that_is_none_is_named_and_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    form, row = form_of(qtbot)
    path = tmp_path / "notes.cube"
    path.write_text("to do: everything")
    row.read(str(path))
    assert "notes.cube" in row.name.text() and row.name.token == "warn"
    assert form.values() == Lut()
    row.read(str(tmp_path / "missing.cube"))
    assert "missing.cube" in row.name.text()
    form.set_values(Lut())
    assert row.name.token == "secondary"


def test_it_takes_the_keyboard_and_asks_for_the_right_files(qtbot: QtBot) -> None:
    _, row = form_of(qtbot)
    for button in (row.open, row.clear):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName().startswith(row.label.text())
    dialog = row.ask()
    assert "*.cube" in dialog.nameFilters()[0]
    dialog.close()
