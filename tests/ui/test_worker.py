"""From the lanes to the UI thread: in order, and whatever one call does, the next one comes."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from studio.ui.worker import Delivery


def test_calls_arrive_in_order(qtbot: QtBot) -> None:
    delivery, heard = Delivery(), []
    for number in range(5):
        delivery.deliver(lambda number=number: heard.append(number))
    assert heard == []
    qtbot.waitUntil(lambda: len(heard) == 5)
    assert heard == [0, 1, 2, 3, 4]


def test_a_call_that_raises_keeps_no_other_from_arriving(qtbot: QtBot) -> None:
    delivery, heard = Delivery(), []

    def fail() -> None:
        raise RuntimeError("unexpected")

    with qtbot.captureExceptions() as raised:
        delivery.deliver(fail)
        delivery.deliver(lambda: heard.append("second"))
        qtbot.waitUntil(lambda: heard == ["second"])
        delivery.deliver(lambda: heard.append("third"))
        qtbot.waitUntil(lambda: heard == ["second", "third"])
    assert [str(one[1]) for one in raised] == ["unexpected"]
