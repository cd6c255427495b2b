"""Drawings off their paper: lines on a layer of their own over white, or only the paper away; one undo step each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.layer import Fill, new_id
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis import fills
from studio.workspace import imaging, repairing
from studio.workspace.filter_targets import filtered
from studio.workspace.repairing import Steps

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

EXTRACT = QT_TRANSLATE_NOOP("history", "Extract line art")
PAPER_AWAY = QT_TRANSLATE_NOOP("history", "Paper to transparent")
LINES = QT_TRANSLATE_NOOP("layer-names", "Line art")
PAPER = QT_TRANSLATE_NOOP("layer-names", "Paper")


def extract(studio: Studio) -> None:
    """The lines of the active paint layer on a layer of their own, white paper below them; the scan is kept, hidden."""
    names = studio.translate("layer-names", LINES), studio.translate("layer-names", PAPER)
    imaging.in_background(studio, EXTRACT, partial(extracted, names=names))


def extracted(artwork: Artwork, names: tuple[str, str] = (LINES, PAPER)) -> Steps:
    """``names``: of the layers with the lines and the paper. Raises EditError for what is no paint layer, or locked."""
    from studio.filters.line_art import LINE_ART

    scan = repairing.target(artwork)
    surface = yield from filtered(artwork, scan, LINE_ART, LINE_ART.parameters())
    lines = scan.with_(id=new_id(), name=names[0], surface=surface)
    white = fills.COLOUR.stored(fills.FillColour(colour=(1.0, 1.0, 1.0, 1.0)))
    paper = Fill(
        name=names[1], recipe=white, clipping=scan.clipping, mask=scan.mask, transform=scan.transform
    )
    hidden = scan.with_(visible=False)
    return tree.rewrite(artwork, scan.id, lambda _: (hidden, paper, lines)).with_(
        active=lines.id, selected=()
    )


def paper_away(studio: Studio) -> None:
    """The paper of the active paint layer becomes transparent; its colour is found."""
    imaging.in_background(studio, PAPER_AWAY, without_paper)


def without_paper(artwork: Artwork) -> Steps:
    """Raises EditError for what is no paint layer, or locked, and for one that is wholly transparent."""
    from studio.filters.line_art import PAPER_TO_TRANSPARENT, PaperToTransparent, paper_colour

    layer = repairing.target(artwork)
    area = repairing.area_of(artwork, layer)
    paper = paper_colour(layer.surface.read(area).astype(np.float32))
    yield 0.1
    if paper is None:
        raise edits.EditError(repairing.NO_PIXELS)
    values = PaperToTransparent(paper=paper, clean=0.1)
    surface = yield from filtered(artwork, layer, PAPER_TO_TRANSPARENT, values)
    return edits.write_surface(artwork, layer.id, surface)
