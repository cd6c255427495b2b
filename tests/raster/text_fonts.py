"""The fonts that tests of text are written for; where a machine lacks them, the tests that need them are skipped."""

from __future__ import annotations

import pytest

from studio.raster.text.fonts import system_fonts

SANS = "Noto Sans CJK SC"
SERIF = "Noto Serif CJK SC"
LATIN = "DejaVu Sans"

needs_chinese = pytest.mark.skipif(
    system_fonts().face(SANS) is None, reason="Noto Sans CJK is not installed (fonts-noto-cjk)"
)
needs_latin = pytest.mark.skipif(
    system_fonts().face(LATIN) is None, reason="DejaVu Sans is not installed (fonts-dejavu-core)"
)
