"""The two home pages, in place of Wagtail's welcome page, and the groups that edit the site."""

from django.conf import settings
from django.db import migrations

NAMES = {"Moderators": "Redactie", "Editors": "Schrijvers"}


def make_home_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("home", "HomePage")
    ContentType = apps.get_model("contenttypes", "ContentType")

    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    content_type, _ = ContentType.objects.get_or_create(app_label="home", model="homepage")
    nl, _ = Locale.objects.get_or_create(language_code="nl")
    en, _ = Locale.objects.get_or_create(language_code="en")
    shared = {"content_type": content_type, "depth": 2, "numchild": 0, "live": True}
    home = HomePage.objects.create(
        **shared,
        locale=nl,
        path="00010001",
        slug="home",
        url_path="/home/",
        title="PLUC!",
        draft_title="PLUC!",
        hero_title="PLUC!",
        hero_text="Opleidingen voor wie met cijfers werkt.",
    )
    HomePage.objects.create(
        **shared,
        locale=en,
        translation_key=home.translation_key,
        path="00010002",
        slug="home-en",
        url_path="/home-en/",
        title="PLUC!",
        draft_title="PLUC!",
        hero_title="PLUC!",
        hero_text="Training for people who work with figures.",
    )
    Page.objects.filter(depth=1).update(numchild=2)
    Site.objects.create(
        hostname="localhost", port=80, site_name="PLUC!", root_page_id=home.pk, is_default_site=True
    )


def name_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for old, new in NAMES.items():
        Group.objects.filter(name=old).update(name=new)
    apps.get_model("wagtailcore", "Workflow").objects.update(name="Controle door de redactie")
    apps.get_model("wagtailcore", "Task").objects.update(name="Nalezen door de redactie")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        # These look the groups up by their old names.
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0002_initial_data"),
        ("wagtailimages", "0002_initial_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(make_home_pages, migrations.RunPython.noop),
        migrations.RunPython(name_groups, migrations.RunPython.noop),
    ]
