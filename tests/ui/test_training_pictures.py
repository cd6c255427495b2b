"""The Training pictures panel: states, findings with their verbs, the contact sheet under hand and keys, what a run takes along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.engine.context import Context
from studio.engine.run import run
from studio.messages.data import Crop, Examined
from studio.messages.events import Event, Failed
from studio.messages.requests import LOOKS, CheckData, PreviewData, Request, Train
from studio.ui.dialogs.augmentation import AugmentationDialog
from studio.ui.panels.training import TrainingPanel
from studio.ui.panels.training_pictures import TrainingPicturesPanel
from studio.workspace.augmenting import ROWS, Strength
from studio.workspace.training_memory import place_of, recall
from tests.ui import benches, fakes
from tests.ui.benches import Bench

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
benches.PANELS[TrainingPicturesPanel] = (900, 300)


class Engine(fakes.FakeEngine):
    """Looks through folders in earnest, in the test's own turn; ``most`` events of a look, then it stays open."""

    most = 10_000

    def submit(self, request: Request, *, on_event: Callable[[Event], None], **options) -> int:  # type: ignore[override]
        if not isinstance(request, CheckData | PreviewData):
            return super().submit(request, on_event=on_event, **options)
        self.requests.append(request)
        for number, event in enumerate(run(request, Context())):
            if number == self.most:
                self.open = on_event
                break
            on_event(event)
        return len(self.requests)

    def cancel(self, job: int) -> None:
        self.open(Failed(kind="cancelled"))


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    one = Bench(Engine())
    yield one
    one.end()


def scene(seed: int, width: int = 200, height: int = 160) -> np.ndarray:
    spots = np.random.default_rng(seed).integers(0, 255, (6, 7, 3)) // (1, 1, 4)
    return cv2.resize(spots.astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)


def write(path: Path, pixels: np.ndarray) -> None:
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eighteen good pictures, a copy, a damaged file, a scroll and a sheet on a scanner's ground."""
    place = tmp_path / "我的画"
    place.mkdir()
    for number in range(18):
        write(place / f"{number:02d}.png", scene(number))
    (place / "copy.png").write_bytes((place / "00.png").read_bytes())
    (place / "damaged.png").write_bytes(b"bad")
    write(place / "scroll.png", scene(30, 100, 600))
    ground = np.full((200, 260, 3), 250, np.uint8)
    ground[40:160, 40:220] = scene(31, 180, 120) // 2
    write(place / "sheet.png", ground)
    return place


def texts(panel: TrainingPicturesPanel) -> list[str]:
    return [row.label.text() for row in panel.rows.values() if row.isVisible()]


def test_nothing_yet_teaches_and_a_dropped_folder_is_looked_through(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    assert panel.stack.currentIndex() == 0 and "Choose a folder" in panel.empty.label.text()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    panel.dropEvent(QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, LEFT, NONE))
    bench.settle()
    assert panel.stack.currentIndex() == 1 and not panel.stop.isVisible()
    assert panel.headline.text() == "For training: 20 of 22 pictures. Left out: 2."
    assert texts(panel) == [
        "1 file cannot be read as a picture; it is left out",
        "1 file is a copy of another; it is left out",
        "1 picture is very long; a square cuts most of it off, windows along the side do not",
        "1 picture has a border; it can be trimmed",
    ]
    assert not panel.rows["undecodable"].button.isVisible()
    training = bench.show(TrainingPanel)
    training.take_folder(str(folder))
    bench.settle()
    assert training.card.line == "Pictures: 21", "files that are none are not counted"


def test_one_click_mends_leaves_out_and_takes_in_again(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    pictures = bench.studio.training.pictures
    for kind, before, after in (
        ("border", "Trim", "Leave as it is"),
        ("duplicate", "Include", "Leave out"),
        ("extreme", "Leave out", "Include"),
    ):
        row = panel.rows[kind]
        assert row.button.text() == before
        QTest.mouseClick(row.button, LEFT)
        bench.settle()
        assert row.button.text() == after
    assert pictures.decisions.trim
    assert pictures.decisions.included == ("copy.png",) and pictures.decisions.excluded == ("scroll.png",)
    assert "20 of 22" in panel.headline.text()
    QTest.mouseClick(panel.rows["extreme"].button, LEFT)
    bench.settle()
    assert pictures.decisions.excluded == () and "21 of 22" in panel.headline.text()


def test_the_sheet_under_keys_and_hand(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    pictures, sheet = bench.studio.training.pictures, panel.sheet
    QTest.mouseClick(sheet.viewport(), LEFT, NONE, sheet.cell(2).center().toPoint())
    bench.settle()
    assert sheet.selected == ("02.png",)
    assert pictures.previewed is not None and pictures.previewed[0] == "02.png"
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    QTest.keyClick(sheet, Qt.Key.Key_Space)
    assert pictures.decisions.excluded == ("03.png",)
    QTest.keyClick(sheet, Qt.Key.Key_Space)
    assert pictures.decisions.excluded == ()
    QTest.mouseDClick(sheet.viewport(), LEFT, NONE, sheet.cell(5).center().toPoint())
    assert pictures.decisions.excluded == ("05.png",)
    area = sheet.picture_rect(1)
    QTest.mousePress(sheet.viewport(), LEFT, NONE, area.center().toPoint())
    QTest.mouseMove(sheet.viewport(), area.topRight().toPoint())
    QTest.mouseRelease(sheet.viewport(), LEFT, NONE, area.topRight().toPoint())
    assert pictures.decisions.crops == {"01.png": Crop(1 - 0.8, 0.0, 0.8, 1.0)}
    assert pictures.previewed[0] == "01.png"
    for number in range(22):
        assert sheet.place_at(sheet.cell(number).center()) in (number, -1)
    assert sheet.place_at(QPointF(1, 1)) == -1


def test_what_is_listed_and_the_mirror_question(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    for key, count in (("all", 22), ("findings", 4), ("out", 2), ("extreme", 1)):
        panel.show_only.set_value(key)
        panel.refresh()
        assert len(panel.sheet._shown) == count, key
    assert len(panel.mirrored._images) == 2 and not panel.yes.isChecked() and not panel.no.isChecked()
    QTest.mouseClick(panel.no, LEFT)
    bench.settle()
    assert bench.studio.training.pictures.decisions.mirror is False and panel.no.isChecked()


def test_busy_stopped_and_failed(bench: Bench, folder: Path, tmp_path: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    bench.engine.most = 2  # type: ignore[attr-defined]
    panel.take_folder(str(folder))
    bench.settle()
    assert panel.headline.text() == "Looking through the pictures: 22 of 22" and panel.stop.isVisible()
    assert len(bench.studio.jobs.lines) == 1
    QTest.mouseClick(panel.stop, LEFT)
    bench.settle()
    assert not panel.stop.isVisible() and not bench.studio.jobs.lines
    bench.engine.most = 10_000  # type: ignore[attr-defined]
    (tmp_path / "empty").mkdir()
    panel.take_folder(str(tmp_path / "empty"))
    bench.settle()
    assert panel.stack.currentIndex() == 0 and "no picture that can be read" in panel.empty.label.text()


def test_answers_about_a_folder_that_was_left_are_not_taken(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    bench.engine.most = 0  # type: ignore[attr-defined]
    panel.take_folder(str(folder))
    late = bench.engine.open  # type: ignore[attr-defined]
    panel.take_folder(str(folder.parent))
    late(Examined(first=0, total=9, pictures=(), thumbnails=()))
    assert bench.studio.training.pictures.total == -1


def test_a_run_takes_the_decisions_along(bench: Bench, folder: Path) -> None:
    training = bench.show(TrainingPanel)
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    assert training.card.title == "我的画"
    panel.policy.chosen.emit("windows")
    QTest.mouseClick(panel.rows["border"].button, LEFT)
    bench.settle()
    QTest.mouseClick(training.start, LEFT)
    bench.settle()
    request = bench.engine.requests[-1]
    assert isinstance(request, Train) and request.data == str(folder) and request.decisions is not None
    assert request.decisions.policy == "windows" and request.decisions.trim


def test_classes_are_palettes_or_sub_folders_where_there_are_some(
    bench: Bench, folder: Path, tmp_path: Path
) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    row, pictures = panel.classes, bench.studio.training.pictures
    choices = [row.box.itemText(at) for at in range(row.box.count())]
    assert choices == ["none", *(f"{count} palettes" for count in (3, 4, 6, 8, 12))]
    row.chosen.emit("4")
    bench.settle()
    assert (pictures.decisions.classes, pictures.decisions.palettes) == ("palettes", 4)
    assert row.box.currentText() == "4 palettes"
    for name in ("山", "水"):
        (tmp_path / "both" / name).mkdir(parents=True)
        write(tmp_path / "both" / name / "one.png", scene(len(name)))
    panel.take_folder(str(tmp_path / "both"))
    bench.settle()
    assert row.box.findData("folders") == 1
    row.chosen.emit("folders")
    bench.settle()
    assert pictures.decisions.classes == "folders"
    row.chosen.emit("recipe")
    bench.settle()
    assert pictures.decisions.classes == "recipe" and row.box.currentText() == "none"


def test_test_pictures_and_what_is_remembered(
    bench: Bench, folder: Path, tmp_path: Path, qapp: QApplication
) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    panel.tests.chosen.emit("0.1")
    bench.settle()
    pictures = bench.studio.training.pictures
    assert pictures.decisions.validation == 0.1 and panel.tests.value() == "0.1"
    kept = [one for one in pictures.pictures if not pictures.decisions.leaves_out(one)]
    held = len(pictures.decisions.held_out(kept))
    assert held == 2, "what is packed for training is what is promised"
    assert panel.headline.text() == ("For training: 18 of 22 pictures. Held out for testing: 2. Left out: 2.")
    kept_apart = tmp_path / "apart"
    kept_apart.mkdir()
    write(kept_apart / "x.png", scene(4))
    write(kept_apart / "y.png", scene(90))
    pictures.hold_out(0.0, str(kept_apart))
    panel.toggle(("07.png",))
    bench.settle()
    assert panel.tests.value() == "folder" and "apart" in panel.tests.box.currentText()
    assert "1 picture also stands among the test pictures; it is left out of training" in texts(panel)
    assert panel.headline.text() == ("For training: 18 of 24 pictures. Held out for testing: 2. Left out: 4.")
    other = Bench(Engine())
    again = other.show(TrainingPicturesPanel)
    again.take_folder(str(folder))
    other.settle()
    assert other.studio.training.pictures.decisions == pictures.decisions
    assert other.studio.training.pictures.test_folder == str(kept_apart)
    again.tests.chosen.emit("0")
    other.settle()
    assert other.studio.training.pictures.test_folder == "" and "19 of 22" in again.headline.text()
    place_of(str(folder)).write_bytes(b"spoilt")
    assert recall(str(folder)) is None
    other.end()


def test_a_narrow_panel_has_the_findings_above_the_sheet(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    assert panel.sheet.x() > panel.page.width()
    panel.resize(300, 700)
    bench.settle()
    assert panel.width() == 300 and panel.sheet.width() > 250 and panel.page.width() <= 300
    panel.resize(900, 300)
    bench.settle()
    assert panel.page.width() == 380 < panel.sheet.x()


def test_ten_thousand_pictures_are_painted_without_decoding_them_all(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    pictures = bench.studio.training.pictures
    pictures.pictures = pictures.pictures[:10] * 1000
    pictures.thumbnails = pictures.thumbnails[:10] * 1000
    panel.refresh()
    panel.sheet.verticalScrollBar().setValue(panel.sheet.verticalScrollBar().maximum())
    panel.grab()
    assert len(panel.sheet._images) <= 22 and panel.sheet.verticalScrollBar().maximum() > 50_000


def test_own_pictures_as_the_judge_sees_them(bench: Bench, folder: Path) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    assert panel.augmented.isEnabled()
    dialog = AugmentationDialog(bench.studio, panel)
    bench.settle()
    rows = dialog._augmenting.rows
    assert len(rows) == ROWS == len(set(dialog._augmenting.files))
    side = bench.studio.training.pictures.decisions.side
    for row in rows:
        assert row.shape == (side, LOOKS * side, 3)
    weak = rows
    dialog.form.set_values(Strength(augment=1.0, cutout=True))
    dialog.form.changed.emit(dialog.form.values())
    bench.settle()
    for one, other in zip(weak, dialog._augmenting.rows, strict=True):
        assert (one[:, :side] == other[:, :side]).all(), "the picture itself stays"
        assert (one[:, side:] != other[:, side:]).any()
    assert "damaged.png" not in dialog._augmenting.files
    dialog.show()
    bench.settle()
    assert dialog.sheet.height() >= dialog.sheet.sizeHint().height(), "no row is cut off"
    dialog.close()


def test_a_folder_of_tests_that_cannot_be_used_is_said_and_left(
    bench: Bench, folder: Path, tmp_path: Path
) -> None:
    panel = bench.show(TrainingPicturesPanel)
    panel.take_folder(str(folder))
    bench.settle()
    told: list[str] = []
    bench.studio.notice.connect(lambda one: told.append(one.text.format(**one.arguments)))
    empty = tmp_path / "nothing"
    empty.mkdir()
    bench.studio.training.pictures.hold_out(0.2)
    bench.studio.training.pictures.hold_out(0.0, str(empty))
    bench.settle()
    assert "nothing” holds no picture to test on" in told[-1]
    assert bench.studio.training.pictures.test_folder == "" and panel.tests.value() == "0.2"
    assert "of 22 pictures" in panel.headline.text(), "the pictures are there as before"
    kept = recall(str(folder))
    assert kept is not None and kept.test_folder == ""
