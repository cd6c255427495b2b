"""What can be measured: name → module with ``measure(quick) -> list[Figure]``."""

ROWS = {
    "startup": "studio.bench.rows.startup",
    "open-jpeg": "studio.bench.rows.open_jpeg",
    "compose": "studio.bench.rows.compose",
    "dabs": "studio.bench.rows.dabs",
    "pen": "studio.bench.rows.pen",
    "pen-to-frame": "studio.bench.rows.pen_to_frame",
    "pan-zoom": "studio.bench.rows.pan_zoom",
    "undo": "studio.bench.rows.undo",
    "flatten": "studio.bench.rows.flatten",
    "transform": "studio.bench.rows.transform",
    "filter-files": "studio.bench.rows.filter_files",
    "filters": "studio.bench.rows.filters",
    "filter-memory": "studio.bench.rows.filter_memory",
    "filter-memory-large": "studio.bench.rows.filter_memory_large",
    "filter-drag": "studio.bench.rows.filter_drag",
    "cancel": "studio.bench.rows.cancel",
    "slider": "studio.bench.rows.slider",
    "gap": "studio.bench.rows.gap",
    "fuse": "studio.bench.rows.fuse",
    "first-stroke": "studio.bench.rows.first_stroke",
    "generate": "studio.bench.rows.generate",
    "commit": "studio.bench.rows.commit",
    "heal": "studio.bench.rows.heal",
    "data": "studio.bench.rows.data",
    "train-step": "studio.bench.rows.train_step",
    "stitch": "studio.bench.rows.stitch",
    "large": "studio.bench.rows.large",
}
ONLY_BY_NAME = frozenset({"filter-memory-large", "large"})
"""Rows of minutes and gibibytes."""
