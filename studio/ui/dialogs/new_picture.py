"""A new picture: size in px, mm, cm or in, resolution, ground."""

from __future__ import annotations

import json

import msgspec
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from studio import paths
from studio.project.profiles import NAMES
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets import paint
from studio.ui.widgets.rows import ChoiceRow, TextRow
from studio.workspace.studio import Studio

PER_INCH = {"px": 0.0, "mm": 25.4, "cm": 2.54, "in": 1.0}
LARGEST = 30_000
MOST_PIXELS = 1_000_000_000
LABEL = 104


class Size(msgspec.Struct, frozen=True):
    """A size in a unit; ``ppi`` ties it to pixels."""

    width: float
    height: float
    unit: str
    ppi: float

    def pixels(self) -> tuple[int, int]:
        """Width and height in whole pixels, at least 1."""
        per_inch = PER_INCH[self.unit]
        factor = self.ppi / per_inch if per_inch else 1.0
        return max(1, round(self.width * factor)), max(1, round(self.height * factor))

    def in_unit(self, unit: str) -> Size:
        """The same pixels in another unit."""
        width, height = self.pixels()
        per_inch = PER_INCH[unit]
        factor = per_inch / self.ppi if per_inch else 1.0
        return Size(width * factor, height * factor, unit, self.ppi)


PRESETS = {
    "square": (QT_TRANSLATE_NOOP("NewPicture", "Square 2048"), Size(2048, 2048, "px", 300)),
    "a4": (QT_TRANSLATE_NOOP("NewPicture", "A4"), Size(210, 297, "mm", 300)),
    "a4-wide": (QT_TRANSLATE_NOOP("NewPicture", "A4 landscape"), Size(297, 210, "mm", 300)),
    "a5": (QT_TRANSLATE_NOOP("NewPicture", "A5"), Size(148, 210, "mm", 300)),
    "b5": (QT_TRANSLATE_NOOP("NewPicture", "B5"), Size(176, 250, "mm", 300)),
    "screen": (QT_TRANSLATE_NOOP("NewPicture", "Full HD"), Size(1920, 1080, "px", 96)),
    "xiaohongshu": (QT_TRANSLATE_NOOP("NewPicture", "Xiaohongshu"), Size(1242, 1660, "px", 72)),
    "douyin": (QT_TRANSLATE_NOOP("NewPicture", "Douyin"), Size(1080, 1920, "px", 72)),
    "bilibili": (QT_TRANSLATE_NOOP("NewPicture", "Bilibili cover"), Size(1146, 717, "px", 72)),
    "wechat": (QT_TRANSLATE_NOOP("NewPicture", "WeChat article cover"), Size(900, 383, "px", 72)),
}

BACKGROUNDS = {
    "white": (1.0, 1.0, 1.0, 1.0),
    "grey": (0.5, 0.5, 0.5, 1.0),
    "black": (0.0, 0.0, 0.0, 1.0),
    "transparent": None,
}


class NewPictureDialog(Frame):
    """Asks for size and ground; the size used last is there first."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("NewPicture", "New picture"), parent)
        self._studio = studio
        self.size_ = last_used()
        self._sizes = {"last": self.size_} | {key: size for key, (_, size) in PRESETS.items()}
        self.preset = ChoiceRow(
            QCoreApplication.translate("NewPicture", "Preset"), self._presets(), "last", label_width=LABEL
        )
        self.wide = TextRow(QCoreApplication.translate("NewPicture", "Width"), label_width=LABEL)
        self.high = TextRow(QCoreApplication.translate("NewPicture", "Height"), label_width=LABEL)
        units = [(unit, unit) for unit in PER_INCH]
        self.unit = ChoiceRow(
            QCoreApplication.translate("NewPicture", "Unit"), units, "px", label_width=LABEL
        )
        self.ppi = TextRow(QCoreApplication.translate("NewPicture", "Pixels per inch"), label_width=LABEL)
        grounds = [
            ("white", QCoreApplication.translate("NewPicture", "White")),
            ("grey", QCoreApplication.translate("NewPicture", "Mid grey")),
            ("black", QCoreApplication.translate("NewPicture", "Black")),
            ("transparent", QCoreApplication.translate("NewPicture", "Transparent")),
        ]
        self.ground = ChoiceRow(
            QCoreApplication.translate("NewPicture", "Background"), grounds, "white", label_width=LABEL
        )
        self.space = ChoiceRow(
            QCoreApplication.translate("NewPicture", "Colour space"),
            [(name, QCoreApplication.translate("actions", name)) for name in NAMES],
            "sRGB",
            label_width=LABEL,
        )
        depths = [
            ("float16", QCoreApplication.translate("NewPicture", "16-bit half float")),
            ("float32", QCoreApplication.translate("NewPicture", "32-bit float")),
        ]
        self.precision = ChoiceRow(
            QCoreApplication.translate("NewPicture", "Precision"), depths, "float16", label_width=LABEL
        )
        self.sum = QLabel()
        self.sum.setProperty("quiet", True)
        rows = (self.wide, self.high, self.unit, self.ppi, self.ground, self.space, self.precision)
        for row in (self.preset, *rows, self.sum):
            self.body.addWidget(row)
        self.add_cancel()
        self.create_button = self.add_verb(
            QCoreApplication.translate("NewPicture", "Create"), self.create_picture, main=True
        )
        self.preset.chosen.connect(lambda key: self.show_size(self._sizes[key]))
        self.unit.chosen.connect(lambda unit: self.show_size(self.size_.in_unit(unit)))
        for row in (self.wide, self.high, self.ppi):
            row.field.textEdited.connect(self._typed)
        self.show_size(self.size_)

    def _presets(self) -> list[tuple[str, str]]:
        choices = [("last", QCoreApplication.translate("NewPicture", "As last time"))]
        image = QGuiApplication.clipboard().image()
        if not image.isNull():
            self._sizes["clipboard"] = Size(image.width(), image.height(), "px", 300)
            choices.append(("clipboard", QCoreApplication.translate("NewPicture", "Size of the clipboard")))
        for key, (title, size) in PRESETS.items():
            name = QCoreApplication.translate("NewPicture", title)
            choices.append((key, f"{name}  {size.width:g} × {size.height:g} {size.unit}"))
        return choices

    def show_size(self, size: Size) -> None:
        """Writes a size into the fields."""
        self.size_ = size
        for row, value in ((self.wide, size.width), (self.high, size.height), (self.ppi, size.ppi)):
            row.field.setText(f"{value:.2f}".rstrip("0").rstrip("."))
        self.unit.set_value(size.unit)
        self._sum()

    def _typed(self) -> None:
        values = [paint.parsed(row.field.text()) for row in (self.wide, self.high, self.ppi)]
        usable = all(value is not None and value > 0 for value in values)
        if usable:
            width, height, ppi = (float(value or 1) for value in values)
            self.size_ = Size(width, height, self.unit.value(), ppi)
        self._sum(usable)

    def _sum(self, usable: bool = True) -> None:
        width, height = self.size_.pixels()
        fits = usable and max(width, height) <= LARGEST and width * height <= MOST_PIXELS
        self.create_button.setEnabled(fits)
        if fits:
            words = QCoreApplication.translate(
                "NewPicture", "{width} × {height} pixels, {millions} megapixels"
            )
            self.sum.setText(words.format(width=width, height=height, millions=f"{width * height / 1e6:.1f}"))
        elif usable:
            words = QCoreApplication.translate(
                "NewPicture", "Too large: at most {side} pixels a side and {millions} megapixels."
            )
            self.sum.setText(words.format(side=LARGEST, millions=MOST_PIXELS // 1_000_000))
        else:
            self.sum.setText(
                QCoreApplication.translate("NewPicture", "Width, height and resolution are numbers above 0.")
            )

    def create_picture(self) -> None:
        """Makes the picture and remembers its size."""
        width, height = self.size_.pixels()
        remember(self.size_)
        self.accept()
        self._studio.new_picture(
            width,
            height,
            ppi=self.size_.ppi,
            background=BACKGROUNDS[self.ground.value()],
            colour_space=self.space.value(),
            precision="float32" if self.precision.value() == "float32" else "float16",
        )


def last_used() -> Size:
    """The size of the last new picture, or Full HD."""
    try:
        plain = json.loads((paths.state() / "new-picture.json").read_text("utf-8"))
        size = Size(float(plain["width"]), float(plain["height"]), str(plain["unit"]), float(plain["ppi"]))
    except (OSError, ValueError, KeyError, TypeError):
        return PRESETS["screen"][1]
    sane = (
        size.unit in PER_INCH and min(size.width, size.height, size.ppi) > 0 and max(size.pixels()) <= LARGEST
    )
    return size if sane else PRESETS["screen"][1]


def remember(size: Size) -> None:
    """Keeps a size for the next time; a disk that refuses costs only that."""
    plain = {"width": size.width, "height": size.height, "unit": size.unit, "ppi": size.ppi}
    try:
        paths.state().mkdir(parents=True, exist_ok=True)
        (paths.state() / "new-picture.json").write_text(json.dumps(plain), "utf-8")
    except OSError:
        return
