"""Who may not be used, who was given what, and what is held of a person."""

from legal.rights.queries.disclosures import disclosures_of
from legal.rights.queries.holdings import Holding, Part, Section, sections_of, subject_of
from legal.rights.queries.processing import Activity, record_of_processing, retention_table
from legal.rights.queries.restrictions import (
    is_restricted,
    reason_to_withhold,
    restricted_people,
    restrictions_to_list,
)

__all__ = [
    "Activity",
    "Holding",
    "Part",
    "Section",
    "disclosures_of",
    "is_restricted",
    "reason_to_withhold",
    "record_of_processing",
    "restricted_people",
    "restrictions_to_list",
    "retention_table",
    "sections_of",
    "subject_of",
]
