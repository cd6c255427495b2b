"""The results strip: a view into the selected generated layer, and into the last one when another layer is selected."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from studio.document import edits
from studio.document.artwork import SRGB, Artwork
from studio.document.layer import Generated, Paint
from studio.messages.models import ModelCard
from studio.ui import icons, theme
from studio.ui.language import Retranslated, spoken
from studio.ui.panels.following import Follower
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.picture_strip import PictureStrip, Thumb
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio

SIDE = 62
FOLDED, OPEN = 24, 108
FORMING = "forming"
HOVER = "hover"


class ResultsPanel(Retranslated, QWidget):
    """Hovering shows a variation in place, a click chooses it; S stars, Delete drops it into the layer's tray."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._layer_id = ""
        self.thumbnails = Thumbnails(studio, SIDE * 2, self)
        self.title = QLabel()
        self.title.setFont(theme.text_font(semibold=True))
        self.words = ElidedLabel(token="secondary", pixels=theme.SMALL_PIXELS)
        self.before, self.compare = IconButton("eye"), IconButton("columns-2")
        self.star, self.export, self.drop = IconButton("star"), IconButton("download"), IconButton("trash-2")
        self.fold = IconButton("chevron-down", small=True, checkable=True, checked_icon="chevron-up")
        self.strip = PictureStrip(SIDE)
        self.empty = ElidedLabel(token="secondary")
        self._arrange()
        self.set_folded(False)
        self._connect()
        generating = studio.generating
        signals = (generating.strip_changed, generating.models_changed)
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
        for button in (self.before, self.compare, self.star, self.export, self.drop, self.fold):
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
        strip.starred.connect(lambda key: self._on(key, self._studio.generating.star))
        strip.dropped.connect(lambda key: self._on(key, self._studio.generating.drop))
        strip.menu_wanted.connect(self._open_menu)
        self.star.clicked.connect(lambda: self._on(self._chosen_key(), self._studio.generating.star))
        self.drop.clicked.connect(lambda: self._on(self._chosen_key(), self._studio.generating.drop))
        self.export.clicked.connect(lambda: self.ask_export(self._chosen_key()))
        self.before.pressed.connect(lambda: self._show_before(True))
        self.before.released.connect(lambda: self._show_before(False))
        self.compare.pressed.connect(lambda: self._compare(True))
        self.compare.released.connect(lambda: self._compare(False))
        self.fold.toggled.connect(self.set_folded)
        self.thumbnails.ready.connect(lambda _key: self._follower.soon())

    # ── which layer ──────────────────────────────────────────────────────────────────────────────────────────────────
    def layer(self) -> Generated | None:
        """The selected generated layer, else the one that was shown last, else the topmost of the picture."""
        picture = self._studio.current
        if picture is None:
            return None
        selected = self._studio.generating.layer
        if selected is not None:
            return selected
        artwork = picture.document.artwork
        known = artwork.find(self._layer_id)
        if isinstance(known, Generated) and known.variants:
            return known
        found = [layer for layer in artwork.walk() if isinstance(layer, Generated) and layer.variants]
        return found[-1] if found else None

    def _chosen_key(self) -> str:
        """The chosen variation, whichever is being looked at."""
        layer, picture = self.layer(), self._studio.current
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
        self._studio.layers.choose(layer.id)
        return self._studio.generating.layer is not None

    def _on(self, key: str, act) -> None:
        index = self._index(key)
        if index >= 0 and self._select():
            act(index)

    # ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────
    def choose(self, key: str) -> None:
        self._on(key, self._studio.generating.choose)

    def take_out(self, key: str) -> None:
        """A double click: the variation as a layer of its own."""
        self._on(key, self._studio.generating.take_out)

    def hover(self, key: str) -> None:
        """Shows the variation under the pointer in place, while its layer is the active one."""
        index = self._index(key)
        if index < 0 or self._studio.generating.layer is not None:
            self._studio.generating.hover(index if index >= 0 else None)

    def leaveEvent(self, event) -> None:
        self._studio.generating.hover(None)

    def _show_before(self, shown: bool) -> None:
        picture, layer = self._studio.current, self.layer()
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
            self._studio.generating.hover(other if shown else None)

    def set_folded(self, folded: bool) -> None:
        """24 px high, or the whole strip."""
        self._body.setVisible(not folded)
        self.head.setFixedHeight(FOLDED if folded else 28)
        for button in (self.before, self.compare, self.star, self.export, self.drop):
            button.setVisible(not folded)
        self.setMinimumHeight(FOLDED if folded else OPEN)
        self.setMaximumHeight(FOLDED if folded else OPEN)
        if self.fold.isChecked() != folded:
            self.fold.setChecked(folded)

    def menu_for(self, key: str) -> QMenu:
        """What can be done with one variation."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        generating, layer = self._studio.generating, self.layer()
        entries = (
            (
                "export",
                "download",
                QCoreApplication.translate("ResultsPanel", "Export this one…"),
                self.ask_export,
            ),
            (
                "star",
                "star",
                QCoreApplication.translate("ResultsPanel", "Star"),
                lambda one: self._on(one, generating.star),
            ),
            (
                "layer",
                "layers",
                QCoreApplication.translate("ResultsPanel", "As a layer of its own"),
                self.take_out,
            ),
            ("seed", "lock", QCoreApplication.translate("ResultsPanel", "Keep its seed"), self._keep_seed),
            (
                "drop",
                "trash-2",
                QCoreApplication.translate("ResultsPanel", "Drop"),
                lambda one: self._on(one, generating.drop),
            ),
        )
        for name, icon, words, act in entries:
            item = menu.addAction(icons.icon(icon, 16), words)
            item.setObjectName(name)
            item.triggered.connect(lambda _checked=False, act=act: act(key))
        menu.addSeparator()
        dropped = len(layer.dropped) if layer is not None else 0
        words = QCoreApplication.translate("ResultsPanel", "Restore the last dropped ({count})").format(
            count=dropped
        )
        item = menu.addAction(icons.icon("inbox", 16), words)
        item.setObjectName("restore")
        item.setEnabled(dropped > 0)
        item.triggered.connect(self.restore)
        return menu

    def _open_menu(self, key: str, place: QPoint) -> None:
        if key and not key.startswith(FORMING):
            self.menu_for(key).popup(place)

    def restore(self) -> None:
        """The variation that was dropped last comes back."""
        layer = self.layer()
        if layer is not None and layer.dropped and self._select():
            self._studio.generating.restore(len(layer.dropped) - 1)

    def _keep_seed(self, key: str) -> None:
        layer, index = self.layer(), self._index(key)
        if layer is not None and index >= 0:
            self._studio.generating.set_values(seed=layer.variants[index].seed, seed_locked=True)

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
        picture = self._studio.current
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
        one = Picture(alone, title=layer.name, settings=self._studio.settings)
        self._studio.filing.export(one, path)

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self) -> None:
        layer = self.layer()
        self._layer_id = layer.id if layer is not None else ""
        thumbs = self._thumbs(layer)
        self.strip.set_thumbs(thumbs, self._chosen_key())
        self.strip.setVisible(bool(thumbs))
        self.empty.setVisible(not thumbs)
        words = self.describe(layer) if layer is not None else ""
        if words != self.words.text():
            self.words.set_text(words)
        for button in (self.before, self.compare, self.star, self.export, self.drop):
            button.setEnabled(layer is not None)
        self.compare.setEnabled(layer is not None and len(layer.variants) > 1)
        self.drop.setEnabled(layer is not None and len(layer.variants) > 1)

    def _thumbs(self, layer: Generated | None) -> tuple[Thumb, ...]:
        found, picture = [], self._studio.current
        space = picture.document.artwork.colour_space if picture is not None else SRGB
        for index, variant in enumerate(layer.variants if layer is not None else ()):
            image = self.thumbnails.of_variant(variant, space)
            words = QCoreApplication.translate("ResultsPanel", "Variation {number}, seed {seed}")
            text = words.format(number=index + 1, seed=variant.seed)
            found.append(Thumb(variant.id, image, text, number=index + 1, star=variant.star))
        return (*found, *self._forming(layer))

    def _forming(self, layer: Generated | None) -> list[Thumb]:
        generating = self._studio.generating
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
        entry = next((one for one in self._studio.generating.models if one.card.name == layer.model), None)
        parts = [layer.name]
        moved = sorted(variant.sliders.items(), key=lambda item: -abs(item[1]))[:3]
        for name, value in moved:
            title = _slider_title(entry.card, name) if entry is not None else name
            parts.append(f"{title} {paint.number(value, 1, signed=True)}")
        parts.append(QCoreApplication.translate("ResultsPanel", "seed {seed}").format(seed=variant.seed))
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
        self.before.set_name(QCoreApplication.translate("ResultsPanel", "Show before, while held"), "\\")
        self.compare.set_name(
            QCoreApplication.translate("ResultsPanel", "Show the variation before this, while held")
        )
        self.star.set_name(QCoreApplication.translate("ResultsPanel", "Star"), "S")
        self.export.set_name(QCoreApplication.translate("ResultsPanel", "Export this one…"))
        self.drop.set_name(QCoreApplication.translate("ResultsPanel", "Drop"), "Delete")
        self.fold.set_name(QCoreApplication.translate("ResultsPanel", "Fold or unfold the results"))
        self.refresh()


def _slider_title(card: ModelCard, name: str) -> str:
    """A direction's title in the language of the window, in lower case as it stands in a line of words."""
    slider = next((one for one in card.sliders if one.name == name), None)
    if slider is None:
        return name
    return (slider.title_zh or slider.title) if spoken().startswith("zh") else slider.title.lower()
