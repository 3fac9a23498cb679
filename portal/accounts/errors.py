"""Error messages of the sign-in forms: what is wrong, what to do, and no blame.

The adapters put these in the place of allauth's. Who is told is told no more than before: a wrong
password and an unknown address are one message (STANDARDS 6.9).
"""

from django.utils.translation import gettext_lazy as _

ACCOUNT_ERRORS = {
    "duplicate_email": _("You have given us this address already."),
    "email_password_mismatch": _(
        "This e-mail address and password do not match. Check them both. "
        "Not confirmed your address yet? Then there is a new link in your mailbox."
    ),
    "enter_current_password": _("That is not your password. Try again, or ask for a new one."),
    "incorrect_code": _("That code is not right. Use the newest one."),
    "incorrect_password": _("That is not your password. Try again, or ask for a new one."),
    "rate_limited": _("Too many tries in a short time. Wait a few minutes and try again."),
    "too_many_login_attempts": _(
        "That went wrong a few times. Wait five minutes and try again, or ask for a new password."
    ),
}
# What is still to be filled in, by the name of its field.
MISSING = {
    "first_name": _("Fill in the first name."),
    "last_name": _("Fill in the last name."),
    "email": _("Fill in your e-mail address."),
    "login": _("Fill in your e-mail address."),
    "password": _("Fill in your password."),
    "oldpassword": _("Fill in your password."),
    "password1": _("Choose a password."),
    "code": _("Fill in the code."),
}
FACTOR_ERRORS = {
    "add_email_blocked": _("First switch off the second step, then change your address."),
    "cannot_delete_authenticator": _("Your account needs a second step: add another one first."),
    "cannot_generate_recovery_codes": _("Recovery codes come with a passkey or an app: add one."),
    "incorrect_code": _("That code is not right. Use the newest one."),
    "unverified_email": _("First confirm your e-mail address, then set up a second step."),
}
