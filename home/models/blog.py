"""The blog: posts, their authors and topics."""

from math import ceil
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from home.forms import PostForm
from home.queries import posts_in, related_to, topics_in
from home.structured_data import article
from pluc.content.models import BasePage, Picture, ShownOnceTranslated
from pluc.errors import NotHere
from pluc.name_order import WholeNameOrderField
from pluc.paging import numbered_page
from pluc.staff_screens.ticks import GroupedTicks

WORDS_A_MINUTE = 220


class Topic(ShownOnceTranslated):
    """What posts are about. Readers filter the blog by it."""

    name = models.CharField(_("name"), max_length=40)
    slug = models.SlugField(_("slug"), max_length=40)
    description = models.CharField(_("description"), max_length=200, blank=True)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]

    class Meta(ShownOnceTranslated.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="home_one_topic_per_slug")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Posts in its language that bear it in another, since they were translated, get it."""
        super().save(*args, **kwargs)
        pairs = BlogPostPage.topics.through.objects.exclude(topic=self.pk)
        same = pairs.filter(topic__translation_key=self.translation_key)
        same.filter(blogpostpage__locale=self.locale_id).update(topic=self)


class Author(ShownOnceTranslated):
    """Who writes for the blog: colleagues and speakers, by their own wish."""

    name = models.CharField(_("name"), max_length=80)
    sort_key = WholeNameOrderField()
    role = models.CharField(_("role"), max_length=120, blank=True)
    bio = models.TextField(_("about the author"), max_length=400, blank=True)
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("bio"), FieldPanel("picture")]

    class Meta(ShownOnceTranslated.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name


class BlogIndexPage(BasePage):
    """All posts, newest first, by topic if asked (`?onderwerp=`), in pages (`?pagina=`)."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.BlogPostPage"]
    max_count_per_parent = 1
    slug_is_locked = is_fixed = True
    POSTS_A_PAGE = 8

    class Meta:
        verbose_name = _("blog")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        topics = topics_in(self.locale_id)
        topic = chosen_topic(topics, request)
        posts = posts_in(self.locale_id, topic=topic)
        shown = numbered_page(request, posts, size=self.POSTS_A_PAGE)
        return context | {"topics": topics, "topic": topic, "posts": shown}

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        return [*super().pictures(context), *(post.picture for post in context["posts"])]


def chosen_topic(topics: list[Topic], request: HttpRequest) -> Topic | None:
    """The topic asked for, or `None` for no choice. Raises `NotHere` for an unknown one."""
    slug = request.GET.get("onderwerp", "")
    if not slug:
        return None
    for topic in topics:
        if topic.slug == slug:
            return topic
    raise NotHere(
        request,
        _t("We have no posts about “%(topic)s”.") % {"topic": slug[:40]},
        url=request.path,
        label=_t("All posts"),
    )


class BlogPostPage(BasePage):
    """A post."""

    date = models.DateField(_("date"), default=timezone.localdate)
    author = models.ForeignKey(
        Author,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="posts",
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True)

    content_panels = [
        *BasePage.content_panels[:2],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("date"), FieldPanel("author")]),
                FieldPanel("topics", widget=GroupedTicks(_("Topics"))),
            ],
            heading=_("About this post"),
        ),
        *BasePage.content_panels[2:],
    ]
    search_fields = [*BasePage.search_fields, index.FilterField("date")]
    base_form_class = PostForm
    parent_page_types = ["home.BlogIndexPage"]
    subpage_types: list[str] = []
    display_relations = (*BasePage.display_relations, "author__picture")

    class Meta:
        verbose_name = _("blog post")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A translation has the topics of its own language: wagtail-localize copies the others."""
        topics = list(self.topics.all())
        own = Topic.objects.filter(locale=self.locale_id)
        if any(topic.locale_id != self.locale_id for topic in topics):
            by_key = {topic.translation_key: topic for topic in own}
            self.topics = [by_key.get(topic.translation_key, topic) for topic in topics]
        super().full_clean(*args, **kwargs)

    @property
    def shown_topics(self) -> list[Topic]:
        """Those that are said in the language of the post."""
        topics = self.topics.all()
        return [
            one for one in topics if one.locale_id == self.locale_id and not one.awaits_translation
        ]

    @property
    def reading_minutes(self) -> int:
        """Minutes that an average reader needs, at least one."""
        words = strip_tags(
            " ".join(self.body.stream_block.get_searchable_content(self.body))
        ).split()
        return max(1, ceil(len(words) / WORDS_A_MINUTE))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        topics = self.shown_topics
        return context | {"topics": topics, "related": related_to(self, topics)}

    def pictures(self, context: dict[str, Any]) -> list[Any]:
        portrait = [self.author.picture] if self.author else []
        related = [post.picture for post in context["related"]]
        return [*super().pictures(context), *portrait, *related]

    def structured_data(self) -> list[dict[str, Any]]:
        return [article(self)]
