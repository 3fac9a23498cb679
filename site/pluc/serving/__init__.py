"""The web server and its processes (docs/decisions/0014). Its numbers stand in `limits`."""
