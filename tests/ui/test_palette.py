"""The palette finds actions by every name that an artist may know, and shows ours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from studio.settings import Settings
from studio.ui import pinyin
from studio.ui.palette import CommandPalette, Names, rank, score
from studio.ui.pinyin import spelled
from tests.ui.windows import Opened, empty_panel

NAMES = [
    Names("blur", ("Gaussian blur", "高斯模糊"), ("soften", "模糊"), spelled("高斯模糊")),
    Names(
        "noise",
        ("Gaussian noise", "高斯噪点"),
        ("add noise", "添加杂色"),
        spelled("高斯噪点") + spelled("添加杂色"),
    ),
    Names("generate", ("Generate", "生成"), ("txt2img", "文生图"), spelled("生成")),
    Names("generate-new", ("Generate as new layer", "生成为新图层"), (), spelled("生成为新图层")),
    Names("layer", ("New paint layer", "新建绘画图层"), ("pixel layer", "像素图层"), spelled("新建绘画图层")),
    Names("settings", ("Settings…", "设置…"), ("preferences", "首选项"), spelled("设置…")),
    Names("save", ("Save", "保存"), (), spelled("保存")),
    Names("save-as", ("Save as…", "另存为…"), (), spelled("另存为…")),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("gaussian b", "blur"),
        ("模糊", "blur"),
        ("gsmh", "blur"),
        ("gaosi mohu", "blur"),
        ("杂色", "noise"),
        ("tjzs", "noise"),
        ("inpaint layer", None),
        ("txt2img", "generate"),
        ("sc", "generate"),
        ("scwx", "generate-new"),
        ("pixel", "layer"),
        ("首选项", "settings"),
        ("save", "save"),
        ("lingcun", "save-as"),
        ("new layer", "layer"),
        ("zzzz", None),
    ],
)
def test_it_finds(query: str, first: str | None) -> None:
    found = rank(query, NAMES)
    assert (found[0] if found else None) == first


def test_an_empty_query_lists_everything_in_order() -> None:
    assert rank("  ", NAMES) == [one.id for one in NAMES]


def test_better_places_score_more() -> None:
    whole, start, word, inside = (
        score("blur", text) for text in ("blur", "blur more", "gaussian blur", "unblurred")
    )
    assert whole > start > word > inside > score("blur", "b l u r") > 0
    assert score("blur", "noise") == 0


def test_pinyin_only_for_hanzi() -> None:
    assert spelled("Blur") == ()
    assert spelled("图层") == ("tuceng", "tc")


def test_how_the_names_that_come_with_the_studio_sound_is_written_down() -> None:
    """Loading the dictionary would keep whoever opens the palette waiting."""
    names = pinyin.shipped_names()
    table = pinyin._table()
    assert {name: table.get(name) for name in names} == {name: pinyin.pronounced(name) for name in names}, (
        "run python packaging/translate.py"
    )
    assert len(table) == len(names) > 1000


def test_the_palette_opens_without_the_dictionary(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(text: str) -> tuple[str, ...]:
        raise AssertionError(f"{text} is looked up")

    opened = Opened(qapp, Settings(language="zh_CN"), empty_panel)
    monkeypatch.setattr(pinyin, "pronounced", looked_up)
    pinyin.spelled.cache_clear()
    palette = CommandPalette(opened.window.actions_, opened.window)
    palette.find("gsmh")
    assert "filter-gaussian-blur" in palette.found()[:2]
    row = palette.model.index(0, 0)
    assert row.data(Qt.ItemDataRole.DisplayRole).startswith("高斯模糊")
    palette.close()
    opened.close()


def test_a_name_of_the_artists_own_is_looked_up() -> None:
    assert pinyin.spelled("我的墨") == ("wodemo", "wdm") and pinyin.spelled("ink") == ()
