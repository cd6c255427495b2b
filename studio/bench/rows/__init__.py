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
    "slider": "studio.bench.rows.slider",
    "gap": "studio.bench.rows.gap",
    "first-stroke": "studio.bench.rows.first_stroke",
    "generate": "studio.bench.rows.generate",
    "commit": "studio.bench.rows.commit",
    "stitch": "studio.bench.rows.stitch",
}
