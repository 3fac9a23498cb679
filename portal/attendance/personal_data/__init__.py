"""What this room holds of people: marks, lists, and the hours they earned (P05, P12)."""

from portal.attendance.personal_data import hours, lists, marks  # noqa: F401  # they declare
