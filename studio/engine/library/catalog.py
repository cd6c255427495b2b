"""The models there are: embedded ones, the artist's own, checkpoints of training runs, and other folders.

A file that cannot be used is listed with what is wrong with it, never hidden.
"""

from __future__ import annotations

import errno
import itertools
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import structs

from studio import paths
from studio.engine.library.details import own_file
from studio.engine.library.model_file import (
    PREVIEW_LIMIT,
    Digests,
    ModelFileError,
    ModelHeader,
    card_of,
    preview_of,
    read_header,
)
from studio.messages.models import GIFT, ModelCard, ModelEntry
from studio.recipe import QT_TRANSLATE_NOOP

MODEL = ".safetensors"
STYLE = re.compile(r'"network"\s*:\s*"style"')
FOREIGN = (".ckpt", ".pt", ".pth", ".pkl")

CANNOT_COPY = QT_TRANSLATE_NOOP("engine", "The model could not be copied to your models folder: {reason}.")


def _able(card: ModelCard, header: ModelHeader, path: Path, *, embedded: bool) -> ModelCard:
    """The card with what its network can do by nature: a style network takes a style for each band of its layers; and whether a
    detail network has learnt for it."""
    more = []  # an exported model's card may say it already
    if STYLE.search(header.metadata.get("shape", "")) is not None and "bands" not in card.abilities:
        more.append("bands")
    if "detail" not in card.abilities and own_file(path, embedded=embedded) is not None:
        more.append("detail")
    return structs.replace(card, abilities=(*card.abilities, *more)) if more else card


class _Responses(msgspec.Struct):
    """What of sliders.json says what else each slider changes, as engine/evaluation/sliders.py writes it."""

    sliders: tuple[str, ...]
    change: tuple[tuple[float, ...], ...]


def _measured(card: ModelCard, path: Path) -> ModelCard:
    """The card with the cross-talk that was measured when the model was made: in sliders.json of a folder of its own."""
    if path.name != "model.safetensors" or all(slider.also is not None for slider in card.sliders):
        return card
    try:
        told = msgspec.json.decode((path.parent / "sliders.json").read_bytes(), type=_Responses)
    except (OSError, msgspec.DecodeError):  # not measured, or not readable: nothing is said
        return card
    also = {}
    for row, (name, change) in enumerate(zip(told.sliders, told.change, strict=False)):
        own = change[row] if row < len(change) else 0.0
        others = zip(told.sliders, change, strict=False)
        if own:
            also[name] = {other: round(abs(value / own), 3) for other, value in others if other != name}
    sliders = tuple(structs.replace(one, also=also.get(one.name, one.also)) for one in card.sliders)
    return structs.replace(card, sliders=sliders)


class Catalog:
    """Lists and finds models. Reads headers only; digests are remembered between starts in the cache folder."""

    def __init__(
        self,
        *,
        embedded: Path | None = None,
        user: Path | None = None,
        runs: Path | None = None,
        folders: tuple[str, ...] = (),
        digests: Digests | None = None,
    ):
        self.embedded = embedded or paths.embedded_models()
        self.user = user or paths.user_models()
        self.runs = runs or paths.data() / "runs"
        self.folders = folders
        self._digests = digests or Digests(paths.cache() / "model-digests.json")
        self._found: dict[tuple[str, str], tuple[ModelEntry, int]] = {}

    def entries(self, folders: tuple[str, ...] = ()) -> tuple[ModelEntry, ...]:
        """Embedded models first, of these the one that draws most pixels, then the artist's, then checkpoints newest first. Never raises for a bad file.

        No two usable ones have one name: the first keeps that of its card, a later one has its file's or its step's. The
        files stay as they are, so that a digest means the same model everywhere.
        """
        seen: set[Path] = set()
        names: set[str] = set()
        found = []
        for folder in (self.embedded, self.user, self.runs, *map(Path, (*self.folders, *folders))):
            for path in _files(folder):
                place = path.resolve()
                if place in seen:
                    continue
                seen.add(place)
                entry = self.entry(path)
                if not entry.problem:
                    entry = _renamed(entry, _unique(entry.card, path, names))
                    names.add(entry.card.name)
                found.append(entry)
        found.sort(key=lambda one: -one.card.learned_size if one.embedded else 0)
        return tuple(found)

    def entry(self, path: Path) -> ModelEntry:
        """What the catalogue says of one file; ``problem`` is filled when it cannot be used."""
        embedded = path.is_relative_to(self.embedded)
        try:
            header = read_header(path)
            card = _measured(_able(card_of(path, header), header, path, embedded=embedded), path)
            digest = self._digests.of(path)
        except ModelFileError as error:
            blank = ModelCard(
                name=path.stem, title=path.stem, title_zh=path.stem, kind="", size=0, learned_size=0
            )
            return ModelEntry(
                card=blank,
                path=str(path),
                digest="",
                bytes=_length(path),
                embedded=embedded,
                problem=error.sentence,
                problem_text=error.message,
                problem_arguments=dict(error.arguments),
            )
        return ModelEntry(
            card=card,
            path=str(path),
            digest=digest,
            bytes=header.length,
            embedded=embedded,
            preview=_preview(path) or preview_of(header),
        )

    def find(self, model: str, digest: str = "", folders: tuple[str, ...] = ()) -> ModelEntry:
        """The model of this name or path; with ``digest`` exactly that file, wherever it lies now.

        Raises ModelFileError: model_missing when no such file exists, else what is wrong with the file.
        """
        known = self._found.get((model, digest))
        if known is not None and _changed(known[0].path) == known[1]:
            return known[0]  # a dragged slider asks many times a second
        entry = self._search(model, digest, folders)
        self._found[model, digest] = (entry, _changed(entry.path))
        return entry

    def _search(self, model: str, digest: str, folders: tuple[str, ...]) -> ModelEntry:
        path, entries = Path(model), self.entries(folders)
        if path.suffix and path.is_file():
            listed = (
                one for one in entries if Path(one.path).resolve() == path.resolve() and not one.problem
            )
            entry = next(listed, None) or self._usable(path)
            if not digest or entry.digest == digest:
                return entry
        for fits in (_has_name, _has_file_name):
            for entry in entries:
                if not entry.problem and (entry.digest == digest if digest else fits(entry, model)):
                    return entry
        for entry in entries:  # a broken file of that name: say what is wrong with it
            if not digest and (_has_name(entry, model) or _has_file_name(entry, model)):
                return self._usable(Path(entry.path))
        raise ModelFileError("model_missing", model, _missing(bool(digest)))

    def _usable(self, path: Path) -> ModelEntry:
        card_of(path, read_header(path))
        return self.entry(path)

    def bring_in(self, source: str | os.PathLike[str]) -> ModelEntry:
        """Copies a checked model file into the user's folder, whole or not at all, and returns its entry.

        The same content already there is not copied again; another model or file of that name is kept beside it, and the
        entry tells under which name the new one is found. Raises ModelFileError.
        """
        source = Path(source)
        card, digest = self._usable(source).card, self._digests.of(source)
        entries = self.entries()
        for entry in entries:
            if entry.digest == digest and not Path(entry.path).is_relative_to(self.runs):
                return entry
        part = self.user / f".{source.stem}.{os.getpid()}.part"
        try:
            self.user.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, part)
            with open(part, "rb+") as file:
                os.fsync(file.fileno())
            names = {entry.card.name for entry in entries}
            target = _free_place(self.user, _own_name(card, source), source.suffix.lower(), names)
            os.replace(part, target)
        except OSError as error:
            part.unlink(missing_ok=True)
            kind = "disk_full" if error.errno == errno.ENOSPC else "bad_request"
            raise ModelFileError(kind, source, CANNOT_COPY, reason=error.strerror or str(error)) from None
        return next(entry for entry in self.entries() if Path(entry.path) == target)


_GONE = QT_TRANSLATE_NOOP("engine", "There is no model of this name. Choose another one or import its file.")
_OTHER = QT_TRANSLATE_NOOP(
    "engine",
    "The exact model file that made this picture is not here any more. Import it, or generate with another model.",
)


def _missing(exact: bool) -> str:
    return _OTHER if exact else _GONE


def _files(folder: Path) -> Iterator[Path]:
    """Model files in ``folder`` and its sub-folders by name, then checkpoints of runs in it, newest step first."""
    inside = sorted(_inside(folder))
    for place in (folder, *inside):
        for candidate in sorted(_inside(place)) if place.name != "checkpoints" else ():
            if candidate.suffix.lower() in (MODEL, GIFT, *FOREIGN) and not candidate.name.startswith("."):
                yield candidate
    for checkpoints in (folder / "checkpoints", *(run / "checkpoints" for run in inside)):
        yield from sorted((p for p in _inside(checkpoints) if p.suffix == MODEL), reverse=True)


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # a folder that is not there has no models
        return []


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _changed(path: str) -> int:
    """When the file changed, in nanoseconds; -1 when it is gone."""
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return -1


def _preview(path: Path) -> bytes:
    """The PNG that lies beside the model under the same name or, in a folder of its own, as ``preview.png``."""
    own = path.with_name("preview.png") if path.name == "model.safetensors" else path.with_suffix(".png")
    try:
        return own.read_bytes() if 0 < own.stat().st_size <= PREVIEW_LIMIT else b""
    except OSError:
        return b""


def _own_name(card: ModelCard, path: Path) -> str:
    """A name from the file alone: of a checkpoint, whose file is called by its step, that of the card with the step."""
    if path.stem.startswith("step-"):
        return f"{card.name}-{card.steps}"
    return path.parent.name if path.stem == "model" else path.stem


def _unique(card: ModelCard, path: Path, taken: set[str]) -> str:
    """The card's name, else the file's own, else that with a number."""
    own = _own_name(card, path)
    numbered = (f"{own}-{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain((card.name, own), numbered) if name not in taken)


def _renamed(entry: ModelEntry, name: str) -> ModelEntry:
    if name == entry.card.name:
        return entry
    return structs.replace(entry, card=structs.replace(entry.card, name=name))


def _has_name(entry: ModelEntry, name: str) -> bool:
    return entry.card.name == name


def _has_file_name(entry: ModelEntry, name: str) -> bool:
    """Whether the file is called so, with its ending or without; of a ``model.safetensors``, whether its folder is."""
    path = Path(entry.path)
    return name == path.parent.name if path.stem == "model" else name in (path.name, path.stem)


def _free_place(folder: Path, stem: str, ending: str, names: set[str]) -> Path:
    """A file for a new model: no other file has its name and no other model is called like it."""
    ending = ending if ending == GIFT else MODEL
    target, number = folder / f"{stem}{ending}", 2
    while target.exists() or target.stem in names:
        target, number = folder / f"{stem}-{number}{ending}", number + 1
    return target
