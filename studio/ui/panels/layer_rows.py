"""The layer list as rows: top layer first, children under their group, each with what its second line says."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from studio.document import linking
from studio.document.artwork import Artwork
from studio.document.layer import (
    Fill,
    Filter,
    Generated,
    Group,
    Layer,
    Linked,
    Paint,
    Shape,
    Text,
    Unknown,
    Variant,
    children_of,
)
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.real_pixels import ADDED, ENLARGED

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
KINDS: dict[str, tuple[type[Layer], str]] = {
    "paint": (Paint, QT_TRANSLATE_NOOP("LayersPanel", "Paint layers")),
    "group": (Group, QT_TRANSLATE_NOOP("LayersPanel", "Groups")),
    "generated": (Generated, QT_TRANSLATE_NOOP("LayersPanel", "Generated layers")),
    "filter": (Filter, QT_TRANSLATE_NOOP("LayersPanel", "Filter layers")),
    "fill": (Fill, QT_TRANSLATE_NOOP("LayersPanel", "Fill layers")),
    "text": (Text, QT_TRANSLATE_NOOP("LayersPanel", "Text layers")),
    "shape": (Shape, QT_TRANSLATE_NOOP("LayersPanel", "Shape layers")),
    "linked": (Linked, QT_TRANSLATE_NOOP("LayersPanel", "Linked pictures")),
}
"""What the list can be narrowed to: key → kind of layer, and its words."""


class Narrowing(msgspec.Struct, frozen=True):
    """Which layers the list shows; empty parts narrow nothing. ``labels``: colour labels 0–8."""

    words: str = ""
    kinds: frozenset[str] = frozenset()
    labels: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words.strip() or self.kinds or self.labels)

    def takes(self, layer: Layer) -> bool:
        """Whether the layer is shown: all words in its name, its kind and its label among those wanted."""
        name = layer.name.casefold()
        if not all(word in name for word in self.words.casefold().split()):
            return False
        if self.kinds and not any(isinstance(layer, KINDS[key][0]) for key in self.kinds):
            return False
        return not self.labels or layer.label in self.labels


EVERYTHING = Narrowing()


class LayerRow(msgspec.Struct, frozen=True, eq=False):
    """One row. ``seen``: the layer and every group around it are visible. ``clipped``: it uses the alpha of one below.

    ``edited``: the part that is painted on, ``surface`` or ``mask``, where the layer is the active one. ``linked``: with
    another layer.
    """

    layer: Layer
    depth: int
    seen: bool
    clipped: bool
    edited: str = ""
    linked: bool = False

    def same(self, other: LayerRow) -> bool:
        return self.layer is other.layer and (
            self.depth,
            self.seen,
            self.clipped,
            self.edited,
            self.linked,
        ) == (other.depth, other.seen, other.clipped, other.edited, other.linked)


def rows_of(artwork: Artwork, narrowing: Narrowing = EVERYTHING) -> list[LayerRow]:
    """Rows from top to bottom; what a folded group holds is left out. A narrowed list is flat."""
    rows: list[LayerRow] = []
    edited = (artwork.active, "mask" if artwork.edits_mask else "surface")
    _collect(artwork.layers, 0, True, rows, edited, bool(narrowing), linking.linked(artwork))
    return [row for row in rows if narrowing.takes(row.layer)] if narrowing else rows


def _collect(
    layers: tuple[Layer, ...],
    depth: int,
    seen: bool,
    rows: list[LayerRow],
    edited: tuple[str, str],
    flat: bool,
    linked: frozenset[str],
) -> None:
    for index in range(len(layers) - 1, -1, -1):
        layer = layers[index]
        visible = seen and layer.visible
        part = edited[1] if layer.id == edited[0] else ""
        rows.append(
            LayerRow(
                layer, 0 if flat else depth, visible, layer.clipping and index > 0, part, layer.id in linked
            )
        )
        if isinstance(layer, Group) and (flat or not layer.collapsed):
            _collect(children_of(layer), depth + 1, visible, rows, edited, flat, linked)


def second_line(row: LayerRow, models: frozenset[str]) -> tuple[str, str]:
    """(words, token) under the name; empty where the name says enough. ``models``: names of those that can be used."""
    layer = row.layer
    parts, token = [], "secondary"
    if isinstance(layer, Generated):
        if layer.model not in models:
            return QCoreApplication.translate("LayersPanel", "model missing · Locate…"), "danger_text"
        detailed = layer.variant is not None and layer.variant.detail
        if detailed:  # there is no room for more; the colour says that it is generated
            words = QCoreApplication.translate("LayersPanel", "{number} of {count}")
        else:
            words = QCoreApplication.translate("LayersPanel", "generated · {number} of {count}")
        parts.append(words.format(number=layer.chosen + 1, count=len(layer.variants)))
        parts.append(real_pixels(layer.variant))
        token = "generated"
    elif isinstance(layer, Filter):
        parts.append(QCoreApplication.translate("LayersPanel", "filter layer"))
    elif isinstance(layer, Unknown):
        parts.append(QCoreApplication.translate("LayersPanel", "from a newer version"))
    if row.clipped:
        parts.append(QCoreApplication.translate("LayersPanel", "clipped"))
    return " · ".join(part for part in parts if part), token


def real_pixels(variant: Variant | None) -> str:
    """``256 px`` or ``256 of 4096 px``: how many pixels a side the model drew; empty where that is not known."""
    if variant is None or not variant.real_size:
        return ""
    if not variant.detail:
        return f"{variant.real_size} px"
    words = QCoreApplication.translate("LayersPanel", "{real} of {shown} px")
    return words.format(real=variant.real_size, shown=variant.width)


def real_sentence(layer: Layer) -> str:
    """The same in a sentence, of a generated layer whose pixels are not all its model's own."""
    variant = layer.variant if isinstance(layer, Generated) else None
    if variant is None or not 0 < variant.real_size < variant.width:
        return ""
    words = ADDED if variant.detail else ENLARGED
    text = QCoreApplication.translate("notices", words)
    return text.format(real=variant.real_size, shown=variant.width)


class LayerRows(QAbstractListModel):
    """The rows of the shown artwork; only rows that differ are told to the view."""

    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LayerRow] = []
        self.models: frozenset[str] = frozenset()
        self.narrowing = EVERYTHING
        self._places: dict[str, int] = {}
        self.marked: dict[str, dict[str, bool]] = {"eye": {}, "lock": {}}
        """Eyes and locks under the hand that are not yet a step: layer id → visible, locked."""

    def show_artwork(self, artwork: Artwork | None, models: frozenset[str]) -> None:
        rows = rows_of(artwork, self.narrowing) if artwork is not None else []
        old, self.models = self.rows, models
        if [row.layer.id for row in rows] != [row.layer.id for row in old]:
            self.beginResetModel()
            self.rows = rows
            self._places = {row.layer.id: number for number, row in enumerate(rows)}
            self.endResetModel()
            return
        self.rows = rows
        for number, (now, before) in enumerate(zip(rows, old, strict=True)):
            if not now.same(before):
                self.tell(number)

    def tell(self, number: int) -> None:
        """The row looks different now."""
        index = self.index(number)
        self.dataChanged.emit(index, index)

    def row_of(self, layer_id: str) -> int:
        """The row's number, −1 when the layer is not in the list."""
        return self._places.get(layer_id, -1)

    def visible(self, row: LayerRow) -> bool:
        return self.marked["eye"].get(row.layer.id, row.layer.visible)

    def locked(self, row: LayerRow) -> bool:
        return self.marked["lock"].get(row.layer.id, row.layer.locks.all)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.layer.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            hidden = "" if row.layer.visible else QCoreApplication.translate("LayersPanel", "hidden")
            locked = QCoreApplication.translate("LayersPanel", "locked") if row.layer.locks.all else ""
            linked = QCoreApplication.translate("LayersPanel", "linked") if row.linked else ""
            parts = (row.layer.name, second_line(row, self.models)[0], hidden, locked, linked)
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return real_sentence(row.layer) or None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        layer = self.rows[index.row()].layer
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not name or name == layer.name:
            return False
        self.renamed.emit(layer.id, name)
        return True
