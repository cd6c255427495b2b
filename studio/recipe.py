"""How a parameter is declared: range, unit, title, seed; ``name@version``; check; translation mark.

A recipe's parameters are a frozen ``msgspec.Struct`` whose fields carry ``msgspec.Meta``. The panel, the command line,
the project file, batch and documentation are all derived from that one declaration by :func:`parameters`.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - lupdate finds exactly this name
    """Marks ``text`` for translation under ``context`` and returns it unchanged."""
    return text


Kind = Literal["float", "integer", "switch", "choice", "seed", "text", "colour", "gradient", "curve", "file"]
StructType = TypeVar("StructType", bound=msgspec.Struct)
Colour = tuple[float, float, float]
"""Encoded red, green, blue, 0–1. A field of this type is a parameter of kind ``colour``."""
_Part = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]
Stop = tuple[_Part, _Part, _Part, _Part, _Part]
"""(offset, red, green, blue, alpha) of a gradient: straight, encoded, 0–1."""
Stops = tuple[Stop, ...]
"""Stops of a gradient in any order. A field of this type is a parameter of kind ``gradient``."""
Curve = tuple[tuple[_Part, _Part], ...]
"""Points (in, out), 0–1, in any order, of a monotone cubic. A field of this type is a parameter of kind ``curve``."""


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """What stood in a file, kept in the recipe so that a project is whole without it.

    ``name``: of the file, to be shown. ``content``: as the declaration's reader gives it; empty where there is none. A
    field of this type is a parameter of kind ``file``.
    """

    name: str = ""
    content: str = ""


Reader = Callable[[str, bytes], str]
"""From the name and the bytes of a file to the content that is kept. Raises RecipeError naming the file."""
STRAIGHT: Curve = ((0.0, 0.0), (1.0, 1.0))
"""The curve that changes nothing."""


class RecipeError(ValueError):
    """A parameter has a value that its declaration does not allow; the message names the parameter and the range.

    ``text``: English source text, in context ``recipe`` where it is marked, with ``arguments``.
    """

    def __init__(self, text: str, /, **arguments: object) -> None:
        self.text = text
        self.arguments = {name: str(value) for name, value in arguments.items()}
        super().__init__(text.format(**arguments) if arguments else text)


UNKNOWN = QT_TRANSLATE_NOOP("recipe", "{name} is no parameter here; there are: {known}")
NOT_FINITE = QT_TRANSLATE_NOOP("recipe", "{name}: {value} is not a number; give a finite value")
NOT_A_NUMBER = QT_TRANSLATE_NOOP("recipe", "{name}: “{value}” is not a number")
NOT_A_SWITCH = QT_TRANSLATE_NOOP("recipe", "{name}: “{value}” is neither true nor false")
NOT_A_COLOUR = QT_TRANSLATE_NOOP("recipe", "{name}: “{value}” is not a colour; write it as #rrggbb")
NOT_A_CURVE = QT_TRANSLATE_NOOP(
    "recipe", "{name}: “{value}” is not a curve; write its points as 0,0 0.5,0.6 1,1"
)
NO_FILE = QT_TRANSLATE_NOOP("recipe", "{name}: the file “{value}” cannot be read")
TOO_LARGE = QT_TRANSLATE_NOOP("recipe", "{name}: the file “{value}” is too large to be kept in a picture")
OUTSIDE = QT_TRANSLATE_NOOP("recipe", "{name}: {value} is outside {low} … {high}")
BELOW = QT_TRANSLATE_NOOP("recipe", "{name}: {value} is below {low}")
ABOVE = QT_TRANSLATE_NOOP("recipe", "{name}: {value} is above {high}")
NO_CHOICE = QT_TRANSLATE_NOOP("recipe", "{name}: “{value}” is not one of {known}")
NOT_POSSIBLE = QT_TRANSLATE_NOOP("recipe", "{name}: this value is not possible ({reason})")


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One declared parameter, as panels and the command line see it.

    ``low`` and ``high`` are inclusive bounds in ``unit``; ``soft_high`` is where a slider ends when the true bound is
    far away. ``title`` is the English source text, translated in context ``recipe``. ``when``: it does something only
    while each parameter named there has one of the values beside it; panels hide it otherwise.
    """

    name: str
    kind: Kind
    default: Any
    title: str
    description: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    soft_high: float | None = None
    step: float | None = None
    choices: tuple[str, ...] = ()
    when: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    endings: tuple[str, ...] = ()
    reader: Reader | None = None

    def counts(self, values: msgspec.Struct) -> bool:
        """Whether it does anything among the other values of its struct; what the struct lacks sets no condition."""
        return all(getattr(values, name, allowed[0]) in allowed for name, allowed in self.when)


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """A recipe as files and layers keep it: its name, its version and its parameters as plain values."""

    name: str
    version: int
    parameters: dict[str, Any]

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"


def declare(
    title: str,
    *,
    low: float | None = None,
    high: float | None = None,
    unit: str = "",
    description: str = "",
    soft_high: float | None = None,
    step: float | None = None,
    seed: bool = False,
    when: Mapping[str, tuple[Any, ...]] | None = None,
    endings: tuple[str, ...] = (),
    reader: Reader | None = None,
) -> msgspec.Meta:
    """The ``Meta`` of one parameter. ``title`` must be wrapped in ``QT_TRANSLATE_NOOP("recipe", …)`` by the caller.

    ``when``: other parameters, each with the values at which this one does something. ``endings`` (such as ``.cube``)
    and ``reader``: of the files that a parameter of kind ``file`` takes.
    """
    extra: dict[str, Any] = {
        "unit": unit, "soft_high": soft_high, "step": step, "seed": seed, "when": dict(when or {}),
        "endings": endings, "reader": reader,
    }  # fmt: skip
    return msgspec.Meta(ge=low, le=high, title=title, description=description or None, extra=extra)


_described: set[type] = set()
_describing = threading.Lock()


def described(kind: type[StructType]) -> type[StructType]:
    """``kind`` itself, to be decoded or converted to in any thread.

    msgspec looks at a type's fields when it first reads one, and a second thread that reads one meanwhile finds half of them:
    the process ends with a segmentation fault. So the first look is taken here, by one thread at a time.
    """
    if kind not in _described:
        with _describing:
            msgspec.msgpack.Decoder(kind)
            _described.add(kind)
    return kind


def check(value: StructType) -> StructType:
    """Returns ``value`` if every field is inside its declared range; msgspec checks ranges only on decoding.

    Raises RecipeError naming the parameter. NaN and infinity are refused (they would become null in the file).
    """
    plain = msgspec.to_builtins(value)
    for name, item in plain.items():
        for number in item if isinstance(item, tuple | list) else (item,):
            if isinstance(number, float) and not math.isfinite(number):
                raise RecipeError(NOT_FINITE, name=name, value=number)
    return from_plain(type(value), plain)


def from_plain(struct_type: type[StructType], plain: dict[str, Any]) -> StructType:
    """A parameter struct from plain values, checked. Raises RecipeError."""
    unknown = set(plain) - set(struct_type.__struct_fields__)
    if unknown:
        known = ", ".join(struct_type.__struct_fields__)
        raise RecipeError(UNKNOWN, name=", ".join(sorted(unknown)), known=known or "–")
    try:
        return msgspec.convert(plain, described(struct_type))
    except msgspec.ValidationError as error:
        raise _refusal(struct_type, plain, error) from None


def _refusal(struct_type: type[msgspec.Struct], plain: dict[str, Any], error: Exception) -> RecipeError:
    """The error that names the first parameter outside its declaration."""
    for one in parameters(struct_type):
        value = plain.get(one.name)
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and one.kind in ("float", "integer", "seed")
        ):
            under = one.low is not None and value < one.low
            over = one.high is not None and value > one.high
            if under or over:
                text = OUTSIDE if one.low is not None and one.high is not None else BELOW if under else ABOVE
                low, high = (None if bound is None else f"{bound:g}" for bound in (one.low, one.high))
                return RecipeError(text, name=one.name, value=f"{value:g}", low=low, high=high)
        if one.choices and isinstance(value, str) and value not in one.choices:
            return RecipeError(NO_CHOICE, name=one.name, value=value, known=", ".join(one.choices))
    reason, _, name = str(error).rpartition(" - at `$.")
    if not reason:  # a sentence of the parameters' own, about the whole of them
        return RecipeError(str(error))
    return RecipeError(NOT_POSSIBLE, name=name.rstrip("`") or "?", reason=reason)


def from_text(struct_type: type[StructType], texts: dict[str, str]) -> StructType:
    """A parameter struct from ``key=value`` texts of the command line, checked. Raises RecipeError."""
    known = {parameter.name: parameter for parameter in parameters(struct_type)}
    plain: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in known:
            raise RecipeError(UNKNOWN, name=name, known=", ".join(known) or "–")
        plain[name] = _value_of(known[name], text)
    return from_plain(struct_type, plain)


def _value_of(parameter: Parameter, text: str) -> Any:
    try:
        if parameter.kind in ("integer", "seed"):
            return int(text)
        if parameter.kind == "float":
            number = float(text)
            if math.isfinite(number):
                return number
            raise ValueError
    except ValueError:
        raise RecipeError(NOT_A_NUMBER, name=parameter.name, value=text) from None
    if parameter.kind == "switch":
        if text.lower() in ("1", "true", "yes", "on"):
            return True
        if text.lower() in ("0", "false", "no", "off"):
            return False
        raise RecipeError(NOT_A_SWITCH, name=parameter.name, value=text)
    if parameter.kind == "colour":
        return _colour_of(parameter.name, text)
    if parameter.kind == "gradient":
        return _stops_of(parameter.name, text)
    if parameter.kind == "curve":
        return _points_of(parameter.name, text)
    if parameter.kind == "file":
        return msgspec.to_builtins(attached(parameter, Path(text))) if text else {}
    return text


def _colour_of(name: str, text: str) -> Colour:
    digits = text.removeprefix("#")
    if len(digits) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in digits):
        red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
        return red, green, blue
    raise RecipeError(NOT_A_COLOUR, name=name, value=text)


def _stops_of(name: str, text: str) -> Stops:
    """Colours with commas between them, evenly spaced, or each with its offset: ``#000000,0.3:#ff0000,#ffffff``."""
    parts = text.split(",")
    stops = []
    for index, part in enumerate(parts):
        offset, _, digits = part.rpartition(":")
        try:
            place = float(offset) if offset else index / max(1, len(parts) - 1)
        except ValueError:
            raise RecipeError(NOT_A_NUMBER, name=name, value=offset) from None
        stops.append((place, *_colour_of(name, digits.strip()), 1.0))
    return tuple(stops)


def _points_of(name: str, text: str) -> Curve:
    """Points with spaces between them, the coordinates of each with a comma: ``0,0 0.3,0.2 1,1``."""
    try:
        points = tuple((float(x), float(y)) for x, y in (part.split(",") for part in text.split()))
    except ValueError:
        raise RecipeError(NOT_A_CURVE, name=name, value=text) from None
    if not points or not all(math.isfinite(number) for point in points for number in point):
        raise RecipeError(NOT_A_CURVE, name=name, value=text)
    return points


LARGEST_FILE = 32 << 20
"""Bytes of the largest file that is taken into a recipe."""


def attached(parameter: Parameter, path: Path) -> Attached:
    """What stands in the file at ``path``, as the parameter's declaration keeps it. Raises RecipeError."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RecipeError(TOO_LARGE, name=parameter.name, value=path.name)
        data = path.read_bytes()
    except OSError:
        raise RecipeError(NO_FILE, name=parameter.name, value=path) from None
    read = parameter.reader or (lambda _name, found: found.decode(errors="replace"))
    return Attached(name=path.name, content=read(path.name, data))


def curve_text(points: Curve) -> str:
    """A curve as the command line takes it."""
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def parameters(struct_type: type[msgspec.Struct]) -> tuple[Parameter, ...]:
    """The declared parameters of a recipe's struct, in order."""
    hints = get_type_hints(struct_type, include_extras=True)
    return tuple(_parameter(field, hints[field.name]) for field in msgspec.structs.fields(struct_type))


def _parameter(field: msgspec.structs.FieldInfo, hint: Any) -> Parameter:
    metas = (
        [item for item in get_args(hint)[1:] if isinstance(item, msgspec.Meta)]
        if get_origin(hint) is Annotated
        else []
    )
    plain = get_args(hint)[0] if metas else hint
    meta = metas[0] if metas else msgspec.Meta()
    extra = meta.extra or {}
    kind: Kind = "text"
    choices: tuple[str, ...] = ()
    if get_origin(plain) is Literal:
        kind, choices = "choice", tuple(get_args(plain))
    elif plain is bool:
        kind = "switch"
    elif plain is int:
        kind = "seed" if extra.get("seed") else "integer"
    elif plain is float:
        kind = "float"
    elif plain == Colour:
        kind = "colour"
    elif plain == Stops:
        kind = "gradient"
    elif plain == Curve:
        kind = "curve"
    elif plain is Attached:
        kind = "file"
    default = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
    return Parameter(
        name=field.name,
        kind=kind,
        default=None if default is msgspec.NODEFAULT else default,
        title=meta.title or field.name,
        description=meta.description or "",
        unit=extra.get("unit", ""),
        low=meta.ge,
        high=meta.le,
        soft_high=extra.get("soft_high"),
        step=extra.get("step"),
        choices=choices,
        when=tuple(extra.get("when", {}).items()),
        endings=extra.get("endings", ()),
        reader=extra.get("reader"),
    )


def store(name: str, version: int, value: msgspec.Struct) -> Stored:
    """The form in which a file or layer keeps ``value``; checks it first."""
    return Stored(name=name, version=version, parameters=msgspec.to_builtins(check(value)))


def digest(stored: Stored) -> str:
    """32 hexadecimal digits that identify recipe and parameters; the same on every machine."""
    plain = [stored.name, stored.version, _shortened(stored.parameters)]
    return hashlib.blake2b(msgspec.json.encode(plain, order="sorted"), digest_size=16).hexdigest()


LONG = 1 << 16
"""Characters from which on a text, such as an attached map, is not read again to tell it from others."""


def _shortened(plain: Any) -> Any:
    """A plain value with its long texts replaced by their digests."""
    if isinstance(plain, str) and len(plain) >= LONG:
        return {"long": _digest_of(plain)}
    if isinstance(plain, dict):
        return {key: _shortened(value) for key, value in plain.items()}
    return plain


@lru_cache(maxsize=8)
def _digest_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
