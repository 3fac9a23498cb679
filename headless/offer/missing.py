"""What is told where the offer does not have what somebody asks for.

What is not there and what is not theirs are told alike: nobody learns what there is.
"""

from django.utils.translation import gettext as _t


def no_meeting() -> str:
    return _t("There is no such meeting, or none that you may use.")


def no_course() -> str:
    return _t("There is no such course, or it is not public.")


def no_list() -> str:
    return _t("There is no such list, or none of yours.")


def no_certificate() -> str:
    return _t("There is no such certificate.")
