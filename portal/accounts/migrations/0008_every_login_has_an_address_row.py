"""A login made at the command line had no row of allauth's; sign-in asks these rows alone now."""

from django.db import migrations


def add_rows(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    without = User.objects.exclude(pk__in=EmailAddress.objects.values("user"))
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user_id=pk, email=email.lower(), primary=True, verified=False)
            for pk, email in without.values_list("pk", "email")
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_addresses_are_proven"),
    ]

    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
