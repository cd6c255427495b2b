"""Strokes of brushes as pictures, painted by the engine on the render lane and kept until the brush changes."""

from __future__ import annotations

from PySide6.QtGui import QImage

from studio.project.brushes.preset import Preset
from studio.ui import theme
from studio.ui.panels.thumbnails import Thumbnails
from studio.workspace.brush_sample import three_pressures, thumbnail


class BrushPictures(Thumbnails):
    """Strokes of brushes in the theme's colours, painted on the render lane."""

    def of(self, preset: Preset, width: int, height: int) -> QImage:
        """The stroke ``width`` × ``height`` device pixels; empty until it is there."""
        look = theme.current()
        colours = [(c.redF(), c.greenF(), c.blueF()) for c in (look.colour("text"), look.colour("border"))]
        content = (preset.brush, (look.name, width, height))

        def work():
            yield
            return (yield from thumbnail(preset.brush, width, height, colours[0], colours[1]))

        return self.image(preset.id, content, work)

    def of_pressures(self, preset: Preset, width: int, height: int) -> QImage:
        """Three strokes at three pressures."""
        look = theme.current()
        colours = [(c.redF(), c.greenF(), c.blueF()) for c in (look.colour("text"), look.colour("border"))]
        content = (preset.brush, (look.name, width, height))

        def work():
            yield
            return (yield from three_pressures(preset.brush, width, height, colours[0], colours[1]))

        return self.image(f"{preset.id} at three pressures", content, work)
