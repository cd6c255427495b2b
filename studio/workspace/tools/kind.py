"""What a tool declares: toolbar, shortcuts, palette, options bar and cursor follow from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from studio.workspace.tools import Tool
from studio.workspace.tools.session import Session

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

Opening = Callable[["Picture", "Painting"], Session]


class ToolKind(msgspec.Struct, frozen=True, kw_only=True):
    """``title`` is translated in context ``actions``, ``hint`` (one line in the options bar) in ``Options``.

    ``family``: the tools of one family share a button of the toolbar. ``gesture`` runs from press to release; ``open``
    makes a session instead, at the first press or, with ``open_at_once``, when the tool is chosen; after Enter and Esc the
    hand then has the tool before again, unless the tool ``stays``. ``options``: a frozen
    struct whose fields are declared by ``recipe.declare``. ``brush_fields``: those of the brush's parameters that this
    tool is about; the options bar shows them first. ``cursor``: ``brush`` (its outline), ``cross``, ``arrow``,
    ``text``, ``move``, ``hand``. ``brush``: it paints with a brush. ``snaps``: its points keep to guides and grid.
    ``view``: it moves the view, not the picture. ``key``: takes keys by their Qt names (arrows), True when it used one.
    ``works_at_rest``: a pen held still goes on working. ``alt_picks``: Alt borrows the picker. ``space_moves``: Space moves what is being drawn; elsewhere it moves the view.
    ``own_control``: a press with Ctrl means something of its own; elsewhere it takes the layer under the pen.
    """

    name: str
    title: str
    icon: str
    family: str
    shortcuts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    hint: str = ""
    gesture: Tool | None = None
    open: Opening | None = None
    open_at_once: bool = False
    stays: bool = False
    options: type[msgspec.Struct] | None = None
    cursor: str = "cross"
    brush: bool = False
    brush_fields: tuple[str, ...] = ()
    snaps: bool = False
    view: bool = False
    works_at_rest: bool = False
    alt_picks: bool = False
    space_moves: bool = False
    own_control: bool = False
    key: Callable[[Picture, Painting, str, frozenset[str]], bool] | None = None
