"""Marks, steps and earned hours are facts: they may go, but not change."""

from django.db import migrations

from pluc.frozen import freeze


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_initial")]
    operations = [
        freeze("attendance_mark", deletable=True, lets_go=("by_id",)),
        freeze("attendance_attendancestep", deletable=True, lets_go=("by_id",)),
        freeze("attendance_earnedhours", deletable=True),
    ]
