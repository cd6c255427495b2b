"""The results strip: a view into the selected generated layer, and into the last one when another layer is selected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QPoint, QStandardPaths, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from studio.document import edits
from studio.document.artwork import SRGB, Artwork
from studio.document.layer import Generated, Paint, Variant
from studio.messages.models import ModelCard
from studio.messages.requests import Band, Part, mix_of
from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.language import Retranslated, spoken
from studio.ui.panels import results_menu
from studio.ui.panels.class_rows import class_titles, class_words
from studio.ui.panels.following import Follower
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.panels.waiting_chip import WaitingChip
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.picture_strip import PictureStrip, Thumb, image_of
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.mixing import numbers_of
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio
from studio.workspace.waiting import variants_in

SIDE = 62
FOLDED, OPEN = 24, 108
FORMING = "forming"
HOVER = "hover"


class ResultsPanel(Retranslated, QWidget):
    """Hovering shows a variation in place, a click chooses it; S stars, Delete drops it into the layer's tray.

    "All results" shows what was ever generated for the picture instead; a double click places one again.
    """

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.studio = studio
        self._layer_id = ""
        self.thumbnails = Thumbnails(studio, SIDE * 2, self)
        self.title = QLabel()
        self.title.setFont(theme.text_font(semibold=True))
        self.words = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.chip = WaitingChip(studio)
        self.everything = IconButton("archive", checkable=True)
        self.before, self.compare = IconButton("eye"), IconButton("columns-2")
        self.star, self.export, self.drop = IconButton("star"), IconButton("download"), IconButton("trash-2")
        self.fold = IconButton("chevron-down", small=True, checkable=True, checked_icon="chevron-up")
        self.strip = PictureStrip(SIDE)
        self.empty = ElidedLabel(token="secondary")
        self._arrange()
        self.set_folded(False)
        self._connect()
        generating = studio.generating
        signals = (
            generating.strip_changed, generating.models_changed, generating.waiting.changed,
            generating.all_results.changed, studio.current_changed, studio.exploring.mixing.changed,
        )  # fmt: skip
        self._follower = Follower(self, studio, self.refresh, *signals, picture=True, milliseconds=30)
        self.retranslate()

    def _arrange(self) -> None:
        self.head = QWidget()
        self.head.setFixedHeight(28)
        line = QHBoxLayout(self.head)
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(0)
        line.addWidget(self.title)
        line.addSpacing(8)
        line.addWidget(self.words, 1)
        line.addWidget(self.chip)
        line.addSpacing(8)
        for button in (
            self.everything,
            self.before,
            self.compare,
            self.star,
            self.export,
            self.drop,
            self.fold,
        ):
            line.addWidget(button)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(8, 2, 8, 8)
        body.addWidget(self.strip)
        body.addWidget(self.empty)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._body, 1)
        column.addStretch(0)

    def _connect(self) -> None:
        strip = self.strip
        strip.chosen.connect(self.choose)
        strip.activated.connect(self.take_out)
        strip.hovered.connect(self.hover)
        strip.starred.connect(lambda key: self.on(key, self.studio.generating.star))
        strip.dropped.connect(lambda key: self.on(key, self.studio.generating.drop))
        strip.menu_wanted.connect(self._open_menu)
        strip.let_fall.connect(self._mix_two)
        self.star.clicked.connect(lambda: self.on(self.chosen_key(), self.studio.generating.star))
        self.drop.clicked.connect(lambda: self.on(self.chosen_key(), self.studio.generating.drop))
        self.export.clicked.connect(lambda: self.ask_export(self.chosen_key()))
        self.before.pressed.connect(lambda: self._show_before(True))
        self.before.released.connect(lambda: self._show_before(False))
        self.compare.pressed.connect(lambda: self._compare(True))
        self.compare.released.connect(lambda: self._compare(False))
        self.fold.toggled.connect(self.set_folded)
        self.everything.toggled.connect(self._show_everything)
        for signal in (self.studio.generating.strip_changed, self.studio.current_changed):
            bind(self, signal, self._look)
        self.thumbnails.ready.connect(lambda _key: self._follower.soon())

    # ── which layer ──────────────────────────────────────────────────────────────────────────────────────────────────
    def layer(self) -> Generated | None:
        """The selected generated layer, else the one that was shown last, else the topmost of the picture."""
        picture = self.studio.current
        if picture is None:
            return None
        selected = self.studio.generating.layer
        if selected is not None:
            return selected
        artwork = picture.document.artwork
        known = artwork.find(self._layer_id)
        if isinstance(known, Generated) and known.variants:
            return known
        found = [layer for layer in artwork.walk() if isinstance(layer, Generated) and layer.variants]
        return found[-1] if found else None

    def chosen_key(self) -> str:
        """The chosen variation, whichever is being looked at."""
        layer, picture = self.layer(), self.studio.current
        if layer is not None and picture is not None:
            kept = picture.document.committed.find(layer.id)
            layer = kept if isinstance(kept, Generated) else layer
        return layer.variant.id if layer is not None and layer.variant is not None else ""

    def _index(self, key: str) -> int:
        layer = self.layer()
        ids = [variant.id for variant in layer.variants] if layer is not None else []
        return ids.index(key) if key in ids else -1

    def _select(self) -> bool:
        """Makes the shown layer the active one; everything in the strip acts on it."""
        layer = self.layer()
        if layer is None:
            return False
        self.studio.layers.choose(layer.id)
        return self.studio.generating.layer is not None

    def on(self, key: str, act: Callable[[int], None]) -> None:
        """Does something with the variation of this key, whose layer becomes the active one."""
        index = self._index(key)
        if index >= 0 and self._select():
            act(index)

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def choose(self, key: str) -> None:
        if not self.everything.isChecked():
            self.on(key, self.studio.generating.choose)

    def take_out(self, key: str) -> None:
        """A double click: the picture as a layer of its own."""
        if self.everything.isChecked():
            self.studio.generating.all_results.place(key)
        else:
            self.on(key, self.studio.generating.take_out)

    def mix(self, keys: tuple[str, ...], weights: tuple[float, ...]) -> None:
        """A new variation made of these."""
        if all(self._index(key) >= 0 for key in keys) and self._select():
            self.strip.pick_none()
            self.studio.exploring.mixing.mix(keys, weights)

    def take(self, key: str, band: Band) -> None:
        """A new variation: the shown one with these layers of this one."""
        if self._index(key) >= 0 and self._select():
            self.studio.exploring.mixing.take(key, band)

    def _mix_two(self, key: str, other: str) -> None:
        """One was let fall on another: half and half, then the share is a slider."""
        if not self.everything.isChecked():
            self.mix((other, key), (0.5, 0.5))

    def small_icon(self, key: str) -> QIcon:
        """What stands in the strip under this key, for a menu."""
        image = next((thumb.image for thumb in self.strip.thumbs() if thumb.key == key), None)
        return QIcon() if image is None or image.isNull() else QIcon(QPixmap.fromImage(image))

    def _show_everything(self, _on: bool) -> None:
        self.studio.generating.hover(None)
        self._look()
        self._follower.soon()

    def _look(self, *_: object) -> None:
        """What has come to the journal meanwhile is read, while it is shown."""
        if self.everything.isChecked():
            self.studio.generating.all_results.look()

    def hover(self, key: str) -> None:
        """Shows the variation under the pointer in place, while its layer is the active one."""
        index = self._index(key)
        if index < 0 or self.studio.generating.layer is not None:
            self.studio.generating.hover(index if index >= 0 else None)

    def leaveEvent(self, event) -> None:
        self.studio.generating.hover(None)

    def _show_before(self, shown: bool) -> None:
        picture, layer = self.studio.current, self.layer()
        if picture is None or layer is None or picture.document.gesture_open:
            return
        document = picture.document
        if shown and document.preview_owner in (None, HOVER):
            document.preview(HOVER, edits.set_visible(document.committed, layer.id, False))
        elif not shown:
            document.revert(HOVER)

    def _compare(self, shown: bool) -> None:
        """While held, the variation before the chosen one."""
        layer = self.layer()
        if layer is not None and self._select():
            other = (layer.chosen - 1) % len(layer.variants)
            self.studio.generating.hover(other if shown else None)

    def set_folded(self, folded: bool) -> None:
        """24 px high, or the whole strip."""
        self._body.setVisible(not folded)
        self.head.setFixedHeight(FOLDED if folded else 28)
        for button in (self.everything, self.before, self.compare, self.star, self.export, self.drop):
            button.setVisible(not folded)
        self.setMinimumHeight(FOLDED if folded else OPEN)
        self.setMaximumHeight(FOLDED if folded else OPEN)
        if self.fold.isChecked() != folded:
            self.fold.setChecked(folded)

    def menu_for(self, key: str) -> QMenu:
        """What can be done with one variation, or with one of all results."""
        kept = self.everything.isChecked()
        return results_menu.of_result(self, key) if kept else results_menu.of_variation(self, key)

    def _open_menu(self, key: str, place: QPoint) -> None:
        if key and not key.startswith(FORMING):
            self.menu_for(key).popup(place)

    def restore(self) -> None:
        """The variation that was dropped last comes back."""
        layer = self.layer()
        if layer is not None and layer.dropped and self._select():
            self.studio.generating.restore(len(layer.dropped) - 1)

    def keep_seed(self, key: str) -> None:
        """The next pictures begin with the seed of this one."""
        generating, layer, index = self.studio.generating, self.layer(), self._index(key)
        kept = next((one for one in generating.all_results.here if one.id == key), None)
        if self.everything.isChecked():
            if kept is not None:
                generating.set_values(seed=kept.seed, seed_locked=True)
        elif layer is not None and index >= 0:
            generating.set_values(seed=layer.variants[index].seed, seed_locked=True)

    def ask_export(self, key: str) -> None:
        """Asks where to save one variation, at its own pixels."""
        layer, index = self.layer(), self._index(key)
        if layer is None or index < 0:
            return
        title = QCoreApplication.translate("ResultsPanel", "Export this one…")
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        name = f"{folder}/{layer.name} {layer.variants[index].seed}.png"
        dialog = QFileDialog(self, title, name, "PNG (*.png);;JPEG (*.jpg);;TIFF (*.tiff);;WebP (*.webp)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.export_variant(key, path))
        dialog.open()

    def export_variant(self, key: str, path: str) -> None:
        """Writes a variation's own pixels to ``path`` in the background."""
        layer, index = self.layer(), self._index(key)
        picture = self.studio.current
        if layer is None or index < 0 or picture is None:
            return
        variant, source = layer.variants[index], picture.document.artwork
        alone = Artwork(
            width=variant.width,
            height=variant.height,
            layers=(Paint(name=layer.name, surface=variant.surface),),
            precision=source.precision,
            colour_space=source.colour_space,
        )
        studio = self.studio
        one = Picture(alone, title=layer.name, settings=studio.settings, engine=studio.engine_filters)
        self.studio.filing.export(one, path)

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        self.chip.refresh()
        layer = self.layer()
        self._layer_id = layer.id if layer is not None else ""
        if everything := self.everything.isChecked():
            thumbs, chosen = self._kept(), self.strip.chosen_key
            words = self.describe_all(len(thumbs))
        else:
            thumbs, chosen = self._thumbs(layer), self.chosen_key()
            words = self.describe(layer) if layer is not None else ""
        self.strip.set_thumbs(thumbs, chosen)
        self.strip.setVisible(bool(thumbs))
        self.empty.setVisible(not thumbs)
        if words != self.words.text():
            self.words.set_text(words)
        several = layer is not None and len(layer.variants) > 1
        for button in (self.before, self.star, self.export):
            button.setEnabled(layer is not None and not everything)
        for button in (self.compare, self.drop):
            button.setEnabled(several and not everything)

    def _kept(self) -> tuple[Thumb, ...]:
        """All results, newest first; those that are in the picture have a mark."""
        picture = self.studio.current
        there = variants_in(picture.document.artwork) if picture is not None else set()
        words = QCoreApplication.translate("ResultsPanel", "Seed {seed}, {time}")
        placed = QCoreApplication.translate("ResultsPanel", "in the picture")
        found = []
        for one in sorted(self.studio.generating.all_results.here, key=lambda one: -one.time):
            moment = QLocale().toString(
                QDateTime.fromSecsSinceEpoch(int(one.time)), QLocale.FormatType.ShortFormat
            )
            text = words.format(seed=one.seed, time=moment)
            mark = "layers" if one.id in there else ""
            found.append(Thumb(one.id, image_of(one.small), f"{text}, {placed}" if mark else text, mark=mark))
        return tuple(found)

    def describe_all(self, count: int) -> str:
        """``All results · 12 · a double click places one``."""
        words = QCoreApplication.translate(
            "ResultsPanel", "all of this picture: {count} · a double click places one"
        )
        return words.format(count=count)

    def _thumbs(self, layer: Generated | None) -> tuple[Thumb, ...]:
        found, picture, pins = [], self.studio.current, self.studio.exploring.mixing.pins
        space = picture.document.artwork.colour_space if picture is not None else SRGB
        for index, variant in enumerate(layer.variants if layer is not None else ()):
            image = self.thumbnails.of_variant(variant, space)
            words = QCoreApplication.translate("ResultsPanel", "Variation {number}, seed {seed}")
            text = words.format(number=index + 1, seed=variant.seed)
            mark = "blend" if variant.origins else ""
            if layer is not None and (source := source_words(layer, variant)):
                words = QCoreApplication.translate("ResultsPanel", "Variation {number}, {source}")
                text = words.format(number=index + 1, source=source)
            pinned = "target" if variant.id in pins else ""
            found.append(
                Thumb(variant.id, image, text, number=index + 1, star=variant.star, mark=pinned or mark)
            )
        return (*found, *self._forming(layer))

    def _forming(self, layer: Generated | None) -> list[Thumb]:
        generating = self.studio.generating
        left, part = generating.forming
        into = generating.running_into
        here = layer is not None and into == layer.id
        if not left or (into and not here):
            return []
        words = QCoreApplication.translate("ResultsPanel", "Forming")
        new_batch = not into and layer is not None
        return [
            Thumb(
                f"{FORMING} {number}",
                words=words,
                progress=part if number == 0 else 0.0,
                gap=new_batch and number == 0,
            )
            for number in range(left)
        ]

    def describe(self, layer: Generated) -> str:
        """``Shan-shui · mist +1.8 · seed 20417`` of what is shown."""
        variant = layer.variant
        if variant is None:
            return layer.name
        entry = next((one for one in self.studio.generating.models if one.card.name == layer.model), None)
        parts = [layer.name, *filter(None, (class_words(mix_of(variant), class_titles(entry)),))]
        moved = sorted(variant.sliders.items(), key=lambda item: -abs(item[1]))[:3]
        for name, value in moved:
            parts.append(_slider_words(entry.card if entry is not None else None, name, value))
        seed = seed_words(variant.seed, variant.parts)
        parts.append(source_words(layer, variant) or seed)
        return " · ".join(parts)

    def redress(self) -> None:
        self.title.setFont(theme.text_font(semibold=True))
        self.update()

    def retranslate(self) -> None:
        self.title.setText(QCoreApplication.translate("ResultsPanel", "Results"))
        self.strip.setAccessibleName(QCoreApplication.translate("ResultsPanel", "Results"))
        self.empty.set_text(
            QCoreApplication.translate(
                "ResultsPanel", "Pictures you make appear here. Press Generate (Ctrl+Enter)."
            )
        )
        self.everything.set_name(
            QCoreApplication.translate("ResultsPanel", "All results: everything generated for this picture")
        )
        self.before.set_name(QCoreApplication.translate("ResultsPanel", "Show before, while held"), "\\")
        self.compare.set_name(
            QCoreApplication.translate("ResultsPanel", "Show the variation before this, while held")
        )
        self.star.set_name(QCoreApplication.translate("ResultsPanel", "Star"), "S")
        self.export.set_name(QCoreApplication.translate("ResultsPanel", "Export this one…"))
        self.drop.set_name(QCoreApplication.translate("ResultsPanel", "Drop"), "Delete")
        self.fold.set_name(QCoreApplication.translate("ResultsPanel", "Fold or unfold the results"))
        self.refresh()


def seed_words(seed: int, parts: tuple[Part, ...]) -> str:
    """``seed 20417``; of a picture that has wandered from it, ``near seed 20417``."""
    words = QCoreApplication.translate("ResultsPanel", "seed {seed}")
    if len(parts) > 1:
        words = QCoreApplication.translate("ResultsPanel", "near seed {seed}")
    return words.format(seed=seed)


def source_words(layer: Generated, variant: Variant) -> str:
    """``from 3 and 7``, ``from 3 − 5 + 7``, ``from 3, coarse of 7``; empty for what was not made of others."""
    found = numbers_of(layer, variant)
    names = [str(number) if number else "–" for number, *_ in found]
    if not found:
        return ""
    if found[-1][2]:
        words = {
            "coarse": QCoreApplication.translate("ResultsPanel", "from {first}, coarse of {second}"),
            "middle": QCoreApplication.translate("ResultsPanel", "from {first}, middle of {second}"),
            "fine": QCoreApplication.translate("ResultsPanel", "from {first}, fine of {second}"),
        }[found[-1][2]]
        return words.format(first=names[0], second=names[-1])
    if len(found) == 2 and all(weight >= 0 for _, weight, _ in found):
        words = QCoreApplication.translate("ResultsPanel", "from {first} and {second}")
        return words.format(first=names[0], second=names[1])
    terms = [
        f"{'−' if weight < 0 else '+'} {name}" for name, (_, weight, _) in zip(names, found, strict=True)
    ]
    words = QCoreApplication.translate("ResultsPanel", "from {numbers}")
    return words.format(numbers=" ".join(terms).removeprefix("+ "))


def _slider_words(card: ModelCard | None, name: str, value: float) -> str:
    """A direction's title in the language of the window, in lower case as it stands in a line of words, and its amount."""
    slider = next((one for one in card.sliders if one.name == name), None) if card is not None else None
    if slider is None:
        return f"{name} {paint.number(value, 1, signed=True)}"
    title = (slider.title_zh or slider.title) if spoken().startswith("zh") else slider.title.lower()
    return f"{title} {paint.number(slider.seen(value), 1, signed=True)}"
