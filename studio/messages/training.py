"""What may go wrong while a model learns, what is said about it, and what may be changed in a run that goes on."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec

from studio.messages.event import Event
from studio.recipe import QT_TRANSLATE_NOOP, declare

Trouble = Literal["runaway", "judge_wins", "judge_lost", "repeats", "by_heart", "alone", "codes_empty"]
DISTANCE = "kernel_distance"
"""Among the values of a look: how far its pictures are from the real ones."""
WANTED = "keep"
"""A file of this name in the folder of a run asks for a checkpoint that is kept; it is gone when it is there."""
LOOK = "look"
"""A file of this name there asks for sample pictures after the step under way; it is gone when they are there."""
STOP = "stop"
"""A file of this name there ends a run of several processes after its step."""
KEPT = ".kept"
"""Behind a checkpoint's name: a file beside it that says it is never taken away."""
FINISHING = "finish"
"""The stage of a run in which its finished model is made."""
SMALLER = "smaller"
"""Stage of a run, and folder in its own, of the recipe of half the size that it grows from."""
ON_BATTERY = QT_TRANSLATE_NOOP(
    "engine", "Paused: this computer runs on its battery. It goes on by itself at the mains."
)
"""Text of the Progress of a run that waits for the mains."""
Share = Annotated[float, msgspec.Meta(gt=0.0, le=1000.0)]


class Tuning(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run changes of its recipe. ``rate`` and ``judge_rate`` multiply both learning rates, and that of the judge alone;
    ``penalty`` multiplies the weight of the gradient penalties, which begin at a quarter where the recipe has none. ``augment``:
    the least share of pictures that each augmentation touches. ``parts``: a batch is worked on in so many parts one after the
    other, which takes less memory and more time and gives the same sums. ``divergence`` multiplies what the codes of an autoencoder
    cost.
    """

    rate: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Learning rate, times"), low=0.0001, high=100.0)
    ] = 1.0
    judge_rate: Share = 1.0
    penalty: Share = 1.0
    divergence: Share = 1.0
    augment: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.0
    parts: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Batch in parts"), low=1, high=64)] = 1


class Warned(Event, frozen=True, kw_only=True):
    """Something goes wrong at ``step``; ``value`` is the figure that shows it. ``tuning``: what the run has changed by itself to go
    on from its last checkpoint, None where it has changed nothing."""

    trouble: Trouble
    step: int
    value: float = 0.0
    tuning: Tuning | None = None


SENTENCES: dict[Trouble, str] = {
    "runaway": QT_TRANSLATE_NOOP(
        "training", "Its numbers ran away at step {step}: it learns too fast. Go on more slowly."
    ),
    "judge_wins": QT_TRANSLATE_NOOP(
        "training",
        "The discriminator sees through every picture, so the model hardly learns. Slow it and vary what it sees.",
    ),
    "judge_lost": QT_TRANSLATE_NOOP(
        "training",
        "The discriminator takes made pictures for better than yours, so what it teaches is wrong. Let it learn faster.",
    ),
    "repeats": QT_TRANSLATE_NOOP(
        "training",
        "It repeats itself: many pictures look alike. Hold the discriminator back, which keeps it varied.",
    ),
    "by_heart": QT_TRANSLATE_NOOP(
        "training",
        "It learns your pictures by heart: {value} of its own are nearly one of them. Stop here, add pictures, or vary them more.",
    ),
    "codes_empty": QT_TRANSLATE_NOOP(
        "training",
        "Its codes say nothing of the pictures any more (posterior collapse): all are drawn alike. Let codes cost less.",
    ),
    "alone": QT_TRANSLATE_NOOP(
        "training",
        "There is one picture only: a model of it can draw nothing else. Stop here and add pictures, or vary it more.",
    ),
}
CHANGES: dict[Trouble, str] = {
    "runaway": QT_TRANSLATE_NOOP("training", "Learn more slowly"),
    "judge_wins": QT_TRANSLATE_NOOP("training", "Slow the discriminator"),
    "judge_lost": QT_TRANSLATE_NOOP("training", "Speed the discriminator up"),
    "repeats": QT_TRANSLATE_NOOP("training", "Hold the discriminator back"),
    "by_heart": QT_TRANSLATE_NOOP("training", "Vary the pictures more"),
    "alone": QT_TRANSLATE_NOOP("training", "Vary the pictures more"),
    "codes_empty": QT_TRANSLATE_NOOP("training", "Let codes cost less"),
}
"""The word on the button that goes on with ``changed``."""
WENT_BACK = QT_TRANSLATE_NOOP(
    "training",
    "Its numbers ran away at step {step}: it learnt too fast. It went back to its last checkpoint and goes on more slowly.",
)


def sentence_of(event: Warned) -> tuple[str, dict[str, str]]:
    """The sentence (context ``training``) and what fills it."""
    words = WENT_BACK if event.trouble == "runaway" and event.tuning is not None else SENTENCES[event.trouble]
    share = f"{round(100 * event.value)} %" if math.isfinite(event.value) else "?"
    return words, {"step": str(event.step), "value": share}


def changed(tuning: Tuning, trouble: Trouble) -> Tuning:
    """What is suggested against ``trouble``, on top of what was changed before."""
    replace = msgspec.structs.replace
    if trouble == "runaway":
        return replace(tuning, rate=max(tuning.rate / 4, 0.0001))
    if trouble == "judge_wins":
        augment = min(tuning.augment + 0.3, 0.8)
        return replace(tuning, judge_rate=max(tuning.judge_rate / 2, 0.001), augment=augment)
    if trouble == "judge_lost":
        return replace(tuning, judge_rate=min(tuning.judge_rate * 2, 1000.0))
    if trouble == "codes_empty":
        return replace(tuning, divergence=max(tuning.divergence / 4, 0.001))
    if trouble == "repeats":
        return replace(tuning, penalty=min(tuning.penalty * 4, 1000.0))
    return replace(tuning, augment=min(tuning.augment + 0.3, 0.8))
