"""The reference board of a picture: pictures to look at while painting. Kept in the file, never exported."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from studio.document.errors import EditError
from studio.document.layer import new_id
from studio.recipe import QT_TRANSLATE_NOOP

MOST_PICTURES = 200
GAP = 16.0
ROW = 1600.0
FULL = QT_TRANSLATE_NOOP("document", "The reference board holds 200 pictures. Remove some of them first.")


class BoardPicture(msgspec.Struct, frozen=True, kw_only=True):
    """``data``: the picture's file as it was. (x, y): its corner on the board; width × height: its size there. ``grey``:
    seen without its colours; ``flipped``: left and right exchanged."""

    id: str = msgspec.field(default_factory=new_id)
    name: str = ""
    data: bytes
    x: float = 0.0
    y: float = 0.0
    width: float
    height: float
    grey: bool = False
    flipped: bool = False


Board = tuple[BoardPicture, ...]


def added(board: Board, pictures: Sequence[BoardPicture]) -> Board:
    """The board with more pictures, laid beside each other below what is there. Raises EditError where it is full."""
    if len(board) + len(pictures) > MOST_PICTURES:
        raise EditError(FULL)
    x, top = 0.0, max((one.y + one.height + GAP for one in board), default=0.0)
    tallest, placed = 0.0, []
    for one in pictures:
        if placed and x + one.width > ROW:
            x, top, tallest = 0.0, top + tallest + GAP, 0.0
        placed.append(replace(one, x=x, y=top))
        x, tallest = x + one.width + GAP, max(tallest, one.height)
    return (*board, *placed)


def moved(board: Board, picture_id: str, x: float, y: float, scale: float = 1.0) -> Board:
    """One picture elsewhere, or of another size; it comes to the top."""
    found = _find(board, picture_id)
    changed = replace(found, x=x, y=y, width=found.width * scale, height=found.height * scale)
    return (*(one for one in board if one.id != picture_id), changed)


def seen(board: Board, picture_id: str, **how: bool) -> Board:
    """One picture seen otherwise: ``grey``, ``flipped``; its place stays."""
    found = _find(board, picture_id)
    return tuple(replace(one, **how) if one is found else one for one in board)


def removed(board: Board, picture_id: str) -> Board:
    _find(board, picture_id)
    return tuple(one for one in board if one.id != picture_id)


def at(board: Board, x: float, y: float) -> BoardPicture | None:
    """The topmost picture at a place of the board."""
    return next(
        (
            one
            for one in reversed(board)
            if one.x <= x < one.x + one.width and one.y <= y < one.y + one.height
        ),
        None,
    )


def _find(board: Board, picture_id: str) -> BoardPicture:
    return next(one for one in board if one.id == picture_id)
