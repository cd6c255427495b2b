"""What can be measured: name → module with ``measure(quick) -> list[Figure]``."""

ROWS = {
    "startup": "studio.bench.rows.startup",
    "open-jpeg": "studio.bench.rows.open_jpeg",
    "compose": "studio.bench.rows.compose",
    "pen": "studio.bench.rows.pen",
    "slider": "studio.bench.rows.slider",
    "gap": "studio.bench.rows.gap",
    "first-stroke": "studio.bench.rows.first_stroke",
    "generate": "studio.bench.rows.generate",
    "commit": "studio.bench.rows.commit",
}
