"""What the files lane does for brushes: reads those that come with Danqing and the artist's own, keeps, imports, exports."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import msgspec

from studio import paths
from studio.project.brushes.preset import SUFFIX, SUFFIXES, Preset, decode_grey, preset_of, write_presets
from studio.project.errors import DecodeError, ProjectError, read_failure, write_failure
from studio.raster.tip import Tip
from studio.recipe import described

LIBRARY = "library.json"
Work = Generator[None, None, Any]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the library remembers beside the presets; ids throughout. ``in_hand``: tool → its preset."""

    favourites: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    in_hand: dict[str, str] = {}


class Loaded(msgspec.Struct, frozen=True):
    """All presets, what is remembered (None at the first start), and the files that are damaged."""

    built_in: tuple[Preset, ...]
    own: tuple[Preset, ...]
    kept: Kept | None
    damaged: tuple[ProjectError, ...]


class Imported(msgspec.Struct, frozen=True):
    """``left_out``: what of the brushes has no counterpart here, words to translate in context ``brush-gaps``. ``missing``:
    of each file that names brushes without holding their tips, its name and their titles."""

    presets: tuple[Preset, ...]
    failed: tuple[ProjectError, ...]
    left_out: tuple[str, ...] = ()
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()


def is_brush_file(path: str) -> bool:
    """Whether a file's ending is that of brushes."""
    return Path(path).suffix.lower() in SUFFIXES


def folder() -> Path:
    """Where the artist's own brushes lie."""
    return paths.data() / "brushes"


def built_in() -> tuple[Preset, ...]:
    """The presets of ``resources/brushes``, in the order of their files. Raises BrokenBrush for a damaged installation."""
    place = paths.resources() / "brushes"
    found: list[Preset] = []
    for file in sorted(place.glob("*.json")):
        plain = msgspec.json.decode(file.read_bytes())
        for one in plain["presets"]:
            brush = _with_tips(one["brush"], place / "tips")
            found.append(preset_of({"folder": plain["folder"], **one, "brush": brush}))
    return tuple(found)


def _with_tips(brush: dict[str, Any], place: Path) -> dict[str, Any]:
    """The brush with the grey PNGs that it names."""

    def drawn(name: str) -> dict[str, Any]:
        file = place / f"{name}.png"
        return msgspec.to_builtins(Tip.of(decode_grey(file.read_bytes(), str(file))), builtin_types=(bytes,))

    image = brush.get("texture_image")
    return {
        **brush,
        "tips": [drawn(name) for name in brush.get("tips", ())],
        "texture_image": drawn(image) if image else None,
    }


def loaded() -> Work:
    """All brushes there are and how they are kept, as :class:`Loaded`; a file that cannot be read costs its own brushes."""
    from studio.project.brushes.reading import read_brushes

    own: list[Preset] = []
    damaged: list[ProjectError] = []
    given = built_in()
    place = folder()
    files = sorted(place.glob(f"*{SUFFIX}")) if place.is_dir() else []
    for file in files:
        yield
        try:
            own += read_brushes(file.read_bytes(), str(file))
        except OSError as error:
            damaged.append(read_failure(error, file))
        except DecodeError as error:
            damaged.append(error)
    return Loaded(given, tuple(own), _kept(place / LIBRARY), tuple(damaged))


def _kept(file: Path) -> Kept | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=described(Kept))
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):  # favourites only: begun anew
        return Kept()


def keep(kept: Kept) -> Work:
    yield
    write(folder() / LIBRARY, msgspec.json.format(msgspec.json.encode(kept), indent=1))


def keep_presets(presets: tuple[Preset, ...]) -> Work:
    """Each in a file of its own, so that one that is damaged costs one brush."""
    for preset in presets:
        yield
        write(folder() / f"{preset.id}{SUFFIX}", write_presets((preset,)))


def forget(preset_id: str) -> Work:
    yield
    (folder() / f"{preset_id}{SUFFIX}").unlink(missing_ok=True)


def imported(files: tuple[str, ...]) -> Work:
    """The brushes of foreign or own files; what cannot be read is told beside what can."""
    from studio.project.brushes.reading import read_all

    presets: list[Preset] = []
    failed: list[ProjectError] = []
    left_out: dict[str, None] = {}
    missing: list[tuple[str, tuple[str, ...]]] = []
    for file in files:
        yield
        try:
            read, gaps, without_tips = read_all(Path(file).read_bytes(), file)
            presets += read
            left_out |= dict.fromkeys(gaps)
            if without_tips:
                missing.append((Path(file).name, without_tips))
        except OSError as error:
            failed.append(read_failure(error, file))
        except DecodeError as error:
            failed.append(error)
    yield from keep_presets(tuple(presets))
    return Imported(tuple(presets), tuple(failed), tuple(left_out), tuple(missing))


def exported(presets: tuple[Preset, ...], file: str) -> Work:
    yield
    write(Path(file), write_presets(presets))
    return file


def write(path: Path, data: bytes) -> None:
    """Beside its place, then renamed: either the old file or the whole new one. Raises ExportError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise write_failure(error, path) from None
