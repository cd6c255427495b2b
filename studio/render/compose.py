"""The compositor: layers from bottom to top on float32 accumulators.

Semantics. A group blends its children on transparency, a pass-through group on what lies below it:
out = before + o·m·(after − before). A filter layer replaces: out = B + o·m·(F(B) − B), F(B) first blended on B where it
has a mode. Clipped layers blend among themselves over the base's colour taken as opaque, then get the base's alpha; the
whole takes the base's opacity and mode. A clipped filter sees the base with its alpha; a layer clipped to a filter or to
nothing is drawn unclipped. Masks lie in layer space and move with the layer. The effects of a layer follow its shape, mask
included: those beside it are blended on the backdrop first, those inside on the layer's colours and on what is clipped to
it. A group with effects is isolated.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Affine, Fill, Filter, Group, Layer, Shape, Text
from studio.raster import blend
from studio.raster.blend import BlendMode, mode_of
from studio.raster.blend_native import Pile
from studio.raster.geometry import EMPTY, Rect
from studio.raster.tile import Tile
from studio.render.content import Contents, Field, Source, Uniform
from studio.render.effects import Effects, Plane
from studio.render.filtering import Filtering
from studio.render.frame import Frame, lerp, make_opaque, part_of
from studio.render.kept import Kept
from studio.render.pyramid import Cell, Hint, Placed, Pyramid, compose_transforms
from studio.render.repeating import NOWHERE, Axes, Below, repeat

_REACHING = (Filter, Group)
"""Layers that are more than pixels put on what lies below them."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What stays the same during one composition: mip level, canvas in its pixels, what changed since the last one."""

    level: int = 0
    canvas: Rect
    hint: Hint | None = None
    exact: bool = False
    keep: bool = False
    transform: Affine = IDENTITY
    light: tuple[float, float] = (120.0, 30.0)
    profile: bytes = b""
    axes: Axes = NOWHERE


class Plain(NamedTuple):
    """A layer that is put as it is: its tiles, its mask, the number of its blend mode, its opacity."""

    source: Placed | Field
    mask: Placed | None
    mode: int
    opacity: float


def scene_of(artwork: Artwork, level: int = 0, **how: Any) -> Scene:
    """The scene of a whole artwork: its canvas and whether it repeats, the light that its effects share, the profile of its
    colours."""
    canvas, profile = artwork.rect.at_level(level), artwork.colour_space.icc
    axes = Axes.of(artwork)
    return Scene(level=level, canvas=canvas, light=light_of(artwork), profile=profile, axes=axes, **how)


def light_of(artwork: Artwork) -> tuple[float, float]:
    """(angle, altitude) of the light that effects share, in degrees."""
    return artwork.light_angle, artwork.light_altitude


class Compositor:
    """Draws layer trees. Holds no picture; safe from any thread, since frames belong to the thread that draws."""

    def __init__(
        self, pyramid: Pyramid, contents: Contents, filtering: Filtering, kept: Kept, effects: Effects
    ) -> None:
        self._effects = effects
        self._pyramid = pyramid
        self._contents = contents
        self._filtering = filtering
        self._kept = kept
        self._opaque: WeakKeyDictionary[Tile, bool] = WeakKeyDictionary()
        self._placed: WeakKeyDictionary[Layer, Placed] = WeakKeyDictionary()
        self._plain: WeakKeyDictionary[Layer, Plain] = WeakKeyDictionary()

    def stack(self, layers: Sequence[Layer], rect: Rect, scene: Scene, group: bool = False) -> Frame:
        """The layers of an isolated group in ``rect``; the caller releases the frame."""
        runs = _runs(layers)
        margins = self._margins(runs, scene)
        start, frame = self._kept.resume(runs, rect, margins, scene, group)
        if frame is None:
            start = self._lowest_seen(runs, rect, margins, scene)
            frame = Frame.clear(rect.grow(margins[start]))
        index = start
        while index < len(runs):
            if plain := self._plain_from(runs, index, scene):
                self._put_plain(frame, plain, scene)
                index += len(plain)
            else:
                below = self._below(runs[:index], scene, group)
                self._repeat(frame, runs[index], margins[index] - margins[index + 1], below, scene)
                frame = self._run(frame, runs[index], rect.grow(margins[index + 1]), scene, below)
                index += 1
            if scene.keep:
                self._kept.store(runs, index - 1, frame, scene, group)
        return frame

    def _below(self, runs: list[list[Layer]], scene: Scene, group: bool) -> Below | None:
        """Composes ``runs`` elsewhere, in a picture that repeats; None in any other."""
        if not scene.axes.any:
            return None
        lower = tuple(layer for run in runs for layer in run)
        still = replace(scene, keep=False, hint=None)
        return lambda more, rect: self.stack((*lower, *more), rect, still, group)

    def _repeat(self, frame: Frame, run: list[Layer], reach: int, below: Below | None, scene: Scene) -> None:
        """Before a filter that reaches: beyond an edge it sees what lies at the other one."""
        if below is not None and reach and isinstance(run[0], Filter):
            repeat(frame, below, scene.canvas, scene.axes)

    def _lowest_seen(self, runs: list[list[Layer]], rect: Rect, margins: list[int], scene: Scene) -> int:
        """Index of the run under which nothing shows, because its layer covers everything that is drawn; else 0."""
        for index in range(len(runs) - 1, 0, -1):
            layer = runs[index][0]
            if layer.opacity == 1 and self._covers(layer, rect.grow(margins[index]), scene):
                return index
        return 0

    def _covers(self, layer: Layer, rect: Rect, scene: Scene) -> bool:
        """Whether a layer of opacity 1 is opaque all over ``rect``. What is clipped to it changes none of its alpha."""
        if isinstance(layer, _REACHING) or mode_of(layer.mode).name != "normal":
            return False
        if self._mask(layer, scene) is not None:
            return False
        source = self._source(layer, scene)
        if isinstance(source, Uniform):
            return bool(source.colour[3] == 1)
        if not isinstance(source, Placed):
            return False
        return all(self._is_opaque(cell) for cell in self._cells(source, rect, scene))

    def _is_opaque(self, cell: Cell) -> bool:
        """Whether the tile is opaque in the cell; a small part of a new tile is looked at alone."""
        if cell.tile is None:
            return False
        known = self._opaque.get(cell.tile)
        if known:
            return True
        if known is False or cell.part.width * cell.part.height * 4 < cell.whole.width * cell.whole.height:
            return blend.opaque(part_of(cell.tile.pixels(), cell.whole, cell.part))
        whole = self._opaque[cell.tile] = blend.opaque(cell.tile.pixels())
        return whole or (
            cell.part != cell.whole and blend.opaque(part_of(cell.tile.pixels(), cell.whole, cell.part))
        )

    def _margins(self, runs: list[list[Layer]], scene: Scene) -> list[int]:
        """For each run the pixels around the rectangle that are needed below it; the last entry, 0, is the result."""
        margins = [0]
        for run in reversed(runs):
            reaches = isinstance(run[0], _REACHING)
            margins.append(
                margins[-1] + (self._filtering.reach_of_tree(run[0], scene.level) if reaches else 0)
            )
        return margins[::-1]

    def _run(
        self, frame: Frame, run: list[Layer], wanted: Rect, scene: Scene, below: Below | None = None
    ) -> Frame:
        """One layer with what is clipped to it, drawn on ``frame``, which is then cropped to ``wanted``."""
        layer = run[0]
        if isinstance(layer, Filter):
            return self._filter(frame, layer, wanted, scene)
        if self._effects.shown(layer):
            self._with_effects(frame, run, scene)
            return frame.cropped(wanted)
        if isinstance(layer, Group) and layer.pass_through and len(run) == 1:
            return self._pass_through(frame, layer, wanted, scene, below)
        if len(run) > 1:
            scratch = self._clip_run(run, frame.rect, scene)
            self._blend(frame, scratch, layer, scene)
            scratch.release()
        else:
            self._layer(frame, layer, scene)
        return frame.cropped(wanted)

    # ---- filters and pass-through groups

    def _filter(self, frame: Frame, layer: Filter, wanted: Rect, scene: Scene) -> Frame:
        amount = self._amount(layer, wanted, scene)
        if isinstance(amount, float) and amount == 0.0:
            return frame.cropped(wanted)
        result = self._filtering.apply(frame, layer, wanted, scene)
        if result is None:
            return frame.cropped(wanted)
        mode = mode_of(layer.mode)
        if mode.name != "normal":
            on_backdrop = frame.copy(wanted)
            self._put(on_backdrop, result, mode, 1.0, layer, scene)
            result.release()
            result = on_backdrop
        if isinstance(amount, float) and amount == 1.0:
            frame.release()
            return result
        frame = frame.cropped(wanted)
        lerp(frame, result, amount)
        result.release()
        return frame

    def _pass_through(
        self, frame: Frame, group: Group, wanted: Rect, scene: Scene, below: Below | None = None
    ) -> Frame:
        amount = self._amount(group, wanted, scene)
        if isinstance(amount, float) and amount == 0.0:
            return frame.cropped(wanted)
        inner = _inside(scene, group)
        before = frame.copy(wanted) if not (isinstance(amount, float) and amount == 1.0) else None
        runs = _runs(group.children)
        margins = self._margins(runs, inner)
        for index, run in enumerate(runs):
            under = _with_part_of(group, runs[:index], below)
            self._repeat(frame, run, margins[index] - margins[index + 1], under, scene)
            frame = self._run(frame, run, wanted.grow(margins[index + 1]), inner, under)
        after = frame.cropped(wanted)
        if before is None:
            return after
        lerp(before, after, amount)
        after.release()
        return before

    def _amount(self, layer: Layer, rect: Rect, scene: Scene) -> float | np.ndarray:
        """Opacity times mask, a number or an array [h, w, 1]."""
        mask = self._mask(layer, scene)
        if mask is None or layer.opacity == 0:
            return float(layer.opacity)
        out = np.full((rect.height, rect.width, 1), mask.grid.default, np.float32)
        for cell in self._pyramid.cells(mask, rect, scene.level, scene.hint):
            if cell.tile is not None:
                source = cell.part.move(-cell.whole.left, -cell.whole.top)
                target = cell.part.move(-rect.left, -rect.top)
                out[target.top : target.bottom, target.left : target.right, 0] = cell.tile.pixels()[
                    source.top : source.bottom, source.left : source.right
                ]
        if layer.opacity != 1:
            out *= np.float32(layer.opacity)
        return out

    # ---- layer effects

    def _with_effects(self, frame: Frame, run: list[Layer], scene: Scene) -> None:
        """A layer with effects, and what is clipped to it, drawn on ``frame``."""
        layer, rect = run[0], frame.rect
        planes = self._effects.planes(layer, rect, scene, self._own)
        content = self._clip_run(run, rect, scene) if len(run) > 1 else self._own(layer, rect, scene)
        for plane in planes:
            if plane.beside:
                coloured = plane.beside_of(content.array[..., 3], layer.opacity, layer.mode)
                self._plane(frame, plane, coloured, layer.opacity, layer, scene)
        if any(not plane.beside for plane in planes):
            alpha = content.array[..., 3:].copy()
            make_opaque(content.array)
            for plane in planes:
                if not plane.beside:
                    self._plane(content, plane, plane.coloured(), 1.0, layer, scene)
            content.array *= alpha
        self._blend(frame, content, layer, scene)
        content.release()

    def _plane(
        self, frame: Frame, plane: Plane, pixels: np.ndarray, opacity: float, layer: Layer, scene: Scene
    ) -> None:
        self._put(frame, Frame(frame.rect, pixels), mode_of(plane.mode), opacity, layer, scene)

    # ---- one layer

    def _layer(self, frame: Frame, layer: Layer, scene: Scene) -> None:
        mode = mode_of(layer.mode)
        source = None if isinstance(layer, Group) else self._source(layer, scene)
        if mode.bounded and mode.name != "dissolve" and isinstance(source, Placed | Field):
            plain = Plain(source, self._mask(layer, scene), blend.number(mode), layer.opacity)
            self._put_plain(frame, [plain], scene)
            return
        area = frame.rect
        if mode.bounded and not isinstance(layer, Group):
            area = self._area(source, frame.rect, scene)
        if area.empty or (layer.opacity == 0 and mode.bounded):
            return
        scratch = self._own(layer, area, scene)
        self._blend(frame, scratch, layer, scene)
        scratch.release()

    def _tiles(self, pile: Pile, plain: Plain, rect: Rect, scene: Scene) -> None:
        """Puts the tiles in ``rect`` on the pile; nothing where there is none."""
        source, mask, number, opacity = plain
        if opacity == 0:
            return
        for tile, part, whole in self._cells(source, rect, scene):
            if tile is None:
                continue
            pixels = tile.memory(), whole.left, whole.top
            if mask is None:
                pile.add(number, part, pixels, opacity)
                continue
            for veil in self._pyramid.cells(mask, part, scene.level, scene.hint):
                if veil.tile is not None:
                    place = veil.tile.memory(), veil.whole.left, veil.whole.top
                    pile.add(number, veil.part, pixels, opacity, place)
                elif mask.grid.default:
                    pile.add(number, veil.part, pixels, opacity * float(mask.grid.default))

    def _plain_from(self, runs: list[list[Layer]], start: int, scene: Scene) -> list[Plain]:
        """The plain layers from run ``start`` up to the next one that is not."""
        found = []
        for run in runs[start:] if scene.transform is IDENTITY else ():
            plain = self._plain_of(run[0], scene) if len(run) == 1 else None
            if plain is None:
                break
            found.append(plain)
        return found

    def _plain_of(self, layer: Layer, scene: Scene) -> Plain | None:
        """None for a layer that takes more than to put its tiles. Asked once, as :meth:`_source` is."""
        found = self._plain.get(layer)
        if found is None and not isinstance(layer, _REACHING) and not self._effects.shown(layer):
            self._source(layer, scene)
            source, mode = self._placed.get(layer), mode_of(layer.mode)
            if source is not None and mode.bounded and mode.name != "dissolve":
                mask = self._mask(layer, scene)
                found = self._plain[layer] = Plain(source, mask, blend.number(mode), layer.opacity)
        return found

    def _put_plain(self, frame: Frame, layers: Sequence[Plain], scene: Scene) -> None:
        pile = frame.pile()
        for plain in layers:
            self._tiles(pile, plain, frame.rect, scene)
        pile.put()

    def _source(self, layer: Layer, scene: Scene) -> Source | None:
        """What the layer shows. A layer of tiles is asked once: it never changes, and a dab passes by ten of them."""
        if scene.transform is not IDENTITY or isinstance(layer, Text | Shape | Fill):
            return self._contents.of(layer, scene.transform, scene.profile)
        found: Source | None = self._placed.get(layer)
        if found is None:
            found = self._contents.of(layer, IDENTITY)
            if isinstance(found, Placed):
                self._placed[layer] = found
        return found

    def _area(self, source: Source | None, rect: Rect, scene: Scene) -> Rect:
        """Where in ``rect`` the layer can have pixels: the bounds of its tiles."""
        if isinstance(source, Uniform):
            return rect
        area = EMPTY
        if source is None:
            return area
        for cell in self._cells(source, rect, scene):
            if cell.tile is not None:
                area = area.unite(cell.part)
        return area

    def _own(self, layer: Layer, rect: Rect, scene: Scene) -> Frame:
        """The layer's own pixels times its mask, without opacity and mode."""
        if isinstance(layer, Group):
            frame = self.stack(layer.children, rect, _inside(scene, layer), group=True)
        else:
            source = self._contents.of(layer, scene.transform, scene.profile)
            if isinstance(source, Uniform):
                frame = Frame.unset(rect)
                frame.array[...] = source.colour
            else:
                frame = Frame.unset(rect)
                self._draw_own(frame, source, scene)
        self._apply_mask(frame, layer, scene)
        return frame

    def _draw_own(self, frame: Frame, source: Placed | Field | None, scene: Scene) -> None:
        cells = [] if source is None else self._cells(source, frame.rect, scene)
        if not cells or any(cell.tile is None for cell in cells):
            frame.array[...] = 0
        for cell in cells:
            if cell.tile is not None:
                pixels = part_of(cell.tile.pixels(), cell.whole, cell.part)
                blend.put(mode_of("copy"), frame.view(cell.part), pixels)

    def _cells(self, source: Placed | Field, rect: Rect, scene: Scene) -> list[Cell]:
        if isinstance(source, Field):
            return list(source.cells(rect, scene.level, scene.canvas))
        return self._pyramid.cells(source, rect, scene.level, scene.hint)

    def _mask(self, layer: Layer, scene: Scene) -> Placed | None:
        if layer.mask is None or not layer.mask_enabled:
            return None
        own = compose_transforms(scene.transform, layer.transform)
        return Placed(layer.id + "/mask", layer.mask, own, None, layer.warp)

    def _apply_mask(self, frame: Frame, layer: Layer, scene: Scene) -> None:
        mask = self._mask(layer, scene)
        if mask is None:
            return
        for cell in self._pyramid.cells(mask, frame.rect, scene.level, scene.hint):
            if cell.tile is not None:
                view = frame.view(cell.part)
                blend.put(
                    mode_of("copy"), view, view, mask=part_of(cell.tile.pixels(), cell.whole, cell.part)
                )
            elif mask.grid.default != 1:
                frame.view(cell.part)[...] *= np.float32(mask.grid.default)

    # ---- blending

    def _blend(self, frame: Frame, scratch: Frame, layer: Layer, scene: Scene) -> None:
        self._put(frame, scratch, mode_of(layer.mode), layer.opacity, layer, scene)

    def _put(
        self, frame: Frame, scratch: Frame, mode: BlendMode, opacity: float, layer: Layer, scene: Scene
    ) -> None:
        """Blends ``scratch`` (inside ``frame``; its pixels may be overwritten) with ``mode`` and ``opacity``."""
        if mode.name == "dissolve":
            if opacity != 1:
                scratch.array *= np.float32(opacity)
            step = 1 << scene.level
            seed = zlib.crc32(layer.id.encode())
            blend.dissolve(scratch.array, scratch.rect.left * step, scratch.rect.top * step, step, seed)
            mode, opacity = mode_of("normal"), 1.0
        blend.put(mode, frame.view(scratch.rect), scratch.array, opacity)

    # ---- clipping

    def _clip_run(self, run: list[Layer], rect: Rect, scene: Scene) -> Frame:
        """The base's pixels times its mask, with the clipped layers on its colour; without its opacity and mode."""
        frame, alpha = self._clip_colours(run, rect, scene)
        if alpha is not None:
            frame.array *= alpha[..., None]
        return frame

    def _clip_colours(self, run: list[Layer], rect: Rect, scene: Scene) -> tuple[Frame, np.ndarray | None]:
        """The same as opaque colours, and the base's alpha; None where that is 1 everywhere."""
        clipped = [[layer] for layer in run[1:] if layer.visible]
        margins = self._margins(clipped, scene)
        frame = self._own(run[0], rect.grow(margins[0]), scene)
        alpha = frame.array[..., 3].copy()
        where = frame.rect
        # Most bases (photographs, generated pictures) are opaque: then there is nothing to take apart or put back.
        opaque = bool(alpha.min(initial=1) >= 1)
        if not opaque:
            make_opaque(frame.array)
        for index, (layer,) in enumerate(clipped):
            wanted = rect.grow(margins[index + 1])
            before = [run[0], *(one for (one,) in clipped[:index])]
            if isinstance(layer, Filter):
                part = part_of(alpha, where, frame.rect)
                frame = self._clipped_filter(frame, part, layer, wanted, scene, before)
            else:
                frame = self._clipped_layer(frame, layer, wanted, scene, before)
        return frame, None if opaque else part_of(alpha, where, frame.rect)

    def _clipped_layer(
        self, frame: Frame, layer: Layer, wanted: Rect, scene: Scene, before: list[Layer]
    ) -> Frame:
        if self._effects.shown(layer):
            self._with_effects(frame, [layer], scene)
            return frame.cropped(wanted)
        if isinstance(layer, Group) and layer.pass_through:
            below: Below | None = None
            if scene.axes.any:
                still = replace(scene, keep=False, hint=None)
                below = lambda more, rect: self._clip_colours([*before, *more], rect, still)[0]  # noqa: E731
            return self._pass_through(frame, layer, wanted, scene, below)
        self._layer(frame, layer, scene)
        return frame.cropped(wanted)

    def _clipped_filter(
        self, frame: Frame, alpha: np.ndarray, layer: Filter, wanted: Rect, scene: Scene, before: list[Layer]
    ) -> Frame:
        seen = frame.copy()
        seen.array *= alpha[..., None]
        if scene.axes.any and frame.rect != wanted:
            still = replace(scene, keep=False, hint=None)
            repeat(seen, lambda _, rect: self._clip_run(before, rect, still), scene.canvas, scene.axes)
        result = self._filtering.apply(seen, layer, wanted, scene)
        seen.release()
        if result is None:
            return frame.cropped(wanted)
        make_opaque(result.array)
        frame = frame.cropped(wanted)
        mode = mode_of(layer.mode)
        if mode.name != "normal":
            on_backdrop = frame.copy()
            self._put(on_backdrop, result, mode, 1.0, layer, scene)
            result.release()
            result = on_backdrop
        lerp(frame, result, self._amount(layer, wanted, scene))
        result.release()
        return frame


def _runs(layers: Sequence[Layer]) -> list[list[Layer]]:
    """Visible layers, each with the layers that are clipped to it; an invisible one hides what is clipped to it."""
    runs: list[list[Layer]] = []
    base: Layer | None = None
    for layer in layers:
        if layer.clipping and base is not None and not isinstance(base, Filter):
            if base.visible and layer.visible:
                runs[-1].append(layer)
            continue
        base = layer
        if layer.visible:
            runs.append([layer])
    return runs


def _with_part_of(group: Group, runs: list[list[Layer]], below: Below | None) -> Below | None:
    """What lies below a layer of a pass-through group: what lies below the group, and the lower layers in it."""
    if below is None:
        return None
    lower = tuple(layer for run in runs for layer in run)

    def under(more: tuple[Layer, ...], rect: Rect) -> Frame:
        part = group.with_(children=(*lower, *more), opacity=1.0, mask=None, clipping=False)
        return below((part,), rect)

    return under


def _inside(scene: Scene, group: Group) -> Scene:
    if group.transform == IDENTITY:
        return scene
    return replace(scene, transform=compose_transforms(scene.transform, group.transform))
