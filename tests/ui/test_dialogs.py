"""Dialogs: what they propose, what they ask the studio for, names and room for words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from studio.engine.failures import DEVICE_GONE
from studio.messages.events import Device, Failed, Finished
from studio.messages.requests import UseDevice
from studio.project.profiles import NAMES
from studio.project.recovery import Recoverable
from studio.settings import Settings
from studio.ui.dialogs.about import AboutDialog
from studio.ui.dialogs.decision import DecisionDialog
from studio.ui.dialogs.export import ExportDialog
from studio.ui.dialogs.new_picture import PRESETS, NewPictureDialog, Size, last_used, remember
from studio.ui.dialogs.recovery import RecoveryDialog
from studio.ui.dialogs.settings import SettingsDialog
from studio.ui.widgets.rows import ChoiceRow
from studio.workspace.notices import NOT_OPENED, Notice
from tests.project.table_profile import table_profile
from tests.ui.fakes import FakeEngine
from tests.ui.windows import Opened, clipped, empty_panel, nameless


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    one = Opened(qapp, Settings(language="en", theme="dark", workspace="paint"), empty_panel)
    yield one
    one.close()


def test_sizes_in_every_unit_are_the_same_pixels() -> None:
    a4 = PRESETS["a4"][1]
    assert a4.pixels() == (2480, 3508)
    for unit in ("px", "mm", "cm", "in"):
        assert a4.in_unit(unit).pixels() == (2480, 3508)
    assert Size(1, 1, "in", 72).pixels() == (72, 72)
    assert PRESETS["xiaohongshu"][1].pixels() == (1242, 1660)


def test_the_size_used_last_comes_first(home) -> None:
    assert last_used() == PRESETS["screen"][1]
    remember(Size(10, 5, "cm", 150))
    assert last_used() == Size(10, 5, "cm", 150)
    for nonsense in (
        "{",
        '{"width": 0, "height": 1, "unit": "px", "ppi": 72}',
        '{"width": 1e9, "height": 1}',
    ):
        (home / "state" / "new-picture.json").write_text(nonsense)
        assert last_used() == PRESETS["screen"][1]


def test_a_new_picture_has_the_chosen_size(opened: Opened) -> None:
    dialog = NewPictureDialog(opened.studio, opened.window)
    dialog.show_size(Size(2, 1, "in", 100))
    dialog.ground.set_value("transparent")
    assert dialog.create_button.isEnabled()
    dialog.create_button.click()
    assert opened.studio.current is not None
    artwork = opened.studio.current.document.artwork
    assert (artwork.width, artwork.height, artwork.ppi) == (200, 100, 100)
    assert last_used() == Size(2, 1, "in", 100)


@pytest.mark.parametrize("width", ["0", "-3", "words", "90000"])
def test_impossible_sizes_are_refused_with_a_sentence(opened: Opened, width: str) -> None:
    dialog = NewPictureDialog(opened.studio, opened.window)
    dialog.wide.field.setText(width)
    dialog.wide.field.textEdited.emit(width)
    assert not dialog.create_button.isEnabled()
    assert dialog.sum.text().endswith(".")
    dialog.close()


def test_a_layer_of_values_offers_no_profile(opened: Opened) -> None:
    opened.studio.new_picture(60, 40)
    opened.studio.layers.add_paint()
    opened.studio.fill_layers.toggle_data()
    assert opened.window.actions_.run("export-layer")
    opened.pump()
    (dialog,) = opened.window.findChildren(ExportDialog)
    assert (
        not dialog.profiles.isVisible()
        and not dialog.metadata.isVisible()
        and "numbers" in dialog.note.text()
    )
    assert not clipped(dialog)
    dialog.reject()
    opened.pump()
    opened.studio.fill_layers.toggle_data()
    assert opened.window.actions_.run("export-layer")
    opened.pump()
    dialog = next(one for one in opened.window.findChildren(ExportDialog) if one.isVisible())
    assert dialog.profiles.isVisible() and not dialog.note.text()


def test_export_offers_what_the_format_can_keep(opened: Opened) -> None:
    picture = opened.studio.new_picture(8, 8)
    dialog = ExportDialog(opened.studio, picture, "", opened.window)
    dialog.bits.set_value("16")
    assert dialog.options().bits == 16
    dialog.kind.set_value("jpg")
    dialog.refresh()
    assert dialog.bits.isHidden()
    assert not dialog.quality.isHidden()
    dialog.quality.take(70.0)
    assert (dialog.options().bits, dialog.options().quality) == (0, 70)
    dialog.kind.set_value("webp")
    dialog.lossless.setChecked(True)
    dialog.refresh()
    assert dialog.quality.isHidden()
    assert dialog.options().lossless
    dialog.close()


def test_export_offers_colour_spaces_and_a_profile_from_a_file(opened: Opened, tmp_path: Path) -> None:
    picture = opened.studio.new_picture(8, 8)
    dialog = ExportDialog(opened.studio, picture, "", opened.window)
    dialog.show()
    rows = dialog.profiles
    assert (dialog.options().profile, dialog.options().icc) == ("keep", b"")
    for name in NAMES:
        rows.row.set_value(name)
        rows.row.chosen.emit(name)
        assert dialog.options().profile == name
        assert rows.intent.isHidden() and rows.black_point.isHidden()
        assert ("16 bits" in dialog.note.text()) == (name == "Linear sRGB")
    dialog.bits.set_value("16")
    dialog.refresh()
    assert not dialog.note.text()
    good = tmp_path / "屏幕.icc"
    good.write_bytes(table_profile())
    rows.take(str(good))
    options = dialog.options()
    assert (options.profile, options.icc_name, options.icc) == ("file", "屏幕.icc", table_profile())
    assert not rows.intent.isHidden() and not rows.black_point.isHidden()
    rows.intent.set_value("perceptual")
    rows.black_point.setChecked(False)
    assert (dialog.options().intent, dialog.options().black_point) == ("perceptual", False)
    assert not clipped(dialog)
    bad = tmp_path / "notes.icc"
    bad.write_bytes(b"no profile at all")
    rows.take(str(bad))
    assert "notes.icc" in dialog.note.text()
    assert dialog.options().icc_name == "屏幕.icc", "the choice before stays"
    rows.row.set_value("keep")
    rows.row.chosen.emit("keep")
    assert not dialog.note.text()
    dialog.close()


def test_settings_are_in_force_at_once(opened: Opened) -> None:
    dialog = SettingsDialog(opened.studio, opened.window)
    boxes = {row.box.accessibleName(): row for row in dialog.findChildren(ChoiceRow)}
    boxes["Theme"].chosen.emit("contrast")
    assert opened.studio.settings.theme == "contrast"
    dialog.close()


class Cards(FakeEngine):
    """Has one CUDA card once it has greeted; refuses what is not there."""

    def __init__(self) -> None:
        super().__init__(at_once=False)

    def greet(self, opened: Opened) -> None:
        self.device = Device(device="cuda:0", device_name="Card", available=("cuda:0", "cpu"))  # type: ignore[assignment]
        opened.studio.engine_says(self.device)  # type: ignore[arg-type]

    def answer(self, pictures: int = 1000) -> None:
        waiting, self._waiting = self._waiting, []
        for job, request, on_event in waiting:
            there = isinstance(request, UseDevice) and request.device in ("auto", "cpu", "cuda", "cuda:0")
            on_event(Finished(job=job) if there else Failed(job=job, kind="bad_request", message="No."))


def offered(dialog: SettingsDialog) -> dict[str, str]:
    box = dialog.device.box
    return {box.itemData(index): box.itemText(index) for index in range(box.count())}


def test_settings_offer_the_devices_there(qapp: QApplication) -> None:
    engine = Cards()
    settings = Settings(language="en", theme="dark", workspace="paint", device="xpu:1")
    one = Opened(qapp, settings, empty_panel, engine=engine)
    dialog = SettingsDialog(one.studio, one.window)
    assert list(offered(dialog)) == ["auto", "cpu", "xpu:1"], "nothing is known yet"
    assert "not there" not in offered(dialog)["xpu:1"]
    engine.greet(one)
    assert list(offered(dialog)) == ["auto", "cpu", "cuda", "xpu:1"]
    assert offered(dialog)["xpu:1"] == "Graphics card (Intel) · xpu:1 · not there"
    assert dialog.device.value() == "xpu:1"
    dialog.device.chosen.emit("cuda")
    assert one.studio.settings.device == "cuda", "known to be there: kept at once"
    assert list(offered(dialog)) == ["auto", "cpu", "cuda"]
    engine.answer()
    assert isinstance(engine.requests[-1], UseDevice)
    dialog.close()
    one.close()


def test_a_device_that_is_refused_is_not_kept(qapp: QApplication) -> None:
    engine, told = Cards(), []
    settings = Settings(language="en", theme="dark", workspace="paint", device="auto")
    one = Opened(qapp, settings, empty_panel, engine=engine)
    one.studio.notice.connect(told.append)
    dialog = SettingsDialog(one.studio, one.window)
    dialog.device.set_choices([("auto", "A"), ("mps", "M")], "mps")
    dialog.device.chosen.emit("mps")
    assert one.studio.settings.device == "auto", "the engine has not answered"
    engine.answer()
    assert one.studio.settings.device == "auto"
    assert dialog.device.value() == "auto"
    assert [notice.text.format(**notice.arguments) for notice in told] == ["Still computing as before: No."]
    dialog.device.chosen.emit("cuda:0")
    assert one.studio.settings.device == "auto"
    engine.answer()
    assert (one.studio.settings.device, dialog.device.value()) == ("cuda:0", "cuda:0")
    dialog.device.chosen.emit("mps")
    dialog.device.chosen.emit("cpu")  # before the answer: the last choice holds
    engine.answer()
    assert one.studio.settings.device == "cpu"
    dialog.close()
    one.close()


def test_a_fall_back_is_told_with_its_reason(opened: Opened) -> None:
    told = []
    opened.studio.notice.connect(told.append)
    opened.studio.engine_says(Device(device="cpu", device_name="Processor 9", reason=DEVICE_GONE))
    assert told[0].kind == "warn"
    assert told[0].arguments["device"] == "Processor 9"
    assert "is not there" in told[0].arguments["reason"]


def test_recovery_restores_and_deletes_only_after_asking(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [Recoverable(path=Path(str(n)), title=f"Untitled {n}", time=1.7e9) for n in (1, 2)]
    recovered, discarded = [], []
    monkeypatch.setattr(opened.studio.filing, "recover", recovered.append)
    monkeypatch.setattr(opened.studio.filing, "discard", discarded.append)
    dialog = RecoveryDialog(opened.studio, items, opened.window)
    dialog.show()
    dialog._ask(1, items[1])
    question = dialog.findChild(DecisionDialog)
    assert not discarded
    assert isinstance(question, DecisionDialog)
    buttons = {button.text(): button for button in question.findChildren(QPushButton)}
    assert buttons["Keep it"].isDefault()
    buttons["Delete for good"].click()
    assert discarded == [items[1]]
    dialog._restore_all()
    assert recovered == [items[0]]
    assert not dialog.isVisible()


@pytest.mark.parametrize("spoken", ["en", "zh_CN"])
def test_dialogs_have_names_and_room(qapp: QApplication, spoken: Literal["en", "zh_CN"]) -> None:
    opened = Opened(qapp, Settings(language=spoken, workspace="paint"), empty_panel)
    picture = opened.studio.new_picture(8, 8)
    items = [Recoverable(path=Path("x"), title="山水", time=1.7e9)]
    for dialog in (
        NewPictureDialog(opened.studio, opened.window),
        ExportDialog(opened.studio, picture, "", opened.window),
        SettingsDialog(opened.studio, opened.window),
        RecoveryDialog(opened.studio, items, opened.window),
        AboutDialog(opened.window),
    ):
        dialog.show()
        opened.pump(1)
        assert nameless(dialog) == []
        assert clipped(dialog) == []
        dialog.close()
    opened.close()


def test_a_long_notice_has_room_for_its_words(opened: Opened) -> None:
    reason = "“sea.tif” ends too early: it was not copied completely. Copy it again from where it came from."
    opened.studio.tell(
        Notice(
            kind="error", text=NOT_OPENED, arguments={"file": "sea.tif", "reason": reason}, details="x\n" * 9
        )
    )
    opened.pump()
    card = opened.window.notices.cards[0]
    assert card.sentence.height() >= card.sentence.heightForWidth(card.sentence.width())
    folded = card.height()
    card.fold.click()
    opened.pump()
    assert card.height() > folded + 100
