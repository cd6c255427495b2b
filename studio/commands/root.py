"""The commands of ``danqing`` put together: their tree, its language, and how a run ends."""

from __future__ import annotations

import difflib
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from studio.commands import say
from studio.commands.say import Words
from studio.commands.words import opens_studio
from studio.recipe import QT_TRANSLATE_NOOP

ABOUT = QT_TRANSLATE_NOOP(
    "cli",
    "Danqing: paint, edit and generate on one canvas. Without a command, or with files, the studio opens.",
)
UNKNOWN = QT_TRANSLATE_NOOP(
    "cli", "there is neither a command nor a file “{word}”; the nearest command is {command}"
)
UNKNOWN_FILE = QT_TRANSLATE_NOOP("cli", "there is neither a command nor a file “{word}”")
NO_FILE = QT_TRANSLATE_NOOP("cli", "there is no file “{word}”")
USAGE = QT_TRANSLATE_NOOP("cli", "Usage:")
HEADINGS = (
    QT_TRANSLATE_NOOP("cli", "Options"),
    QT_TRANSLATE_NOOP("cli", "Commands"),
    QT_TRANSLATE_NOOP("cli", "Arguments"),
    QT_TRANSLATE_NOOP("cli", "Show this message and exit."),
)
"""Words of the help pages that the library writes; they are translated when it does."""
PLAIN: dict[str, Any] = {"rich_markup_mode": None, "add_completion": False}
COMMANDS = (  # name, module and function below studio.commands, help
    (
        "render",
        "pictures:render",
        QT_TRANSLATE_NOOP("cli", "Flatten a picture or project into a picture file"),
    ),
    (
        "resize",
        "pictures:resize",
        QT_TRANSLATE_NOOP("cli", "Give a picture another size; pixel art keeps its lines"),
    ),
    (
        "filter",
        "pictures:filter_picture",
        QT_TRANSLATE_NOOP("cli", "Apply a filter; 16 bits, colour profile and alpha are kept"),
    ),
    (
        "batch",
        "batch:batch",
        QT_TRANSLATE_NOOP(
            "cli", "Apply a recipe of filters to a folder of pictures; goes on where it was stopped"
        ),
    ),
    (
        "heal",
        "healing:heal",
        QT_TRANSLATE_NOOP("cli", "Repair what a mask marks: fill it from the rest of the picture"),
    ),
    (
        "rework",
        "rework:rework",
        QT_TRANSLATE_NOOP(
            "cli", "Make a picture anew: scale by content, quilt a texture, make it repeat, cut it out"
        ),
    ),
    (
        "fuse",
        "fuse:fuse",
        QT_TRANSLATE_NOOP("cli", "Make one picture of several: blend, clone, stack, merge exposures"),
    ),
    (
        "stitch",
        "several:stitch",
        QT_TRANSLATE_NOOP("cli", "Stitch overlapping photographs to a panorama, the last file named"),
    ),
    (
        "mosaic",
        "folder:mosaic",
        QT_TRANSLATE_NOOP("cli", "Put a picture together from the pictures of a folder"),
    ),
    ("collage", "folder:collage", QT_TRANSLATE_NOOP("cli", "Lay the pictures of a folder out on one sheet")),
    (
        "make",
        "pictures:make",
        QT_TRANSLATE_NOOP("cli", "Make a picture from a rule: noise, a pattern or a landscape"),
    ),
    (
        "compress",
        "compression:compress",
        QT_TRANSLATE_NOOP(
            "cli", "Write a picture in very few bytes; says what JPEG and WebP make of as many"
        ),
    ),
    (
        "decompress",
        "compression:decompress",
        QT_TRANSLATE_NOOP("cli", "A compressed picture as PNG"),
    ),
    (
        "interpolate",
        "models:interpolate",
        QT_TRANSLATE_NOOP("cli", "Let a model's pictures pass into each other, as a film or numbered files"),
    ),
    ("generate", "models:generate", QT_TRANSLATE_NOOP("cli", "Let a model make pictures, as PNG files")),
    (
        "train",
        "training:train",
        QT_TRANSLATE_NOOP("cli", "Train a model; Ctrl+C writes a checkpoint and stops"),
    ),
    (
        "foresee",
        "training:foresee",
        QT_TRANSLATE_NOOP("cli", "Say what a training would take on this computer, and which recipe fits"),
    ),
    (
        "evaluate",
        "evaluating:evaluate",
        QT_TRANSLATE_NOOP("cli", "Measure what a model makes, or a folder of pictures, beside real pictures"),
    ),
    ("bench", "measure:bench", QT_TRANSLATE_NOOP("cli", "Measure how fast the studio is on this computer")),
    (
        "doctor",
        "measure:doctor",
        QT_TRANSLATE_NOOP("cli", "Say what Danqing finds here, what is missing and how to get it"),
    ),
)
MODELS = (
    (
        "list",
        "models:list_models",
        QT_TRANSLATE_NOOP("cli", "List the models that come with Danqing and your own"),
    ),
    (
        "directions",
        "models:find_directions",
        QT_TRANSLATE_NOOP("cli", "Find what changes a model's pictures most, as sliders for “generate”"),
    ),
    (
        "teach",
        "teaching:teach",
        QT_TRANSLATE_NOOP("cli", "Teach a slider by pictures that are as wanted and others that are not"),
    ),
    (
        "taste",
        "tasting:taste",
        QT_TRANSLATE_NOOP("cli", "Show nine pictures, take marks of what pleases, and show nine that follow"),
    ),
    (
        "find",
        "finding:find_in_model",
        QT_TRANSLATE_NOOP("cli", "Find the picture that a model makes nearest to one of yours"),
    ),
    (
        "encode",
        "encoding:encode",
        QT_TRANSLATE_NOOP("cli", "Take a picture apart into the latents of a model with an encoder"),
    ),
    ("decode", "encoding:decode", QT_TRANSLATE_NOOP("cli", "Draw the picture of a latent file")),
    ("show", "models:show_model", QT_TRANSLATE_NOOP("cli", "Show a model's card")),
    (
        "evaluate",
        "evaluating:evaluate_model",
        QT_TRANSLATE_NOOP("cli", "Measure what a model makes beside the pictures it learnt from"),
    ),
    (
        "compare",
        "comparing:compare_models",
        QT_TRANSLATE_NOOP(
            "cli", "Put two measurements side by side; what rests on other ground is refused (exit code 1)"
        ),
    ),
    (
        "export",
        "models:export_model",
        QT_TRANSLATE_NOOP(
            "cli", "Write a model as one file to give away: weights, sliders, recipe, licence, preview"
        ),
    ),
    (
        "import",
        "models:import_model",
        QT_TRANSLATE_NOOP("cli", "Check a model file and copy it into your models folder"),
    ),
)
DATA = (
    (
        "check",
        "data:check_data",
        QT_TRANSLATE_NOOP("cli", "Say what is wrong with a folder of pictures to train on; it is only read"),
    ),
    (
        "make",
        "data_making:make_data",
        QT_TRANSLATE_NOOP("cli", "Make pictures by a rule, with classes, captions and factors"),
    ),
    (
        "model",
        "data_labelled:model_set",
        QT_TRANSLATE_NOOP("cli", "Make a labelled set of a model's pictures: classes, sliders, captions"),
    ),
    (
        "filters",
        "data_labelled:filter_set",
        QT_TRANSLATE_NOOP(
            "cli", "Make a labelled set of filtered pictures: the parameters are drawn and noted"
        ),
    ),
    (
        "layers",
        "data_making:layer_masks",
        QT_TRANSLATE_NOOP(
            "cli", "Make a labelled set of layered pictures: each layer is a mask with its name"
        ),
    ),
)


DETAIL = (
    (
        "add",
        "detail:add",
        QT_TRANSLATE_NOOP("cli", "Give a picture four or sixteen times the pixels a side"),
    ),
    (
        "learn",
        "detail:learn",
        QT_TRANSLATE_NOOP("cli", "Learn the edges and the grain of the pictures of a folder"),
    ),
)
CLASSES = (
    (
        "learn",
        "classes:learn",
        QT_TRANSLATE_NOOP("cli", "Teach a small convolutional network the sub-folders of a folder"),
    ),
    (
        "say",
        "classes:say",
        QT_TRANSLATE_NOOP("cli", "Say which class a picture shows, and what each layer sees"),
    ),
)


class FilesOrCommands(TyperGroup):
    """``danqing FILE …`` beside commands: a first word that is neither is wrong usage, with the nearest command named."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        word = args[0]
        if word in self.commands:
            return super().resolve_command(ctx, args)
        if opens_studio(args):
            return super().resolve_command(ctx, ["open", *args])
        if os.path.splitext(word)[1] or os.path.dirname(word):
            raise say.Wrong(NO_FILE, word=word)
        shown = [name for name, command in self.commands.items() if not command.hidden]
        nearest = difflib.get_close_matches(word, shown, 1, 0.5)
        if nearest:
            raise say.Wrong(UNKNOWN, word=word, command=nearest[0])
        raise say.Wrong(UNKNOWN_FILE, word=word)


def open_files(files: Annotated[list[str], typer.Argument()]) -> None:
    from studio import app

    raise typer.Exit(app.main(files))


def about(
    lang: Annotated[
        str, typer.Option("--lang", help=QT_TRANSLATE_NOOP("cli", "Language of texts: en or zh_CN"))
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", help=QT_TRANSLATE_NOOP("cli", "Show the version"), is_eager=True)
    ] = False,
) -> None:
    """``--lang`` is taken out of the words before; it stands here to be found in the help."""
    if version:
        from studio import __version__

        typer.echo(f"danqing {__version__}")
        raise typer.Exit


def _function(place: str) -> Callable[..., None]:
    module, name = place.split(":")
    return getattr(import_module(f"studio.commands.{module}"), name)


def _elsewhere() -> None:
    """Stands for a command that another one's run does not ask for."""
    raise NotImplementedError


def build(first: str = "") -> Any:
    """The tree of commands, its texts in English. ``first``: where it is a command's name only that one can be run, and the
    modules of the others are not imported."""
    alone = first in {"models", "data", "classes", "detail", *(name for name, _, _ in COMMANDS)}
    app = typer.Typer(cls=FilesOrCommands, help=ABOUT, **PLAIN)
    app.callback(invoke_without_command=True)(about)
    app.command("open", hidden=True)(open_files)
    for name, place, text in COMMANDS:
        app.command(name, help=text)(_elsewhere if alone and name != first else _function(place))
    groups = (
        (
            "classes",
            QT_TRANSLATE_NOOP("cli", "Learn to tell classes of pictures, and look into the network"),
            CLASSES,
        ),
        ("detail", QT_TRANSLATE_NOOP("cli", "Real pixels: add detail to pictures, and learn it"), DETAIL),
        ("models", QT_TRANSLATE_NOOP("cli", "List, show, export and import models"), MODELS),
        ("data", QT_TRANSLATE_NOOP("cli", "Check and make training data"), DATA),
    )
    for name, title, commands in groups:
        group = typer.Typer(help=title, **PLAIN)
        for part, place, text in commands:
            group.command(part, help=text)(_elsewhere if alone and name != first else _function(place))
        app.add_typer(group, name=name)
    return typer.main.get_command(app)


def translated(command: Any, words: Words) -> Any:
    """The same tree with its help in another language."""
    for part in _parts(command):
        if part.help:
            part.help = words(part.help)
        if hasattr(part, "context_class"):
            part.context_class = _context_in(part.context_class, words)
    return command


def _context_in(context: type, words: Words) -> type:
    """The kind of context whose help pages have their headings in another language."""
    plain: Any = context.formatter_class  # type: ignore[attr-defined]

    class Formatter(plain):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, f"{words(USAGE)} ")

        def section(self, name: str) -> Any:
            return super().section(words(name))

        def write_dl(self, rows: Sequence[tuple[str, str]], *sizes: int, **more: int) -> None:
            super().write_dl([(word, words(text)) for word, text in rows], *sizes, **more)

    return type("Context", (context,), {"formatter_class": Formatter})


def _parts(command: Any) -> Iterator[Any]:
    yield command
    yield from (part for part in command.params if hasattr(part, "help"))
    for inner in getattr(command, "commands", {}).values():
        yield from _parts(inner)


def run(words: Sequence[str], language: str = "") -> int:
    """Runs one command; returns its exit code. Nothing that was expected to go wrong ends in a traceback."""
    speech = Words(language)
    warnings.filterwarnings("ignore", module="PIL")  # what is wrong with a picture is told by its name
    command = translated(build(words[0] if words else ""), speech)
    name = _name_of(words, command)
    try:
        code = command.main(list(words), prog_name="danqing", standalone_mode=False, obj=speech)
    except (typer.TyperException, *say.EXPECTED) as error:
        return say.complain(error, speech, name)
    except (say.Stopped, KeyboardInterrupt, typer.Abort):
        say.write_error(f"danqing: {speech(say.STOPPED_TEXT)}")
        return say.STOPPED
    except (RuntimeError, ValueError, TypeError, LookupError, AssertionError, ArithmeticError) as error:
        reason = f"{type(error).__name__}: {error}"
        if os.environ.get(say.DEBUG):
            raise
        say.write_error(f"danqing: {' '.join(speech(say.UNEXPECTED, reason=reason).split())}")
        return say.FAILED
    return code if isinstance(code, int) else 0


def _name_of(words: Sequence[str], command: Any) -> str:
    """``danqing models show`` for what such words begin with."""
    name = "danqing"
    for word in words:
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            break
        name += f" {word}"
    return name
