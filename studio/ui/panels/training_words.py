"""Where a training run is and where it goes, in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.ui.status_bar import time_left
from studio.workspace.training_run import TrainingState


def trend_words(state: TrainingState) -> str:
    """Where a run goes; empty while it is too young to say."""
    trend, best = state.trend()
    if trend == "better":
        return QCoreApplication.translate("TrainingPanel", "“{name}” still becomes better").format(
            name=state.name
        )
    if trend == "resting":
        words = QCoreApplication.translate("TrainingPanel", "No longer better; best was step {step}")
        return words.format(step=best)
    return ""


def facts_of(state: TrainingState) -> str:
    """``step 4200 of 11000 · 38 min left · loss 0.412``."""
    words = QCoreApplication.translate("TrainingPanel", "step {step} of {total}")
    parts = [words.format(step=state.step, total=state.total or "…")]
    if state.running and state.seconds_left >= 0:
        parts.append(time_left(state.seconds_left))
    if state.losses:
        name, value = next(iter(state.losses.items()))
        parts.append(f"{loss_name(name)} {value:.3f}")
    return " · ".join(parts)


def loss_name(name: str) -> str:
    """The quantity that a training tells, in the language of the window; one unknown here keeps its own name."""
    names = {
        "discriminator": QCoreApplication.translate("TrainingPanel", "loss"),
        "generator": QCoreApplication.translate("TrainingPanel", "generator"),
        "margin": QCoreApplication.translate("TrainingPanel", "lead"),
        "l1": QCoreApplication.translate("TrainingPanel", "difference"),
        "judge": QCoreApplication.translate("TrainingPanel", "loss"),
    }
    return names.get(name, name)
