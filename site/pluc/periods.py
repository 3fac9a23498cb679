"""How long things are kept and last: every period stands here once, and nowhere else.

The settings, the declarations of the registry of personal data, the purge, and the texts that
people read (`{% period "ANSWER" %}` in a template) all take it from here.
"""

from datetime import timedelta

from django.utils.translation import ngettext

DAY, WEEK, YEAR = timedelta(days=1), timedelta(weeks=1), timedelta(days=365)

# --- Kept in the database, after the fact that the declaration names (P10) -----------------------

MAIL = 90 * DAY
WEBHOOK = 30 * DAY  # a message to an endpoint of others, and what became of it
RETURN = 90 * DAY  # that a mail came back
READ_MAIL = 30 * DAY  # in the mailbox for what comes back, once it was understood
MESSAGE = YEAR
ACCESS = YEAR  # of a contact to what an organisation may see
CONSENT_PROOF = 3 * YEAR  # AVG 7(1)
RESTRICTION = 3 * YEAR
DISCLOSURE = 5 * YEAR
PLACE = 5 * YEAR  # accreditation asks for the lists of five years back
BOOKS = 7 * YEAR  # AWR 52
# Registers look five to seven years back at PE: the longest, so that what proves it can be checked.
CERTIFICATE = 7 * YEAR
MATERIAL = 7 * YEAR  # of a course, after it was added
FAILED_TASK = 14 * DAY
REGISTRATION = 3 * DAY  # an address that nobody proved
ADDRESS_CHANGE = DAY
DRAFT_FORM = DAY
OPEN_SCREEN = timedelta(hours=1)
WISHES = DAY  # about food and access, after the meeting (AVG 9)
CONFIRMATION = 7 * DAY  # of an address that asked for the newsletter; its link lasts as long
ISSUE_IS_COUNTED = 14 * DAY  # after it went; then its numbers stay
API_TOKEN = YEAR  # at most, from the day that it is made; and so long its row stays after its end
STORED_ANSWER = DAY  # to a partner’s program, under the key of its request
SUPPLY = 7 * DAY  # rows of a file with participants; so long can it be undone
COUNTER = DAY  # the longest period in `pluc.limits`

# --- Cookies -------------------------------------------------------------------------------------

SIGNED_IN = 30 * DAY  # for who ticks "stay signed in", from signing in
CSRF_COOKIE = YEAR
CONSENT_COOKIE = 182 * DAY  # asks again after six months at most
OPT_OUT_COOKIE = 5 * YEAR
MEASUREMENT_COOKIE = 390 * DAY  # Google's

# --- What people are told to count on ------------------------------------------------------------

RESET_LINK = DAY
PREVIEW_LINK = timedelta(hours=1)  # to the draft of a page, since somebody last edited it
HELD_LINK = timedelta(hours=1)  # to what we hold about a subscriber without an account
UNDO = timedelta(hours=1)  # of leaving the newsletter, by the link that left
HOLD = timedelta(minutes=15)  # of a place, while the form is filled in
OFFER = DAY  # of a place that came free
SPEAKER_BEFORE = 14 * DAY  # the first session, from which on a speaker sees who comes (P14)
SPEAKER_AFTER = 30 * DAY  # the last session, until which a speaker has the meeting in their room
NOTICE = 14 * DAY  # of a material change of the statement
SUPPLIER_TELLS = 21 * DAY  # whom it supplied; then we do
SOURCE_TOLD = 28 * DAY  # at the latest: within a month, whichever it is (AVG 14(3)(a))
ANSWER = 28 * DAY  # to who asks for their rights (P23, P26, P27)
WEBHOOK_FAILS = 5 * DAY  # without an answer, after which an endpoint is switched off
SECRETS_OVERLAP = DAY  # of the former secret of an endpoint, after it got another one
CERTIFICATE_KEY_ENDS = 90 * DAY  # before the key's own end, from which on staff are warned

# --- At the door of a session --------------------------------------------------------------------

DOOR_OPENS = timedelta(hours=2)  # before a session starts
DOOR_CLOSES = timedelta(hours=2)  # after it ends
SLIP = timedelta(seconds=10)  # in which a mark is undone
DRIFT = timedelta(minutes=2)  # of a phone's clock; more is shown to the back office
ATTENDANCE_SHOWN = 6 * WEEK  # after a meeting, among those whose attendance the back office sees
CHECK_IN = timedelta(minutes=1)  # after which the code in the room is another one
CHECK_IN_STAYS = timedelta(minutes=2)  # how old a code may be that is taken


def in_words(period: timedelta) -> str:
    """A period in the active language, in the largest unit that it is a whole number of.

    Weeks only from three on: people say "14 days".
    """
    if period and period % YEAR == timedelta(0):
        n = period // YEAR
        return ngettext("%(n)d year", "%(n)d years", n) % {"n": n}
    if period > 2 * WEEK and period % WEEK == timedelta(0):
        n = period // WEEK
        return ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}
    if period % DAY == timedelta(0):
        return ngettext("%(n)d day", "%(n)d days", period.days) % {"n": period.days}
    if period % timedelta(hours=1) == timedelta(0):
        n = period // timedelta(hours=1)
        return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}
    n = period // timedelta(minutes=1)
    return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}
