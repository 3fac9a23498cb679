"""What this room holds of people: nothing, but counts."""

from legal.rights.registry import not_personal

not_personal("desk.Figure", reason="Counts for the overview's plots, of nobody in particular.")
