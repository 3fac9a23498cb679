"""The inks and the grounds: few, flat, and shared by every picture."""

from typing import NamedTuple

PAPER, CREAM, WHEAT = "#FBF5EA", "#F6E7CB", "#E9CD9C"
INK, NIGHT, PLUM, MAUVE = "#2E1426", "#3B1730", "#6B2A50", "#93507A"
APRICOT, RIPE, BLUSH, CHERRY = "#F08A24", "#E8671B", "#F8C583", "#B93A1E"
LEAF, DEEP_LEAF, SPRING, MOSS = "#4E7A3A", "#2F5A35", "#A9BC72", "#86A057"
MIST, SLATE, HAZE = "#AEBFCC", "#6F8799", "#D5DFE4"
SKINS = ("#F3CBA4", "#D89A68", "#A8663F", "#6F4129")


class Ground(NamedTuple):
    """What a picture is printed on, and what then reads well on it."""

    base: str
    rule: str  # ledger hairlines
    strong: str  # column rules
    ink: str  # stems, branches, drawing
    leaf: str
    leaf_dark: str


ON_PAPER = Ground(PAPER, "#DDDFDC", MIST, INK, LEAF, DEEP_LEAF)
ON_NIGHT = Ground(NIGHT, "#55304A", "#7B536D", CREAM, MOSS, LEAF)
ON_LEAF = Ground(DEEP_LEAF, "#426C46", "#648A5F", INK, SPRING, MOSS)
ON_APRICOT = Ground("#F29C3F", "#F7B56A", CREAM, INK, LEAF, DEEP_LEAF)
ON_BLUSH = Ground("#F9DDB2", "#EEC790", "#E2AC68", INK, LEAF, DEEP_LEAF)
ON_MIST = Ground("#BDCCD6", "#A9BBC8", SLATE, INK, LEAF, DEEP_LEAF)
