"""How Chinese names sound: full pinyin and initials, for whoever searches without an input method."""

from __future__ import annotations

from functools import cache

import msgspec

from studio import paths, translation

TABLE = "pinyin.json"


@cache
def spelled(text: str) -> tuple[str, ...]:
    """Full pinyin and initials of a text with Hanzi (``高斯模糊`` → ``gaosimohu``, ``gsmh``); empty without Hanzi."""
    if not has_hanzi(text):
        return ()
    return _table().get(text) or pronounced(text)


def pronounced(text: str) -> tuple[str, ...]:
    """:func:`spelled` by the dictionary, whose loading alone takes a sixth of a second."""
    from pypinyin import Style, lazy_pinyin

    initials = lazy_pinyin(text, style=Style.FIRST_LETTER)
    return "".join(lazy_pinyin(text)).lower(), "".join(initials).lower()


def has_hanzi(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Of the names that come with the studio; ``packaging/translate.py`` writes it. Without it all are looked up."""
    try:
        raw = (paths.resources() / "translations" / TABLE).read_bytes()
        return msgspec.json.decode(raw, type=dict[str, tuple[str, ...]])
    except (OSError, msgspec.MsgspecError):
        return {}


def shipped_names() -> set[str]:
    """Chinese names of all actions, in menus and in other programs, and of all brushes that come with the studio."""
    from studio.workspace.actions import all_actions

    found: set[str] = set()
    for action in all_actions():
        found.update((chinese_title(action.title), *action.aliases))
    for file in (paths.resources() / "brushes").glob("*.json"):
        found.update(_titles(msgspec.json.decode(file.read_bytes())))
    return {text for text in found if has_hanzi(text)}


def chinese_title(title: str) -> str:
    """An action's title in Chinese, whatever the window speaks; filters are called as their declarations call them."""
    chinese = translation.translate("zh_CN", "actions", title)
    return translation.translate("zh_CN", "recipe", title) if chinese == title else chinese


def _titles(value: object) -> set[str]:
    """Everything called ``title_zh`` in a decoded file."""
    if isinstance(value, dict):
        own = {value["title_zh"]} if isinstance(value.get("title_zh"), str) else set()
        return own.union(*map(_titles, value.values()))
    return set().union(*map(_titles, value)) if isinstance(value, list) else set()
