"""What the artist chose: one frozen value, kept as ``settings.json`` in the configuration folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from studio import paths
from studio.recipe import QT_TRANSLATE_NOOP

VERSION = 1
RECENT = 20
FILE = "settings.json"

BROKEN = QT_TRANSLATE_NOOP(
    "settings", "The settings could not be read, so the usual ones are used. The old file was kept as {file}."
)
NOT_OPENED = QT_TRANSLATE_NOOP(
    "settings", "The settings in {file} could not be opened, so the usual ones are used: {reason}."
)
NEWER = QT_TRANSLATE_NOOP(
    "settings", "The settings were written by a newer version of Danqing. What this version knows is used."
)


Part = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class PictureTime(msgspec.Struct, frozen=True, kw_only=True):
    """What one generated picture took: ``seconds`` each in a press of ``count`` with side ``size`` in pixels, by the model of
    digest ``model`` on ``device`` (cpu, cuda:0 …)."""

    model: str
    size: int
    count: int
    device: str
    seconds: Annotated[float, msgspec.Meta(ge=0.0)]


class NamedDirection(msgspec.Struct, frozen=True, kw_only=True):
    """What a direction of a model is called by the artist; ``named``: by hand, ``hidden``: not listed, ``reversed``: its plus is the model's minus. ``vector``: of one that was taught
    by examples, as requests carry it; ``also`` as of a Slider."""

    name: str
    title: str
    title_zh: str
    named: bool = False
    hidden: bool = False
    reversed: bool = False
    vector: bytes = b""
    also: dict[str, float] | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All fields have defaults; a change is ``with_(field=value)``.

    ``motion``: nothing moves by itself where it is ``reduced``. ``surround``: "" for the theme's own, else a colour ``#rrggbb``. ``recent``: absolute paths, latest first.
    ``shortcuts``: action id → key sequences that replace those of ``shortcut_set``. Budgets in bytes. ``models_folder`` ""
    is the usual place. ``device``: auto, cpu, cuda, cuda:1, xpu, mps. ``layouts``: workspace → saved window state.
    ``tool_options``: tool → the values of its options. ``view_options``: rulers, guides, snapping,
    profiles of the view. ``used_colours``: encoded red, green, blue, latest first. ``filter_favourites``, ``filter_used`` (latest
    first): names of filters; ``filter_values``: ``name@version`` → the parameters it was used with; ``filter_folded``: families
    that the panel shows closed. ``adjustment_strip``: icons of adjustments stand above the layers where there is room.
    ``ask_before_rasterising``: a generated layer is made paint only after a question. ``pause_on_battery``: a training waits for the
    mains; ``inception``: the weights file of the Inception network; ``checkpoint_minutes``: the time between two of its checkpoints at most.
    ``picture_times``: latest first. ``directions``: model's name → its found and renamed directions, in order. ``unknown``: keys of other versions, written back unchanged.
    """

    version: int = VERSION
    language: Literal["system", "en", "zh_CN"] = "system"
    theme: Literal["system", "dark", "light", "contrast"] = "system"
    motion: Literal["system", "reduced"] = "system"
    surround: Annotated[str, msgspec.Meta(pattern="^(#[0-9a-fA-F]{6})?$")] = ""
    recent: tuple[str, ...] = ()
    shortcuts: dict[str, tuple[str, ...]] = {}
    shortcut_set: str = "danqing"
    history_budget: Annotated[int, msgspec.Meta(ge=16 << 20)] = 1 << 30
    cache_budget: Annotated[int, msgspec.Meta(ge=16 << 20)] = 512 << 20
    models_folder: str = ""
    device: str = "auto"
    workspace: str = "paint"
    layouts: dict[str, bytes] = {}
    geometry: bytes = b""
    tool_options: dict[str, dict[str, Any]] = {}
    view_options: dict[str, Any] = {}
    used_colours: tuple[tuple[Part, Part, Part], ...] = ()
    filter_favourites: tuple[str, ...] = ()
    filter_used: tuple[str, ...] = ()
    filter_values: dict[str, dict[str, Any]] = {}
    filter_folded: tuple[str, ...] = ()
    adjustment_strip: bool = True
    ask_before_rasterising: bool = True
    pause_on_battery: bool = False
    inception: str = ""
    checkpoint_minutes: Annotated[float, msgspec.Meta(ge=0.0, le=1440.0)] = 10.0
    picture_times: tuple[PictureTime, ...] = ()
    directions: dict[str, tuple[NamedDirection, ...]] = {}
    unknown: dict[str, Any] = {}

    def with_(self, **fields: Any) -> Settings:
        """The same settings with these fields changed. Raises SettingsError for a value outside its range."""
        plain = msgspec.to_builtins(self, builtin_types=(bytes,)) | fields
        try:
            return msgspec.convert(plain, Settings, builtin_types=(bytes,))
        except msgspec.ValidationError as error:
            raise SettingsError(str(error)) from None

    def with_recent(self, path: str | os.PathLike[str]) -> Settings:
        """``path`` becomes the latest of the recent pictures; the list keeps 20."""
        name = os.path.abspath(path)
        return self.with_(recent=(name, *(one for one in self.recent if one != name))[:RECENT])


class SettingsError(ValueError):
    """A value that a setting cannot have; the message names the setting."""


class Message(NamedTuple):
    """What to tell the artist: source text in context ``settings`` and what fills its ``{names}``."""

    text: str
    arguments: dict[str, str]


class Loaded(NamedTuple):
    settings: Settings
    message: Message | None = None


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From version n to n + 1, on plain values."""


def place() -> Path:
    return paths.config() / FILE


def load(path: Path | None = None) -> Loaded:
    """The settings and, when something was wrong, what to say. Never raises for a bad file: it is moved aside.

    A single value that this version does not accept falls back to its default; the others stay.
    """
    path = path or place()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        return Loaded(
            Settings(), Message(NOT_OPENED, {"file": str(path), "reason": error.strerror or str(error)})
        )
    try:
        plain = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        plain = None
    if not isinstance(plain, dict):
        return Loaded(Settings(), Message(BROKEN, {"file": str(_moved_aside(path))}))
    return _from_plain(plain)


def _from_plain(plain: dict[str, Any]) -> Loaded:
    version = plain.get("version")
    version = version if isinstance(version, int) and version > 0 else VERSION
    for number in range(version, VERSION):
        plain = MIGRATIONS[number](plain)
    values: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for name, value in plain.items():
        if name in ("version", "unknown"):
            continue
        fits = name in Settings.__struct_fields__ and _fits(name, value)
        (values if fits else unknown)[name] = value
    unknown = {name: value for name, value in unknown.items() if name not in Settings.__struct_fields__}
    settings = msgspec.convert(values | {"unknown": unknown}, Settings)
    settings = settings.with_(recent=settings.recent[:RECENT], version=max(version, VERSION))
    return Loaded(settings, Message(NEWER, {}) if version > VERSION else None)


def _fits(name: str, value: Any) -> bool:
    try:
        msgspec.convert({name: value}, Settings)
    except msgspec.ValidationError:
        return False
    return True


def _moved_aside(path: Path) -> Path:
    """Keeps the broken file beside its place; where even that fails it stays where it is."""
    aside = path.with_name(f"{path.name}.broken")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.broken-{number}")
    try:
        path.replace(aside)
    except OSError:
        return path
    return aside


def save(settings: Settings, path: Path | None = None) -> None:
    """Writes the settings beside their place and renames: either the old file or the whole new one. Raises OSError."""
    path = path or place()
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = msgspec.to_builtins(settings)
    unknown = plain.pop("unknown")
    data = msgspec.json.format(msgspec.json.encode(unknown | plain), indent=2)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
