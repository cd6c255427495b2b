"""What an artist may drop on the real window: each is a card with a sentence, the window lives, the picture stays."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio import app, paths, settings
from studio.engine.library.catalog import Catalog
from tests.engine.conftest import write_model
from tests.flows.conftest import Window

Launch = Callable[..., Window]


def photograph(path: Path, shade: int = 90) -> Path:
    Image.fromarray(np.full((120, 160, 3), shade, np.uint8)).save(path)
    return path


def test_a_heap_of_files_at_once(launch: Launch, tmp_path: Path) -> None:
    good = [
        photograph(tmp_path / name, 40 * number) for number, name in enumerate(("梅.png", "🌸.jpg", "c.tif"))
    ]
    (tmp_path / "letter.png").write_text("dear painter")
    (tmp_path / "empty.jpg").write_bytes(b"")
    window = launch()
    window.drop(*good, tmp_path / "letter.png", tmp_path / "empty.jpg", good[0])
    window.until(lambda: len(window.studio.pictures) == 3 and len(window.sentences("error")) == 2)
    window.quiet()
    assert {picture.title for picture in window.studio.pictures} == {"梅", "🌸", "c"}
    assert window.window.tabs.count() == 3
    errors = "\n".join(window.cards())
    assert "letter.png" in errors and "empty.jpg" in errors and "0 bytes" in errors
    window.stroke()
    picture = window.studio.current
    assert picture is not None and len(picture.document.history) == 2
    card = window.window.notices.cards[0]
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert len(picture.document.history) == 2, "a press on a card does not paint below it"


def test_names_that_look_like_something_else(launch: Launch, tmp_path: Path) -> None:
    (tmp_path / "<b>bold {file} & 100%.png").write_text("no picture")
    photograph(tmp_path / "Ink & {water} <i>.png")
    window = launch()
    window.drop(*sorted(tmp_path.iterdir()))
    window.until(lambda: bool(window.studio.pictures) and bool(window.cards()))
    window.quiet()
    card = window.window.notices.cards[0]
    assert "<b>bold {file} & 100%.png" in card.sentence.text()
    assert card.sentence.textFormat() == Qt.TextFormat.PlainText
    assert window.window.tabs.tabText(0).startswith("Ink && {water} <i>")
    assert "<i>" not in window.window.tabs.tabToolTip(0)


def test_what_no_code_expected_is_a_card(launch: Launch, capsys: pytest.CaptureFixture[str]) -> None:
    window = launch()
    report = app._report_to(None, window.studio)
    report(ZeroDivisionError, ZeroDivisionError("of ink"), None)
    (sentence,) = window.cards()
    assert "ZeroDivisionError: of ink" in sentence and "studio.log" in sentence
    assert "of ink" in capsys.readouterr().err


def test_a_folder_goes_to_training(launch: Launch, tmp_path: Path) -> None:
    (tmp_path / "画").mkdir()
    photograph(tmp_path / "画" / "a.png")
    window = launch()
    window.drop(tmp_path / "画")
    window.quiet()
    assert window.window.docks.workspace == "train"
    assert not window.studio.pictures and not window.sentences("error")


def trap_of(place: Path) -> bytes:
    """A pickle that makes a folder at ``place`` when it is loaded."""
    name = str(place).encode()
    return b"\x80\x02cos\nmkdir\nX" + len(name).to_bytes(4, "little") + name + b"\x85R."


def test_models_dropped_on_the_window(launch: Launch, tmp_path: Path) -> None:
    write_model(good := tmp_path / "小 🏞.safetensors")

    def spoil(tensors: dict) -> None:
        name = next(name for name in tensors if name.startswith("generator.") and tensors[name].dim() > 1)
        tensors[name] = tensors[name][..., :1].contiguous()

    write_model(wrong := tmp_path / "wrong.safetensors", change=spoil)
    (cut := tmp_path / "cut.safetensors").write_bytes(good.read_bytes()[:-200])
    (trap := tmp_path / "trap.ckpt").write_bytes(trap_of(tmp_path / "sprung"))
    (disguised := tmp_path / "trap.safetensors").write_bytes(trap.read_bytes())
    window = launch(with_engine=True)
    window.drop(wrong, cut, trap, disguised, good)
    window.until(lambda: len(window.sentences("error")) == 4 and bool(window.sentences("done")))
    window.quiet()
    said = {sentence.split(" was not imported: ")[0]: sentence for sentence in window.sentences("error")}
    assert (
        "does not fit its network" in said["wrong.safetensors"]
        and "Get the file again" in said["wrong.safetensors"]
    )
    assert "cut short" in said["cut.safetensors"]
    assert "pickle" in said["trap.ckpt"] and "pickle" in said["trap.safetensors"]
    assert not (tmp_path / "sprung").exists()
    assert window.sentences("done") == ["小 🏞.safetensors is now among your models."]
    assert [path.name for path in paths.user_models().iterdir()] == [good.name]
    window.until(lambda: "tiny" in [entry.card.name for entry in window.studio.generating.models])


def test_a_model_spoiled_after_it_was_chosen(launch: Launch, tiny: Path) -> None:
    window = launch(with_engine=True)
    window.studio.new_picture(64, 64)
    window.studio.generating.choose_model("tiny")
    tiny.write_bytes(tiny.read_bytes()[:-64])
    window.window.actions_.run("generate")
    window.until(lambda: not window.studio.generating.running)
    (sentence,) = window.sentences("error")
    assert "Nothing was generated" in sentence and "tiny" in sentence
    assert sentence in window.cards()


def test_broken_settings_are_set_aside_and_told(
    launch: Launch, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.place().parent.mkdir(parents=True)
    settings.place().write_bytes(b"{ not json \xff")
    loaded = settings.load()
    window = launch()
    app._after_first_paint(window.running, loaded, ())
    window.quiet()
    (sentence,) = window.sentences("warn")
    assert "settings.json.broken" in sentence
    window.window.enter("generate")
    window.quiet()  # they are written on the files lane
    assert settings.load().settings.workspace == "generate" and settings.load().message is None


def test_without_resources_one_line_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def none() -> Path:
        raise FileNotFoundError("Danqing's resources are missing; looked in /x. Install Danqing again.")

    monkeypatch.setattr(paths, "resources", none)
    assert app.main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "Install Danqing again" in line


def test_without_torch_the_window_works_and_says_what_to_do(
    launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "torch" else find(name, *more)
    )
    window = launch(with_engine=True)
    assert window.running.engine is None
    window.studio.new_picture(200, 160)
    window.stroke()
    window.window.enter("generate")
    window.window.docks.show_panel("generate")
    window.quiet()
    button = window.studio.generating.button()
    assert not button.enabled and "pip install" in button.reason
    window.drop(Path("/nowhere/a.safetensors"))
    assert "pip install" in window.sentences("error")[0]
    picture = window.studio.current
    assert picture is not None and len(picture.document.history) == 2


def test_the_catalogue_lists_broken_files_with_their_reason(tiny: Path) -> None:
    (tiny.parent / "old.ckpt").write_bytes(trap_of(tiny.parent / "sprung"))
    entries = {Path(entry.path).name: entry for entry in Catalog().entries()}
    assert "pickle" in entries["old.ckpt"].problem and not entries["tiny.safetensors"].problem
