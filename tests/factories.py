"""Factories of pages, pictures and people, with plausible values by default."""

import uuid
from functools import cache
from io import BytesIO
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.core.files.images import ImageFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image
from wagtail.models import Locale, Page

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
from pluc.content.addresses import home_path
from pluc.content.models import Notice, Picture
from portal.accounts.models import Person, User
from tests.planning import CourseFactory, OrganisationFactory


def home_page(language: str = "nl") -> HomePage:
    """The home page that the migrations made."""
    return HomePage.objects.get(url_path=home_path(language))


def blog_index(language: str = "nl") -> BlogIndexPage:
    """The blog of a language; made if it is not there yet."""
    home = home_page(language)
    existing = BlogIndexPage.objects.child_of(home).first()
    return existing or BlogIndexPageFactory(parent=home, locale=home.locale)


def offer_page(language: str = "nl") -> OfferPage:
    """The offer of a language; made if it is not there yet."""
    home = home_page(language)
    slug = {"nl": "bijeenkomsten", "en": "meetings"}[language]
    existing = OfferPage.objects.child_of(home).first()
    return existing or OfferPageFactory(parent=home, slug=slug, translation_key=key_of("offer"))


def partners_page(language: str = "nl") -> PartnersPage:
    """Where the partners of a language are; made if it is not there yet."""
    home = home_page(language)
    existing = PartnersPage.objects.child_of(home).first()
    return existing or PartnersPageFactory(parent=home, translation_key=key_of("partners"))


def key_of(name: str) -> uuid.UUID:
    """A translation key that is the same for a page in every language."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def image_file(
    name: str = "picture.png", *, size: tuple[int, int] = (1600, 900), colour: str = "#e07a3f"
) -> ImageFile:
    """A picture of one colour, in the format of its name."""
    return ImageFile(BytesIO(picture(name[-3:], size, colour)), name=name)


@cache
def picture(ending: str, size: tuple[int, int], colour: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, Image.registered_extensions()[f".{ending}"])
    return data.getvalue()


class LocaleOf(factory.LazyAttribute):
    """The locale row of the `language` that was asked for."""

    def __init__(self) -> None:
        super().__init__(lambda row: Locale.objects.get(language_code=row.language))


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    first_name = "Puck"
    last_name = factory.Sequence(lambda number: f"Persoon {number}")
    email = factory.Sequence(lambda number: f"puck{number}@pluc.example")


@cache  # made to take long; whose it is makes no difference to a test
def hashed(password: str | None) -> str:
    user = User()
    user.set_password(password)
    return user.password


class UserFactory(DjangoModelFactory):
    """A login without any right, whose address is proven. Tests sign in by `force_login`.

    `password` gives it one; without, it has none.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    email = factory.SelfAttribute("person.email")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        password, proven = fields.pop("password", None), fields.pop("proven", True)
        user = model_class(**fields)
        user.password = hashed(password)
        user.save()
        EmailAddress.objects.create(
            user=user, email=user.email.lower(), primary=True, verified=proven
        )
        return user


class PictureFactory(DjangoModelFactory):
    class Meta:
        model = Picture

    title = factory.Sequence(lambda number: f"Een mand abrikozen {number}")
    file = factory.LazyFunction(image_file)


class PageFactory(DjangoModelFactory):
    """A live page below `parent`: the home page of `language` unless told otherwise."""

    class Meta:
        abstract = True

    class Params:
        language = "nl"

    title = factory.Sequence(lambda number: f"Een pagina {number}")
    slug = factory.Sequence(lambda number: f"een-pagina-{number}")
    parent = factory.LazyAttribute(lambda page: home_page(page.language))
    locale = factory.LazyAttribute(lambda page: page.parent.locale)
    intro = "Waar deze pagina over gaat."
    live = True

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, parent: Page, **fields: Any) -> Page:
        if fields["live"]:
            moment = timezone.now()
            fields = {"first_published_at": moment, "last_published_at": moment} | fields
        page = model_class(**fields)
        # Treebeard counts children on the instance, so the parent is read anew.
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        return page


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage


class TermsPageFactory(PageFactory):
    class Meta:
        model = TermsPage

    title = "Algemene voorwaarden"


class OfferPageFactory(PageFactory):
    class Meta:
        model = OfferPage

    title = "Bijeenkomsten"
    slug = "bijeenkomsten"


class CoursePageFactory(PageFactory):
    """The page of a course in a language, below the offer; translations of one another."""

    class Meta:
        model = CoursePage

    course = factory.SubFactory(CourseFactory)
    title = factory.LazyAttribute(
        lambda page: page.course.title_en if page.language == "en" else page.course.title
    )
    slug = factory.SelfAttribute("course.slug")
    parent = factory.LazyAttribute(lambda page: offer_page(page.language))
    translation_key = factory.LazyAttribute(lambda page: key_of(f"course {page.slug}"))


class PartnersPageFactory(PageFactory):
    class Meta:
        model = PartnersPage

    title = "Partners"
    slug = "partners"


class PartnerPageFactory(PageFactory):
    """The page of a partner in a language; translations of one another."""

    class Meta:
        model = PartnerPage

    organisation = factory.SubFactory(OrganisationFactory, is_partner=True)
    title = factory.SelfAttribute("organisation.name")
    slug = factory.SelfAttribute("organisation.slug")
    parent = factory.LazyAttribute(lambda page: partners_page(page.language))
    translation_key = factory.LazyAttribute(lambda page: key_of(f"partner {page.slug}"))


class ContactPageFactory(PageFactory):
    class Meta:
        model = ContactPage

    title = "Contact"
    slug = "contact"
    street = "Perzikpad 12"
    postal_code = "3511 AB"
    city = "Utrecht"
    phone = "030 000 00 00"
    email = "contact@pluc.example"


class BlogIndexPageFactory(PageFactory):
    class Meta:
        model = BlogIndexPage

    title = "Blog"
    slug = "blog"


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    class Params:
        language = "nl"

    locale = LocaleOf()
    name = factory.Sequence(lambda number: f"Onderwerp {number}")
    slug = factory.Sequence(lambda number: f"onderwerp-{number}")


class AuthorFactory(DjangoModelFactory):
    class Meta:
        model = Author

    class Params:
        language = "nl"

    locale = LocaleOf()
    name = factory.Sequence(lambda number: f"Auteur {number}")
    role = "Docent verslaggeving"


class PostFactory(PageFactory):
    """A blog post below the blog of its language."""

    class Meta:
        model = BlogPostPage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Een bericht {number}")
    slug = factory.Sequence(lambda number: f"een-bericht-{number}")
    parent = factory.LazyAttribute(lambda post: blog_index(post.language))

    @factory.post_generation
    def topics(self, create: bool, extracted: list[Topic] | None, **kwargs: Any) -> None:
        if extracted:
            self.topics.set(extracted)
            self.save()


class FullPostFactory(PostFactory):
    """A post with everything that a template can show: author, portrait, picture, topic, body."""

    author = factory.SubFactory(AuthorFactory, language=factory.SelfAttribute("..language"))
    picture = factory.SubFactory(PictureFactory)
    picture_alt = "Een mand abrikozen op een houten tafel"


class NoticeFactory(DjangoModelFactory):
    class Meta:
        model = Notice

    class Params:
        language = "nl"

    locale = LocaleOf()
    text = "Het kantoor is vrijdag gesloten."
