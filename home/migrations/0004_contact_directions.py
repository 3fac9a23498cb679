"""`route` hid the method of Wagtail's `Page` by that name (docs/decisions/0017).

Drafts and older versions of the page keep their text, and so do its translations.
"""

import json
import uuid

from django.db import migrations

OLD, NEW = "route", "directions"


def rename_in_drafts(apps, content_types, old, new):
    for revision in apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type__in=content_types
    ):
        if old in revision.content:
            revision.content[new] = revision.content.pop(old)
            revision.save(update_fields=["content"])


def rename_in_translations(apps, content_types, old, new):
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects
    for source in sources.filter(specific_content_type__in=content_types):
        content = json.loads(source.content_json)
        if old in content:
            content[new] = content.pop(old)
            source.content_json = json.dumps(content)
            source.save(update_fields=["content_json"])
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects
    for context in contexts.filter(object__content_type__in=content_types):
        field, dot, rest = context.path.partition(".")
        if field == old:
            context.path = f"{new}{dot}{rest}"
            context.field_path = context.field_path.replace(old, new, 1)
            # As wagtail-localize makes it, so that it finds the row again.
            context.path_id = uuid.uuid5(
                uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125"), context.path
            )
            context.save()


def rename(apps, old, new):
    content_types = apps.get_model("contenttypes", "ContentType").objects.filter(
        app_label="home", model="contactpage"
    )
    rename_in_drafts(apps, content_types, old, new)
    rename_in_translations(apps, content_types, old, new)


def forwards(apps, schema_editor):
    rename(apps, OLD, NEW)


def backwards(apps, schema_editor):
    rename(apps, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_offer"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [
        migrations.RenameField(model_name="contactpage", old_name=OLD, new_name=NEW),
        migrations.RunPython(forwards, backwards),
    ]
