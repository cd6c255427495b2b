"""How pictures are looked at: what lies over them, what is snapped to, in which colours. No pixel depends on it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec
from psygnal import Signal

from studio.document import seams
from studio.document.artwork import Artwork
from studio.jobs.job import JobFinished
from studio.raster import vision
from studio.raster.icc import is_matrix, is_srgb
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.picture import LINEAR
from studio.workspace import colours
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.project.proof import AlphaView, Lookup
    from studio.workspace.studio import Studio

Unit = Literal["px", "mm", "cm", "in"]
PROOF = "proof"
LOOKS = ("", *vision.KINDS, vision.ALPHA, PROOF)
PROFILE_UNUSABLE = QT_TRANSLATE_NOOP(
    "notices",
    "The colour profile {file} cannot be used: {reason}. Choose another ICC profile in the View menu.",
)
REPEATED = QT_TRANSLATE_NOOP("history", "Repeating picture")
REPEATS_NOW = QT_TRANSLATE_NOOP(
    "notices",
    "The picture now repeats: strokes, fills and filters go on at the other edge. Image ▸ Repeats … ends it.",
)
_KEPT_LOOKUPS = 8


class ViewOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Kept in the settings. ``snap_…``: what points and layers snap to while ``snapping`` is on.

    ``display_profile`` and ``proof_profile`` are paths of ICC files, empty for sRGB and for none. ``display_auto``: where no file is
    chosen, the profile that the system keeps for the screen counts.
    """

    rulers: bool = False
    unit: Unit = "px"
    guides: bool = True
    grid: bool = False
    assistants: bool = True
    symmetry: bool = True
    selection_edge: bool = True
    samplers: bool = True
    snapping: bool = True
    snap_guides: bool = True
    snap_grid: bool = True
    snap_canvas: bool = True
    snap_layers: bool = False
    display_profile: str = ""
    display_auto: bool = True
    proof_profile: str = ""


class Frame(NamedTuple):
    """What the window's view shows: its four corners in document pixels, clockwise as the eye sees them."""

    corners: tuple[tuple[float, float], ...]
    zoom: float
    rotation: float
    mirrored: bool


class Viewing:
    """``changed``: an option, the look or the tile preview; ``look_changed``: other colours are to be shown.

    ``frame_changed``: the window shows another part; ``centre_wanted``, ``zoom_wanted`` and ``rotation_wanted`` ask it to.
    ``pointed``: the pen is over another ``point``.
    """

    changed = Signal()
    look_changed = Signal()
    frame_changed = Signal()
    centre_wanted = Signal(float, float)
    zoom_wanted = Signal(float)
    rotation_wanted = Signal(float)
    pointed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        try:
            self.options = msgspec.convert(studio.settings.view_options, ViewOptions)
        except msgspec.ValidationError:  # kept by another version
            self.options = ViewOptions()
        self.frame: Frame | None = None
        self.look = ""
        self.point: tuple[float, float] | None = None
        self.gamut = False
        self._screen = b""
        self._told: tuple[str | bytes, str] | None = None
        self._lookups: dict[tuple, Lookup | AlphaView | None] = {}
        self._asked: set[tuple] = set()

    def change(self, **fields: Any) -> None:
        """Changes and keeps options."""
        changed = msgspec.structs.replace(self.options, **fields)
        if changed == self.options:
            return
        kept = ("display_profile", "display_auto", "proof_profile")
        recoloured = any(getattr(changed, name) != getattr(self.options, name) for name in kept)
        self.options = changed
        self._told = None
        self._studio.change_settings(view_options=msgspec.to_builtins(changed))
        self.changed.emit()
        if recoloured:
            self.look_changed.emit()

    @property
    def display(self) -> str | bytes:
        """The screen's profile: the path of a file, or what the system says of the screen; empty for sRGB."""
        return self.options.display_profile or (self._screen if self.options.display_auto else "")

    def set_screen(self, icc: bytes) -> None:
        """The window tells which profile the system keeps for the screen it is on; empty where none is known."""
        icc = b"" if is_srgb(icc) else icc
        if icc != self._screen:
            before, self._screen = self.display, icc
            if self.display != before:
                self.look_changed.emit()

    def toggle(self, name: str) -> None:
        self.change(**{name: not getattr(self.options, name)})

    def show_frame(self, frame: Frame | None) -> None:
        """The window tells what it shows now."""
        if frame != self.frame:
            self.frame = frame
            self.frame_changed.emit()

    def point_at(self, point: tuple[float, float] | None) -> None:
        """The document point under the pen; None beside the picture's window."""
        self.point = point
        self.pointed.emit()

    @property
    def tiled(self) -> bool:
        """Whether the current picture is seen nine times side by side."""
        return self._studio.current is not None and self._studio.current.tiled

    def show_tiled(self, tiled: bool) -> None:
        """Shows the current picture nine times side by side, as it repeats. One that repeats neither way does so from now
        on, both ways: what is painted over a seam goes on behind it. That is an undo step, and is said."""
        picture = self._studio.current
        if picture is None or picture.tiled == tiled:
            return
        picture.tiled = tiled
        document = picture.document
        if tiled and not seams.repeats(document.committed) and not document.gesture_open:
            self._studio.settle()
            document.commit(REPEATED, document.committed.with_(tiles_x=True, tiles_y=True))
            self._studio.tell(Notice(kind="info", text=REPEATS_NOW))
        self.changed.emit()

    def choose_look(self, look: str) -> None:
        """One of ``LOOKS``; the one that is shown is taken back to the true colours."""
        self.look = "" if look == self.look else look
        self.changed.emit()
        self.look_changed.emit()

    def show_gamut(self, shown: bool) -> None:
        """Marks colours that the proof's press cannot print."""
        if shown != self.gamut:
            self.gamut = shown
            self.changed.emit()
            self.look_changed.emit()

    @property
    def wants_numbers(self) -> bool:
        """Whether the renderer is to give the picture's own numbers for the view: where sRGB is not what is shown in the end."""
        return bool(self.display) or self.look == PROOF

    def lookup(self, artwork: Artwork) -> Lookup | AlphaView | None:
        """The table from what the renderer gives for the view to the colours shown; None where these are the same, and while it
        is made (then ``look_changed``)."""
        proof = self.options.proof_profile if self.look == PROOF else ""
        kind = self.look if self.look in (*vision.KINDS, vision.ALPHA) else ""
        space = artwork.colour_space
        # the renderer gives sRGB, or the numbers, of linear light encoded ones
        plain = space.name == LINEAR or is_srgb(space.icc) if self.wants_numbers else is_matrix(space.icc)
        key = (
            b"" if plain else space.icc,
            self.display,
            proof,
            kind,
            self.gamut and bool(proof),
        )
        return self._table(key)

    def screen_lookup(self) -> Lookup | None:
        """The table from sRGB to the screen's colours, for what stands around the picture: swatches, small pictures. None
        where these are the same, and while it is made (then ``look_changed``)."""
        return self._table((b"", self.display, "", "", False))  # type: ignore[return-value]  # no look: no AlphaView

    def _table(self, key: tuple) -> Lookup | AlphaView | None:
        if not any(key):
            return None
        if key not in self._lookups and key not in self._asked:
            self._ask(key)
        return self._lookups.get(key)

    def _ask(self, key: tuple) -> None:
        icc, display, proof, kind, gamut = key
        self._asked.add(key)
        translate = self._studio.translate

        def work() -> Generator[None, None, tuple[Lookup | AlphaView | None, str, str]]:
            from studio.project.proof import ProfileError, lookup  # Pillow is not loaded before it is wanted

            yield None
            if icc and not is_matrix(icc):
                colours.prepare(icc)
            found: list[bytes] = []
            for path in (display, proof):
                if isinstance(path, bytes):
                    found.append(path)
                    continue
                try:
                    found.append(Path(path).read_bytes() if path else b"")
                except OSError as error:
                    return None, path, error.strerror or str(error)
            try:
                return lookup(icc, found[0], found[1] if proof else None, kind, gamut=gamut), "", ""
            except ProfileError as error:
                named = translate("notices", "of the screen") if isinstance(display, bytes) else display
                file = proof or (named if display else translate("notices", "of the picture"))
                return None, file, str(error)

        def finished(event: object) -> None:
            if isinstance(event, JobFinished):
                made, file, reason = event.result
                self._asked.discard(key)
                while len(self._lookups) >= _KEPT_LOOKUPS:
                    self._lookups.pop(next(iter(self._lookups)))
                self._lookups[key] = made
                if reason and self._told != (display, proof):
                    self._told = display, proof
                    told = {"file": Path(file).name, "reason": reason}
                    self._studio.tell(Notice(kind="warn", text=PROFILE_UNUSABLE, arguments=told))
                self.look_changed.emit()

        self._studio.files_lane.submit(work, label="colours", on_event=finished)
