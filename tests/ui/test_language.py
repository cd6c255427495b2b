"""Two languages from one catalogue: complete, in the words of the glossary, switched while the window is open."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel

from studio import paths, translation
from studio.ui import language

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "resources" / "translations" / "danqing_zh_CN.ts"
FORBIDDEN = (
    "遮罩", "混色模式", "融化", "平整图像", "停靠窗", "去噪强度", "潜在空间", "隐空间", "噪波", "阀值", "模糊选择", "画廊",
    "绘图纸外观", "笔刷", "反向选择", "可选颜色模式", "品红",
)  # fmt: skip
NOT_ALONE = {"层": "图层", "透明度": "不透明度", "复原": ""}
HANZI = "\u4e00-\u9fff"


def messages() -> list[tuple[str, str, str]]:
    found = []
    for context in ElementTree.parse(CATALOGUE).getroot().iter("context"):
        for message in context.iter("message"):
            entry = message.find("translation")
            text = "" if entry is None or entry.get("type") else entry.text or ""
            found.append((context.findtext("name", ""), message.findtext("source", ""), text))
    return found


def test_the_catalogue_has_every_text_of_the_source(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    fresh.write_bytes(CATALOGUE.read_bytes())
    sources = sorted(str(path) for path in (ROOT / "studio").rglob("*.py"))
    program = Path(sys.executable).with_name("pyside6-lupdate")
    command = [str(program), "-locations", "none", *sources, "-ts", str(fresh)]
    subprocess.run(command, check=True, capture_output=True)
    missing = [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in ElementTree.parse(fresh).getroot().iter("context")
        for message in context.iter("message")
        if message.find("translation").get("type") == "unfinished"  # type: ignore[union-attr]
    ]
    assert not missing, "run python packaging/translate.py and translate these"


def test_no_text_is_left_untranslated() -> None:
    assert [(context, source) for context, source, text in messages() if not text] == []


def test_the_words_are_those_of_the_glossary() -> None:
    wrong = [(word, text) for _, _, text in messages() for word in FORBIDDEN if word in text]
    for word, whole in NOT_ALONE.items():
        for _, _, text in messages():
            rest = text.replace(whole, "") if whole else text
            if word in rest:
                wrong.append((word, text))
    assert not wrong


def test_placeholders_are_kept() -> None:
    lost = [
        source
        for _, source, text in messages()
        if sorted(re.findall(r"\{\w+\}", source)) != sorted(re.findall(r"\{\w+\}", text))
    ]
    assert not lost


def test_hanzi_and_latin_are_set_apart() -> None:
    tight = re.compile(
        rf"[{HANZI}](?:[A-Za-z0-9]|\{{(?!name|model|filter|reason)\w+\}})|(?:[A-Za-z0-9])[{HANZI}]"
    )
    assert [text for _, _, text in messages() if tight.search(text)] == []


def test_chinese_sentences_use_chinese_punctuation() -> None:
    half = re.compile(rf"[{HANZI}][,;:!?]|[{HANZI}]\.(?!\w)|[{HANZI}]\.\.\.")
    assert [text for _, _, text in messages() if half.search(text)] == []


def test_switching_reaches_open_widgets(qapp: QApplication, qtbot) -> None:
    class Words(language.Retranslated, QLabel):
        def retranslate(self) -> None:
            self.setText(QCoreApplication.translate("actions", "Undo"))

    label = Words()
    qtbot.addWidget(label)
    language.speak(qapp, "zh_CN")
    qapp.processEvents()
    assert label.text() == "撤销"
    assert language.spoken() == "zh_CN"
    assert QCoreApplication.translate("no such context", "Undo") == "Undo"
    language.speak(qapp, "en")
    qapp.processEvents()
    assert label.text() == "Undo"
    assert language.spoken() == "en"


def test_the_command_line_speaks_the_same() -> None:
    assert translation.translate("zh_CN", "actions", "Undo") == "撤销"
    assert translation.translate("en", "actions", "Undo") == "Undo"
    assert translation.translate("zh_CN", "actions", "not in the catalogue") == "not in the catalogue"


@pytest.mark.parametrize(
    ("value", "expected"), [("zh_CN.UTF-8", "zh_CN"), ("zh_TW", "zh_CN"), ("de_DE", "en"), ("C", "en")]
)
def test_the_language_of_the_system(value: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", value)
    assert translation.chosen("system") == expected
    assert translation.chosen("zh_CN") == "zh_CN"


def test_a_damaged_catalogue_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "danqing_zh_CN.ts").write_text("<TS")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    translation.catalogue.cache_clear()
    with pytest.raises(translation.CatalogueError, match=r"danqing_zh_CN\.ts"):
        translation.catalogue("zh_CN")
    translation.catalogue.cache_clear()
