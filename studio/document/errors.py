"""Why an edit was refused."""

from __future__ import annotations


class EditError(Exception):
    """An edit that cannot be done; the artwork stays as it was.

    ``text`` is the English sentence for the artist, marked for translation in context ``document``; ``arguments``
    fill its ``{names}``. ``str()`` gives the filled English sentence.
    """

    def __init__(self, text: str, **arguments: str) -> None:
        super().__init__(text.format(**arguments) if arguments else text)
        self.text = text
        self.arguments = arguments


class PreviewBusy(Exception):
    """Another owner's preview pends: there is one at a time. Commit or revert it first."""

    def __init__(self, pending: str, asked: str) -> None:
        super().__init__(
            f"the preview of “{pending}” pends; “{asked}” must wait until it is committed or reverted"
        )
        self.pending = pending
        self.asked = asked
