"""Meetings of before hear how many of their places are offered, and how many people wait."""

from django.db import migrations
from django.db.models import Count, Q


def count(apps, schema_editor):
    """What is held now ends within a quarter of an hour, and is counted then."""
    meetings = apps.get_model("meetings", "Meeting").objects
    enrolments = apps.get_model("enrolments", "Enrolment").objects
    open_ones = enrolments.filter(state__in=["offered", "waiting"])
    counted = open_ones.order_by().values("meeting").annotate(
        offered=Count("pk", filter=Q(state="offered")),
        waiting=Count("pk", filter=Q(state="waiting")),
    )
    for row in counted:
        meetings.filter(pk=row["meeting"]).update(offered=row["offered"], waiting=row["waiting"])


class Migration(migrations.Migration):
    dependencies = [
        ("enrolments", "0002_frozen"),
        ("meetings", "0002_counted_apart"),
    ]
    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
