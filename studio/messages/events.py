"""Frozen events: what an engine answers. Each carries the job it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from studio.messages.data import Checked, Examined
from studio.messages.event import Event
from studio.messages.models import ModelEntry
from studio.messages.pixels import Pixels
from studio.messages.training import Warned

PROTOCOL = 7

FailureKind = Literal[
    "out_of_memory",
    "model_missing",
    "model_unsafe",
    "model_unknown",
    "bad_request",
    "disk_full",
    "runaway",
    "engine_lost",
    "cancelled",
    "bug",
]


class Hello(Event, frozen=True, kw_only=True):
    """First message of both sides. ``memory``: bytes of the device, 0 if unknown."""

    protocol: int = PROTOCOL
    version: str
    device: str
    device_name: str
    memory: int = 0


class Device(Event, frozen=True, kw_only=True):
    """The device changed; ``reason`` says why when the artist did not choose it (out of memory, not there). ``available``: names
    of all devices there, the fastest first; empty where an engine does not say."""

    device: str
    device_name: str
    memory: int = 0
    reason: str = ""
    available: tuple[str, ...] = ()


class Progress(Event, frozen=True, kw_only=True):
    """``done`` of ``total`` steps; ``seconds_left`` below 0 is unknown. ``values``: losses and rates by name. ``stage``:
    what the steps belong to where they are not the request's own (``finish``: what a training run does after its last step).
    """

    done: int
    total: int
    seconds_left: float = -1.0
    text: str = ""
    values: dict[str, float] = {}
    stage: str = ""


class Picture(Event, frozen=True, kw_only=True):
    """One finished picture of a Generate: its place in ``seeds``, its pixels and what makes it again. ``real_size``: pixels a side that
    its model drew; ``detail``: how many times over a detail network, ``detail_digest``, made it four times as large."""

    index: int
    seed: int
    pixels: Pixels
    real_size: int
    latent: bytes = b""
    digest: str = ""
    seconds: float = 0.0
    detail: int = 0
    detail_digest: str = ""


class DetailLearnt(Event, frozen=True, kw_only=True):
    """A detail network was written to ``path``. ``gain``: its PSNR in dB above bicubic, ``sharpness``: the variance of the Laplacian beside
    that of the real pictures, both on pictures it never learnt from; 0 where there were none to hold out."""

    path: str
    pictures: int
    steps: int
    gain: float
    sharpness: float


class Sample(Event, frozen=True, kw_only=True):
    """A grid of pictures that a model in training makes at ``step``."""

    step: int
    pixels: Pixels


class Checkpoint(Event, frozen=True, kw_only=True):
    """A checkpoint was written to ``path`` at ``step``; it can be used as a model at once."""

    step: int
    path: str
    pictures_seen: int = 0


class Foreseen(Event, frozen=True, kw_only=True):
    """What a training would take: ``steps`` of ``batch`` pictures in ``seconds``, measured in dry steps of ``step_seconds`` each.
    ``memory``: the most bytes that the process or the card needed, below 0 where the system does not say. ``checkpoint``: bytes of one,
    ``disk``: of all that are kept at once, ``room``: what the disk has free. ``pictures``: what there is to learn from. ``enough``:
    the time suffices for what this recipe needs to show something."""

    recipe: str
    side: int
    batch: int
    steps: int
    step_seconds: float
    seconds: float
    memory: int = -1
    checkpoint: int = 0
    disk: int = 0
    room: int = -1
    pictures: int = 0
    enough: bool = True


class ClassesLearnt(Event, frozen=True, kw_only=True):
    """A classifier was written to ``path``. ``right``: the share of ``held_out`` pictures that it tells right, below 0 without any;
    ``confusion``: of those of each class how many are taken for each. ``rejected``: a line for each file that was not used."""

    path: str
    classes: tuple[str, ...]
    pictures: int
    held_out: int
    right: float
    confusion: tuple[tuple[int, ...], ...] = ()
    rejected: tuple[str, ...] = ()


class Classified(Event, frozen=True, kw_only=True):
    """``shares``: how much speaks for each class in ``file``, together 1. ``maps``: by layer what it makes of the picture, side by side,
    uint8 [h, w, 3]."""

    file: str
    shares: dict[str, float]
    maps: dict[str, Pixels] = {}


class Inside(Struct, frozen=True, kw_only=True):
    """One layer of a ``network`` (generator, discriminator, encoder). ``maps``: what it makes of the picture, side by side, black where
    nothing answers; ``filters``: its weights as pictures, grey where they are 0, None where they cannot be seen as such. uint8
    [h, w, 3] both."""

    network: str
    layer: str
    maps: Pixels
    filters: Pixels | None = None


class Insides(Event, frozen=True, kw_only=True):
    """``picture``: what the generator of ``model`` draws, uint8 [S, S, 3], which the others see."""

    model: str
    picture: Pixels
    layers: tuple[Inside, ...]


class Likeness(Struct, frozen=True, kw_only=True):
    """How like the picture is what a ``format`` keeps of it in so many ``bytes``: ``psnr`` in dB, ``ssim`` of the luma −1…1."""

    format: str
    bytes: int
    psnr: float
    ssim: float


class Compressed(Event, frozen=True, kw_only=True):
    """A picture of ``width`` × ``height`` pixels was written to ``path`` in ``bytes``. ``beside``: how like it is, first this file, then
    other formats at as many bytes, as far as they go that low; empty unless it was asked for. ``alpha``: it has alpha, which JPEG
    cannot keep. ``bits``: of a channel in the picture's file, of which 8 are kept."""

    path: str
    width: int
    height: int
    bytes: int
    alpha: bool = False
    bits: int = 8
    beside: tuple[Likeness, ...] = ()


class Footing(Struct, frozen=True, kw_only=True):
    """On what figures rest: only those of equal footing may be compared. ``features``: the network, ``weights``: SHA-256 of its
    filters, ``side``: pixels a side, ``resize``: how pictures come to them. ``beside``: SHA-256 of the real pictures."""

    features: str
    weights: str
    side: int
    resize: str
    beside: str = ""


class InceptionFigures(Struct, frozen=True, kw_only=True):
    """Fréchet Inception distance and inception score of the true network, each with the interval of its name."""

    fid: float
    inception_score: float
    intervals: dict[str, tuple[float, float]] = {}
    footing: Footing


class VggFigures(Struct, frozen=True, kw_only=True):
    """Figures over the features of a random VGG-16, named as in Evaluated, each with the interval of its name."""

    kernel_distance: float
    precision: float
    recall: float
    density: float
    coverage: float
    intervals: dict[str, tuple[float, float]] = {}
    footing: Footing

    def ranged(self, name: str, form: Callable[[float], str]) -> str:
        """As of Evaluated."""
        return _ranged(getattr(self, name), self.intervals.get(name), form)


class SliderFigures(Struct, frozen=True, kw_only=True):
    """What a slider changes from one end to the other, by attribute, in deviations between unmoved pictures, and how surely each follows it,
    −1…1. Attributes are those of messages.measurements.PLAIN, and ``class`` with the name of one. ``title``: of a slider of the card."""

    name: str
    title: str = ""
    title_zh: str = ""
    changes: dict[str, float]
    correlations: dict[str, float]

    @property
    def ranked(self) -> tuple[str, ...]:
        """The attributes, the one that it changes most first."""
        return tuple(sorted(self.changes, key=lambda one: -abs(self.changes[one])))

    @property
    def seen(self) -> bool:
        """Whether it changes any of them by as much as can be told."""
        return abs(self.changes[self.ranked[0]]) >= LEAST_CHANGE


LEAST_CHANGE = 0.5


class Controlled(Struct, frozen=True, kw_only=True):
    """What the sliders of a model change, on so many ``pictures`` from −``amount`` to ``amount``. ``classes``: those that were judged, none
    where no classifier tells them apart; ``right``: the share of ``held_out`` pictures of which it names the class, below 0 where
    that was not counted."""

    sliders: tuple[SliderFigures, ...]
    pictures: int
    amount: float
    variety: float
    classes: tuple[str, ...] = ()
    right: float = -1.0
    held_out: int = 0


class Evaluated(Event, frozen=True, kw_only=True):
    """What a model's pictures are like beside those it learnt from; ``count`` were made, ``real`` and ``held_out`` compared.

    ``variety``: the mean distance between its pictures by that between the real ones (0 always the same, 1 as varied).
    ``distance``: Fréchet distance over fixed random features; that of two halves of the real pictures says what is small.
    ``precision``: share of its pictures that lie among the real ones, ``recall``: of the real ones that lie among its.
    ``kernel_distance``: squared maximum mean discrepancy, around 0 for sets alike. ``density``: how thick the real ones lie around its,
    1 for sets alike, ``coverage``: share of the real ones that have one of its near. ``intervals``: of each of these figures the
    (low, high) between which 95 of 100 such measurements lie. ``sharpness``: how much finely changing detail they have by what the
    real ones have, below 0 where it was not measured.
    ``copies``: share that is nearer to a training picture than all but a twentieth of these are to each other, below 0
    where a rule made them; ``copies_held_out``: the same of pictures never trained on, below 0 without any. ``copied``: how many are
    taken for copies, mirrored, cut or in other colours; below 0 as ``copies``. ``agreement``: of
    each class the share whose nearest neighbours are of it. ``pixels``: pictures it made, each before its nearest neighbours.
    ``folder``: it was a folder of pictures, no model. ``skipped``: a line for each file that was left out, its name first.
    ``vgg``: some of these figures by a second network. ``inception``: figures of the true Inception network where its weights were given.
    ``controlled``: what its sliders change, where that was asked for.
    """

    name: str
    step: int
    count: int
    real: int
    held_out: int = 0
    variety: float
    distance: float
    distance_of_halves: float
    precision: float
    recall: float
    kernel_distance: float
    density: float
    coverage: float
    sharpness: float = -1.0
    intervals: dict[str, tuple[float, float]] = {}
    copies: float
    copies_held_out: float = -1.0
    copied: int = -1
    agreement: dict[str, float] = {}
    folder: bool = False
    skipped: tuple[str, ...] = ()
    footing: Footing | None = None
    vgg: VggFigures | None = None
    inception: InceptionFigures | None = None
    controlled: Controlled | None = None
    pixels: Pixels

    def ranged(self, name: str, form: Callable[[float], str]) -> str:
        """The figure ``name`` written by ``form``, and in brackets its interval where it has one."""
        return _ranged(getattr(self, name), self.intervals.get(name), form)


def _ranged(value: float, interval: tuple[float, float] | None, form: Callable[[float], str]) -> str:
    if interval is None:
        return form(value)
    low, high = interval
    return f"{form(value)} [{form(low)} … {form(high)}]"


class Squares(Event, frozen=True, kw_only=True):
    """The training squares of one picture, side by side: uint8 [side, count · side, 3]."""

    file: str
    count: int
    pixels: Pixels


class Nearest(Event, frozen=True, kw_only=True):
    """The picture of a folder that is most like another one, and how far it is from it: 0 for the same."""

    file: str
    distance: float


class Directions(Event, frozen=True, kw_only=True):
    """What was found in ``model``: names that a Generate takes as sliders, the strongest first, and the mean ``changes`` of a
    number of a picture, in levels of 255, that each makes at an amount of 2. ``also``: of each, how far its change is that of
    other sliders, as in Slider."""

    model: str
    digest: str
    names: tuple[str, ...]
    changes: tuple[float, ...]
    also: tuple[dict[str, float], ...] = ()


class LearntDirection(Event, frozen=True, kw_only=True):
    """A direction by examples: its name, the vector as requests carry it, by how many levels of 255 an amount of 2 changes a number
    of a picture, and ``also`` as in Slider, of the sliders of the model's card."""

    model: str
    digest: str
    name: str
    vector: bytes
    change: float
    also: dict[str, float] = {}


class Encoded(Event, frozen=True, kw_only=True):
    """A picture as the latents of a model. ``latent``: z float32 less what ``sliders`` add to it, in standard deviations. ``seen`` and
    ``reconstruction``: what the encoder saw and what is drawn of it, uint8 [S, S, 3 or 4]. ``error``: their difference around each
    pixel in levels of 255, float32 [S, S, 1]; ``usual``: mean and standard deviation of that over the model's own pictures, float32
    [S, S, 2]."""

    model: str
    digest: str
    label: str = ""
    latent: bytes
    sliders: dict[str, float]
    seen: Pixels
    reconstruction: Pixels
    error: Pixels
    usual: Pixels | None = None


class EncodedFile(Event, frozen=True, kw_only=True):
    """One picture of a folder: ``latent`` and ``amounts`` of the sliders, float32, as of Encoded. ``thumbnail`` uint8 [s, s, 3]."""

    file: str
    label: str = ""
    latent: bytes
    amounts: bytes
    thumbnail: Pixels


class CodeMap(Event, frozen=True, kw_only=True):
    """Where the pictures of a folder lie in the plane in which their codes differ most, in the order in which they came. ``places``
    float32 [N, 2], −1…1, y up; ``shares``: of the variance along both axes. ``sliders``: names of the amounts. ``usual`` as of
    Encoded, over the folder. ``skipped``: files that cannot be read or are too small; ``left``: how many more the folder has."""

    model: str
    digest: str
    sliders: tuple[str, ...]
    places: Pixels
    shares: tuple[float, float]
    usual: Pixels
    skipped: tuple[str, ...] = ()
    left: int = 0


class Models(Event, frozen=True, kw_only=True):
    entries: tuple[ModelEntry, ...]


class Finished(Event, frozen=True, kw_only=True):
    """The job is done; ``seconds`` of work."""

    seconds: float = 0.0


class Failed(Event, frozen=True, kw_only=True):
    """The job ended without its result. ``file`` and ``arguments`` fill the translated sentence; ``details`` fold."""

    kind: FailureKind
    message: str = ""
    file: str = ""
    arguments: dict[str, str] = {}
    details: str = ""


AnyEvent = (
    Hello
    | Device
    | Progress
    | Picture
    | DetailLearnt
    | Sample
    | Checkpoint
    | Warned
    | Foreseen
    | ClassesLearnt
    | Classified
    | Insides
    | Compressed
    | Evaluated
    | Examined
    | Checked
    | Squares
    | Nearest
    | Directions
    | LearntDirection
    | Encoded
    | EncodedFile
    | CodeMap
    | Models
    | Finished
    | Failed
)
