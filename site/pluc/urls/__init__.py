"""Addresses. `one_host` serves both doors; else `public` and `portal` each serve a host."""
