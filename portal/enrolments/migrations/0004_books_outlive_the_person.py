"""What the books had outlives the place and the login, until tax law lets it go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.enrolments.models.billing
from pluc.frozen import thaw
from pluc.periods import BOOKS


def forget_logins_that_are_gone(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects.values("pk")
    apps.get_model("enrolments", "BillingExport").objects.exclude(by__in=users).update(by=None)


def count_from_the_export(apps, schema_editor):
    """Rows of before are kept as long as those of now."""
    lines = apps.get_model("enrolments", "BillingLine").objects
    for export in apps.get_model("enrolments", "BillingExport").objects.all():
        until = export.at + BOOKS
        lines.filter(export=export.pk).update(kept_until=until)
        type(export).objects.filter(pk=export.pk).update(kept_until=until)


def kept_until():
    return models.DateTimeField(
        default=portal.enrolments.models.billing.books_end_at, editable=False
    )


class Migration(migrations.Migration):
    dependencies = [
        ("enrolments", "0003_counted_apart"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        thaw("enrolments_billingexport"),
        thaw("enrolments_billingline"),
        migrations.RunPython(forget_logins_that_are_gone, migrations.RunPython.noop, elidable=True),
        migrations.AddField("billingexport", "kept_until", kept_until()),
        migrations.AddField("billingline", "kept_until", kept_until()),
        migrations.AlterField(
            "billingexport",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "billingline",
            "enrolment",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="enrolments.enrolment",
            ),
        ),
        migrations.RunPython(count_from_the_export, migrations.RunPython.noop, elidable=True),
    ]
