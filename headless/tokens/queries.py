"""Which token somebody shows, and which there are."""

from headless.tokens.digests import digests_of
from headless.tokens.models import ApiToken, ApiTokenQuerySet


def token_known_as(*, token: str) -> ApiToken | None:
    """The row of a token as it was shown once, ended and revoked ones too."""
    digests = digests_of(token)
    if not digests:
        return None
    return ApiToken.objects.select_related("organisation").filter(digest__in=digests).first()


def tokens_to_list() -> ApiTokenQuerySet:
    return ApiToken.objects.select_related("organisation")


def token_numbered(*, number: int) -> ApiToken | None:
    return tokens_to_list().filter(pk=number).first()
