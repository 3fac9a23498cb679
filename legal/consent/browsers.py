"""How to block cookies, per browser (P36). Filled from the demo's and the editors' text later."""

BROWSERS: list[dict[str, str]] = []
