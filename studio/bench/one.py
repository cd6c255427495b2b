"""One row in this process: ``python -m studio.bench.one NAME [--quick]`` prints its figures, each as a line of JSON as soon as it
is there."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable

import msgspec

from studio.bench.figures import Figure
from studio.bench.rows import ROWS


def main() -> None:
    name, quick = sys.argv[1], "--quick" in sys.argv
    found: Iterable[Figure] = importlib.import_module(ROWS[name]).measure(quick)
    for one in found:
        marked = msgspec.structs.replace(one, row=name, peak_memory=one.peak_memory or peak_memory())
        sys.stdout.write(msgspec.json.encode(marked).decode() + "\n")
        sys.stdout.flush()
    os._exit(0)  # what a row left running is not worth waiting for


def peak_memory() -> float:
    """The most memory this process had, MiB."""
    if sys.platform == "win32":
        return 0.0
    import resource

    scale = 2**20 if sys.platform == "darwin" else 2**10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale, 1)


if __name__ == "__main__":
    main()
