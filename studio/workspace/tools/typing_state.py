"""Typing as pure functions: what a text and its caret become when something is typed, erased, composed or walked over."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from studio.raster.text import bidi
from studio.raster.text.characters import (
    next_boundary,
    next_word,
    previous_boundary,
    previous_word,
    word_around,
)
from studio.raster.text.layout import Layout


class Typing(msgspec.Struct, frozen=True, kw_only=True):
    """``caret`` and ``anchor`` are the ends of the selection. ``line``: which of two lines the caret is shown on at a soft
    break. ``column``: the place along the line that up and down keep to. ``preedit``: what an input method composes at
    the caret, not yet part of the text; ``preedit_caret`` in it."""

    text: str = ""
    caret: int = 0
    anchor: int = 0
    line: int | None = None
    column: float | None = None
    preedit: str = ""
    preedit_caret: int = 0

    @property
    def start(self) -> int:
        return min(self.caret, self.anchor)

    @property
    def end(self) -> int:
        return max(self.caret, self.anchor)

    @property
    def selected(self) -> str:
        return self.text[self.start : self.end]

    @property
    def shown(self) -> str:
        """The text as it is laid out, with what is being composed."""
        return self.text[: self.caret] + self.preedit + self.text[self.caret :]

    @property
    def shown_caret(self) -> int:
        return self.caret + self.preedit_caret

    def placed(self, caret: int, *, extend: bool = False, line: int | None = None) -> Typing:
        """The caret elsewhere; ``extend`` keeps the selection's other end."""
        caret = min(max(caret, 0), len(self.text))
        anchor = self.anchor if extend else caret
        return replace(self, caret=caret, anchor=anchor, line=line, column=None)


def inserted(state: Typing, words: str) -> Typing:
    """``words`` in the place of the selection; other line ends become newlines, control characters go."""
    words = "".join(
        one for one in words.replace("\r\n", "\n").replace("\r", "\n") if one in "\n\t" or ord(one) >= 32
    ).replace("\x7f", "")
    text = state.text[: state.start] + words + state.text[state.end :]
    caret = state.start + len(words)
    return replace(state, text=text, caret=caret, anchor=caret, line=None, column=None)


def composed(state: Typing, preedit: str, commit: str, cursor: int) -> Typing:
    """An input method's event: ``commit`` joins the text, ``preedit`` is shown at the caret and joins nothing yet."""
    if commit or (preedit and state.start != state.end):
        state = inserted(state, commit)
    cursor = min(max(cursor, 0), len(preedit))
    return replace(state, preedit=preedit, preedit_caret=cursor)


def kept(state: Typing) -> Typing:
    """The composition ends here: what was composed so far stays, not a character is lost."""
    return composed(state, "", state.preedit, 0) if state.preedit else state


def erased(state: Typing, direction: int, *, word: bool = False) -> Typing:
    """Takes away the selection, else the character (or word) before (−1) or after (1) the caret."""
    if state.start == state.end:
        if direction < 0:
            other = (
                previous_word(state.text, state.caret) if word else previous_boundary(state.text, state.caret)
            )
        else:
            other = next_word(state.text, state.caret) if word else next_boundary(state.text, state.caret)
        state = replace(state, anchor=other)
    return inserted(state, "")


def stepped(state: Typing, direction: int, *, word: bool = False, extend: bool = False) -> Typing:
    """One character (or word) back or on; a selection that is let go leaves the caret at its end on that side."""
    if state.start != state.end and not extend and not word:
        return state.placed(state.end if direction > 0 else state.start)
    if direction > 0:
        caret = next_word(state.text, state.caret) if word else next_boundary(state.text, state.caret)
    else:
        caret = previous_word(state.text, state.caret) if word else previous_boundary(state.text, state.caret)
    return state.placed(caret, extend=extend)


def line_stepped(state: Typing, layout: Layout, lines: int, *, extend: bool = False) -> Typing:
    """The caret ``lines`` lines on, at the same place along the line; beyond the first and last at their ends."""
    place = layout.stop(state.caret, state.line)
    wanted = place.line + lines
    if wanted < 0:
        return state.placed(0, extend=extend)
    if wanted >= len(layout.lines):
        return state.placed(len(state.text), extend=extend)
    column = place.u if state.column is None else state.column
    target = layout.on_line(wanted, column)
    return replace(state.placed(target.index, extend=extend, line=target.line), column=column)


def line_end(state: Typing, layout: Layout, side: int, *, extend: bool = False) -> Typing:
    """Home (−1) and End (1) of the line on which the caret is shown."""
    place = layout.stop(state.caret, state.line)
    line = layout.lines[place.line]
    if side < 0:
        return state.placed(line.start, extend=extend, line=place.line)
    end = line.end
    # At a soft break the spaces that hang beyond the edge stay on the line, the caret before them.
    while (
        end > line.start and end < len(state.text) and state.text[end] != "\n" and state.text[end - 1] == " "
    ):
        end -= 1
    return state.placed(end, extend=extend, line=place.line)


def word_selected(state: Typing, index: int) -> Typing:
    start, end = word_around(state.text, index)
    return replace(state.placed(end), anchor=start)


def all_selected(state: Typing) -> Typing:
    return replace(state.placed(len(state.text)), anchor=0)


_WAYS = {
    "horizontal": {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)},
    "vertical": {"up": (-1, 0), "down": (1, 0), "right": (0, -1), "left": (0, 1)},
}
"""Key → (characters on, lines on), by direction of the text."""
PAGE = 10
"""Lines that Page Up and Page Down go."""


def walked(
    state: Typing, laid_out: Callable[[], Layout], direction: str, key: str, *, extend: bool, word: bool
) -> Typing | None:
    """The caret after a key that moves it, None for any other. Arrows go where they point: along the line a character
    (``word``: a word), across it a line; ``word`` takes Home and End to the ends of the text.
    ``laid_out`` gives the layout of the text, and is asked only where a line has to be known."""
    if key in ("home", "end"):
        side = -1 if key == "home" else 1
        if word:
            return state.placed(0 if side < 0 else len(state.text), extend=extend)
        return line_end(state, laid_out(), side, extend=extend)
    if key in ("pageup", "pagedown"):
        return line_stepped(state, laid_out(), -PAGE if key == "pageup" else PAGE, extend=extend)
    along, across = _WAYS[direction].get(key, (0, 0))
    if across:
        return line_stepped(state, laid_out(), across, extend=extend)
    if not along:
        return None
    if direction == "horizontal" and _is_backwards(state):
        along = -along
    return stepped(state, along, word=word, extend=extend)


def _is_backwards(state: Typing) -> bool:
    """Whether the caret's paragraph runs from right to left."""
    start = state.text.rfind("\n", 0, state.caret) + 1
    end = state.text.find("\n", state.caret)
    return bidi.paragraph_level(state.text[start : end if end >= 0 else None]) == 1


def changed(before: str, after: str) -> int:
    """How many characters one would have to type or erase to come from one text to the other, at one place."""
    longest, shared = min(len(before), len(after)), 0
    while shared < longest and before[shared] == after[shared]:
        shared += 1
    ends = 0
    while ends < longest - shared and before[-1 - ends] == after[-1 - ends]:
        ends += 1
    return max(len(before), len(after)) - shared - ends
