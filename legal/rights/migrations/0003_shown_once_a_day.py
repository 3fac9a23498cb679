"""A list that somebody is shown is written down once a viewer and day, and what it was about."""

from django.db import migrations, models

from pluc.frozen import freeze, thaw


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_choices_moved'),
        ('rights', '0002_frozen'),
    ]

    operations = [
        thaw('rights_disclosure'),
        migrations.AddField(
            model_name='disclosure',
            name='about',
            field=models.CharField(blank=True, default='', max_length=250),
        ),
        migrations.AddField(
            model_name='disclosure',
            name='about_en',
            field=models.CharField(blank=True, default='', max_length=250),
        ),
        migrations.AddField(
            model_name='disclosure',
            name='day',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='disclosure',
            name='viewer',
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name='disclosure',
            constraint=models.UniqueConstraint(condition=models.Q(('viewer__isnull', False)), fields=('person', 'viewer', 'kind', 'reference', 'day'), name='rights_shown_once_a_day'),
        ),
        freeze('rights_disclosure', deletable=True),
    ]
