"""Commands from picture to picture, and from nothing to a picture: render, filter, make."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from studio import api
from studio.commands.say import Bar, Stopped, Words, Wrong, stoppable, unknown, words_of
from studio.filters import FILTERS
from studio.filters.catalogue import GROUPS
from studio.project.export import format_of
from studio.raster.rescale import KERNELS
from studio.recipe import QT_TRANSLATE_NOOP, Parameter, curve_text, from_text, parameters

IN = QT_TRANSLATE_NOOP("cli", "A picture, an OpenRaster file or a project")
OUT = QT_TRANSLATE_NOOP("cli", "The picture to write: .png, .jpg, .tif or .webp")
LAYER = QT_TRANSLATE_NOOP(
    "cli",
    "Only the layer of this name; one that holds values keeps its numbers, without profile or conversion",
)
RENDERED = QT_TRANSLATE_NOOP(
    "cli", "The picture to write: .png, .jpg, .tif or .webp; with its layers: .ora or .danqing"
)
SEED = QT_TRANSLATE_NOOP("cli", "The same seed gives the same pixels")
VALUES = QT_TRANSLATE_NOOP("cli", "A parameter, key=value; as often as needed")
LIST = QT_TRANSLATE_NOOP("cli", "List what there is, with its parameters, and stop")
LIKE = QT_TRANSLATE_NOOP(
    "cli",
    "A picture that is taken from: colours (colour-transfer), tones (histogram-match), a map (displace), depths (lens-blur)",
)
FRAMES = QT_TRANSLATE_NOOP(
    "cli",
    "So many frames of a loop without a seam: .webp, .apng, .gif, .mp4, .webm, or .png for numbered files",
)
RATE = QT_TRANSLATE_NOOP("cli", "Frames a second")
SIZE = QT_TRANSLATE_NOOP("cli", "Width and height in pixels, such as 1024x768")
NEW_SIZE = QT_TRANSLATE_NOOP(
    "cli", "The new size: width and height in pixels, such as 1024x768, or a percentage, such as 200%"
)
KERNEL = QT_TRANSLATE_NOOP(
    "cli",
    "How pixels are resampled: nearest, area, linear, mitchell, lanczos; for pixel art epx, scale3x, xbr",
)
NO_KERNEL = QT_TRANSLATE_NOOP("cli", "there is no kernel “{name}”; there are: {known}")
BITS = QT_TRANSLATE_NOOP("cli", "Bits per channel of PNG and TIFF: 8 or 16")
QUALITY = QT_TRANSLATE_NOOP("cli", "Quality of JPEG and WebP, 1 to 100")
PROFILE = QT_TRANSLATE_NOOP(
    "cli", "Colours to convert to: keep, srgb, display-p3, adobe-rgb, linear-srgb, none, or an ICC file"
)
INTENT = QT_TRANSLATE_NOOP(
    "cli", "How colours go into a profile that is a table: relative, perceptual, saturation, absolute"
)
BLACK_POINT = QT_TRANSLATE_NOOP("cli", "The darkest colour becomes the darkest that such a profile has")
NO_PROFILE = QT_TRANSLATE_NOOP("cli", "there is no profile “{name}”; there are: {known}, or an ICC file")
KEEPS_SPACE = QT_TRANSLATE_NOOP(
    "cli", "{ending} keeps the picture's colour space; --profile is for .png, .jpg, .tif and .webp"
)
NO_INTENT = QT_TRANSLATE_NOOP("cli", "there is no intent “{name}”; there are: {known}")
PROFILES = {
    "keep": "keep", "srgb": "sRGB", "display-p3": "Display P3", "adobe-rgb": "Adobe RGB (1998)",
    "linear-srgb": "Linear sRGB", "none": "none",
}  # fmt: skip
INTENTS = ("relative", "perceptual", "saturation", "absolute")
LARGE = QT_TRANSLATE_NOOP("cli", "Open pictures of more than 178 megapixels too")

NOT_A_PAIR = QT_TRANSLATE_NOOP("cli", "“{text}” is not key=value")
NOT_A_SIZE = QT_TRANSLATE_NOOP("cli", "“{text}” is no size; give width and height, such as 1024x768")
NO_FILTER = QT_TRANSLATE_NOOP("cli", "there is no filter “{name}”; there are: {known}")
NO_MAKER = QT_TRANSLATE_NOOP("cli", "there is no rule “{name}”; there are: {known}")
THREE = QT_TRANSLATE_NOOP("cli", "NAME, IN and OUT are needed, or --list")
NO_BITS = QT_TRANSLATE_NOOP("cli", "--bits is 8 or 16")

Values = Annotated[list[str] | None, typer.Option("--parameter", "-p", metavar="KEY=VALUE", help=VALUES)]
Large = Annotated[bool, typer.Option("--large", help=LARGE)]
Quality = Annotated[int, typer.Option(min=1, max=100, help=QUALITY)]


def pairs(texts: list[str] | None) -> dict[str, str]:
    """``key=value`` texts as a mapping. Raises Wrong."""
    found = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not (name.strip() and equals):
            raise Wrong(NOT_A_PAIR, text=text)
        found[name.strip().replace("-", "_")] = value.strip()
    return found


def size_of(text: str) -> tuple[int, int]:
    """``WxH`` in pixels. Raises Wrong."""
    found = re.fullmatch(r"\s*(\d{1,7})\s*[x×X*]\s*(\d{1,7})\s*", text)
    if found is None:
        raise Wrong(NOT_A_SIZE, text=text)
    return int(found[1]), int(found[2])


def profile_options(profile: str, intent: str, black_point: bool) -> dict[str, Any]:
    """``--profile`` and what goes with it, as options of an export. Raises Wrong, ExportError."""
    from studio.project.export_profile import read_profile

    if intent not in INTENTS:
        raise Wrong(NO_INTENT, name=intent, known=", ".join(INTENTS))
    more = {"intent": intent, "black_point": black_point}
    if profile in PROFILES:
        return {"profile": PROFILES[profile], **more}
    if Path(profile).suffix.lower() not in (".icc", ".icm") and not Path(profile).exists():
        raise Wrong(NO_PROFILE, name=profile, known=", ".join(PROFILES))
    return {"profile": "file", "icc": read_profile(profile), "icc_name": Path(profile).name, **more}


def values_of(name: str, struct: type[msgspec.Struct], texts: list[str] | None) -> dict[str, Any]:
    """Checked parameters as plain values. Raises RecipeError."""
    return msgspec.to_builtins(from_text(struct, pairs(texts)))


def render(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="IN", help=IN)],
    target: Annotated[Path, typer.Argument(metavar="OUT", help=RENDERED)],
    bits: Annotated[int, typer.Option(help=BITS)] = 0,
    quality: Quality = 92,
    layer: Annotated[str, typer.Option(metavar="NAME", help=LAYER)] = "",
    profile: Annotated[str, typer.Option(metavar="PROFILE", help=PROFILE)] = "keep",
    intent: Annotated[str, typer.Option(help=INTENT)] = "relative",
    black_point: Annotated[bool, typer.Option(help=BLACK_POINT)] = True,
    large: Large = False,
) -> None:
    if bits not in (0, 8, 16):
        raise Wrong(NO_BITS)
    options = {"bits": bits, "quality": quality, **profile_options(profile, intent, black_point)}
    layered = target.suffix.lower() in (api.PROJECT, api.LAYERED)
    if layered and profile != "keep":
        raise Wrong(KEEPS_SPACE, ending=target.suffix)
    if not layered:
        format_of(target)
    artwork = api.open(source, allow_large=large)
    if layered:
        api.save(api.layer(artwork, layer) if layer else artwork, target)
    elif layer:
        api.export_layer(artwork, layer, target, **options)
    else:
        api.export(artwork, target, **options)


def resize(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="IN", help=IN)],
    target: Annotated[Path, typer.Argument(metavar="OUT", help=RENDERED)],
    size: Annotated[str, typer.Option(metavar="SIZE", help=NEW_SIZE)],
    kernel: Annotated[str, typer.Option(help=KERNEL)] = "lanczos",
    quality: Quality = 92,
    large: Large = False,
) -> None:
    if kernel not in KERNELS:
        raise Wrong(NO_KERNEL, name=kernel, known=", ".join(KERNELS))
    part = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*%\s*", size)
    wanted = None if part else size_of(size)
    layered = target.suffix.lower() in (api.PROJECT, api.LAYERED)
    if not layered:
        format_of(target)
    artwork = api.open(source, allow_large=large)
    if part is not None:
        share = float(part[1]) / 100
        wanted = max(1, round(artwork.width * share)), max(1, round(artwork.height * share))
    assert wanted is not None
    with Bar(f"{wanted[0]} × {wanted[1]}"):
        made = api.resize(artwork, *wanted, kernel)
        if layered:
            api.save(made, target)
        else:
            api.export(made, target, quality=quality)


def filter_picture(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    source: Annotated[Path | None, typer.Argument(metavar="IN", help=IN)] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help=OUT)] = None,
    values: Values = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**53 - 1, help=SEED)] = None,
    like: Annotated[Path | None, typer.Option(metavar="REFERENCE", help=LIKE)] = None,
    quality: Quality = 92,
    frames: Annotated[int, typer.Option(min=0, max=10_000, help=FRAMES)] = 0,
    rate: Annotated[int, typer.Option(min=1, max=120, help=RATE)] = 25,
    large: Large = False,
    listing: Annotated[bool, typer.Option("--list", help=LIST)] = False,
) -> None:
    words = words_of(context)
    if listing:
        for group, title in GROUPS.items():
            kinds = [kind for kind in FILTERS.values() if kind.group == group]
            if kinds:
                typer.echo(f"{words(title, 'menus')}:")
            for kind in kinds:
                typer.echo("\n".join(described(kind.name, kind.title, kind.parameters, words)))
        return
    if name is not None and name not in FILTERS:
        raise unknown(NO_FILTER, name, FILTERS)
    if name is None or source is None or target is None:
        raise Wrong(THREE)
    plain = values_of(name, FILTERS[name].parameters, values)
    if seed is not None and "seed" in plain:
        plain["seed"] = seed
    if frames:
        artwork = api.open(source, allow_large=large)
        _play(
            words(FILTERS[name].title, "recipe"),
            partial(api.filter_loop, artwork, name, target),
            frames,
            rate,
            plain,
        )
        return
    format_of(target)
    if like is not None:
        from studio.workspace import taking

        taking.check(name)
        plain = {key: plain[key] for key in (*pairs(values), "seed") if key in plain}
    with Bar(words(FILTERS[name].title, "recipe")):
        reference = None if like is None else api.open(like, allow_large=large)
        artwork = api.open(source, allow_large=large)
        api.export(api.filter(artwork, name, like=reference, **plain), target, quality=quality)


def make(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help=OUT)] = None,
    size: Annotated[str, typer.Option(metavar="WxH", help=SIZE)] = "1024x1024",
    values: Values = None,
    seed: Annotated[int, typer.Option(min=0, max=2**53 - 1, help=SEED)] = 0,
    bits: Annotated[int, typer.Option(help=BITS)] = 8,
    frames: Annotated[int, typer.Option(min=0, max=10_000, help=FRAMES)] = 0,
    rate: Annotated[int, typer.Option(min=1, max=120, help=RATE)] = 25,
    listing: Annotated[bool, typer.Option("--list", help=LIST)] = False,
) -> None:
    words = words_of(context)
    if listing:
        for maker in api.MAKERS.values():
            lines = described(maker.name, maker.title, maker.parameters, words, maker.description)
            typer.echo("\n".join(lines))
        return
    if name is not None and name not in api.MAKERS:
        raise unknown(NO_MAKER, name, api.MAKERS)
    if name is None or target is None:
        raise Wrong(QT_TRANSLATE_NOOP("cli", "NAME and OUT are needed, or --list"))
    if bits not in (8, 16):
        raise Wrong(NO_BITS)
    width, height = size_of(size)
    plain = values_of(name, api.MAKERS[name].parameters, values)
    if api.MAKERS[name].fitted is not None:  # what is not said follows the size of the picture
        plain = {key: plain[key] for key in pairs(values)}
    if frames:
        _play(name, partial(api.make_loop, name, target, width, height, seed=seed), frames, rate, plain)
        return
    format_of(target)
    precision = "float32" if bits == 16 else "float16"
    with Bar(name):
        api.export(api.make(name, width, height, seed=seed, precision=precision, **plain), target, bits=bits)


def _play(title: str, write: Callable[..., None], frames: int, rate: int, plain: dict[str, Any]) -> None:
    with stoppable() as stop, Bar(title) as bar:

        def told(part: float) -> None:
            if stop:
                raise Stopped
            bar.show(round(100 * part), 100)

        write(frames=frames, rate=rate, told=told, **plain)


def first_sentence(paragraph: str) -> str:
    """Up to the first full stop outside of brackets that another sentence follows; a Chinese one needs no space after it."""
    depth = 0
    for index, letter in enumerate(paragraph):
        depth += (letter in "(（") - (letter in ")）")
        if depth > 0:
            continue
        after = paragraph[index + 1 : index + 3]
        if letter == "。" or (letter == "." and (not after or (after[0] == " " and after[1:].isupper()))):
            return paragraph[: index + 1]
    return paragraph


def described(
    name: str, title: str, struct: type[msgspec.Struct], words: Words, description: str = ""
) -> list[str]:
    """One line for what it is, one for what it does where there is a ``description``, one per parameter with its range and
    default."""
    lines = [f"{name}  {words(title, 'recipe')}"]
    if description:
        lines.append(f"    {first_sentence(words(description, 'recipe'))}")
    for one in parameters(struct):
        if one.choices:
            allowed = " | ".join(one.choices)
        elif one.low is not None or one.high is not None:
            allowed = f"{_number(one.low)} … {_number(one.high)} {one.unit}".rstrip()
        else:
            allowed = " ".join((one.kind, *one.endings))
        default = _default(one)
        lines.append(f"    {one.name}={default}  ({allowed})  {words(one.title, 'recipe')}")
    return lines


def _default(one: Parameter) -> str:
    if one.kind == "curve":
        return curve_text(one.default)
    return one.default.name if one.kind == "file" else _number(one.default)


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
