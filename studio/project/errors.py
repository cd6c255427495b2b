"""What can go wrong with a file, as a sentence that names the file and the remedy."""

from __future__ import annotations

import errno
from pathlib import Path

from studio.recipe import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "missing": QT_TRANSLATE_NOOP(
        "project", "“{file}” is not there any more. Was it moved, or its disk removed?"
    ),
    "directory": QT_TRANSLATE_NOOP("project", "“{file}” is a folder. Choose a picture inside it."),
    "no_permission": QT_TRANSLATE_NOOP(
        "project", "Danqing may not use “{file}”. Change the file's permissions, or choose another place."
    ),
    "unreadable": QT_TRANSLATE_NOOP(
        "project", "“{file}” cannot be read: {reason}. Check the disk it lies on."
    ),
    "empty": QT_TRANSLATE_NOOP(
        "project", "“{file}” is empty (0 bytes). Copy it again from where it came from."
    ),
    "not_a_picture": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” is not a picture that Danqing can read. It reads PNG, JPEG, WebP, TIFF, BMP, GIF, RAW, OpenRaster and .danqing.",
    ),
    "unknown_video_format": QT_TRANSLATE_NOOP(
        "project", "“{file}”: its ending names no video format that Danqing writes. Use .mp4 or .webm."
    ),
    "unknown_animation_format": QT_TRANSLATE_NOOP(
        "project",
        "“{file}”: its ending names nothing that plays. Use .webp, .apng, .gif, .mp4 or .webm, or .png for numbered files.",
    ),
    "unknown_palette_format": QT_TRANSLATE_NOOP(
        "project", "“{file}”: its ending names no palette format. Use .gpl, .ase or .aco."
    ),
    "not_a_palette": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” is no palette that Danqing can read. It reads GIMP (.gpl), Adobe (.ase) and Photoshop (.aco) palettes.",
    ),
    "too_many_colours": QT_TRANSLATE_NOOP(
        "project", "“{file}” has more than {limit} colours. Split it in the program it comes from."
    ),
    "truncated": QT_TRANSLATE_NOOP(
        "project", "“{file}” ends too early: it was not copied completely. Copy it again."
    ),
    "damaged": QT_TRANSLATE_NOOP("project", "“{file}” is damaged ({reason}). Use another copy of it."),
    "too_large": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” has {width} × {height} pixels; the limit is 1 000 megapixels. Make it smaller first.",
    ),
    "too_large_confirm": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” has {width} × {height} pixels and needs about {memory} GiB of memory. Open it all the same?",
    ),
    "no_room": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” has {width} × {height} pixels and needs about {memory} GiB of memory; {left} GiB are free. Close other "
        "pictures and programs, or save it as a PNG without interlacing, which needs less.",
    ),
    "unsupported": QT_TRANSLATE_NOOP(
        "project", "“{file}” uses {what}, which Danqing cannot read. Save it as an ordinary PNG or TIFF."
    ),
    "disk_full": QT_TRANSLATE_NOOP(
        "project",
        "The disk is full: “{file}” was not written, and what stood there is unchanged. Free some space.",
    ),
    "read_only": QT_TRANSLATE_NOOP(
        "project", "“{file}” cannot be written: the place is read-only. Save it somewhere else."
    ),
    "not_written": QT_TRANSLATE_NOOP(
        "project", "“{file}” could not be written: {reason}. Save it somewhere else."
    ),
    "changed_elsewhere": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was changed by another program since it was opened here. Use Save as: under its own name you replace it, "
        "under another one you keep both.",
    ),
    "too_large_for_format": QT_TRANSLATE_NOOP(
        "project",
        "{format} holds at most {limit} pixels a side; “{file}” was not written. Choose PNG or TIFF.",
    ),
    "no_folder": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was not written: its folder is not there. Make the folder, or choose another place.",
    ),
    "name_too_long": QT_TRANSLATE_NOOP(
        "project", "“{file}” was not written: its name is too long for this disk. Choose a shorter one."
    ),
    "unknown_format": QT_TRANSLATE_NOOP(
        "project",
        "“{file}”: its ending names no format that Danqing writes. Use .png, .jpg, .tif, .webp or .ora.",
    ),
    "not_a_profile": QT_TRANSLATE_NOOP(
        "project", "“{file}” is no colour profile that Danqing can read. Choose an ICC file (.icc or .icm)."
    ),
    "profile_not_rgb": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” is a profile for {space} colours, and exported pictures are RGB. Choose an RGB profile.",
    ),
    "profile_one_way": QT_TRANSLATE_NOOP(
        "project",
        "Colours can be read by “{file}”, but not converted into it. Choose the profile of a screen, a printer or a colour space.",
    ),
    "profile_too_large": QT_TRANSLATE_NOOP(
        "project", "“{file}” is larger than 16 MiB, which no picture can carry. Choose another profile."
    ),
    "profile_not_usable": QT_TRANSLATE_NOOP(
        "project",
        "Colours could not be converted with the profile “{file}”; nothing was written. Keep the picture's profile, or choose another.",
    ),
    "not_a_project": QT_TRANSLATE_NOOP("project", "“{file}” is not a Danqing project."),
    "newer_version": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was made by a newer Danqing (file version {version}). Install that version to open it.",
    ),
    "no_revision": QT_TRANSLATE_NOOP(
        "project", "“{file}” holds no picture. Nothing could be opened from it."
    ),
    "lost_tile": QT_TRANSLATE_NOOP(
        "project", "“{file}” is damaged: a part of a picture in it cannot be read."
    ),
    "not_a_latent": QT_TRANSLATE_NOOP(
        "project", "“{file}” is no latent that Danqing wrote. Choose a file that ends in .danqing-latent."
    ),
    "newer_latent": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was written by a newer Danqing (version {version}). Install that version to open it.",
    ),
    "latent_of_other_model": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was made with another model or another state of it: “{model}”, {digest}. Its numbers mean nothing here; import that model first.",
    ),
    "not_a_direction": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” is no direction that Danqing wrote. Choose a file that ends in .danqing-direction.",
    ),
    "newer_direction": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was written by a newer Danqing (version {version}). Install that version to open it.",
    ),
    "direction_of_other_model": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was taught to another model or another state of it: “{model}”, {digest}. Its numbers mean nothing here; import that model, or teach the direction again.",
    ),
    "not_a_taste": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” holds no marks that Danqing wrote. Choose a file that ends in .danqing-taste, or another name to begin anew.",
    ),
    "newer_taste": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” was written by a newer Danqing (version {version}). Install that version to open it.",
    ),
    "taste_of_other_model": QT_TRANSLATE_NOOP(
        "project",
        "The marks in “{file}” were made for another model or another state of it: “{model}”, {digest}. Begin anew under another name.",
    ),
    "not_a_brush": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” is not a brush that Danqing can read. It reads .dqbrush, MyPaint's .myb, GIMP's .gbr and .gih, and Photoshop's .abr.",
    ),
    "brush_version": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” is a brush file of version {reason}, which Danqing cannot read. Save it again from the program it came from, in an older version.",
    ),
    "brush_too_large": QT_TRANSLATE_NOOP(
        "project",
        "“{file}” holds more brush tips than Danqing takes at once. Split it into smaller sets first.",
    ),
    "no_brushes": QT_TRANSLATE_NOOP("project", "“{file}” holds no brush that Danqing can use."),
    "not_a_filter_recipe": QT_TRANSLATE_NOOP(
        "project", "“{file}” is no recipe of filters that Danqing can use ({reason})."
    ),
    "in_use": QT_TRANSLATE_NOOP(
        "project", "“{file}” is open in another running Danqing. Close it there first."
    ),
}


class ProjectError(Exception):
    """Something about ``file`` failed. ``kind`` is a key of SENTENCES; ``ui`` translates that sentence itself."""

    def __init__(self, kind: str, file: str | Path = "", arguments: dict[str, str] | None = None) -> None:
        self.kind = kind
        self.file = str(file)
        self.arguments = dict(arguments or {})
        super().__init__(kind, self.file, self.arguments)

    @property
    def sentence(self) -> str:
        """The English source text with its placeholders, marked in context ``project``."""
        return SENTENCES[self.kind]

    def __str__(self) -> str:
        return self.sentence.format(file=Path(self.file).name or self.file, **self.arguments)


class DecodeError(ProjectError):
    """A picture cannot be opened. ``confirm``: it can, once the artist agrees to its size (``allow_large``)."""

    @property
    def confirm(self) -> bool:
        return self.kind == "too_large_confirm"


class ExportError(ProjectError):
    """A file could not be written; what stood there before is unchanged."""


class StoreError(ProjectError):
    """A project or journal cannot be read or written."""


def write_failure(error: OSError, path: str | Path) -> ExportError:
    """The sentence for a failed write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ExportError("disk_full", path)
    if error.errno == errno.EROFS:
        return ExportError("read_only", path)
    if isinstance(error, PermissionError):
        return ExportError("no_permission", path)
    if isinstance(error, IsADirectoryError):
        return ExportError("directory", path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ExportError("no_folder", path)
    if error.errno == errno.ENAMETOOLONG:
        return ExportError("name_too_long", path)
    return ExportError("not_written", path, {"reason": error.strerror or str(error)})


def read_failure(error: OSError, path: str | Path) -> DecodeError:
    """The sentence for a failed read."""
    if isinstance(error, FileNotFoundError):
        return DecodeError("missing", path)
    if isinstance(error, IsADirectoryError) or Path(path).is_dir():
        return DecodeError("directory", path)
    if isinstance(error, PermissionError):
        return DecodeError("no_permission", path)
    return DecodeError("unreadable", path, {"reason": error.strerror or str(error)})
