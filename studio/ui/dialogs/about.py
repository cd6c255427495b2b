"""Who made it, under which licence, which version."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.dialogs.frame import Frame


class AboutDialog(Frame):
    """Name, version, licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("About", "Danqing 丹青"), parent)
        self.add_sentence(
            QCoreApplication.translate("About", "Version {version}").format(version=own_version()), False
        )
        self.add_sentence(
            QCoreApplication.translate(
                "About", "A studio in which one paints, edits and generates on one canvas, offline."
            )
        )
        self.add_sentence(QCoreApplication.translate("About", "Apache License 2.0. Icons: Lucide (ISC)."))
        self.add_verb(QCoreApplication.translate("Dialog", "Close"), self.accept, main=True)


def own_version() -> str:
    """The installed version, or ``0`` from a bare checkout."""
    try:
        return version("danqing")
    except PackageNotFoundError:
        return "0"
