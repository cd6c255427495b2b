"""PySide6 does not read the source of the modules that are imported after it."""

import subprocess
import sys

LOOK = """
import linecache
import studio.ui.main_window
print(*(name for name in linecache.cache if "studio" in name and not name.endswith("__init__.py")))
"""


def test_no_source_of_the_window_is_read_at_the_start():
    """A quarter of a millisecond and the text of the file in memory, for each of more than a hundred modules."""
    read = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True
    ).stdout.split()
    assert read == []
