"""What a layer of a convolutional network makes of the picture with one kernel: seen, in sizes, and put on the canvas."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from studio import recipe
from studio.jobs.job import JobFinished, Priority
from studio.raster.kernel_text import numbers_of
from studio.synthesis.feature_map import DESCRIPTION, FeatureMap, sizes
from studio.ui import theme
from studio.ui.bind import while_there
from studio.ui.dialogs.frame import Frame
from studio.ui.screen_colours import screen_image
from studio.ui.widgets.about import About
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.kernel_grid import KernelGrid
from studio.ui.widgets.labels import align
from studio.ui.widgets.rows import SwitchRow
from studio.workspace import feature_maps
from studio.workspace.feature_maps import Tried
from studio.workspace.studio import Studio

WIDTH, COLUMN, SHOWN = 680, 300, 300
NAMES = ("channel", "bias", "padding", "stride", "relu", "pooling", "pool", "shown")


class Shown(QWidget):
    """A small picture with hard pixels, as large as its place lets it be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(SHOWN, 172)

    def take(self, pixels: np.ndarray | None) -> None:
        """uint8 RGB [h, w, 3], or None."""
        if pixels is None:
            self._image = QImage()
        else:
            height, width = pixels.shape[:2]
            self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, area = theme.current(), QPainter(self), QRectF(self.rect())
        painter.setPen(QPen(look.colour("line"), 1))
        painter.setBrush(look.colour("field"))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        if self._image.isNull():
            return
        scale = min((area.width() - 8) / self._image.width(), (area.height() - 8) / self._image.height())
        place = QRectF(0, 0, self._image.width() * scale, self._image.height() * scale)
        place.moveCenter(area.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 1)
        painter.drawImage(place, screen_image(self._image))


class FeatureMapDialog(Frame):
    """The map is tried on the middle of the picture, on the render lane; the sizes said are those of the whole picture."""

    def __init__(self, studio: Studio, parent: QWidget | None = None, kernel: str = "") -> None:
        translate = QCoreApplication.translate
        super().__init__(translate("FeatureMap", "Feature map"), parent, WIDTH)
        assert studio.current is not None
        self._studio, self._picture = studio, studio.current
        values = FeatureMap(kernel=kernel) if kernel else FeatureMap()
        self.form = ParameterForm(values, names=NAMES)
        self.grid = KernelGrid(values.kernel)
        self.before, self.after = Shown(), Shown()
        self.sum, self.about = QLabel(), About()
        self.sum.setWordWrap(True)
        self.enlarged = SwitchRow(translate("FeatureMap", "Enlarge to the picture"), on=False)
        self._arrange()
        self.add_cancel()
        self.apply_button = self.add_verb(
            translate("FeatureMap", "As a new layer"), self.add_layer, main=True
        )
        self.form.changed.connect(self._changed)
        self.grid.changed.connect(self._kernel)
        self._changed(values)
        self.end_with_picture(studio)

    def _arrange(self) -> None:
        translate = QCoreApplication.translate
        sides = QHBoxLayout()
        sides.setSpacing(24)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(4)
        right.setSpacing(4)
        for widget in (self.grid, self.form, self.enlarged):
            widget.setFixedWidth(COLUMN)
            left.addWidget(widget)
        left.addStretch(1)
        for words, widget in (
            (translate("FeatureMap", "Picture, its middle"), self.before),
            (translate("FeatureMap", "Feature map"), self.after),
        ):
            label = QLabel(words)
            label.setProperty("quiet", True)
            widget.setAccessibleName(words)
            right.addWidget(label)
            right.addWidget(widget)
            if widget is self.before:
                self.about.instead_of(label, widget)
        right.addWidget(self.sum)
        self.about.tell(DESCRIPTION)
        self.about.toggled.connect(lambda _on: self.adjustSize())
        right.addWidget(self.about)
        right.addStretch(1)
        sides.addLayout(left)
        sides.addLayout(right, 1)
        self.body.addLayout(sides)

    def align(self) -> None:
        for widget in (self.grid, self.form):
            align(widget, COLUMN // 2)

    def values(self) -> FeatureMap:
        return self.form.values()

    def _kernel(self, text: str) -> None:
        values = recipe.from_plain(FeatureMap, {**_plain(self.values()), "kernel": text})
        self.form.set_values(values)
        self._changed(values)

    def _changed(self, values: FeatureMap) -> None:
        artwork = self._picture.document.artwork
        found = sizes(values, artwork.width, artwork.height)
        self.apply_button.setEnabled(found.possible)
        self.sum.setText(sizes_in_words(values, artwork.width, artwork.height))
        renderer = self._picture.renderer

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and self.values() == values:
                self.take(event.result)

        self._studio.render_lane.submit(
            lambda: feature_maps.trying(renderer, artwork, values),
            label="feature-map",
            priority=Priority.live,
            replace=f"feature-map-{id(self)}",
            on_event=while_there(self, arrived),
        )

    def take(self, tried: Tried | None) -> None:
        """Shows what was tried; nothing where nothing fits."""
        self.before.take(None if tried is None else tried.picture)
        self.after.take(None if tried is None else tried.found)

    def add_layer(self) -> None:
        """Puts it on the canvas and closes."""
        values, enlarged = self.values(), self.enlarged.isChecked()
        self.accept()
        feature_maps.add(self._studio, values, enlarged=enlarged)


def _plain(values: FeatureMap) -> dict[str, object]:
    return {name: getattr(values, name) for name in values.__struct_fields__}


def sizes_in_words(values: FeatureMap, width: int, height: int) -> str:
    """``512 × 512 → 255 × 255``, with what makes each step."""
    translate = QCoreApplication.translate
    found, kernel = sizes(values, width, height), numbers_of(values.kernel)
    if not found.possible:
        return translate(
            "FeatureMap",
            "The kernel or the pooling does not fit into the picture. Choose a padding, a smaller kernel or a smaller pooling.",
        )
    steps = [found.picture, found.convolved] + ([found.pooled] if values.pooling != "none" else [])
    lines = [" → ".join(f"{across} × {down}" for across, down in steps)]
    rows, columns = kernel.shape
    padding = 0 if values.padding == "none" else columns // 2
    words = translate(
        "FeatureMap", "Convolution: ⌊(n + 2 · {padding} − {side}) / {stride}⌋ + 1, kernel {kernel}"
    )
    lines.append(
        words.format(padding=padding, side=columns, stride=values.stride, kernel=f"{columns} × {rows}")
    )
    if values.pooling != "none":
        lines.append(translate("FeatureMap", "Pooling: ⌊n / {size}⌋").format(size=values.pool))
    return "\n".join(lines)
