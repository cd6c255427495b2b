"""A text layer while it is edited: words and style become places at once, and pixels at once or on the render lane."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Text, inverse, joined
from studio.document.text import from_layer, laid_out, layout_of, name_of, outer_of, to_layer
from studio.jobs.job import JobFinished, Priority
from studio.raster.surface import Surface
from studio.raster.text.drawing import DrawnText, draw_steps, draw_text, fresh_glyphs
from studio.raster.text.layout import Layout
from studio.raster.text.style import TextStyle
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.jobs.lane import Lane
    from studio.workspace.picture import Picture

OWNER = "text"
LABEL = QT_TRANSLATE_NOOP("history", "Text")
SAFEGUARD_SECONDS = 1.0
"""How often what is being typed is written to the journal."""
LONG = 800
"""Characters from which a text is laid out on the render lane: 10 000 in one paragraph take 0.1 s."""
AT_ONCE = 48
"""Glyphs that are drawn under the key; more are left to the render lane (a 40 px ideograph takes 0.1 ms)."""


class TextSetting:
    """``layer`` as it was when editing began, in ``trial``: the artwork that holds it, a new one already added.

    ``layout`` follows every key; the preview may be some milliseconds behind it, and the layout of a long text, too, until
    ``moved_on`` is called or :meth:`catch_up`.
    """

    def __init__(
        self,
        picture: Picture,
        lane: Lane,
        trial: Artwork,
        layer: Text,
        moved_on: Callable[[], None] = lambda: None,
    ) -> None:
        self.layer = layer
        self.own: Affine = layer.transform
        self.style = layer.style
        self.language = layer.language
        self.layout: Layout = layout_of(layer)
        self._picture = picture
        self._lane = lane
        self._trial = edits.set_active(trial, layer.id)
        self._outer = outer_of(trial, layer.id)
        self._drawn = DrawnText(layer.cache if layer.cache is not None else Surface(dtype=trial.dtype), {})
        self._asked = self._shown = self._laid = 0
        self._words, self._moved_on = layer.text, moved_on
        self._over = False
        self._safe = time.monotonic()
        picture.document.preview(OWNER, self._trial)

    @property
    def transform(self) -> Affine:
        """From the text's own to document pixels."""
        return joined(self._outer, self.own)

    def to_text(self, x: float, y: float) -> tuple[float, float]:
        """A document point in the text's own pixels."""
        return to_layer(self.layer.warp, self.transform, x, y)

    def to_document(self, x: float, y: float) -> tuple[float, float]:
        return from_layer(self.layer.warp, self.transform, x, y)

    def moved(self, own: Affine, x: float, y: float) -> Affine:
        """``own`` moved by whole pixels of the group around it where that is what (x, y) document pixels are."""
        a, b, c, d, _, _ = inverse(self._outer)
        u, v = a * x + c * y, b * x + d * y
        return (*own[:4], own[4] + round(u), own[5] + round(v))

    def show(self, text: str, style: TextStyle, language: str, own: Affine) -> None:
        """Lays out and previews; a large change is drawn on the lane, what is drawn by then stays visible. A long text is laid
        out there, too."""
        self.style, self.language, self.own, self._words = style, language, own, text
        self._asked += 1
        if len(text) > LONG:
            self._ask(self._asked)
            return
        layout = self.catch_up()
        dtype = self._trial.dtype
        if fresh_glyphs(layout, dtype, self._drawn) <= AT_ONCE:
            self._take(draw_text(layout, dtype, self._drawn), text, self._asked)
        else:
            self._ask(self._asked, layout)

    def catch_up(self) -> Layout:
        """The layout of what was typed last, made now where the lane has not made it yet: for a caret that has to know."""
        if self._laid != self._asked:
            self._laid, self.layout = self._asked, laid_out(self._words, self.style, self.language)
        return self.layout

    def _ask(self, serial: int, layout: Layout | None = None) -> None:
        """Has the text drawn, and laid out where that is not done, on the render lane."""
        text, style, language, dtype = self._words, self.style, self.language, self._trial.dtype

        def steps() -> Generator[float | Layout, None, DrawnText]:
            made = layout
            if made is None:
                made = laid_out(text, style, language)
                yield made
            return (yield from draw_steps(made, dtype, self._drawn))

        def arrived(event: object) -> None:
            if isinstance(event, Layout) and self._laid < serial and not self._over:
                self._laid, self.layout = serial, event
                self._moved_on()
            elif isinstance(event, JobFinished):
                self._take(event.result, text, serial)

        self._lane.submit(steps, label="text", priority=Priority.live, replace="text", on_event=arrived)

    def _take(self, drawn: DrawnText, text: str, serial: int) -> None:
        if self._over or serial < self._shown:
            return
        self._shown, self._drawn = serial, drawn
        document = self._picture.document
        document.preview(OWNER, self._with(text))
        if time.monotonic() - self._safe > SAFEGUARD_SECONDS:
            self._safe = time.monotonic()
            document.safeguard(OWNER, LABEL)

    def _with(self, text: str) -> Artwork:
        return edits.change(
            self._trial,
            self.layer.id,
            text=text,
            style=self.style,
            language=self.language,
            transform=self.own,
            cache=self._drawn.surface,
        )

    def finished(self, text: str, untouched_name: bool) -> Artwork:
        """The artwork with the text as it stands, drawn to the end; named after its first words unless it was named."""
        self._over = True
        if text != self._words or not 0 < self._asked == self._shown:  # the lane is not done with it
            self._asked, self._words = self._asked + 1, text
            self._drawn = draw_text(self.catch_up(), self._trial.dtype, self._drawn)
        artwork = self._with(text)
        return edits.rename(artwork, self.layer.id, name_of(text)) if untouched_name else artwork

    def let_go(self) -> None:
        """Nothing more is previewed, whatever the lane still brings."""
        self._over = True
