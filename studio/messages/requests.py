"""Frozen requests: everything that determines the result, and nothing else."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec

from studio.messages.data import Decisions
from studio.messages.models import Slider
from studio.messages.training import Tuning
from studio.recipe import QT_TRANSLATE_NOOP, declare


class Request(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the application may ask of an engine. Equal requests give equal results."""


class ClassMix(msgspec.Struct, frozen=True, kw_only=True):
    """Which of a model's classes a picture is of: ``label``, empty for any; and the share ``blend`` 0–1 on the way from it to
    ``toward``, empty for none."""

    label: str = ""
    toward: str = ""
    blend: float = 0.0


MOST_PARTS = 16
MOST_EXAMPLES = 100
Band = Literal["coarse", "middle", "fine"]
BANDS: tuple[Band, ...] = get_args(Band)
"""Of a network's layers: those at 4 and 8 pixels a side, at 16, at 32 and more."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One of several pictures of which one is made: that of ``seed``, of the class ``label`` (empty: the one its code chooses).

    ``band``: only in these layers, where it and others of that band stand in the place of those without one. ``sliders``: how
    far its sliders are beyond those of the request. ``code``: its style in the seed's place, or one for each band behind each other,
    float32, at variety 1 and sliders 0; those are taken from the seed. ``latent``: its z in the seed's place, float32, at sliders 0.
    """

    seed: int
    weight: float
    label: str = ""
    band: Band | Literal[""] = ""
    sliders: dict[str, float] = {}
    code: bytes = b""
    latent: bytes = b""


MOST_DETAIL = 2
Times = Annotated[
    int,
    declare(
        QT_TRANSLATE_NOOP("recipe", "Detail, four times the side"), low=0, high=MOST_DETAIL, unit="times"
    ),
]


class Generate(Request, frozen=True, kw_only=True):
    """One picture per seed from ``model``. Yields Progress, a Picture per seed, Finished.

    ``sliders``: amount per direction in standard deviations. ``label``: one of the model's classes; empty is any.
    ``toward`` and ``blend``: another one, and how far on the way there, 0–1. ``variety``: truncation ψ, 0 is the mean picture.
    ``parts``, where there are any, at most MOST_PARTS: the picture's style is Σ weight · style(part), each under the same sliders and
    variety and of its own class; weights of a band add up to 1 and may be negative. There is one seed then, which only names the
    picture. ``varieties``: the variety of a band of layers, where it is another. ``vectors``: of sliders that the artist taught the
    direction in style space, float16, as long as one standard deviation.
    ``size``: side of the result in pixels; above the model's learned size it is resampled (Lanczos).
    ``quick``: the fast path under a dragged slider: never enlarged by resampling; for a ``size`` up to the network's own
    without the learned enlargement. ``detail``: how many times over the picture at the model's learned size is made four times as
    large by a detail network, whose side the result then has, whatever ``size`` says; ``detail_digest``: exactly that network.
    """

    model: str
    digest: str = ""
    seeds: tuple[int, ...]
    sliders: dict[str, float] = {}
    label: str = ""
    toward: str = ""
    blend: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Class blend"), low=0.0, high=1.0, step=0.01)
    ] = 0.0
    variety: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Variety"), low=0.0, high=1.5, soft_high=1.0, step=0.01)
    ] = 0.7
    varieties: dict[Band, Annotated[float, msgspec.Meta(ge=0.0, le=1.5)]] = {}
    vectors: dict[str, bytes] = {}
    parts: tuple[Part, ...] = ()
    size: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=32, high=4096, unit="px")] = 512
    quick: bool = False
    detail: Times = 0
    detail_digest: str = ""


def mix_of(what: Any) -> ClassMix:
    """The classes of a request, or of whatever else has the same three fields."""
    return ClassMix(label=what.label, toward=what.toward, blend=what.blend)


class ApplyFilter(Request, frozen=True, kw_only=True):
    """An engine filter (a network) over a picture; pixels as in Pixels. Yields Progress, Picture, Finished."""

    name: str
    version: int
    parameters: dict
    pixels: bytes
    shape: tuple[int, ...]
    dtype: str


class AddDetail(Request, frozen=True, kw_only=True):
    """A picture with four times the pixels a side, ``times`` times over: ``pixels`` uint8 [h, w, 3 or 4], straight sRGB. Yields Progress,
    a Picture, Finished. ``model``: whose detail network; empty for the one that comes with the studio. ``file``: a detail network's
    own file instead. ``seed``: of its grain."""

    pixels: bytes
    shape: tuple[int, ...]
    model: str = ""
    digest: str = ""
    file: str = ""
    times: Annotated[int, msgspec.Meta(ge=1, le=MOST_DETAIL)] = 1
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True)] = 1


class LearnDetail(Request, frozen=True, kw_only=True):
    """Teaches a detail network the pictures in the folder ``data``, for a ``model`` that there is already, or for itself. Yields Progress,
    DetailLearnt, Finished; cancelling keeps where it was. ``run``: the folder that receives it where there is no model, and what it has
    learnt so far. ``recipe``: a name in resources/recipes/detail or a TOML file."""

    data: str
    run: str
    model: str = ""
    digest: str = ""
    recipe: str = "detail"
    steps: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Steps"), low=0, high=1_000_000)] = 0
    resume: bool = False


class Train(Request, frozen=True, kw_only=True):
    """A training run. Yields Progress, Sample, Checkpoint and Finished; cancelling writes a checkpoint first.

    ``recipe``: a recipe's name in resources/recipes or the path of a TOML file. ``data``: a folder of pictures, empty
    for the rule-made pictures that the recipe names; ``test_data``: pictures that are never trained on; ``decisions``:
    how the pictures are cropped, mended and left out, at the size of the recipe. ``run``: the folder that receives checkpoints and samples.
    ``finish``: the finished model is made (where the recipe says of what it consists) though the run has not come to the recipe's
    last step; with ``resume`` and no ``steps`` at once from the newest checkpoint. ``tuning``: what is changed of the recipe; a resumed
    run keeps what it was given last. ``checkpoint_minutes``: the time between two checkpoints at most, 0 for by steps alone;
    ``mains_only``: it waits while the computer runs on its battery. ``detail``: behind its last step a detail network is taught the same
    pictures at their own size.
    """

    recipe: str
    data: str = ""
    run: str
    steps: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Steps"), low=0, high=100_000_000)] = 0
    checkpoint_every: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Checkpoint every"), low=0, unit="steps")
    ] = 0
    checkpoint_minutes: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Checkpoint at least every"), low=0.0, high=1440.0, unit="min"),
    ] = 10.0
    mains_only: bool = False
    resume: bool = False
    start_from: str = ""
    test_data: str = ""
    decisions: Decisions | None = None
    finish: bool = False
    tuning: Tuning | None = None
    detail: bool = False


class Foresee(Request, frozen=True, kw_only=True):
    """What a training on the folder ``data`` would take, from a few dry steps that change nothing. Yields Progress, Foreseen,
    Finished. ``seconds``: the time there is; 0 for as long as the recipe says. ``recipe``: empty for the one that fits that time and
    the number of pictures best. ``decisions`` as of Train."""

    data: str
    recipe: str = ""
    seconds: Annotated[int, msgspec.Meta(ge=0, le=31_622_400)] = 3600
    test_data: str = ""
    decisions: Decisions | None = None


class LearnClasses(Request, frozen=True, kw_only=True):
    """Teaches a classifier the sub-folders of ``data`` and writes it to ``out``. Yields Progress, ClassesLearnt, Finished. Without
    ``test_data`` a fifth of each class is held out. ``side``: pixels a side at which pictures are seen, a multiple of 8."""

    data: str
    out: str
    test_data: str = ""
    steps: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Steps"), low=1, high=1_000_000)] = 600
    side: Annotated[int, msgspec.Meta(ge=8, le=256, multiple_of=8)] = 32
    mirror: bool = False
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True)] = 1
    decisions: Decisions | None = None


class Classify(Request, frozen=True, kw_only=True):
    """What a classifier says of the pictures ``files``. Yields a Classified for each, Finished. ``maps``: with what each layer makes of
    it."""

    model: str
    files: tuple[str, ...]
    maps: bool = False


class MakeSet(Request, frozen=True, kw_only=True):
    """Writes ``count`` pictures of a ``rule`` (digits, shapes …) into ``folder``, one sub-folder for each class. Yields Progress,
    Finished."""

    rule: str
    folder: str
    count: Annotated[int, msgspec.Meta(ge=1, le=10_000_000)] = 2000
    side: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=16, high=2048, unit="px")] = 32
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True)] = 1


class LookInside(Request, frozen=True, kw_only=True):
    """What the networks in a model's file hold: filters, and what each layer makes of one picture, that of ``seed``. A checkpoint has
    its discriminator too. Yields Progress, Insides, Finished."""

    model: str
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True)] = 1


class Compress(Request, frozen=True, kw_only=True):
    """Writes the picture ``file`` in few bytes to ``out``. Yields Progress, Compressed, Finished. ``model``: a codec's file, the one
    that comes with the studio where empty. ``quality``: one of its levels, from 1. ``compare``: with how like it is, beside JPEG and
    WebP."""

    file: str
    out: str
    quality: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Quality"), low=1, high=16)] = 3
    model: str = ""
    compare: bool = True


class Decompress(Request, frozen=True, kw_only=True):
    """The picture in a compressed ``file``. Yields Progress, a Picture, Finished. ``model`` as in Compress."""

    file: str
    model: str = ""


class Evaluate(Request, frozen=True, kw_only=True):
    """Measures a model beside the pictures it learnt from. Yields Progress, Evaluated, Finished.

    ``data``: the folder of these pictures; without it those noted in the folder of the run that the model's file lies in, or
    those of the rule it was taught by. ``judge``: a classifier of the model's classes, which says instead of the nearest
    neighbours whether the class asked for came. ``inception``: the weights file of the Inception network, for FID and inception score. ``out``: a folder that receives the numbers (JSON) and the pictures side by side (PNG).
    ``sliders``: those of which it is judged what they change, an empty tuple for those of the card and the strongest found ones; ``vectors`` as
    in Generate.
    """

    model: str
    digest: str = ""
    data: str = ""
    out: str = ""
    judge: str = ""
    inception: str = ""
    sliders: tuple[str, ...] | None = None
    vectors: dict[str, bytes] = {}
    count: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Pictures"), low=8, high=10_000)] = 256
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True)] = 1


class Compare(Request, frozen=True, kw_only=True):
    """Measures a folder of ``pictures`` beside those of the folder ``data``, as Evaluate does a model's. Yields Progress, Evaluated,
    Finished; files are only read. ``side``: pixels a side at which both are measured."""

    pictures: str
    data: str
    out: str = ""
    inception: str = ""
    side: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=8, high=1024, unit="px")] = 64


class CheckData(Request, frozen=True, kw_only=True):
    """Looks through a folder of pictures to train on. Yields Progress, Examined, Checked, Finished; files are only read.

    ``test_folder``: pictures that are never trained on. ``side``: side of the training pictures in pixels.
    """

    folder: str
    test_folder: str = ""
    side: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=8, high=1024, unit="px")] = 64


LOOKS = 6
"""Pictures in a row of a preview of augmentations."""


class PreviewData(Request, frozen=True, kw_only=True):
    """What training would see of ``files`` of ``folder`` under ``decisions``. Yields Squares for each that can be read,
    Finished. ``augment`` above 0: of each only the first square, and behind it what the discriminator sees of it in
    ``LOOKS`` − 1 steps of a run in which each augmentation touches that share, with ``cutout`` that of a square too."""

    folder: str
    files: tuple[str, ...]
    decisions: Decisions = Decisions()
    augment: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.0
    cutout: bool = False


class FindNearest(Request, frozen=True, kw_only=True):
    """Looks among ``files`` of ``folder`` for the picture that is most like ``pixels``: uint8 [h, w, 3 or 4], straight sRGB. Yields
    Progress, Nearest, Finished."""

    folder: str
    files: tuple[str, ...]
    pixels: bytes
    shape: tuple[int, ...]


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """One picture on a way, or one that another was made of; its fields as in Generate."""

    seed: int
    sliders: dict[str, float] = {}
    label: str = ""
    toward: str = ""
    blend: float = 0.0
    variety: float = 0.7
    varieties: dict[Band, float] = {}
    vectors: dict[str, bytes] = {}
    parts: tuple[Part, ...] = ()


class Interpolate(Request, frozen=True, kw_only=True):
    """Pictures on the way between ``stations``, two or more, in this order; sliders and variety change evenly. Yields Progress, a Picture per frame, Finished.

    From or to a picture that has parts or lies between two classes the styles themselves change evenly.

    ``between``: frames from each to the next; ``closed``: and back to the first, as a loop. ``size`` as in Generate.
    """

    model: str
    digest: str = ""
    stations: tuple[Station, ...]
    between: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Frames between"), low=1, high=1000)] = 24
    closed: bool = True
    size: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=32, high=4096, unit="px")] = 512


class FindDirections(Request, frozen=True, kw_only=True):
    """Looks in a model's weights for the ``count`` directions that change its pictures most. Yields Progress, Directions,
    Finished."""

    model: str
    digest: str = ""
    count: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Directions"), low=1, high=20)] = 8


class LearnDirection(Request, frozen=True, kw_only=True):
    """The direction of a model from the pictures ``no`` to the pictures ``yes``, MOST_EXAMPLES of each at most. Yields Progress,
    LearntDirection, Finished."""

    model: str
    digest: str = ""
    yes: tuple[Station, ...]
    no: tuple[Station, ...]


class Project(Request, frozen=True, kw_only=True):
    """Looks in a model for the picture ``pixels``: uint8 [h, w, 3 or 4], straight sRGB, of which the middle square counts. Yields
    Progress, whose values tell the ``difference`` that is left, a Picture now and then, each with its code as ``latent`` and as index the
    step it came from, the last one the nearest; Finished. ``label``: one of the model's classes."""

    model: str
    digest: str = ""
    pixels: bytes
    shape: tuple[int, ...]
    label: str = ""
    steps: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Steps"), low=1, high=5000)] = 300
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1, seed=True)] = 1


class Encode(Request, frozen=True, kw_only=True):
    """What a model with an encoder takes the picture ``pixels`` to be: uint8 [h, w, 3 or 4], straight sRGB, of which the middle square
    counts. Yields Progress, Encoded, Finished. ``label``: one of the model's classes; empty for the one that draws it nearest.
    ``usual``: with the error that is usual for this model's own pictures."""

    model: str
    digest: str = ""
    pixels: bytes
    shape: tuple[int, ...]
    label: str = ""
    usual: bool = False


class EncodeFolder(Request, frozen=True, kw_only=True):
    """What a model with an encoder takes each picture in and below ``folder`` to be, and where these lie beside each other; files are
    only read. Yields Progress, an EncodedFile each, a CodeMap, Finished. ``label`` as in Encode, where no sub-folder is named after a
    class."""

    model: str
    digest: str = ""
    folder: str
    label: str = ""


class ListModels(Request, frozen=True, kw_only=True):
    """The catalogue: embedded models, the user's folder and ``folders``. Yields Models, Finished."""

    folders: tuple[str, ...] = ()


class ImportModel(Request, frozen=True, kw_only=True):
    """Checks a model file and copies it into the user's models folder. Yields Models, Finished or Failed."""

    path: str


class ExportModel(Request, frozen=True, kw_only=True):
    """Writes a model as one file to give away, ``path``. ``licence`` replaces that of its card, ``named``: its found directions that
    have names. Yields Progress, Finished."""

    model: str
    digest: str = ""
    path: str
    licence: str = ""
    named: tuple[Slider, ...] = ()


class UseDevice(Request, frozen=True, kw_only=True):
    """Switches the device (auto, cpu, cuda, cuda:1, xpu, mps). Yields Device, Finished."""

    device: str


AnyRequest = (
    Generate
    | ApplyFilter
    | AddDetail
    | LearnDetail
    | Train
    | Foresee
    | LearnClasses
    | Classify
    | MakeSet
    | LookInside
    | Compress
    | Decompress
    | Evaluate
    | Compare
    | CheckData
    | PreviewData
    | FindNearest
    | Interpolate
    | FindDirections
    | LearnDirection
    | Project
    | Encode
    | EncodeFolder
    | ListModels
    | ImportModel
    | ExportModel
    | UseDevice
)
