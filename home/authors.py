"""Who wrote which posts, and what becomes of the posts when an author goes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail.query import PageQuerySet
from wagtail.snippets.views.snippets import DeleteView

from home.models import Author, BlogPostPage


def posts_of(author: Author) -> PageQuerySet:
    """The posts that show an author, and those whose drafts do."""
    drafts = drafts_of(author).values_list("object_id", flat=True)
    of_drafts = BlogPostPage.objects.filter(pk__in=[int(number) for number in drafts])
    return (BlogPostPage.objects.filter(author=author) | of_drafts).distinct()


def drafts_of(author: Author) -> Any:
    """The revisions of posts by an author, published or not: one may go back to each."""
    return Revision.page_revisions.filter(content__author=author.pk)


@transaction.atomic
def hand_over(*, author: Author, to: Author) -> None:
    """Puts another name on an author's posts, and on all their drafts."""
    for revision in list(drafts_of(author)):
        revision.content["author"] = to.pk
        revision.save(update_fields=["content"])
    for post in BlogPostPage.objects.filter(author=author):
        post.author = to
        post.save(update_fields=["author"])


class SuccessorForm(forms.Form):
    """Who is named on the posts from now on."""

    def __init__(self, *args: Any, author: Author, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Author.objects.filter(locale=author.locale).exclude(pk=author.pk)
        self.fields["other"] = forms.ModelChoiceField(
            queryset=others,
            label=_("Author of these posts from now on"),
            empty_label=_("Choose"),
            help_text=_("Is nobody right? Make another author first."),
        )


class AuthorDeleteView(DeleteView):
    """Asks for another author first, where there are posts."""

    def get_form(self, form_class: Any = None) -> Any:
        if not posts_of(self.object).exists():
            return super().get_form(form_class)
        return SuccessorForm(**self.get_form_kwargs(), author=self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"posts": posts_of(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        if isinstance(form, SuccessorForm):
            hand_over(author=self.object, to=form.cleaned_data["other"])
        response: HttpResponse = super().form_valid(form)
        return response


def keep_authors_who_wrote(
    request: HttpRequest, action: str, rows: list[Any], view: Any
) -> HttpResponse | None:
    """Several are not deleted at once while one of them has posts: each asks for another."""
    wrote = [row for row in rows if isinstance(row, Author) and posts_of(row).exists()]
    if action != "delete" or not wrote:
        return None
    names = ", ".join(row.name for row in wrote)
    told = _t("Nothing is deleted: %(names)s wrote posts. Delete them one by one.")
    messages.error(request, told % {"names": names})
    return HttpResponseRedirect(view.next_url)
