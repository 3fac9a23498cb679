import django.db.models.deletion
from django.db import migrations, models

import portal.accounts.models.words


def index_everybody(apps, schema_editor):
    """Who was there before is found too."""
    from portal.accounts.search import words_of

    person_word = apps.get_model("accounts", "PersonWord")
    for person in apps.get_model("accounts", "Person").objects.iterator():
        words = [person_word(person=person, word=word) for word in sorted(words_of(person))]
        person_word.objects.bulk_create(words)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_frozen'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['last_name', 'first_name', 'id'], name='accounts_people_by_name'),
        ),
        migrations.CreateModel(
            name='PersonWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.person')),
                ('word', portal.accounts.models.words.WordField(db_index=True, max_length=60)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('person', 'word'), name='accounts_person_word_once')],
            },
        ),
        migrations.RunPython(index_everybody, migrations.RunPython.noop),
    ]
