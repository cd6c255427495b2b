"""Labelled sets: pictures as PNG, by class in folders, each with its caption as text beside it, and what is known of each as a line of
``pictures.jsonl``: what a training reads, and what other programs do."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from studio import translation
from studio.document import edits
from studio.document.artwork import Artwork
from studio.filters import FILTERS
from studio.messages.data import LINES
from studio.project import atomic, filter_recipes
from studio.project.errors import DecodeError, ProjectError, StoreError, write_failure
from studio.project.filter_recipes import Step
from studio.project.load import open_any
from studio.project.png import encode_png
from studio.recipe import Parameter, parameters

Said = dict[str, Any]
"""What is known of a picture: a line of the set."""
Labelled = tuple[np.ndarray, Said]


class Free(NamedTuple):
    """A parameter that may be drawn: of the step ``index`` of a chain."""

    index: int
    parameter: Parameter


def write_set(folder: Path, pictures: Iterable[Labelled]) -> Iterator[int]:
    """Writes each picture, uint8 [h, w, 3 or 4], as the ``file`` that its description names, in the folder of its ``class``, and its
    ``caption`` as text beside it; yields how many are written.

    What was written before a stop is a set, too. Raises ExportError, OSError.
    """
    with described(folder) as note:
        for done, (pixels, said) in enumerate(pictures, 1):
            place = said["file"] if not said.get("class") else f"{safe(said['class'])}/{said['file']}"
            (folder / place).parent.mkdir(exist_ok=True)
            atomic.write(folder / place, encode_png(pixels))
            atomic.write((folder / place).with_suffix(".txt"), (said["caption"].encode("utf-8"),))
            note({**said, "file": place})
            yield done


def lines_of(folder: Path) -> list[Said]:
    """What is said of the pictures of a set; nothing where there is none, or it cannot be read."""
    found = []
    with contextlib.suppress(OSError, ValueError):
        for line in (folder / LINES).read_text("utf-8").splitlines():
            found.append(json.loads(line))
    return found


@contextlib.contextmanager
def described(folder: Path, *, more: bool = False) -> Iterator[Callable[[Said], None]]:
    """Makes the folder; gives what writes a line of its ``pictures.jsonl``, whole or not at all: the first one begins it anew, or, where
    there is ``more``, goes on with it. Until then an earlier set keeps its lines. Raises ExportError, OSError."""
    path = folder / LINES
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failure(error, folder) from None
    try:
        file = open(path, "ab", buffering=0)
    except OSError as error:
        raise write_failure(error, path) from None

    begun = more

    def note(said: Said) -> None:
        nonlocal begun
        if not begun:
            file.truncate(0)
            begun = True
        begin, line = file.seek(0, os.SEEK_END), json.dumps(said, ensure_ascii=False).encode("utf-8") + b"\n"
        try:
            while line:
                line = line[file.write(line) :]
        except OSError as error:
            with contextlib.suppress(OSError):
                file.truncate(begin)
            raise write_failure(error, path) from None

    with file:
        yield note


def safe(name: str) -> str:
    """A name that every file system takes."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "_", name).strip(" .")[:60] or "_"


def can_vary(one: Parameter) -> bool:
    """Whether it has a range to be drawn from."""
    bounded = one.low is not None and (one.soft_high is not None or one.high is not None)
    return one.kind in ("switch", "choice", "colour") or (one.kind in ("float", "integer") and bounded)


def drawn(one: Parameter, draw: random.Random) -> Any:
    """A value of the parameter's range, evenly; up to where its slider ends."""
    if one.kind == "switch":
        return draw.random() < 0.5
    if one.kind == "choice":
        return draw.choice(one.choices)
    if one.kind == "colour":
        return [round(draw.random(), 3) for _ in range(3)]
    low, high = one.low or 0.0, one.soft_high if one.soft_high is not None else one.high or 0.0
    return draw.randint(int(low), int(high)) if one.kind == "integer" else round(draw.uniform(low, high), 4)


def captions(
    titles: Sequence[str], known: Mapping[str, Parameter], factors: Mapping[str, Any]
) -> dict[str, str]:
    """``Checkerboard, cell 12, angle 30`` as ``caption`` and ``caption_zh``; titles are source texts of context ``recipe``."""
    found = {}
    for key, language in (("caption", "en"), ("caption_zh", "zh_CN")):
        parts = [translation.translate(language, "recipe", title) for title in titles]
        for name, value in factors.items():
            parts.append(f"{translation.translate(language, 'recipe', known[name].title)} {value}")
        found[key] = ("，" if language == "zh_CN" else ", ").join(parts)
    return found


def free_of(steps: Sequence[Step]) -> dict[str, Free]:
    """What of a chain may be drawn, by name; where two steps have a parameter of one name, with the step's number: ``2.radius``."""
    all_ = [
        Free(index, one)
        for index, step in enumerate(steps)
        for one in parameters(FILTERS[step.name].parameters)
        if can_vary(one)
    ]
    names = [one.parameter.name for one in all_]
    return {
        one.parameter.name if names.count(one.parameter.name) == 1 else f"{one.index + 1}.{one.parameter.name}": one
        for one in all_
    }  # fmt: skip


def filtered_set(
    steps: Sequence[Step], files: Sequence[Path], render: Callable[[Artwork], np.ndarray], *, vary: Sequence[str],
    each: int, seed: int = 1, kind: str = "", unread: Callable[[ProjectError], None],
) -> Iterator[Labelled]:  # fmt: skip
    """Each file ``each`` times under the chain, the parameters ``vary`` (names of :func:`free_of`) drawn in their declared ranges.

    What is drawn depends on the seed, the picture's place and its turn alone. ``kind``: the class that is told. ``render``: of an
    artwork uint8 [h, w, 4]. ``unread`` hears of a file that cannot be read; it is passed over.
    """
    free = free_of(steps)
    titles = [FILTERS[step.name].title for step in steps]
    known = {name: one.parameter for name, one in free.items()}
    for place, source in enumerate(files):
        try:
            picture = open_any(source)
        except (DecodeError, StoreError) as error:
            unread(error)
            continue
        for turn in range(each):
            draw = random.Random(f"{seed} {place} {turn}")
            factors = {name: drawn(free[name].parameter, draw) for name in vary}
            chosen = list(steps)
            for name, value in factors.items():
                index, parameter = free[name]
                values = {**chosen[index].parameters, parameter.name: value}
                chosen[index] = msgspec.structs.replace(chosen[index], parameters=values)
            artwork = picture
            for layer in filter_recipes.layers_of(filter_recipes.checked(chosen)):
                top = artwork.layers[-1].id if artwork.layers else None
                artwork = edits.add_layer(artwork, layer, above=top)
            said = {
                "source": source.name,
                "class": kind,
                **captions(titles, known, factors),
                "factors": factors,
            }
            yield render(artwork), {"file": f"{place:06d}-{turn:03d}.png", **said}
