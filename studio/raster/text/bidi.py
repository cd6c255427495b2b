"""Right-to-left text: embedding levels and the order on the line (UAX #9 without explicit embeddings and isolates)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_STRONG = {"L": 0, "R": 1, "AL": 1}


def has_right_to_left(text: str) -> bool:
    return not text.isascii() and any(
        unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in text
    )


def paragraph_level(text: str) -> int:
    """0 or 1: the direction of the paragraph, after its first strong character (P2, P3)."""
    for character in text:
        level = _STRONG.get(unicodedata.bidirectional(character))
        if level is not None:
            return level
    return 0


def levels(text: str) -> list[int]:
    """The embedding level of each character: even runs left to right, odd right to left (W1–W7, N1–N2, I1–I2)."""
    base = paragraph_level(text)
    if not has_right_to_left(text):
        return [0] * len(text)
    kinds = _neutral_resolved(
        _weak_resolved([unicodedata.bidirectional(one) or "ON" for one in text], base), base
    )
    found = []
    for kind in kinds:
        if base % 2 == 0:
            found.append(base + {"L": 0, "R": 1}.get(kind, 2))
        else:
            found.append(base + {"R": 0}.get(kind, 1))
    return found


def _weak_resolved(kinds: list[str], base: int) -> list[str]:
    start = "R" if base else "L"
    before, strong = start, start
    for index, kind in enumerate(kinds):
        if kind == "NSM":  # W1
            kind = before
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":  # W2
            kind = "AN"
        kinds[index] = before = kind
    kinds = ["R" if kind == "AL" else kind for kind in kinds]  # W3
    for index in range(1, len(kinds) - 1):  # W4
        around = kinds[index - 1], kinds[index + 1]
        if around == ("EN", "EN") and kinds[index] in ("ES", "CS"):
            kinds[index] = "EN"
        elif around == ("AN", "AN") and kinds[index] == "CS":
            kinds[index] = "AN"
    _spread(kinds, "ET", "EN")  # W5
    kinds = ["ON" if kind in ("ES", "ET", "CS", "B", "S", "WS", "BN") else kind for kind in kinds]  # W6
    strong = start
    for index, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[index] = "L"
    return kinds


def _spread(kinds: list[str], weak: str, number: str) -> None:
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for index in order:
            if kinds[index] == weak and kinds[index + step] == number:
                kinds[index] = number


def _neutral_resolved(kinds: list[str], base: int) -> list[str]:
    """Neutrals between equal directions take them, others the paragraph's; numbers count as right to left."""
    own = "R" if base else "L"
    index = 0
    while index < len(kinds):
        if kinds[index] in ("L", "R", "EN", "AN"):
            index += 1
            continue
        end = index
        while end < len(kinds) and kinds[end] not in ("L", "R", "EN", "AN"):
            end += 1
        before = own if index == 0 else ("L" if kinds[index - 1] == "L" else "R")
        after = own if end == len(kinds) else ("L" if kinds[end] == "L" else "R")
        kinds[index:end] = [before if before == after else own] * (end - index)
        index = end
    return kinds


def visual_order(line: Sequence[int]) -> list[int]:
    """Indices of a line's items from left to right, from their levels (L2)."""
    order = list(range(len(line)))
    if not any(line):
        return order
    for level in range(max(line), 0, -1):
        index = 0
        while index < len(order):
            if line[order[index]] < level:
                index += 1
                continue
            end = index
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[index:end] = order[index:end][::-1]
            index = end
    return order
