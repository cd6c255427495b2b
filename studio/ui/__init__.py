"""The window: the only floor that knows Qt."""

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401 - what is asked below comes with it

# PySide6 reads the source of every module that is imported after it, to see whether it may use ``from __feature__ import``.
# We never do; the files (a quarter of a millisecond each, kept in memory besides) may stay closed.
_feature: Any = sys.modules.get("shibokensupport.feature")
if hasattr(_feature, "_mod_uses_pyside"):
    _feature._mod_uses_pyside = lambda _module: False
