"""The pictures of the demo, drawn by this package and never stored in the repository.

`draw("orchard-ledger")` gives the same picture every time: the key is also the seed.
"""

import random
from collections.abc import Callable

from PIL import Image

from . import cafe, canal, desk, orchard, people, portraits, still_life
from .canvas import Canvas

PICTURES: dict[str, Callable[[random.Random], Canvas]] = {
    "orchard-ledger": orchard.orchard_ledger,
    "pear-and-figures": still_life.pear_and_figures,
    "people-at-table": people.people_at_table,
    "cafe-evening": cafe.cafe_evening,
    "branch-growth": orchard.branch_growth,
    "scales-audit": desk.scales_audit,
    "basket-harvest": still_life.basket_harvest,
    "rows-of-trees": orchard.rows_of_trees,
    "magnifier-leaf": desk.magnifier_leaf,
    "cherry-pairs": still_life.cherry_pairs,
    "plum-tax": still_life.plum_tax,
    "apricot-clock": still_life.apricot_clock,
    "data-branches": desk.data_branches,
    "letter-and-leaf": desk.letter_and_leaf,
    "ladder-in-tree": orchard.ladder_in_tree,
    "seed-to-tree": orchard.seed_to_tree,
    "canal-house-utrecht": canal.canal_house_utrecht,
    "portrait-1": portraits.portrait_1,
    "portrait-2": portraits.portrait_2,
    "portrait-3": portraits.portrait_3,
    "portrait-4": portraits.portrait_4,
}


def draw(key: str) -> Image.Image:
    """The picture as an RGB image: 1600 x 1067, a portrait 800 x 800."""
    return PICTURES[key](random.Random(key)).finish()
