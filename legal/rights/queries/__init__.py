"""Whose data may not be used, what is held of a person, and what erasing them does."""

from legal.rights.queries.holdings import Holding, Part, Section, sections_of, subject_of
from legal.rights.queries.plans import Plan, Step, plan
from legal.rights.queries.restrictions import (
    is_restricted,
    reasons_to_withhold,
    restricted_people,
    restrictions_to_list,
)
from legal.rights.queries.retention_table import retention_table

__all__ = [
    "Holding",
    "Part",
    "Plan",
    "Section",
    "Step",
    "is_restricted",
    "plan",
    "reasons_to_withhold",
    "restricted_people",
    "restrictions_to_list",
    "retention_table",
    "sections_of",
    "subject_of",
]
