"""Content-aware scale asks what is kept and what goes first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from studio.document import edits
from studio.raster.geometry import Rect
from studio.settings import Settings
from studio.ui.dialogs.content_scale import ContentScaleDialog
from studio.ui.dialogs.selecting import SelectingDialog
from studio.workspace import repairing
from tests.ui.windows import Opened, clipped, empty_panel, nameless


@pytest.fixture
def opened(qapp, qtbot, home) -> Iterator[Opened]:
    window = Opened(qapp, Settings(language="en"), empty_panel)
    window.studio.new_picture(90, 60)
    window.pump()
    yield window
    window.close()


def asked(opened: Opened) -> ContentScaleDialog:
    assert opened.window.actions_.run("content-aware-scale")
    opened.pump()
    dialog = opened.window.findChild(ContentScaleDialog)
    assert isinstance(dialog, ContentScaleDialog)
    return dialog


def keys(row) -> list[str]:
    return [row.box.itemData(index) for index in range(row.box.count())]


def test_both_are_chosen_and_done(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = opened.studio
    assert studio.current is not None
    document = studio.current.document
    studio.layers.add_paint()
    photo, paper = document.committed.layers[0].id, document.committed.layers[1].id
    selected = edits.set_selection(document.committed, edits.rectangle_selection(Rect(5, 5, 20, 20)))
    document.commit("select", edits.set_active(selected, photo))
    dialog = asked(opened)
    assert not nameless(dialog) and not clipped(dialog)
    assert keys(dialog.keep) == keys(dialog.remove) == ["", "selection", f"layer:{paper}"]
    assert (dialog.keep.value(), dialog.remove.value()) == ("selection", "")
    dialog.remove.set_value("selection")
    dialog.remove.chosen.emit("selection")
    assert not dialog.verb.isEnabled() and "cannot be kept and removed" in dialog.said.text()
    dialog.remove.set_value(f"layer:{paper}")
    dialog.remove.chosen.emit(f"layer:{paper}")
    assert dialog.verb.isEnabled()
    given: list[repairing.ContentScale] = []
    monkeypatch.setattr(repairing, "scale", lambda _studio, values: given.append(values))
    dialog.scale()
    assert given == [repairing.ContentScale(width=90, height=60, keep="selection", remove=f"layer:{paper}")]


def test_without_a_selection_nothing_is_kept_at_first(opened: Opened) -> None:
    dialog = asked(opened)
    assert keys(dialog.keep) == [""] and dialog.keep.value() == "" and dialog.verb.isEnabled()
    dialog.about.line.click()
    opened.pump()
    assert "Avidan" in dialog.about.paragraph.text() and not clipped(dialog)
    dialog.reject()


def test_what_it_would_be_is_shown_when_asked_for(opened: Opened) -> None:
    dialog = asked(opened)
    document = opened.studio.current.document  # type: ignore[union-attr]
    committed = document.committed
    dialog.form._take("width", 60, True)
    opened.pump(5)
    assert document.artwork is committed, "nothing is computed unasked"
    dialog.look.shown.click()
    for _ in range(100):
        opened.pump()
        if document.artwork is not committed:
            break
    assert document.artwork is not committed and document.committed is committed
    dialog.look.shown.click()
    assert document.artwork is committed
    dialog.look.shown.click()
    dialog.reject()
    opened.pump(5)
    assert document.artwork is committed


def test_seamless_is_shown_beside_what_there_was(opened: Opened) -> None:
    document = opened.studio.current.document  # type: ignore[union-attr]
    steps = len(document.history)
    opened.studio.filtering.apply("gaussian-noise", {"sigma": 0.2})
    for _ in range(100):
        opened.pump()
        if len(document.history) > steps:
            break
    committed = document.committed
    opened.window.actions_.run("make-seamless-with-options")
    dialog = opened.window.findChild(SelectingDialog)
    assert isinstance(dialog, SelectingDialog) and dialog.look is not None

    def other_than(known: object) -> object:
        for _ in range(100):
            opened.pump()
            if document.artwork is not known:
                break
        return document.artwork

    whole = other_than(committed)
    assert whole is not committed and document.committed is committed
    dialog.look.compared.click()
    assert other_than(whole) is not whole
    dialog.look.shown.click()
    assert document.artwork is committed and not dialog.look.compared.isEnabled()
    dialog.reject()
    opened.pump(5)
    assert document.artwork is committed
