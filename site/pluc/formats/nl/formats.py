"""Dutch dates (STYLE, "House style"): 12 mei 2026, 13.30 uur."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j F Y, H.i \\u\\u\\r"
