"""What the studio tells the artist: an inline card, never a dialog."""

from __future__ import annotations

from typing import Literal

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP

NoticeKind = Literal["info", "done", "warn", "error"]


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence in context ``notices``, filled with ``arguments`` by name; ``action`` is the id of a remedy's action."""

    kind: NoticeKind
    text: str
    arguments: dict[str, str] = msgspec.field(default_factory=dict)
    action: str = ""
    details: str = ""


SAVED = QT_TRANSLATE_NOOP("notices", "Saved {file}.")
EXPORTED = QT_TRANSLATE_NOOP("notices", "Exported {file}.")
EXPORTED_WITHOUT = QT_TRANSLATE_NOOP("notices", "Exported {file}; flattened to pixels: {layers}.")
NOT_SAVED = QT_TRANSLATE_NOOP(
    "notices", "{file} could not be saved: {reason} Your picture is safe in the journal."
)
NOT_EXPORTED = QT_TRANSLATE_NOOP("notices", "{file} could not be exported: {reason}")
SAID_BY_FILE = QT_TRANSLATE_NOOP("notices", "{reason}")
NOT_OPENED = QT_TRANSLATE_NOOP("notices", "{file} could not be opened: {reason}")
OPENED_HALF = QT_TRANSLATE_NOOP(
    "notices",
    "{file} stays at half its size, because opening was stopped. Open it again for all of its pixels.",
)
NOT_WHOLE = QT_TRANSLATE_NOOP(
    "notices", "{file} stays at half its size, for the rest could not be read: {reason}"
)
OPENED_DAMAGED = QT_TRANSLATE_NOOP(
    "notices", "{file} is damaged. Every intact layer was saved; lost: {layers}."
)
OPENED_EARLIER = QT_TRANSLATE_NOOP(
    "notices", "{file} is damaged. It is shown as it was before its last steps: {steps}."
)
SALVAGED = QT_TRANSLATE_NOOP(
    "notices", "{file} is damaged. What of it could be read is open; save it under another name."
)
JOURNAL_FAILED = QT_TRANSLATE_NOOP(
    "notices", "The journal cannot be written: {reason} Make room on the disk or save the picture elsewhere."
)
NOT_FILTERED = QT_TRANSLATE_NOOP(
    "notices", "A filter layer could not be computed and shows its last result: {reason}"
)
NOT_PAINTED = QT_TRANSLATE_NOOP("notices", "{reason}")
PICTURE_WAITS = QT_TRANSLATE_NOOP("notices", "A generated picture waits for the end of your stroke.")
PICTURES_WAIT = QT_TRANSLATE_NOOP(
    "notices", "{count} generated pictures wait: the layer they belong to is gone."
)
ONE_WAITS = QT_TRANSLATE_NOOP("notices", "A generated picture waits: the layer it belongs to is gone.")
RESULT_LOST = QT_TRANSLATE_NOOP("notices", "This result can no longer be read from the journal.")
CLOSED_WHILE_FORMING = QT_TRANSLATE_NOOP(
    "notices",
    "“{title}” was closed while pictures formed. Made, and kept in its results: {done} of {count}.",
)
NOT_GENERATED = QT_TRANSLATE_NOOP("notices", "Nothing was generated: {reason}")
PARTLY_GENERATED = QT_TRANSLATE_NOOP(
    "notices", "Pictures that are there and stay: {done} of {count}. {reason}"
)
NOT_EXPLORED = QT_TRANSLATE_NOOP("notices", "The picture could not follow the slider: {reason}")
NO_DIRECTIONS = QT_TRANSLATE_NOOP("notices", "The model's directions could not be found: {reason}")
NOTHING_TO_MOVE = QT_TRANSLATE_NOOP(
    "notices", "No direction changes the pictures of “{model}” visibly. Let it learn longer, then look again."
)
NOT_MEASURED = QT_TRANSLATE_NOOP("notices", "The model could not be measured: {reason}")
NOT_TESTED_ON = QT_TRANSLATE_NOOP("notices", "That folder of test pictures is not used. {reason}")
NOT_IMPORTED = QT_TRANSLATE_NOOP("notices", "{file} was not imported: {reason}")
NO_ENGINE = QT_TRANSLATE_NOOP(
    "notices", 'The engine is not installed here. Run: pip install "danqing[engine]"'
)
SETTINGS_NOT_KEPT = QT_TRANSLATE_NOOP(
    "notices",
    "Your settings could not be kept in {file}: {reason}. Make room or give Danqing leave to write there.",
)
UNEXPECTED = QT_TRANSLATE_NOOP(
    "notices",
    "Something went wrong in Danqing ({reason}). Your steps are kept. Please report what {file} says.",
)
NO_MEMORY = QT_TRANSLATE_NOOP(
    "notices", "There is not enough memory. Close other pictures or programs and try again."
)
DEVICE_NOT_USED = QT_TRANSLATE_NOOP("notices", "Still computing as before: {reason}")
DEVICE_CHANGED = QT_TRANSLATE_NOOP("notices", "Now computing on {device}: {reason}")
TRAINING_ENDED = QT_TRANSLATE_NOOP("notices", "Training of {name} ended at step {step}.")
TRAINING_FAILED = QT_TRANSLATE_NOOP("notices", "Training stopped: {reason} The last checkpoint is kept.")
TRAINING_FAILED_EARLY = QT_TRANSLATE_NOOP("notices", "Training stopped: {reason}")
MODEL_EXPORTED = QT_TRANSLATE_NOOP(
    "notices", "{model} is in {file}: weights, sliders, recipe, licence and preview, to give away."
)
MODEL_NOT_EXPORTED = QT_TRANSLATE_NOOP("notices", "The model {model} was not exported: {reason}")
MODEL_IMPORTED = QT_TRANSLATE_NOOP("notices", "{file} is now among your models.")
RECOVERED = QT_TRANSLATE_NOOP("notices", "Restored “{title}” from the journal.")
PAINTED_ABOVE = QT_TRANSLATE_NOOP(
    "notices", "Painted on a layer above: the sliders of the picture below stay live."
)

ENGINE_REASONS = {
    "out_of_memory": QT_TRANSLATE_NOOP("notices", "The memory is full. Make fewer or smaller pictures."),
    "model_missing": QT_TRANSLATE_NOOP("notices", "The model file is missing. Locate it in the model list."),
    "model_unsafe": QT_TRANSLATE_NOOP(
        "notices", "This model file could run code and is not opened. Use a .safetensors file."
    ),
    "model_unknown": QT_TRANSLATE_NOOP("notices", "This model file is not one that Danqing can run."),
    "bad_request": QT_TRANSLATE_NOOP("notices", "The request has a value that the model does not allow."),
    "disk_full": QT_TRANSLATE_NOOP("notices", "The disk is full. Make room and try again."),
    "runaway": QT_TRANSLATE_NOOP("notices", "Its numbers ran away: it learns too fast."),
    "engine_lost": QT_TRANSLATE_NOOP(
        "notices", "The engine stopped and was started again. Press Generate once more."
    ),
    "cancelled": QT_TRANSLATE_NOOP("notices", "Stopped."),
    "bug": QT_TRANSLATE_NOOP("notices", "Something went wrong in the engine. The details are below."),
}
