"""The dialogs around models: the lesson, generated beside real, the vote, measurements."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from studio.messages.events import ClassesLearnt, Classified, Footing, Nearest, Progress
from studio.messages.measurements import Figure, Measurement, OfNetwork
from studio.messages.pixels import Pixels
from studio.ui.dialogs.judging import BesideDialog, VoteDialog, verdict
from studio.ui.dialogs.lesson import LessonDialog
from studio.ui.dialogs.lesson import said as lesson_said
from studio.ui.dialogs.measurements import MeasurementsDialog
from studio.ui.widgets.twin_view import TwinView
from studio.workspace import judging
from studio.workspace.judging import share_of
from studio.workspace.lesson import LessonState
from studio.workspace.measured_files import Measured
from tests.ui import fakes
from tests.ui.benches import Bench

GROUND = Footing(features="random", weights="a" * 64, side=64, resize="square")


@pytest.fixture
def bench(qapp: QApplication) -> Iterator[Bench]:
    made = Bench(fakes.FakeEngine(), models=(fakes.model(), fakes.model("mine", digest="1" * 64)))
    yield made
    made.end()


def test_all_pictures_have_one_zoom_and_keep_inside(qapp: QApplication):
    view = TwinView()
    view.resize(616, 320)
    view.show_pictures([np.zeros((30, 30, 3), np.uint8)] * 2, ("a", "b"))
    first = view._cells()[0]
    corner = QPointF(first.left() + 5, first.top() + 5)
    before = view._place(view._images[0], first)
    spot = (corner.x() - before.x()) / before.width(), (corner.y() - before.y()) / before.height()
    view.zoom_to(2.0, corner)
    after = view._place(view._images[0], first)
    assert after.width() == pytest.approx(2 * before.width())
    assert (corner.x() - after.x()) / after.width() == pytest.approx(spot[0], abs=1e-6), (
        "what was there stays there"
    )
    places = [
        view._place(image, cell).width() for image, cell in zip(view._images, view._cells(), strict=True)
    ]
    assert places[0] == places[1]
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1.0 and view.centre == QPointF(0.5, 0.5)
    view.deleteLater()


def test_generated_and_real_stand_beside_each_other(bench: Bench):
    dialog = BesideDialog(bench.studio)
    bench.settle()
    assert dialog._made is not None and "Training panel" in dialog.said.text()
    dialog._taken = np.zeros((*dialog._made.shape[:2], 3), np.uint8)
    dialog._files = ["a.png"]
    dialog._show()
    assert "differ by" in dialog.said.text() and len(dialog.view._images) == 3
    dialog.reject()


def test_the_real_picture_is_the_nearest_until_one_is_chosen(bench: Bench):
    dialog = BesideDialog(bench.studio)
    bench.settle()
    dialog._files = ["a.png", "b.png"]
    asked: list[tuple] = []

    def find(_studio, _folder, files, _made, heard) -> None:
        asked.append(files)
        heard(Progress(done=1, total=2))
        assert "1 of 2" in dialog.said.text()
        heard(Nearest(file="b.png", distance=1.0))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "find_nearest", find)
        dialog._compare()
        assert asked == [("a.png", "b.png")] and dialog.real.value() == 2 and dialog.alike.isChecked()
        dialog.real.released.emit(1.0)
        assert not dialog.alike.isChecked() and len(asked) == 1
    dialog.reject()


def test_a_vote_is_cast_with_buttons_and_keys_and_says_who_won(bench: Bench):
    dialog = VoteDialog(bench.studio)
    assert dialog.begin.isEnabled() and not dialog.answers["left"].isEnabled()
    dialog.pairs.set_value(5)
    dialog._begin()
    bench.settle()
    assert dialog.answers["left"].isEnabled() and "Pair 1 of 5" in dialog.said.text()
    assert not dialog.begin.isEnabled(), "the votes would be lost"
    dialog.answers["none"].click()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(dialog, key)
    assert "of 3 [" in dialog.said.text() and not dialog.answers["left"].isEnabled()
    assert dialog.begin.isEnabled()
    dialog.reject()


def test_a_verdict_says_when_it_may_be_chance():
    assert "chance" in verdict(share_of(3, 5), "A", "B")
    assert "chance" not in verdict(share_of(19, 20), "A", "B") and "95%" in verdict(
        share_of(19, 20), "A", "B"
    )


def test_the_lesson_shows_what_came_of_it_and_the_maps_of_each_layer(bench: Bench):
    dialog, lesson = LessonDialog(bench.studio), bench.studio.lesson
    assert not dialog.teach.isEnabled() and not dialog.picture.isEnabled()
    dialog.take_folder("/pictures/shapes")
    assert dialog.teach.isEnabled()
    learnt = ClassesLearnt(
        path="/m",
        classes=("circle", "square", "star"),
        pictures=20,
        held_out=10,
        right=0.9,
        confusion=((5, 0, 0), (1, 4, 0), (0, 0, 0)),
        rejected=tuple(f"square/{number}.png: undecodable" for number in range(5)),
    )
    maps = {
        name: Pixels.of(np.full((4, 4 + 4 * i, 3), 9, np.uint8))
        for i, name in enumerate(("convolution-1", "pooling-1"))
    }
    seen = Classified(file="/pictures/a.png", shares={"circle": 0.8, "square": 0.2, "star": 0.001}, maps=maps)
    lesson._tell(LessonState(folder="/pictures/shapes", learnt=learnt, seen=seen))
    assert "90%" in dialog.said.text() and "square: 4/5 → circle 1" in dialog.confused.text()
    assert "Guessing" not in dialog.said.text()
    guessed = replace(learnt, right=0.4)
    assert "Guessing" in lesson_said(LessonState(learnt=guessed))
    assert "star: no picture" in dialog.confused.text()
    assert "Left out: square/0.png, square/1.png, square/2.png + 2" in dialog.confused.text()
    assert dialog.shares.text() == "a.png: circle 80% · square 20%"
    assert dialog.maps._image.width() == 4
    dialog.layer.set_value("pooling-1")
    dialog._show_maps()
    assert dialog.maps._image.width() == 8
    dialog.reject()


def test_measurements_are_compared_or_refused(bench: Bench):
    dialog = MeasurementsDialog(bench.studio)
    bench.settle()
    assert "Two measurements" in dialog.said.text() and "never downloaded" in dialog.weights.text()
    one = Measurement(
        name="a", step=5, pictures=256, real=300, footing=GROUND,
        measures={"distance": Figure(value=12.0, interval=(11.0, 13.0))},
    )  # fmt: skip
    better = replace(one, measures={"distance": Figure(value=9.0, interval=(8.0, 10.0))})
    dialog.take((Measured("x", "ink", one), Measured("y", "ink-2", better)))
    assert "≠" in [label.text() for label in dialog.table.findChildren(QLabel)]
    ground = dialog.footing.text()
    assert all(
        part in ground for part in ("256 pictures beside 300", "random", "aaaaaaaa", "64 px", "square")
    )
    dialog.take((Measured("x", "ink", one), Measured("y", "ink-2", replace(one, pictures=9))))
    assert not dialog.footing.text()
    assert "256 and 9" in dialog.said.text() and dialog.table.isHidden()
    deep = OfNetwork(footing=replace(GROUND, features="VGG-16"), measures={"coverage": Figure(value=0.7)})
    dialog.take(
        (
            Measured("x", "ink", replace(one, random_vgg=deep)),
            Measured("y", "ink-2", replace(one, random_vgg=deep)),
        )
    )
    assert "by VGG-16" in dialog.footing.text()
    assert "Coverage, VGG" in [label.text() for label in dialog.table.findChildren(QLabel)]
    other = replace(deep, footing=replace(GROUND, features="VGG-16", side=32))
    dialog.take(
        (
            Measured("x", "ink", replace(one, random_vgg=deep)),
            Measured("y", "ink-2", replace(one, random_vgg=other)),
        )
    )
    assert "second network" in dialog.said.text() and "32 px" in dialog.said.text()
    assert not dialog.table.isHidden()
    bench.studio.change_settings(inception="/w/pt.pth")
    assert "pt.pth" in dialog.weights.text()
    dialog.reject()
