"""A picture that was never open as a project of its own."""

from __future__ import annotations

from pathlib import Path

from studio.document.artwork import Artwork
from studio.document.document import Document
from studio.project import project_file
from studio.project.journal import Journal
from studio.project.png import encode_png
from studio.render.renderer import Renderer
from studio.workspace import colours


def save_project(artwork: Artwork, path: str | Path) -> None:
    """Writes it as one step. Raises StoreError; what stood there before is then unchanged."""
    journal = Journal.create(title=Path(path).stem)
    try:
        journal.commit(Document(artwork).revision)
        thumbnail = b"".join(encode_png(Renderer(to_srgb=colours.to_srgb).thumbnail(artwork, 320)))
        project_file.save(journal, path, thumbnail=thumbnail)
    finally:
        journal.discard()
