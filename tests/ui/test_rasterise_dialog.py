"""Rasterise asks before a generated layer loses its sliders and variants, until it is told not to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from studio.document import edits
from studio.document.layer import Fill, Generated, Layer, Locks, Paint, Stored, Variant
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.synthesis.fills import FILL_KINDS
from studio.ui.dialogs.decision import DecisionDialog
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.palette import CommandPalette
from studio.ui.widgets.rows import SwitchRow
from tests.ui.windows import Opened, clipped, empty_panel, nameless


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark", workspace="paint"), empty_panel)
    one.studio.new_picture(64, 64)
    yield one
    one.close()


def generated(**fields) -> Generated:
    pixels = np.ones((64, 64, 4), np.float16)
    variants = tuple(
        Variant(seed=seed, surface=Surface.from_pixels(pixels), width=64, height=64) for seed in (1, 2)
    )
    recipe = Stored(name="generate", version=1, parameters={})
    return Generated(name="Made", recipe=recipe, model="m", variants=variants, **fields)


def noise() -> Fill:
    kind = FILL_KINDS["gaussian-noise"]
    return Fill(name="Noise", recipe=kind.stored(kind.parameters()))


def put(opened: Opened, layer: Layer) -> Layer:
    document = opened.studio.current.document  # type: ignore[union-attr]
    art = edits.add_layer(document.artwork, layer)
    document.commit("Add", art.with_(active=layer.id))
    opened.pump()
    return layer


def question(opened: Opened) -> DecisionDialog | None:
    found = [one for one in opened.window.findChildren(DecisionDialog) if one.isVisible()]
    assert len(found) <= 1
    return found[0] if found else None


def press(dialog: DecisionDialog, words: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == words).click()


def layer_now(opened: Opened, layer: Layer) -> Layer:
    artwork = opened.studio.current.document.artwork  # type: ignore[union-attr]
    return next(one for one in artwork.layers if one.id == layer.id)


def finish(opened: Opened) -> None:
    opened.studio.settle()
    opened.pump(12)


def rasterise(opened: Opened) -> DecisionDialog | None:
    assert opened.window.actions_.run("rasterise-layer")
    opened.pump()
    return question(opened)


def test_a_generated_layer_is_asked_about_and_cancel_leaves_it(opened: Opened) -> None:
    layer = put(opened, generated())
    steps = len(opened.studio.current.document.history)  # type: ignore[union-attr]
    dialog = rasterise(opened)
    assert dialog is not None and nameless(dialog) == [] and clipped(dialog) == []
    assert layer_now(opened, layer) is layer
    press(dialog, "Cancel")
    finish(opened)
    assert layer_now(opened, layer) is layer
    assert len(opened.studio.current.document.history) == steps  # type: ignore[union-attr]
    assert opened.studio.settings.ask_before_rasterising
    assert rasterise(opened) is not None  # and the next time it asks again


def test_yes_is_one_step_that_undo_brings_back(opened: Opened) -> None:
    layer = put(opened, generated())
    dialog = rasterise(opened)
    assert dialog is not None
    press(dialog, "Rasterise")
    finish(opened)
    assert isinstance(layer_now(opened, layer), Paint)
    assert opened.studio.settings.ask_before_rasterising
    opened.studio.undo()
    assert layer_now(opened, layer) is layer


def test_the_layer_asked_about_is_the_one_that_changes(opened: Opened) -> None:
    """A result may arrive and become active while the question stands."""
    asked = put(opened, generated())
    dialog = rasterise(opened)
    assert dialog is not None
    arrived = put(opened, generated())
    press(dialog, "Rasterise")
    finish(opened)
    assert isinstance(layer_now(opened, asked), Paint) and layer_now(opened, arrived) is arrived


def test_do_not_ask_again_is_kept_and_settings_ask_again(opened: Opened) -> None:
    put(opened, generated())
    dialog = rasterise(opened)
    assert dialog is not None
    again = dialog.findChild(SwitchRow)
    assert again is not None and again.text() == "Do not ask again"
    again.click()
    press(dialog, "Cancel")
    opened.pump()
    assert opened.studio.settings.ask_before_rasterising  # a Cancel promises nothing
    dialog = rasterise(opened)
    assert dialog is not None
    dialog.findChild(SwitchRow).click()  # type: ignore[union-attr]
    press(dialog, "Rasterise")
    finish(opened)
    assert not opened.studio.settings.ask_before_rasterising
    second = put(opened, generated())
    assert rasterise(opened) is None
    finish(opened)
    assert isinstance(layer_now(opened, second), Paint)
    settings = SettingsDialog(opened.studio, opened.window)
    rows = {row.text(): row for row in settings.findChildren(SwitchRow)}
    row = rows["Ask before rasterising a generated layer"]
    assert not row.isChecked()
    row.click()
    settings.close()
    assert opened.studio.settings.ask_before_rasterising
    put(opened, generated())
    assert rasterise(opened) is not None


def test_the_palette_asks_too(opened: Opened) -> None:
    layer = put(opened, generated())
    palette = CommandPalette(opened.window.actions_, opened.window)
    palette.open()
    palette.field.setText("Rasterise layer")
    opened.pump()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    opened.pump()
    assert question(opened) is not None and layer_now(opened, layer) is layer


def test_other_kinds_and_locked_layers_are_not_asked_about(opened: Opened) -> None:
    fill = put(opened, noise())
    assert rasterise(opened) is None
    finish(opened)
    assert isinstance(layer_now(opened, fill), Paint)
    locked = put(opened, generated(locks=Locks(all=True)))
    assert rasterise(opened) is None  # refused, with the reason
    finish(opened)
    assert layer_now(opened, locked) is locked
    assert any("locked" in card.sentence.text() for card in opened.window.notices.cards)


def test_the_question_goes_with_its_picture(opened: Opened) -> None:
    put(opened, generated())
    assert rasterise(opened) is not None
    opened.studio.new_picture(32, 32)
    opened.pump()
    assert question(opened) is None
