from django.db import migrations, models
from django.db.migrations.state import StateApps

from portal.meetings.days import days_of

FEW = 500


def count_days(apps: StateApps, schema_editor: object) -> None:
    """Writes down the days of what is planned: those of its sessions."""
    Meeting = apps.get_model("meetings", "Meeting")
    for meeting in Meeting.objects.prefetch_related("sessions").iterator(chunk_size=FEW):
        meeting.days = days_of(meeting.sessions.all())
        meeting.save(update_fields=["days"])


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_costs_wishes_and_english")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="days",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.RunPython(count_days, migrations.RunPython.noop),
    ]
