"""Loads the demo's site: pages in two languages, pictures, menus, a notice, accounts, the planning.

May run again: what exists is brought back to the demo's text. All dates are relative to today.
"""

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from django.core.management import CommandError
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Locale, Page

from home.demo.texts import BodyWriter, Texts, post_keys, read
from home.models import (
    Author,
    BlogIndexPage,
    BlogPostPage,
    ContactPage,
    CoursePage,
    HomePage,
    OfferPage,
    PartnerPage,
    PartnersPage,
    StandardPage,
    TermsPage,
    Topic,
)
from home.roles import EDITORS
from legal.statements.demo.load import load_statement
from pluc.content.addresses import home_path
from pluc.content.models import BasePage, Navigation, Notice, Picture
from portal.accounts.demo import ACCOUNTS, Account, load_accounts
from portal.accounts.models import Person
from portal.attendance.demo import load_attendance
from portal.desk.demo import load_supplied_people
from portal.desk.figures import make_figures
from portal.enrolments.demo import load_enrolments
from portal.materials.demo import load_material, material_files
from portal.meetings.demo import load_planning
from portal.meetings.models import Course
from portal.newsletter.demo import load_subscribers
from portal.newsletter.demo_issues import IssueTexts, load_issues
from portal.newsletter.models import NewsletterPage
from portal.organisations.models import Organisation

PAGE_TYPES: dict[str, type[BasePage]] = {
    "offer": OfferPage,
    "pe-cafe": StandardPage,
    "in-company": StandardPage,
    "blog": BlogIndexPage,
    "partners": PartnersPage,
    "about": StandardPage,
    "contact": ContactPage,
    "accessibility": StandardPage,
    "terms": TermsPage,
    "newsletter": NewsletterPage,
}
PICTURES = Path(__file__).parent / "pictures"
CONTACT_FIELDS = ("street", "postal_code", "city", "phone", "email")
EDITOR = Account(
    email="redactie@pluc.example",
    first_name="Roos",
    last_name="Redactie",
    is_staff=True,
    groups=(EDITORS,),
)


def load() -> None:
    """Loads the demo in one transaction. Raises `CommandError` where real people are stored."""
    if settings.HTTPS or Person.objects.exclude(email__endswith=".example").exists():
        raise CommandError("Demo content is refused here: real people are stored, or will be.")
    files = material_files()
    with transaction.atomic():
        load_accounts((*ACCOUNTS, EDITOR))
        load_planning(read("courses"))
        load_enrolments()
        load_supplied_people()
        load_attendance()
        load_material(files)
        load_subscribers()
        make_figures()
        pictures = load_pictures()
        languages = {code: Locale.objects.get(language_code=code) for code, _ in settings.LANGUAGES}
        trees = {code: plant(locale) for code, locale in languages.items()}
        for code, locale in languages.items():
            with translation.override(code):
                fill(locale, trees[code], pictures)
        load_statement({code: tree["home"] for code, tree in trees.items()})
        load_issues({code: issues_in(code, trees[code], pictures) for code in trees})
    settings.DEMO_MARK.touch()


def issues_in(code: str, pages: dict[str, Page], pictures: dict[str, Picture]) -> IssueTexts:
    """What the demo's issues say in a language, and the pages and pictures that they name."""
    posts = {key: pages[f"post/{key}"].pk for key in post_keys()}
    shown = {key: picture.pk for key, picture in pictures.items()}
    parent = pages["newsletter"]
    return IssueTexts(parent=parent, texts=read(f"{code}/issues"), posts=posts, pictures=shown)


def load_pictures() -> dict[str, Picture]:
    """The files in `home/demo/pictures`, by their names without an ending; all made by us."""
    return {path.stem: load_picture(path) for path in sorted(PICTURES.glob("*.webp"))}


def load_picture(path: Path) -> Picture:
    picture = Picture.objects.filter(title=path.stem).first()
    if picture is None:
        picture = Picture(title=path.stem, credit=settings.PRODUCT)
        with path.open("rb") as file:
            picture.file = ImageFile(file, name=path.name)
            picture.save()
    return picture


def plant(locale: Locale) -> dict[str, Page]:
    """Makes the language's missing pages, without text; returns all by key."""
    texts = read(f"{locale.language_code}/pages")
    home = HomePage.objects.get(url_path=home_path(locale.language_code))
    pages: dict[str, Page] = {"home": home}
    for key, model in PAGE_TYPES.items():
        pages[key] = find_or_plant(home, model, texts[key], locale, key)
    for key in post_keys():
        post = read(f"{locale.language_code}/posts/{key}")
        pages[f"post/{key}"] = find_or_plant(pages["blog"], BlogPostPage, post, locale, key)
    plant_offer(pages, locale)
    return pages


def plant_offer(pages: dict[str, Page], locale: Locale) -> None:
    """Makes the pages of courses and partners below the pages that list them."""
    for slug, course in read("courses").items():
        texts = {"slug": slug, "title": course[locale.language_code]["title"]}
        row = Course.objects.get(slug=slug)
        key = f"course/{slug}"
        pages[key] = find_or_plant(pages["offer"], CoursePage, texts, locale, key, course=row)
    for slug in read("partners"):
        partner = Organisation.objects.get(slug=slug)
        texts = {"slug": slug, "title": partner.name}
        key = f"partner/{slug}"
        pages[key] = find_or_plant(
            pages["partners"], PartnerPage, texts, locale, key, organisation=partner
        )


def find_or_plant(
    parent: Page, model: type[BasePage], texts: Texts, locale: Locale, key: str, **links: Any
) -> Page:
    page = model.objects.child_of(parent).filter(slug=texts["slug"]).first()
    if page is None:
        needed = links | {name: texts[name] for name in CONTACT_FIELDS if name in texts}
        page = model(title=texts["title"], slug=texts["slug"], locale=locale, **needed)
        page.translation_key = key_for("page", key)
        parent.add_child(instance=page)
    return page


def key_for(kind: str, key: str) -> uuid.UUID:
    """The translation key that a demo object has in every language."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"https://pluc.example/demo/{kind}/{key}")


def fill(locale: Locale, pages: dict[str, Page], pictures: dict[str, Picture]) -> None:
    """Gives every page of a language its text, and publishes it."""
    code = locale.language_code
    writer = BodyWriter(pages, pictures)
    topics = load_topics(locale)
    authors = load_authors(locale, pictures)
    for key, texts in read(f"{code}/pages").items():
        page = pages[key]
        write_page(page, texts, writer)
        publish(page)
    for key in post_keys():
        texts = read(f"{code}/posts/{key}")
        post = pages[f"post/{key}"]
        write_page(post, texts, writer)
        post.date = timezone.localdate() - timedelta(days=texts["days_ago"])
        post.author = authors[texts["author"]]
        post.topics.set([topics[topic] for topic in texts["topics"]])
        publish(post)
    for slug, course in read("courses").items():
        write_course(pages[f"course/{slug}"], course, writer, code)
    for slug, partner in read("partners").items():
        page = pages[f"partner/{slug}"]
        write_page(page, {"title": page.title, **partner[code]}, writer)
        publish(page)
    load_furniture(locale, writer)


def write_course(page: Any, course: Texts, writer: BodyWriter, code: str) -> None:
    """Writes a course's page: goals, audience, and a body of text and questions."""
    texts = course[code]
    body: list[Texts] = [{"text": f"<p>{texts['text']}</p>"}]
    questions = [{**one, "answer": f"<p>{one['answer']}</p>"} for one in texts["questions"]]
    body.append({"questions": questions})
    write_page(page, {**texts, "picture": course["picture"], "body": body}, writer)
    page.goals = [{"type": "goal", "value": goal} for goal in texts["goals"]]
    page.audience = texts["audience"]
    publish(page)


def write_page(page: Any, texts: Texts, writer: BodyWriter) -> None:
    page.title = page.draft_title = texts["title"]
    page.seo_title = texts.get("seo_title", "")
    page.search_description = texts.get("search_description", "")
    page.intro = texts.get("intro", "").strip()
    page.body = writer.body(texts.get("body") or [])
    if texts.get("picture"):
        page.picture = writer.pictures[texts["picture"]]
        page.picture_alt = texts.get("picture_alt", "")
        page.picture_is_decorative = not page.picture_alt
    if isinstance(page, StandardPage):
        page.dates_of = texts.get("dates_of", "")
    if isinstance(page, HomePage):
        page.hero_title, page.hero_text = texts["hero_title"], texts["hero_text"].strip()
        link = {"label": texts["hero_label"], "link": writer.link(texts["hero_link"])}
        page.hero_link = [{"type": "link", "value": link}]
    if isinstance(page, ContactPage):
        write_contact(page, texts, writer)


def write_contact(page: ContactPage, texts: Texts, writer: BodyWriter) -> None:
    for name in CONTACT_FIELDS:
        setattr(page, name, texts[name])
    page.opening_hours = [{"type": "row", "value": row} for row in texts["opening_hours"]]
    page.directions = writer.body(texts["directions"])


def publish(page: Page) -> None:
    page.save_revision(clean=False).publish(skip_permission_checks=True)


def load_topics(locale: Locale) -> dict[str, Topic]:
    return {
        key: Topic.objects.update_or_create(
            locale=locale, translation_key=key_for("topic", key), defaults=texts
        )[0]
        for key, texts in read(f"{locale.language_code}/topics").items()
    }


def load_authors(locale: Locale, pictures: dict[str, Picture]) -> dict[str, Author]:
    code = locale.language_code
    authors = {}
    for number, (key, texts) in enumerate(read("authors").items(), start=1):
        fields = {
            "name": texts["name"],
            "role": texts["role"][code],
            "bio": texts["bio"][code],
            "picture": pictures[f"portrait-{number}"],
        }
        authors[key], _ = Author.objects.update_or_create(
            locale=locale, translation_key=key_for("author", key), defaults=fields
        )
    return authors


def load_furniture(locale: Locale, writer: BodyWriter) -> None:
    """Makes menu, footer and an example of a notice."""
    texts = read(f"{locale.language_code}/site")
    columns = [
        {
            "heading": column["heading"],
            "links": [writer.with_link(link) for link in column["links"]],
        }
        for column in texts["footer_columns"]
    ]
    Navigation.objects.update_or_create(
        locale=locale,
        defaults={
            "translation_key": key_for("site", "navigation"),
            "menu": [menu_item(entry, writer) for entry in texts["menu"]],
            "footer": [{"type": "column", "value": column} for column in columns],
            "footer_text": texts["footer_text"].strip(),
        },
    )
    notice = texts["notice"]
    Notice.objects.update_or_create(
        locale=locale,
        translation_key=key_for("site", "notice"),
        defaults={
            "text": notice["text"],
            "link_label": notice["link_label"],
            "link_page": writer.pages[notice["link"].removeprefix("page:")],
            "starts_at": timezone.now() - timedelta(days=1),
            "ends_at": timezone.now() + timedelta(days=30),
        },
    )


def menu_item(entry: str | Texts, writer: BodyWriter) -> Texts:
    key, label = (entry, "") if isinstance(entry, str) else (entry["page"], entry.get("label", ""))
    return {"type": "item", "value": {"page": writer.pages[key].pk, "label": label}}
