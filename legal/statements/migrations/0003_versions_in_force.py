"""Which pages were put in force is a fact of its own, and stays one."""

from django.db import migrations, models

from pluc.frozen import freeze


def mark_versions_in_force(apps, schema_editor):
    """Until now, putting a version in force left a lock on its pages that is nobody's."""
    pages = apps.get_model("statements", "VersionPage").objects
    keys = pages.filter(locked=True, locked_by=None).values_list("translation_key", flat=True)
    marks = apps.get_model("statements", "VersionInForce").objects
    for key in set(keys):
        marks.create(translation_key=key)


class Migration(migrations.Migration):
    dependencies = [("statements", "0002_frozen")]
    operations = [
        migrations.CreateModel(
            name="VersionInForce",
            fields=[
                ("translation_key", models.UUIDField(primary_key=True, serialize=False)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(mark_versions_in_force, migrations.RunPython.noop),
        freeze("statements_versioninforce"),
    ]
