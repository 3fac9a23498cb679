"""What is told where there is nothing that the content API may tell of.

What is not there and what is not public are told alike.
"""

from django.utils.translation import gettext as _t


def no_page() -> str:
    return _t("There is no such page, or it is not public.")


def no_picture() -> str:
    return _t("There is no such picture, or no public page shows it.")


def no_redirect() -> str:
    return _t("This path leads nowhere else.")


def no_issue() -> str:
    return _t("There is no such issue, or it was not sent yet.")


def no_edition() -> str:
    return _t("There is no such version of the privacy statement in this language.")


def no_draft() -> str:
    return _t("This link shows no draft, or no longer. Ask its editor for another one.")
