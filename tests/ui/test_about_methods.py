"""Every dialog that works by a method tells it in one paragraph, with formula and source, and still fits the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from studio import translation
from studio.document import edits
from studio.raster.geometry import Rect
from studio.settings import Settings
from studio.ui import language
from studio.ui.dialogs.assemble import AssembleDialog, FolderDetailDialog
from studio.ui.dialogs.feature_map import FeatureMapDialog
from studio.ui.dialogs.frame import Frame
from studio.ui.dialogs.panorama import PanoramaDialog
from studio.ui.dialogs.repair import FillDialog
from studio.ui.dialogs.selecting import SelectingDialog
from studio.workspace import repair_forms
from tests.ui.test_room import HIGHEST_DIALOG, stretched
from tests.ui.windows import Opened, clipped, empty_panel, longer

YEAR = re.compile(r"\b(19|20)\d\d\b")
FORMULA = re.compile(r"[=×·−Σ½]|\d")
DIALOGS = {
    "fill": FillDialog,
    "make_seamless": lambda studio, window: SelectingDialog(
        studio, repair_forms.FORMS["make_seamless"], window
    ),
    "quilt": lambda studio, window: SelectingDialog(studio, repair_forms.FORMS["quilt"], window),
    "select_flaws": lambda studio, window: SelectingDialog(
        studio, repair_forms.FORMS["select_flaws"], window
    ),
    "photomosaic": lambda studio, window: AssembleDialog(studio, "photomosaic", window),
    "collage": lambda studio, window: AssembleDialog(studio, "collage", window),
    "folder detail": FolderDetailDialog,
    "panorama": PanoramaDialog,
    "feature map": FeatureMapDialog,
}


@pytest.fixture(params=["en", "zh_CN"])
def opened(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Opened]:
    """With a third more in every text, and something selected."""
    words = stretched(request.param)
    monkeypatch.setattr(translation, "catalogue", lambda _language: words)
    english = language.Catalogue("en", qapp)
    if request.param == "en":
        qapp.installTranslator(english)
    one = Opened(qapp, Settings(language=request.param), empty_panel)
    one.studio.new_picture(90, 60)
    one.studio.layers.add_paint()
    document = one.studio.current.document  # type: ignore[union-attr]
    hole = edits.rectangle_selection(Rect(20, 20, 40, 40))
    document.commit("Select", edits.set_selection(document.committed, hole))
    one.pump()
    yield one
    one.close()
    qapp.removeTranslator(english)
    english.deleteLater()


def shown(opened: Opened, name: str) -> Frame:
    dialog = DIALOGS[name](opened.studio, opened.window)
    dialog.open()
    opened.pump()
    return dialog


@pytest.mark.parametrize("name", DIALOGS)
def test_the_method_is_told_and_fits(opened: Opened, name: str) -> None:
    dialog = shown(opened, name)
    about = dialog.about  # type: ignore[attr-defined]
    text = about.paragraph.text()
    assert about.isVisible() and not about.area.isVisible() and dialog.height() <= HIGHEST_DIALOG
    assert "\n" not in text and YEAR.search(text) and FORMULA.search(text)
    about.set_texts(about.line.text(), longer(text))
    about.line.click()
    opened.pump()
    assert about.area.isVisible() and not clipped(dialog)
    assert dialog.height() <= HIGHEST_DIALOG, dialog.height()
    seen = about.area.visibleRegion().boundingRect()
    assert seen.height() >= min(60, about.area.height()), "what was opened is seen"
    dialog.reject()


def test_the_paragraph_is_that_of_the_chosen_method(opened: Opened) -> None:
    dialog = shown(opened, "fill")
    assert isinstance(dialog, FillDialog)
    dialog.show_method("telea")
    assert "Telea" in dialog.about.paragraph.text()
    assert isinstance(dialog, QDialog)
    dialog.reject()
