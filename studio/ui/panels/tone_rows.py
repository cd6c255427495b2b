"""What stands above the values of a filter whose tones the hand takes from the picture."""

from __future__ import annotations

from studio.filters.lookup import Threshold
from studio.filters.mixing import WhiteBalance
from studio.ui.panels.neutral_row import NeutralRow
from studio.ui.panels.threshold_row import ThresholdRow
from studio.ui.panels.tone_row import ToneRow, is_tonal
from studio.ui.widgets.form import ParameterForm
from studio.workspace.studio import Studio

BesideTones = ToneRow | ThresholdRow | NeutralRow


def tones_beside(studio: Studio, form: ParameterForm) -> BesideTones | None:
    """The row of curves, levels, a threshold or a white balance; None for any other filter."""
    if is_tonal(form):
        return ToneRow(studio, form)
    if isinstance(form.values(), Threshold):
        return ThresholdRow(studio, form)
    return NeutralRow(studio) if isinstance(form.values(), WhiteBalance) else None
