"""Chinese typed on the canvas through the real Pinyin engine of fcitx5: every character of a fast sequence arrives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.test_input_method import Typist, missing, until
from tests.raster.text_fonts import needs_chinese

pytestmark = needs_chinese
WORDS = (
    ("shanshui", "山水"),
    ("zhongguo", "中国"),
    ("women", "我们"),
    ("mingtian", "明天"),
    ("yijian", "意见"),
)


@pytest.fixture
def typist(tmp_path: Path) -> Iterator[Typist]:
    if reason := missing():
        pytest.skip(reason)
    one = Typist(tmp_path)
    try:
        one.begin()
        yield one
    finally:
        one.end()


def is_chinese(text: str) -> bool:
    return bool(text) and all("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_every_character_of_fast_pinyin_arrives_on_the_canvas(typist: Typist) -> None:
    typist.press("t")
    until(lambda: typist.ask()["tool"] == "text", "t did not take the text tool")
    x, y = typist.ask()["middle"]
    typist.xdotool("mousemove", str(x - 200), str(y), "click", "1")
    until(lambda: typist.ask()["typed"] == "" and typist.ask()["enabled"], "a click opened no text")

    # one word at first: the composition is shown on the canvas, not yet in the text
    typist.xdotool("type", "--delay", "60", "shanshui")
    until(lambda: typist.ask()["composed"] != "", "nothing is composed on the canvas")
    assert typist.ask()["typed"] == "" and typist.ask()["tool"] == "text"
    until(lambda: typist.windows() > 0, "no candidates were shown")
    typist.press("space")
    until(lambda: is_chinese(typist.ask()["typed"]), "no Hanzi reached the canvas")
    assert len(typist.ask()["typed"]) == 2

    # then many without a pause: each word and space as fast as the keyboard gives them
    count = len(typist.ask()["typed"])
    for pinyin, word in WORDS:
        typist.xdotool("type", "--delay", "12", pinyin + " ")
        count += len(word)
    until(lambda: len(typist.ask()["typed"]) == count, f"characters were lost: {typist.ask()['typed']}")
    assert is_chinese(typist.ask()["typed"]) and typist.ask()["composed"] == ""

    typist.press("ctrl+Return")
    until(lambda: typist.ask()["typed"] is None, "Ctrl+Enter did not apply the text")
    assert len(typist.ask()["words"]) == count
    steps = typist.ask()["steps"]
    typist.press("v")
    until(lambda: typist.ask()["tool"] == "move", "single keys are no shortcuts again")
    assert typist.windows() == 0 and typist.ask()["steps"] == steps
