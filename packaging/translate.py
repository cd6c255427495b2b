"""Brings the Chinese catalogue up to date with the texts in the source: ``python packaging/translate.py``.

``lupdate`` collects every marked text; a line of a tab-separated file given as an argument (context, source, translation)
fills it. What is left without a translation is listed and makes the exit code 1. Last it writes how the Chinese names that
are searched for sound, so that the studio needs no dictionary for them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "translations" / "danqing_zh_CN.ts"
SOUNDS = ROOT / "resources" / "translations" / "pinyin.json"


def collect() -> None:
    """Runs lupdate over the whole package; texts that are no longer used are dropped."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "studio").rglob("*.py"))
    program = Path(sys.executable).with_name("pyside6-lupdate")
    command = [str(program), "-no-obsolete", "-locations", "none", *sources, "-ts", str(CATALOGUE)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"lupdate failed: {done.stderr.strip()}")


def fill(words: Path) -> None:
    """Writes the translations of ``words`` into the catalogue."""
    table = {}
    for line in words.read_text("utf-8").splitlines():
        if line.strip():
            context, source, found = line.split("\t")
            table[context, source] = found
    tree = ElementTree.parse(CATALOGUE)
    for context in tree.getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            found = table.get((name, message.findtext("source", "")))
            entry = message.find("translation")
            if found is not None and entry is not None:
                entry.text = found
                entry.attrib.pop("type", None)
    write(tree.getroot())


def write(root: ElementTree.Element) -> None:
    """Writes the catalogue in one form, so that a change shows as what it is."""
    ElementTree.indent(root, " " * 4)
    text = ElementTree.tostring(root, encoding="unicode")
    text = re.sub(r" />", "/>", text)
    CATALOGUE.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', "utf-8")


def missing() -> list[str]:
    """``context: source`` of every text without a translation."""
    result = []
    for context in ElementTree.parse(CATALOGUE).getroot().iter("context"):
        for message in context.iter("message"):
            entry = message.find("translation")
            if entry is None or not entry.text or entry.get("type"):
                result.append(f"{context.findtext('name')}\t{message.findtext('source')}")
    return result


def spell() -> None:
    """Writes full pinyin and initials of all names of actions and brushes."""
    from studio.ui import pinyin

    sounds = {text: pinyin.pronounced(text) for text in sorted(pinyin.shipped_names())}
    lines = ",\n".join(
        f"{json.dumps(text, ensure_ascii=False)}: {json.dumps(sounds[text])}" for text in sounds
    )
    SOUNDS.write_text(f"{{\n{lines}\n}}\n", "utf-8")


def main() -> int:
    collect()
    write(ElementTree.parse(CATALOGUE).getroot())
    for name in sys.argv[1:]:
        fill(Path(name))
    left = missing()
    spell()
    print("\n".join(left))
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
