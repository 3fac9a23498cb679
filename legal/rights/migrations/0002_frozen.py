"""A disclosure stays as it was written. It may go, which it does when its person goes."""

from django.db import migrations

from pluc.frozen import freeze

TRIGGER = "rights_disclosure_frozen_delete"


def let_go(apps, schema_editor):
    """Takes away the trigger that refuses deletion, and no other."""
    table = " ON rights_disclosure" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {TRIGGER}{table}", params=None)


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]
    operations = [
        freeze("rights_disclosure"),
        migrations.RunPython(let_go, migrations.RunPython.noop),
    ]
