"""Deeds with certificates: asking for them, making, revoking, replacing."""
