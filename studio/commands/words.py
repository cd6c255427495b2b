"""What the words after ``danqing`` ask for, told without loading a command: the window, or which command, in which language."""

from __future__ import annotations

import os
from collections.abc import Sequence

COMMANDS = (
    "render",
    "filter",
    "batch",
    "fuse",
    "heal",
    "rework",
    "resize",
    "detail",
    "collage",
    "mosaic",
    "stitch",
    "generate",
    "interpolate",
    "compress",
    "decompress",
    "train",
    "foresee",
    "classes",
    "evaluate",
    "make",
    "models",
    "data",
    "bench",
    "doctor",
    "open",
)
"""The first words that are commands; a file of that name is opened by ``danqing open NAME``."""
LANGUAGE = "--lang"


def opens_studio(words: Sequence[str]) -> bool:
    """True for no words at all and for files to open."""
    if not words:
        return True
    first = words[0]
    return first not in COMMANDS and not first.startswith("-") and os.path.exists(first)


def without_language(arguments: Sequence[str]) -> tuple[list[str], str]:
    """The words without ``--lang X``, which may stand anywhere before a lone ``--``, and X."""
    words, language = list(arguments), ""
    end = words.index("--") if "--" in words else len(words)
    for index, word in enumerate(words[:end]):
        if word == LANGUAGE and index + 1 < end:
            language = words[index + 1]
            del words[index : index + 2]
            break
        if word.startswith(LANGUAGE + "="):
            language = word.partition("=")[2]
            del words[index]
            break
    return words, language
