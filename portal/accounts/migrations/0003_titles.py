"""The titles that professionals in finance use in the Netherlands, as a first list."""

from django.db import migrations

TITLES = [
    ("RA", "registeraccountant", "chartered accountant"),
    ("AA", "accountant-administratieconsulent", "accountant, administration consultant"),
    ("RC", "registercontroller", "certified controller"),
    ("RE", "register EDP-auditor", "certified IT auditor"),
    ("RB", "register belastingadviseur", "certified tax adviser"),
    ("FB", "federatie belastingadviseur", "federation tax adviser"),
    ("RO", "register operational auditor", "certified operational auditor"),
    ("RV", "register valuator", "certified valuator"),
    ("FFP", "gecertificeerd financieel planner", "certified financial planner"),
]


def add_titles(apps, schema_editor):
    title = apps.get_model("accounts", "Title")
    for position, (code, name, name_en) in enumerate(TITLES):
        values = {"name": name, "name_en": name_en, "position": position}
        title.objects.get_or_create(code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people_and_choices")]
    operations = [migrations.RunPython(add_titles, migrations.RunPython.noop)]
