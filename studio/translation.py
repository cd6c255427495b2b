"""What is said in which language: the catalogues of ``resources/translations``, read without Qt.

The window and the command line speak through the same catalogue, ``danqing_<language>.ts`` as ``lupdate`` writes it.
The English source text is the key; a text without a translation stays English.
"""

from __future__ import annotations

import locale
import os
from functools import lru_cache

from studio import paths

LANGUAGES = ("en", "zh_CN")


class CatalogueError(ValueError):
    """A catalogue cannot be read; the message names the file."""


def system_language() -> str:
    """The language of the system: ``zh_CN`` where it is any Chinese, else ``en``."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh_CN" if value.lower().startswith("zh") else "en"
    named = locale.getlocale()[0] or ""
    return "zh_CN" if named.lower().startswith(("zh", "chinese")) else "en"


def chosen(setting: str) -> str:
    """The language for a setting: itself where there is one, else the system's."""
    return setting if setting in LANGUAGES else system_language()


def translate(language: str, context: str, text: str) -> str:
    """``text`` of ``context`` in ``language``, or itself where the catalogue has none."""
    return catalogue(language).get(context, {}).get(text) or text


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> dict[str, dict[str, str]]:
    """All translations of a language as ``{context: {source: translation}}``; empty for English.

    Raises CatalogueError naming the file if it is missing or damaged.
    """
    if language == "en":
        return {}
    from xml.etree import ElementTree

    path = paths.resources() / "translations" / f"danqing_{language}.ts"
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError) as error:
        raise CatalogueError(f"{path}: cannot be read ({error}). Install Danqing again.") from error
    result: dict[str, dict[str, str]] = {}
    for context in root.iter("context"):
        entries = result.setdefault(context.findtext("name", ""), {})
        for message in context.iter("message"):
            if found := message.findtext("translation", ""):
                entries[message.findtext("source", "")] = found
    return result
