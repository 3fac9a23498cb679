"""Lists are printed again as the same version, with empty lines; photographs lie apart."""

import django.db.models.deletion
import portal.attendance.models.lists
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0002_frozen'),
        ('meetings', '0005_names_by_surname'),
    ]

    operations = [
        migrations.AddField(
            model_name='listprint',
            name='digest',
            field=models.CharField(default='', editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='printedrow',
            name='is_empty',
            field=models.BooleanField(default=False, verbose_name='empty line'),
        ),
        migrations.AlterField(
            model_name='photograph',
            name='file',
            field=models.FileField(storage=portal.attendance.models.lists.private_files, upload_to='signed-lists/', verbose_name='picture'),
        ),
        migrations.AlterField(
            model_name='photograph',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting', verbose_name='meeting'),
        ),
    ]
