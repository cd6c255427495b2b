"""What self-painted widgets share: numbers as text, focus ring, elision."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from studio.ui import theme

MINUS = "\N{MINUS SIGN}"


def number(value: float, decimals: int, signed: bool = False, unit: str = "") -> str:
    """``value`` with a true minus sign; signed values carry a plus, and a signed zero is plain ``0``."""
    text = f"{abs(value):.{decimals}f}"
    if float(text) == 0:
        text = "0" if signed else text
    elif value < 0:
        text = MINUS + text
    elif signed:
        text = "+" + text
    return f"{text} {unit}" if unit else text


def parsed(text: str) -> float | None:
    """The number in a typed text (true minus, full-width digits and a unit are understood), or None."""
    kept = (
        text.strip()
        .replace(MINUS, "-")
        .replace("－", "-")
        .replace("＋", "+")
        .replace("，", ".")
        .replace(",", ".")
    )
    digits = ""
    for letter in kept:
        if letter.isdecimal():
            digits += str(int(letter))
        elif letter in "+-.。．":
            digits += "." if letter in "。．" else letter
        elif digits:
            break
    try:
        return float(digits)
    except ValueError:
        return None


def elided(
    painter: QPainter,
    rect: QRectF,
    text: str,
    flags: Qt.AlignmentFlag,
    where: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Draws one line of text, cut with … ``where`` it does not fit."""
    cut = QFontMetricsF(painter.font()).elidedText(text, where, rect.width())
    painter.drawText(rect, int(flags | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), cut)


def focus_ring(painter: QPainter, rect: QRectF, radius: float = theme.FIELD_RADIUS) -> None:
    """The 2 px ring of what has the keyboard."""
    painter.setPen(QPen(theme.current().colour("active"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
