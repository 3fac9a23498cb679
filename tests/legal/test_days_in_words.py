"""What a row is called on the staff screens: days as people read them, never "2026-12-01"."""

import re

import pytest
from django.apps import apps
from django.utils import translation

from legal.rights.registry import REGISTRY
from tests.legal.everything import full_person
from tests.legal.versions import EditionFactory

pytestmark = pytest.mark.django_db
MACHINES = re.compile(r"\d{4}-\d\d-\d\d")


@translation.override("nl")
def test_no_row_is_called_by_a_day_for_machines():
    assert not MACHINES.search(str(EditionFactory()))
    full_person()
    seen = 0
    tables = [one.table for one in (*REGISTRY.personal, *REGISTRY.others)]
    for label in tables:
        app, _, name = label.partition(".")
        if app in ("accounts", "enrolments", "meetings", "rights", "contact"):
            for row in apps.get_model(app, name)._default_manager.all()[:3]:
                seen += 1
                assert not MACHINES.search(str(row)), (label, str(row))
    assert seen > 15
