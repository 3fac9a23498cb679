"""Every address of ours, by what each role gets there (STANDARDS 6.14).

The rule (CONTRACT, Portal addresses): who is not signed in is sent to sign in; who is, and has no
right, finds nothing. A new address gets a line here, or `test_matrix` fails. `{names}` in an
address stand for objects that the test makes; what belongs to somebody belongs to the participant.

Wagtail's own screens have no line of their own: for whoever is no staff there is none of them.
"""

from dataclasses import dataclass, field
from enum import StrEnum

OUTSIDERS = ("participant", "colleague", "speaker", "contact")
STAFF = ("back_office", "editor", "writer", "superuser")
ROLES = ("anonymous", *OUTSIDERS, *STAFF)


class Outcome(StrEnum):
    SEES = "sees it"
    DONE = "is sent on"
    AGAIN = "is asked for the password again"
    SIGN_IN = "is sent to sign in"
    HOME = "is sent back to the staff's first screen"  # as Wagtail tells colleagues: not for you
    NOTHING = "finds nothing"
    FAULTS = "is told what is wrong with the form"
    FORBIDDEN = "is refused"  # never: it would tell that there is something
    WRONG_WAY = "cannot be asked that way"  # 405
    NO_SESSION = "is told that nobody is signed in"  # 401: a script, which follows nowhere
    BROKEN = "is told that it makes no sense"  # 400


Expected = dict[str, Outcome]
SEES, DONE, AGAIN = Outcome.SEES, Outcome.DONE, Outcome.AGAIN
SIGN_IN, HOME = Outcome.SIGN_IN, Outcome.HOME
NOTHING, FAULTS, WRONG_WAY = Outcome.NOTHING, Outcome.FAULTS, Outcome.WRONG_WAY
NO_SESSION, BROKEN = Outcome.NO_SESSION, Outcome.BROKEN


# --- Who may do what -----------------------------------------------------------------------------


def everyone(outcome: Outcome = SEES) -> Expected:
    return dict.fromkeys(ROLES, outcome)


def signed_in(outcome: Outcome = SEES) -> Expected:
    return dict.fromkeys(ROLES, outcome) | {"anonymous": SIGN_IN}


def guests(outcome: Outcome = SEES) -> Expected:
    """Outcomes of a page for guests: who is signed in is sent to their start page."""
    return dict.fromkeys(OUTSIDERS, DONE) | dict.fromkeys(STAFF, HOME) | {"anonymous": outcome}


def only(owner: str, outcome: Outcome = SEES) -> Expected:
    """Outcomes of a page of one role: 404 for everybody else, superusers included."""
    return dict.fromkeys(ROLES, NOTHING) | {"anonymous": SIGN_IN, owner: outcome}


def nobody() -> Expected:
    """Outcomes of a page that is nobody's: not even whether it is there is told."""
    return dict.fromkeys(ROLES, NOTHING) | {"anonymous": SIGN_IN}


def colleagues(*roles: str, outcome: Outcome = SEES) -> Expected:
    """Outcomes of a staff screen: staff with the right, and superusers."""
    others = dict.fromkeys(OUTSIDERS, NOTHING) | dict.fromkeys(STAFF, HOME)
    return others | {"anonymous": SIGN_IN, "superuser": outcome} | dict.fromkeys(roles, outcome)


@dataclass(frozen=True)
class Row:
    """One way to ask for an address: as a URL conf has it, without the portal's `mijn/`."""

    method: str
    pattern: str
    expected: Expected
    address: str
    data: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def see(pattern: str, expected: Expected, address: str | None = None) -> Row:
    return Row("GET", pattern, expected, pattern if address is None else address)


def send(pattern: str, expected: Expected, address: str | None = None, **data: str) -> Row:
    return Row("POST", pattern, expected, pattern if address is None else address, data)


# --- The public site, which knows no one ---------------------------------------------------------

NAMED_STATEMENT = r"privacyverklaring/^(?P<version>[0-9]{4}-[0-9]{2}-[0-9]{2})"
A_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
CHANGES = rf"privacyverklaring/^verschil/(?P<old>{A_DATE})/(?P<new>{A_DATE})/$"
BY_LINK = "nieuwsbrief/"
CERTIFICATE = "certificaat/<uuid:certificate>"
CALENDAR = r"^(?:[\w\-]+/)+[\w\-]+\.ics$"
PASSWORD_OF_A_DOCUMENT = "documenten/authenticate_with_password/<int:restriction_id>/"

ANYWHERE = [
    see("livez", everyone()),
    see("media/<path:name>", everyone(NOTHING), "media/original_images/geheim.png"),
    see(r"documenten/^(\d+)/(.*)$", everyone(NOTHING), "documenten/1/geheim.pdf"),
    see(PASSWORD_OF_A_DOCUMENT, everyone(NOTHING), "documenten/authenticate_with_password/1/"),
]
COOKIES = [
    see("cookies/", everyone()),
    send("cookies/", everyone(DONE), all="decline"),
]
CONTENT = [
    see("api/v2/pages/", everyone()),
    see("api/v2/pages/find/", everyone(), "api/v2/pages/find/?html_path=/"),
    see("api/v2/pages/<page_id>/", everyone(NOTHING), "api/v2/pages/999999/"),
    see("api/v2/images/<picture_id>/", everyone(NOTHING), "api/v2/images/999999/"),
    see("api/v2/documents/", everyone()),
    see("api/v2/menus/", everyone()),
    see("api/v2/notice/", everyone()),
    see("api/v2/redirects/", everyone()),
    see("api/v2/redirects/find/", everyone(NOTHING), "api/v2/redirects/find/?html_path=/oud/"),
    see("api/v2/issues/", everyone()),
    see("api/v2/issues/<page_id>/", everyone(NOTHING), "api/v2/issues/999999/"),
    see("api/v2/statement/", everyone(NOTHING)),
    see("api/v2/statement/editions/", everyone()),
    see(
        "api/v2/statement/editions/<version>/",
        everyone(NOTHING),
        "api/v2/statement/editions/1999-01-01/",
    ),
    see(
        "api/v2/statement/diff/",
        everyone(NOTHING),
        "api/v2/statement/diff/?from=1999-01-01&to=1999-01-02",
    ),
    see("api/v2/preview/<token>/", everyone(NOTHING), "api/v2/preview/oud/"),
]
API = [
    see("api/", everyone(NOTHING)),
    see("api/openapi.json", everyone()),
    see("api/^(?P<rest>.*)$", everyone(NOTHING), "api/nergens"),
]
EMBEDDING = [
    see("api/docs", everyone()),
    see("api/docs/", everyone(DONE)),
    see("api/docs/objects", everyone()),
    see("api/oembed/", everyone(FAULTS)),
    see("embed/agenda.js", everyone()),
]
OF_CODE = "api/offer/meetings/<code>/"
OFFER_API = [
    see("api/offer/meetings/", everyone()),
    see("api/offer/meetings/<slug:code>/", everyone(NOTHING), "api/offer/meetings/{closed_code}/"),
    see(f"{OF_CODE}enrolments/", everyone(WRONG_WAY), "api/offer/meetings/x/enrolments/"),
    send(f"{OF_CODE}enrolments/", everyone(NO_SESSION), "api/offer/meetings/x/enrolments/"),
    see(f"{OF_CODE}supplied/", everyone(WRONG_WAY), "api/offer/meetings/x/supplied/"),
    send(f"{OF_CODE}supplied/", everyone(NO_SESSION), "api/offer/meetings/x/supplied/"),
    see(
        f"{OF_CODE}supplied/<supply_id>/",
        everyone(NO_SESSION),
        "api/offer/meetings/x/supplied/00000000-0000-0000-0000-000000000001/",
    ),
    see("api/offer/courses/", everyone()),
    see("api/offer/courses/<slug:code>/", everyone(NOTHING), "api/offer/courses/geen/"),
    see("api/offer/partners/", everyone()),
    see(
        "api/offer/certificates/<uuidstr:certificate>/",
        everyone(),
        "api/offer/certificates/{certificate}/",
    ),
]
PUBLIC = [
    *ANYWHERE,
    *COOKIES,
    *CONTENT,
    *API,
    *EMBEDDING,
    *OFFER_API,
    see("robots.txt", everyone()),
    see("sitemap.xml", everyone()),
    see(".well-known/security.txt", everyone()),
    see("favicon.ico", everyone(DONE)),
    see("zoeken/", everyone()),
    see("mail/terug/", everyone(WRONG_WAY)),
    send("mail/terug/", everyone(NOTHING)),  # a mail server's; the tests have no secret for it
    see("privacyverklaring/", everyone(NOTHING)),
    see("privacyverklaring/versies/", everyone(NOTHING)),
    see(f"{NAMED_STATEMENT}/$", everyone(NOTHING), "privacyverklaring/1999-01-01/"),
    see(rf"{NAMED_STATEMENT}\.pdf$", everyone(NOTHING), "privacyverklaring/1999-01-01.pdf"),
    see(CHANGES, everyone(NOTHING), "privacyverklaring/verschil/1999-01-01/1999-01-02/"),
    see("blog/feed/", everyone()),
    see("certificaat/uitgever.json", everyone()),
    see("certificaat/<typed_uuid:certificate>/", everyone(), "certificaat/{certificate}/"),
    send("certificaat/<typed_uuid:certificate>/", everyone(FAULTS), "certificaat/{certificate}/"),
    see(f"{CERTIFICATE}.json", everyone(), "certificaat/{certificate}.json"),
    see(f"{CERTIFICATE}.jwt", everyone(), "certificaat/{certificate}.jwt"),
    see("certificaat/status/<int:number>.jwt", everyone(), "certificaat/status/0.jwt"),
    see(
        "certificaat/sleutel/<slug:fingerprint>.json",
        everyone(NOTHING),
        "certificaat/sleutel/x.json",
    ),
    see(f"{BY_LINK}bevestigen/<str:token>/", everyone(NOTHING), "nieuwsbrief/bevestigen/oud/"),
    send(f"{BY_LINK}bevestigen/<str:token>/", everyone(NOTHING), "nieuwsbrief/bevestigen/oud/"),
    see(f"{BY_LINK}afmelden/<str:token>/", everyone(NOTHING), "nieuwsbrief/afmelden/oud/"),
    send(f"{BY_LINK}afmelden/<str:token>/", everyone(NOTHING), "nieuwsbrief/afmelden/oud/"),
    see(f"{BY_LINK}gegevens/<str:token>/", everyone(NOTHING), "nieuwsbrief/gegevens/oud/"),
    see(CALENDAR, everyone(NOTHING), "bijeenkomsten/geheim/geheim.ics"),
    see(r"^((?:[\w\-]+/)*)$", everyone(), ""),
    see(r"^((?:[\w\-]+/)*)$", everyone(NOTHING), "nergens/"),
]

# --- The portal ----------------------------------------------------------------------------------

NEW_PASSWORD = r"account/wachtwoord/^nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w:-]+)/$"
PASSKEY = "account/tweede-stap/sleutels/<int:pk>/"
PASSKEYS_END = "account/tweede-stap/sleutels/<int:pk>/verwijderen/"

SIGNING_IN = [
    see("registreren/", guests()),
    send("registreren/", guests(), email="geen-adres"),
    see("bevestigen/", everyone()),
    see(r"^bevestigen/(?P<key>[-:\w]+)/$", everyone(), "bevestigen/verlopen/"),
    send(r"^bevestigen/(?P<key>[-:\w]+)/$", everyone(), "bevestigen/verlopen/"),
    see("inloggen/", guests()),
    send("inloggen/", guests(), login="niemand@nergens.example", password="onbekend"),
    see("uitloggen/", signed_in()),
    send("uitloggen/", everyone(SIGN_IN)),
    see("inactief/", everyone(SIGN_IN)),
    see("account/wachtwoord/vergeten/", everyone()),
    send("account/wachtwoord/vergeten/", everyone(DONE), email="niemand@nergens.example"),
    see("account/wachtwoord/verstuurd/", everyone()),
    see(NEW_PASSWORD, everyone(), "account/wachtwoord/nieuw/1-verlopen/"),
    send(NEW_PASSWORD, everyone(), "account/wachtwoord/nieuw/1-verlopen/", password1="x"),
    see("account/wachtwoord/gewijzigd/", everyone()),
    # Halfway through signing in, which nobody here is.
    see("account/tweede-stap/bevestigen/", guests(SIGN_IN)),
    see("account/tweede-stap/sleutels/inloggen/", guests(SIGN_IN)),
]
ACCOUNT = [
    see("", signed_in()),
    see("gegevens/", signed_in()),
    see("account/", signed_in()),
    send("account/", signed_in(FAULTS), first_name=""),
    see("account/metingen/", signed_in()),
    send("account/metingen/", signed_in(DONE), measured="off"),
    see("account/nieuwsbrief/", signed_in()),
    send("account/nieuwsbrief/", signed_in(DONE), newsletter="on"),
    see("account/beveiliging/", signed_in()),
    see("account/adres/", signed_in()),
    send("account/adres/", signed_in(DONE), email="nieuw@nergens.example", action_add=""),
    see("account/wachtwoord/wijzigen/", signed_in()),
    send("account/wachtwoord/wijzigen/", signed_in(), oldpassword="onjuist"),
    see("account/wachtwoord/instellen/", signed_in(DONE)),  # who has one changes it
    see("account/sessies/", signed_in()),
    send("account/sessies/", signed_in(DONE)),
    see("account/sessies/<int:session_id>/", signed_in(WRONG_WAY), "account/sessies/{session}/"),
    send(
        "account/sessies/<int:session_id>/", only("participant", DONE), "account/sessies/{session}/"
    ),
    see("account/opnieuw-inloggen/", signed_in()),
    send("account/opnieuw-inloggen/", signed_in(), password="onjuist"),
    see("account/gevonden/", signed_in()),
    see("account/gevonden/<uuid:record>/", signed_in(WRONG_WAY), "account/gevonden/{record}/"),
    send(
        "account/gevonden/<uuid:record>/",
        only("participant", DONE),
        "account/gevonden/{record}/",
        answer="take",
    ),
]
# The participant has a passkey, and recovery codes with it; nobody has an app.
SECOND_STEP = [
    see("account/tweede-stap/", signed_in()),
    see("account/tweede-stap/opnieuw/", signed_in(AGAIN) | {"participant": SEES}),
    see("account/tweede-stap/app/", signed_in()),
    send("account/tweede-stap/app/", signed_in(), code="000000"),
    see("account/tweede-stap/app/verwijderen/", signed_in(NOTHING)),
    see("account/tweede-stap/sleutels/", signed_in()),
    see("account/tweede-stap/sleutels/toevoegen/", signed_in()),
    see("account/tweede-stap/sleutels/opnieuw/", signed_in(AGAIN) | {"participant": SEES}),
    see(PASSKEY, only("participant"), "account/tweede-stap/sleutels/{passkey}/"),
    send(PASSKEY, only("participant", DONE), "account/tweede-stap/sleutels/{passkey}/", name="x"),
    see(PASSKEYS_END, only("participant"), "account/tweede-stap/sleutels/{passkey}/verwijderen/"),
    send(
        PASSKEYS_END,
        only("participant", DONE),
        "account/tweede-stap/sleutels/{passkey}/verwijderen/",
    ),
    see("account/tweede-stap/codes/", only("participant")),
    see("account/tweede-stap/codes/nieuw/", signed_in()),
    send("account/tweede-stap/codes/nieuw/", signed_in() | {"participant": DONE}),
    see("account/tweede-stap/codes/bestand/", only("participant")),
]
# The participant has a place in the meeting; an in-company meeting is nobody's to enrol in.
MINE = "bijeenkomsten/<slug:code>/"
PLACE = "inschrijving/<str:token>/"
ORDER = "bestelling/<str:token>/"
PLACES = [
    see("bijeenkomsten/", signed_in()),
    see(MINE, only("participant"), "bijeenkomsten/{code}/"),
    send(MINE, only("participant", DONE), "bijeenkomsten/{code}/", do="cancel"),
    see(f"{MINE}agenda.ics", only("participant"), "bijeenkomsten/{code}/agenda.ics"),
    see(f"{MINE}aanmelden/", everyone() | {"participant": DONE}, "bijeenkomsten/{code}/aanmelden/"),
    see(f"{MINE}aanmelden/", everyone(NOTHING), "bijeenkomsten/{closed_code}/aanmelden/"),
    send(
        f"{MINE}aanmelden/",
        everyone(FAULTS) | {"participant": DONE},
        "bijeenkomsten/{code}/aanmelden/",
        last_name="",
    ),
    send(f"{MINE}aanmelden/", everyone(NOTHING), "bijeenkomsten/{closed_code}/aanmelden/"),
    see(f"{MINE}aanmelden/klaar/", everyone(DONE), "bijeenkomsten/{code}/aanmelden/klaar/"),
    # The link in the mail: whoever has it, has the mailbox.
    see(PLACE, everyone(), "inschrijving/{token}/"),
    send(PLACE, everyone(DONE), "inschrijving/{token}/", do="cancel"),
    see(PLACE, everyone(NOTHING), "inschrijving/{enrolment}/"),
    send(PLACE, everyone(NOTHING), "inschrijving/{enrolment}/", do="cancel"),
    see(f"{PLACE}agenda.ics", everyone(), "inschrijving/{token}/agenda.ics"),
    # The link in a payer's mail; that of a place opens no order, nor the other way round.
    see(ORDER, everyone(), "bestelling/{order_token}/"),
    send(ORDER, everyone(FAULTS), "bestelling/{order_token}/", do="invoice"),
    see(ORDER, everyone(NOTHING), "bestelling/{token}/"),
    send(ORDER, everyone(NOTHING), "bestelling/{token}/", do="cancel"),
]
# Of a meeting in two days: its participant, its speaker, and the contact of who bought it.
SPOKEN, BOUGHT = "spreker/<slug:code>/", "organisatie/<slug:code>/"
DOOR = "deur/<slug:code>/<uuid:session_id>/"
ROOM = "inchecken/<uuid:session_id>/"
OWN_MATERIAL = f"{SPOKEN}materiaal/<uuid:material_id>/terugnemen/"
SENT = f"{BOUGHT}aanleveren/"
ONE_LIST = f"{SENT}<uuid:supply_id>/"
OWN_LIST = "organisatie/{agreed_code}/aanleveren/{supply}"
IN_ROOMS = [
    see("spreker/", only("speaker")),
    see(SPOKEN, only("speaker"), "spreker/{day_code}/"),
    send(SPOKEN, signed_in(WRONG_WAY), "spreker/{day_code}/"),
    see(SPOKEN, nobody(), "spreker/{code}/"),
    see(f"{SPOKEN}lijst.xlsx", only("speaker"), "spreker/{day_code}/lijst.xlsx"),
    see(f"{SPOKEN}lijst.pdf", only("speaker"), "spreker/{day_code}/lijst.pdf"),
    see(f"{SPOKEN}materiaal/", only("speaker"), "spreker/{day_code}/materiaal/"),
    send(f"{SPOKEN}materiaal/", only("speaker", FAULTS), "spreker/{day_code}/materiaal/"),
    see(OWN_MATERIAL, only("speaker"), "spreker/{day_code}/materiaal/{own_material}/terugnemen/"),
    send(
        OWN_MATERIAL,
        only("speaker", DONE),
        "spreker/{day_code}/materiaal/{own_material}/terugnemen/",
    ),
    see("certificaten/", signed_in()),
    see("certificaten/overzicht.pdf", signed_in()),
    see("certificaten/alles.zip", only("participant")),
    see(
        "certificaten/<uuid:certificate>.pdf",
        nobody() | dict.fromkeys(("participant", "contact", "back_office", "superuser"), SEES),
        "certificaten/{certificate}.pdf",
    ),
    see(
        "certificaten/bijeenkomst/<slug:code>.zip",
        only("contact"),
        "certificaten/bijeenkomst/{day_code}.zip",
    ),
    see("organisatie/", only("contact")),
    see(BOUGHT, only("contact"), "organisatie/{day_code}/"),
    send(BOUGHT, signed_in(WRONG_WAY), "organisatie/{day_code}/"),
    see(BOUGHT, nobody(), "organisatie/{code}/"),
    see(BOUGHT, nobody(), "organisatie/{closed_code}/"),
    see(f"{BOUGHT}lijst.xlsx", only("contact"), "organisatie/{day_code}/lijst.xlsx"),
    see(f"{BOUGHT}lijst.pdf", only("contact"), "organisatie/{day_code}/lijst.pdf"),
    see(SENT, only("contact"), "organisatie/{agreed_code}/aanleveren/"),
    see(SENT, nobody(), "organisatie/{day_code}/aanleveren/"),
    send(SENT, only("contact", FAULTS), "organisatie/{agreed_code}/aanleveren/"),
    see(ONE_LIST, only("contact"), f"{OWN_LIST}/"),
    see(ONE_LIST, nobody(), "organisatie/{day_code}/aanleveren/{supply}/"),
    see(f"{ONE_LIST}stand/", only("contact"), f"{OWN_LIST}/stand/?state=looked%20at"),
    see(f"{ONE_LIST}<slug:slug>/", signed_in(WRONG_WAY), f"{OWN_LIST}/inschrijven/"),
    send(f"{ONE_LIST}<slug:slug>/", only("contact", FAULTS), f"{OWN_LIST}/ongedaan/"),
    send(f"{ONE_LIST}<slug:slug>/", only("contact", DONE), f"{OWN_LIST}/inschrijven/"),
    see(f"{BOUGHT}verteld/", signed_in(WRONG_WAY), "organisatie/{agreed_code}/verteld/"),
    send(f"{BOUGHT}verteld/", only("contact", DONE), "organisatie/{agreed_code}/verteld/"),
]
AT_THE_DOOR = only("speaker") | {"back_office": SEES, "superuser": SEES}
SENT_ON = {role: DONE if got is SEES else got for role, got in AT_THE_DOOR.items()}
ON_THE_DAY = [
    see(f"{MINE}dag/", only("participant"), "bijeenkomsten/{day_code}/dag/"),
    see("deur/<slug:code>/", SENT_ON, "deur/{day_code}/"),  # it has one session
    see("deur/<slug:code>/", SENT_ON | {"speaker": NOTHING}, "deur/{code}/"),
    see(DOOR, AT_THE_DOOR, "deur/{day_code}/{day_session}/"),
    send(DOOR, SENT_ON, "deur/{day_code}/{day_session}/"),
    see(f"{DOOR}inloper/", SENT_ON, "deur/{day_code}/{day_session}/inloper/"),
    send(
        f"{DOOR}inloper/",
        {role: FAULTS if got is SEES else got for role, got in AT_THE_DOOR.items()},
        "deur/{day_code}/{day_session}/inloper/",
    ),
    see(
        f"{DOOR}merken/",
        AT_THE_DOOR | {"anonymous": NO_SESSION},
        "deur/{day_code}/{day_session}/merken/",
    ),
    send(
        f"{DOOR}merken/",
        {role: BROKEN if got is SEES else got for role, got in AT_THE_DOOR.items()}
        | {"anonymous": NO_SESSION},
        "deur/{day_code}/{day_session}/merken/",
    ),
    see("deur/plek/<str:code>/", AT_THE_DOOR, "deur/plek/{person_code}/"),
    send("deur/plek/<str:code>/", AT_THE_DOOR, "deur/plek/{person_code}/"),
    see(ROOM, AT_THE_DOOR, "inchecken/{day_session}/"),
    see(f"{ROOM}nu/", AT_THE_DOOR, "inchecken/{day_session}/nu/"),
    # It is in two days: nobody can check in yet, whatever code they have.
    see(f"{ROOM}<str:code>/", signed_in(FAULTS), "inchecken/{day_session}/{room_code}/"),
    see(f"{ROOM}<str:code>/", signed_in(NOTHING), "inchecken/{day_session}/oud/"),
    send(f"{ROOM}<str:code>/", signed_in(FAULTS), "inchecken/{day_session}/{room_code}/"),
    see(
        "materiaal/<uuid:version_id>/",
        AT_THE_DOOR | {"participant": SEES, "contact": SEES},
        "materiaal/{version}/",
    ),
]
PORTAL = [*SIGNING_IN, *ACCOUNT, *SECOND_STEP, *PLACES, *IN_ROOMS, *ON_THE_DAY]

# --- The staff screens ---------------------------------------------------------------------------

OFFICE = colleagues("back_office")
OFFICE_DONE = colleagues("back_office", outcome=DONE)
LISTS = "beheer/bijeenkomsten/aanleveringen/"
SENDERS = colleagues("back_office", "editor")
SENDERS_DONE = colleagues("back_office", "editor", outcome=DONE)
ANNOUNCEMENT = "beheer/mededelingen/<int:announcement_id>/"
ISSUES = colleagues("back_office", "editor")
ISSUES_DONE = colleagues("back_office", "editor", outcome=DONE)
MAILING = "beheer/nieuwsbrief/verzending/<int:number>/"
ISSUE = "beheer/nieuwsbrief/<int:page_id>/"
LETTER = "beheer/mail/<uuid:mail_id>/"
NOTE_OF = "beheer/mensen/<uuid:person_id>/notitie/"
MERGING = "beheer/mensen/<uuid:stays_id>/samenvoegen/<uuid:goes_id>/"
SUBSCRIPTION = "beheer/abonnees/<uuid:subscription_id>/"
MESSAGE = "beheer/berichten/<int:number>/"
RESTRICTION = "beheer/beperkingen/<uuid:person_id>/"
STATEMENT = "beheer/verklaring/<int:page_id>/"

HISTORY = ("history", "history-results", "usage")


def screens(base: str, key: str, name: str, expected: Expected, *which: str) -> list[Row]:
    """Wagtail's screens about one object, of which `name` is the participant's."""
    return [see(f"{base}/{one}/{key}/", expected, f"{base}/{one}/{{{name}}}/") for one in which]


OFFICE_FAULTS = colleagues("back_office", outcome=FAULTS)
MEETING = "beheer/bijeenkomsten/<int:meeting_id>/"
ENROLMENT = "beheer/inschrijvingen/<uuid:enrolment_id>/"
ATTENDANCE = "beheer/presentie/<int:meeting_id>/"
PHOTOGRAPH = "beheer/presentie/foto/<uuid:photograph_id>"
BILLING_FILE = "beheer/facturatie/<int:export_id>.<slug:kind>"
PLANNING = [
    see("beheer/bijeenkomsten/", OFFICE),
    see("beheer/bijeenkomsten/kalender/", OFFICE),
    see("beheer/bijeenkomsten/nieuw/", OFFICE),
    send("beheer/bijeenkomsten/nieuw/", OFFICE_FAULTS, code=""),
    see(MEETING, OFFICE, "beheer/bijeenkomsten/{meeting}/"),
    send(MEETING, OFFICE_FAULTS, "beheer/bijeenkomsten/{meeting}/", do=""),
    see(f"{MEETING}wijzigen/", OFFICE, "beheer/bijeenkomsten/{meeting}/wijzigen/"),
    send(f"{MEETING}wijzigen/", OFFICE_FAULTS, "beheer/bijeenkomsten/{meeting}/wijzigen/", code=""),
    see(f"{MEETING}kopie/", OFFICE, "beheer/bijeenkomsten/{meeting}/kopie/"),
    send(f"{MEETING}kopie/", OFFICE_FAULTS, "beheer/bijeenkomsten/{meeting}/kopie/", first_day=""),
    see(f"{MEETING}stap/", OFFICE, "beheer/bijeenkomsten/{meeting}/stap/"),
    send(
        f"{MEETING}stap/", OFFICE_FAULTS, "beheer/bijeenkomsten/{meeting}/stap/", state="definite"
    ),
    see(f"{MEETING}annuleren/", OFFICE, "beheer/bijeenkomsten/{meeting}/annuleren/"),
    send(
        f"{MEETING}annuleren/",
        OFFICE_DONE,
        "beheer/bijeenkomsten/{meeting}/annuleren/",
        because="De spreker is ziek.",
        telling="mail",
        telling_shown="1",
    ),
    see(f"{MEETING}schrijven/", OFFICE, "beheer/bijeenkomsten/{meeting}/schrijven/"),
    send(f"{MEETING}schrijven/", OFFICE_FAULTS, "beheer/bijeenkomsten/{meeting}/schrijven/"),
    see(f"{MEETING}inschrijven/", OFFICE, "beheer/bijeenkomsten/{meeting}/inschrijven/"),
    send(
        f"{MEETING}inschrijven/",
        OFFICE_FAULTS,
        "beheer/bijeenkomsten/{meeting}/inschrijven/",
        last_name="",
    ),
    see(f"{MEETING}wensen/", OFFICE, "beheer/bijeenkomsten/{meeting}/wensen/"),
    see(f"{MEETING}lijst.xlsx", OFFICE, "beheer/bijeenkomsten/{meeting}/lijst.xlsx"),
    see("beheer/aanmelden/", OFFICE),
    see("beheer/aanmelden/nieuw/", OFFICE),
    send("beheer/aanmelden/nieuw/", OFFICE_FAULTS, last_name=""),
    see("beheer/aanmelden/<uuid:person_id>/", OFFICE, "beheer/aanmelden/{person}/"),
    send("beheer/aanmelden/<uuid:person_id>/", OFFICE_FAULTS, "beheer/aanmelden/{person}/"),
    see("beheer/inschrijvingen/", OFFICE),
    see(ENROLMENT, OFFICE, "beheer/inschrijvingen/{enrolment}/"),
    send(ENROLMENT, OFFICE_FAULTS, "beheer/inschrijvingen/{enrolment}/", last_name=""),
    *(
        row
        for deed, outcome in {
            "factuur/": OFFICE_FAULTS,
            "verplaats/": OFFICE_FAULTS,
            "vervang/": OFFICE_FAULTS,
            "notitie/": OFFICE_FAULTS,
            "afwezig/": OFFICE_DONE,
            "aanwezig/": OFFICE_DONE,
            "annuleer/": OFFICE,  # it shows whom it will mail
        }.items()
        for row in (
            see(f"{ENROLMENT}{deed}", OFFICE, f"beheer/inschrijvingen/{{enrolment}}/{deed}"),
            send(f"{ENROLMENT}{deed}", outcome, f"beheer/inschrijvingen/{{enrolment}}/{deed}"),
        )
    ),
    see(f"{ATTENDANCE}lijsten/", OFFICE, "beheer/presentie/{meeting}/lijsten/"),
    send(f"{ATTENDANCE}foto/", OFFICE_FAULTS, "beheer/presentie/{meeting}/foto/"),
    send(f"{ATTENDANCE}<slug:kind>.pdf", OFFICE, "beheer/presentie/{meeting}/participants.pdf"),
    see(f"{ATTENDANCE}<slug:kind>.xlsx", OFFICE, "beheer/presentie/{meeting}/participants.xlsx"),
    see(f"{PHOTOGRAPH}/", OFFICE, "beheer/presentie/foto/{photograph}/"),
    send(f"{PHOTOGRAPH}/", OFFICE_FAULTS, "beheer/presentie/foto/{photograph}/", code="weg"),
    see(f"{PHOTOGRAPH}.jpg", OFFICE, "beheer/presentie/foto/{photograph}.jpg"),
    see(f"{PHOTOGRAPH}/verwijder/", OFFICE, "beheer/presentie/foto/{photograph}/verwijder/"),
    send(f"{PHOTOGRAPH}/verwijder/", OFFICE_DONE, "beheer/presentie/foto/{photograph}/verwijder/"),
    see(f"{MEETING}verplaats/", OFFICE, "beheer/bijeenkomsten/{meeting}/verplaats/"),
    see(f"{MEETING}aanleveren/", OFFICE, "beheer/bijeenkomsten/{meeting}/aanleveren/"),
    send(f"{MEETING}aanleveren/", OFFICE_FAULTS, "beheer/bijeenkomsten/{meeting}/aanleveren/"),
    see(f"{LISTS}te-bekijken/", OFFICE),
    see(f"{LISTS}te-vertellen/", OFFICE),
    see(f"{LISTS}te-vertellen/<uuid:source_id>/", OFFICE, f"{LISTS}te-vertellen/{{source}}/"),
    send(f"{LISTS}te-vertellen/<uuid:source_id>/", OFFICE_DONE, f"{LISTS}te-vertellen/{{source}}/"),
    see(f"{LISTS}<uuid:supply_id>/", OFFICE, f"{LISTS}{{supply}}/"),
    see(f"{LISTS}<uuid:supply_id>/stand/", OFFICE, f"{LISTS}{{supply}}/stand/?state=looked%20at"),
    *(
        row
        for deed, outcome in {
            "inschrijven/": OFFICE_DONE,
            "vergeten/": OFFICE_DONE,
            "ongedaan/": OFFICE_FAULTS,
            "bekeken/": OFFICE_FAULTS,
            "verteld/": OFFICE_DONE,
        }.items()
        for row in (
            see(f"{LISTS}<uuid:supply_id>/{deed}", OFFICE, f"{LISTS}{{supply}}/{deed}"),
            send(f"{LISTS}<uuid:supply_id>/{deed}", outcome, f"{LISTS}{{supply}}/{deed}"),
        )
    ),
    send(f"{MEETING}verplaats/", OFFICE_FAULTS, "beheer/bijeenkomsten/{meeting}/verplaats/"),
    see("beheer/facturatie/", OFFICE),
    see("beheer/facturatie/nieuw/", OFFICE),
    send("beheer/facturatie/nieuw/", OFFICE_FAULTS),  # there is nothing new
    see("beheer/facturatie/codes/", OFFICE),
    send("beheer/facturatie/codes/", OFFICE_FAULTS, debtor="1" * 21),
    see(BILLING_FILE, OFFICE, "beheer/facturatie/{export}.json"),
    see(BILLING_FILE, OFFICE, "beheer/facturatie/{export}.xlsx"),
    *(
        see(f"beheer/{table}/delete/<int:pk>/", OFFICE, f"beheer/{table}/delete/{{{name}}}/")
        for table, name in {
            "opleidingen": "course",
            "organisaties": "organisation",
            "locaties": "venue",
            "sprekers": "one_speaker",
            "onderwerpen": "subject",
            "regios": "region",
            "erkenningen": "scheme",
            "voorwaarden": "policy",
        }.items()
    ),
    see("beheer/contactpersonen/", OFFICE),
    see("beheer/contactpersonen/results/", OFFICE),
    see("beheer/contactpersonen/new/", OFFICE),
    *screens("beheer/contactpersonen", "<int:pk>", "contact", OFFICE, "edit", "delete", *HISTORY),
]
OFFICE_NOTHING = colleagues("back_office", outcome=NOTHING)
OFFICE_WRONG_WAY = colleagues("back_office", outcome=WRONG_WAY)
ALONG = "beheer/meekijken/<uuid:person_id>/"
PRESENCE = "beheer/presentie/<int:meeting_id>/"
OF_PERSON = f"{PRESENCE}persoon/<uuid:enrolment_id>/"
WALKED_IN = f"{PRESENCE}inloper/<uuid:walk_in_id>/"
MATERIAL = "beheer/materiaal/<uuid:material_id>/"
OF_DAY = "beheer/presentie/{day_meeting}/"
DAY_PERSON = f"{OF_DAY}persoon/{{day_enrolment}}/"
LOOKING_ALONG = [
    see(f"{ALONG}spreker/", OFFICE, "beheer/meekijken/{speakers_person}/spreker/"),
    see(
        f"{ALONG}spreker/",
        colleagues("back_office", outcome=NOTHING),
        "beheer/meekijken/{person}/spreker/",
    ),
    send(
        f"{ALONG}spreker/",
        colleagues("back_office", outcome=WRONG_WAY),
        "beheer/meekijken/{speakers_person}/spreker/",
    ),
    see(
        f"{ALONG}spreker/<slug:code>/",
        OFFICE,
        "beheer/meekijken/{speakers_person}/spreker/{day_code}/",
    ),
    see(f"{ALONG}organisatie/", OFFICE, "beheer/meekijken/{contacts_person}/organisatie/"),
    see(
        f"{ALONG}organisatie/<slug:code>/",
        OFFICE,
        "beheer/meekijken/{contacts_person}/organisatie/{day_code}/",
    ),
]
ATTENDED = [
    see("beheer/presentie/", OFFICE),
    see("beheer/pe-regels/delete/<int:pk>/", OFFICE, "beheer/pe-regels/delete/{rule}/"),
    see(PRESENCE, OFFICE, OF_DAY),
    send(PRESENCE, OFFICE_FAULTS, OF_DAY),
    see(f"{PRESENCE}definitief/", OFFICE, f"{OF_DAY}definitief/"),
    send(f"{PRESENCE}definitief/", OFFICE_FAULTS, f"{OF_DAY}definitief/"),
    see(f"{PRESENCE}heropenen/", OFFICE, f"{OF_DAY}heropenen/"),
    send(f"{PRESENCE}heropenen/", OFFICE_FAULTS, f"{OF_DAY}heropenen/"),
    see(OF_PERSON, OFFICE, DAY_PERSON),
    see(f"{OF_PERSON}merk/<uuid:mark_id>/", OFFICE, f"{DAY_PERSON}merk/{{mark}}/"),
    send(f"{OF_PERSON}merk/<uuid:mark_id>/", OFFICE_FAULTS, f"{DAY_PERSON}merk/{{mark}}/"),
    see(f"{OF_PERSON}erbij/<uuid:session_id>/", OFFICE, f"{DAY_PERSON}erbij/{{day_session}}/"),
    send(
        f"{OF_PERSON}erbij/<uuid:session_id>/", OFFICE_FAULTS, f"{DAY_PERSON}erbij/{{day_session}}/"
    ),
    *(
        row
        for deed in ("lijst/", "vervangt/", "plek/", "vervalt/")
        for row in (
            see(f"{WALKED_IN}{deed}", OFFICE, f"{OF_DAY}inloper/{{walk_in}}/{deed}"),
            send(f"{WALKED_IN}{deed}", OFFICE_FAULTS, f"{OF_DAY}inloper/{{walk_in}}/{deed}"),
        )
    ),
]
HANDED_OUT = [
    see("beheer/materiaal/", OFFICE),
    see(
        "beheer/materiaal/bijeenkomst/<int:meeting_id>/",
        OFFICE,
        "beheer/materiaal/bijeenkomst/{day_meeting}/",
    ),
    send(
        "beheer/materiaal/bijeenkomst/<int:meeting_id>/",
        OFFICE_FAULTS,
        "beheer/materiaal/bijeenkomst/{day_meeting}/",
    ),
    see("beheer/materiaal/cursus/<int:course_id>/", OFFICE, "beheer/materiaal/cursus/{course}/"),
    see(MATERIAL, OFFICE, "beheer/materiaal/{material}/"),
    see(f"{MATERIAL}wijzigen/", OFFICE, "beheer/materiaal/{material}/wijzigen/"),
    send(f"{MATERIAL}wijzigen/", OFFICE_FAULTS, "beheer/materiaal/{material}/wijzigen/", title=""),
    see(f"{MATERIAL}versie/", OFFICE, "beheer/materiaal/{material}/versie/"),
    send(f"{MATERIAL}versie/", OFFICE_FAULTS, "beheer/materiaal/{material}/versie/"),
    see(f"{MATERIAL}opnieuw/", OFFICE, "beheer/materiaal/{material}/opnieuw/"),
    see(f"{MATERIAL}<slug:slug>/", OFFICE, "beheer/materiaal/{material}/weghalen/"),
    send(f"{MATERIAL}<slug:slug>/", OFFICE_DONE, "beheer/materiaal/{material}/weghalen/"),
]
ISSUING = "beheer/certificaten/bijeenkomst/<int:meeting_id>/"
ISSUED = "beheer/certificaten/<uuid:certificate>/"
OF_MEETING, OF_ONE = (
    "beheer/certificaten/bijeenkomst/{day_meeting}/",
    "beheer/certificaten/{certificate}/",
)
CERTIFICATES = [
    see("beheer/certificaten/", OFFICE),
    see(ISSUING, OFFICE, OF_MEETING),
    see(f"{ISSUING}stand/", OFFICE, f"{OF_MEETING}stand/"),
    see(f"{ISSUING}uitgeven/", OFFICE, f"{OF_MEETING}uitgeven/"),
    send(f"{ISSUING}uitgeven/", OFFICE_FAULTS, f"{OF_MEETING}uitgeven/"),
    see(ISSUED, OFFICE, OF_ONE),
    see(f"{ISSUED}intrekken/", OFFICE, f"{OF_ONE}intrekken/"),
    send(f"{ISSUED}intrekken/", OFFICE_FAULTS, f"{OF_ONE}intrekken/", reason=""),
    see(f"{ISSUED}vervangen/", OFFICE, f"{OF_ONE}vervangen/"),
    send(f"{ISSUED}vervangen/", OFFICE_FAULTS, f"{OF_ONE}vervangen/", reason=""),
]
DRAFT_LINK = "beheer/pages/<int:number>/api/"
# Of pages that one may edit; others are not there for a colleague.
EDITS = dict.fromkeys(["writer", "editor", "superuser"], SEES)
WHO_EDITS = dict.fromkeys(ROLES, NOTHING) | {"anonymous": SIGN_IN} | EDITS
TOKENS = "beheer/api/tokens/"
REVOKING = f"{TOKENS}<int:number>/intrekken/"
API_SCREENS = [
    see(TOKENS, colleagues("back_office")),
    see(f"{TOKENS}nieuw/", colleagues("back_office")),
    send(f"{TOKENS}nieuw/", colleagues("back_office", outcome=FAULTS), name=""),
    see(
        f"{TOKENS}<int:number>/gemaakt/",
        colleagues("back_office"),
        f"{TOKENS}{{api_token}}/gemaakt/",
    ),
    see(REVOKING, colleagues("back_office"), f"{TOKENS}{{api_token}}/intrekken/"),
    send(REVOKING, colleagues("back_office", outcome=DONE), f"{TOKENS}{{api_token}}/intrekken/"),
]
WEBHOOK = "beheer/api/webhooks/<uuid:endpoint_id>/"
OF_WEBHOOK = "beheer/api/webhooks/{webhook}/"
TOLD = "beheer/api/webhooks/bericht/<int:delivery_id>/"
OF_TOLD = "beheer/api/webhooks/bericht/{webhook_message}/"
WEBHOOKS = [
    see("beheer/api/webhooks/", OFFICE),
    see("beheer/api/webhooks/nieuw/", OFFICE),
    send("beheer/api/webhooks/nieuw/", OFFICE_FAULTS, name=""),
    see(WEBHOOK, OFFICE, OF_WEBHOOK),
    see(f"{WEBHOOK}wijzigen/", OFFICE, f"{OF_WEBHOOK}wijzigen/"),
    send(f"{WEBHOOK}wijzigen/", OFFICE_FAULTS, f"{OF_WEBHOOK}wijzigen/", name=""),
    see(f"{WEBHOOK}geheim/", OFFICE, f"{OF_WEBHOOK}geheim/"),
    send(f"{WEBHOOK}geheim/", OFFICE_DONE, f"{OF_WEBHOOK}geheim/"),
    see(f"{WEBHOOK}geheim/gemaakt/", OFFICE, f"{OF_WEBHOOK}geheim/gemaakt/"),
    see(f"{WEBHOOK}<slug:slug>/", OFFICE, f"{OF_WEBHOOK}pauzeren/"),
    send(f"{WEBHOOK}<slug:slug>/", OFFICE_DONE, f"{OF_WEBHOOK}proef/"),
    see(TOLD, OFFICE, OF_TOLD),
    see(f"{TOLD}opnieuw/", OFFICE, f"{OF_TOLD}opnieuw/"),
    send(f"{TOLD}opnieuw/", OFFICE_DONE, f"{OF_TOLD}opnieuw/"),
]
STAFF_SCREENS = [
    *PLANNING,
    *API_SCREENS,
    see(DRAFT_LINK, WHO_EDITS, "beheer/pages/{issue}/api/"),
    send(DRAFT_LINK, WHO_EDITS | dict.fromkeys(EDITS, DONE), "beheer/pages/{issue}/api/"),
    see(f"{DRAFT_LINK}link/", WHO_EDITS, "beheer/pages/{issue}/api/link/"),
    *WEBHOOKS,
    *CERTIFICATES,
    *LOOKING_ALONG,
    *ATTENDED,
    *HANDED_OUT,
    see("beheer/test404/", everyone(NOTHING)),
    see("beheer/failwhale/", everyone(NOTHING)),
    # Only reports are exported, and only as what they are exported as.
    see("beheer/mensen/", everyone(NOTHING), "beheer/mensen/?export=csv"),
    see("beheer/users/", everyone(NOTHING), "beheer/users/?export=xlsx"),
    see("beheer/berichten/", everyone(NOTHING), "beheer/berichten/?export=csv"),
    see("beheer/mail/", everyone(NOTHING), "beheer/mail/?export=xlsx"),
    see("beheer/contactpersonen/", everyone(NOTHING), "beheer/contactpersonen/?export=exe"),
    see("beheer/login/", everyone(SIGN_IN) | dict.fromkeys(OUTSIDERS, NOTHING)),
    see("beheer/jsi18n/", everyone() | dict.fromkeys(OUTSIDERS, NOTHING)),
    see("beheer/localize/jsi18n/", colleagues("back_office", "editor", "writer")),
    see("beheer/componenten/", colleagues("back_office", "editor", "writer")),
    see("beheer/handleiding/backoffice/", OFFICE),
    see("beheer/handleiding/", colleagues("back_office", "editor", "writer")),
    see("beheer/account/", colleagues("back_office", "editor", "writer")),
    see("beheer/", colleagues("back_office", "editor", "writer")),
    see("beheer/overzicht/", colleagues("back_office", "editor", "writer", outcome=HOME)),
    see("beheer/locaties/edit/<int:pk>/", OFFICE, "beheer/locaties/edit/{venue}/"),
    send("beheer/locaties/edit/<int:pk>/", OFFICE, "beheer/locaties/edit/{venue}/", name=""),
    see("beheer/opleidingen/new/", OFFICE),
    send("beheer/opleidingen/new/", OFFICE, title=""),
    see("beheer/opleidingen/edit/<int:pk>/", OFFICE, "beheer/opleidingen/edit/{course}/"),
    send(
        "beheer/opleidingen/edit/<int:pk>/", OFFICE, "beheer/opleidingen/edit/{course}/", title=""
    ),
    see("beheer/mededelingen/", OFFICE),
    see("beheer/mededelingen/nieuw/", OFFICE),
    send("beheer/mededelingen/nieuw/", OFFICE_FAULTS, subject=""),
    see(ANNOUNCEMENT, OFFICE, "beheer/mededelingen/{announcement}/"),
    see(f"{ANNOUNCEMENT}wijzigen/", OFFICE, "beheer/mededelingen/{announcement}/wijzigen/"),
    send(f"{ANNOUNCEMENT}wijzigen/", OFFICE_FAULTS, "beheer/mededelingen/{announcement}/wijzigen/"),
    see(f"{ANNOUNCEMENT}<slug:slug>/", OFFICE, "beheer/mededelingen/{announcement}/indienen/"),
    send(
        f"{ANNOUNCEMENT}<slug:slug>/",
        OFFICE_DONE,
        "beheer/mededelingen/{announcement}/indienen/",
        revision="1",
    ),
    see("beheer/nieuwsbrief/", SENDERS),
    see(ISSUE, SENDERS, "beheer/nieuwsbrief/{issue}/"),
    see(f"{ISSUE}als/<slug:mode>/", SENDERS, "beheer/nieuwsbrief/{issue}/als/text/"),
    see(f"{ISSUE}<slug:slug>/", SENDERS, "beheer/nieuwsbrief/{issue}/proef/"),
    send(f"{ISSUE}<slug:slug>/", SENDERS_DONE, "beheer/nieuwsbrief/{issue}/proef/"),
    see("beheer/berichten/", OFFICE),
    see(MESSAGE, OFFICE, "beheer/berichten/{message}/"),
    see("beheer/berichten/lijst/", OFFICE),
    send(MESSAGE, OFFICE_FAULTS, "beheer/berichten/{message}/", text=""),
    see(f"{MESSAGE}<slug:slug>/", OFFICE, "beheer/berichten/{message}/beantwoord/"),
    send(f"{MESSAGE}<slug:slug>/", OFFICE_DONE, "beheer/berichten/{message}/beantwoord/"),
    see("beheer/abonnees/", OFFICE),
    see("beheer/abonnees/lijst/", OFFICE),
    see("beheer/abonnees/nieuw/", OFFICE),
    send("beheer/abonnees/nieuw/", OFFICE_FAULTS, email="geen-adres"),
    see(SUBSCRIPTION, OFFICE, "beheer/abonnees/{subscription}/"),
    see(f"{SUBSCRIPTION}stoppen/", OFFICE, "beheer/abonnees/{subscription}/stoppen/"),
    send(f"{SUBSCRIPTION}stoppen/", OFFICE_FAULTS, "beheer/abonnees/{subscription}/stoppen/"),
    see("beheer/nieuwsbrief/verzending/", ISSUES),
    see(MAILING, ISSUES, "beheer/nieuwsbrief/verzending/{mailing}/"),
    see(f"{MAILING}stand/", ISSUES, "beheer/nieuwsbrief/verzending/{mailing}/stand/?state=paused"),
    see(f"{MAILING}<slug:slug>/", ISSUES, "beheer/nieuwsbrief/verzending/{mailing}/doorgaan/"),
    send(f"{MAILING}<slug:slug>/", ISSUES_DONE, "beheer/nieuwsbrief/verzending/{mailing}/stoppen/"),
    see("beheer/beperkingen/", OFFICE),
    see(f"{RESTRICTION}beperken/", OFFICE, "beheer/beperkingen/{person}/beperken/"),
    send(
        f"{RESTRICTION}beperken/", OFFICE_FAULTS, "beheer/beperkingen/{person}/beperken/", ground=""
    ),
    see(f"{RESTRICTION}opheffen/", OFFICE, "beheer/beperkingen/{person}/opheffen/"),
    send(f"{RESTRICTION}opheffen/", OFFICE_FAULTS, "beheer/beperkingen/{person}/opheffen/"),
    see("beheer/mail/", OFFICE),
    see("beheer/mail/lijst/", OFFICE),
    see("beheer/mail/terug/", OFFICE),
    see(LETTER, OFFICE, "beheer/mail/{mail}/"),
    see(f"{LETTER}opnieuw/", OFFICE, "beheer/mail/{mail}/opnieuw/"),
    send(f"{LETTER}opnieuw/", OFFICE_FAULTS, "beheer/mail/{mail}/opnieuw/"),
    see("beheer/verklaring/", colleagues("editor")),
    see("beheer/verklaring/nieuw/", colleagues("editor")),
    see(STATEMENT, colleagues("editor"), "beheer/verklaring/{statement}/"),
    see(
        "beheer/snippets/home/author/delete/<int:pk>/",
        colleagues("editor"),
        "beheer/snippets/home/author/delete/{author}/",
    ),
    see("beheer/mensen/", OFFICE),
    see("beheer/mensen/results/", OFFICE),
    see("beheer/mensen/new/", OFFICE),
    send("beheer/mensen/new/", OFFICE, first_name=""),
    *screens("beheer/mensen", "<uuid:pk>", "person", OFFICE, "edit", "inspect", "delete", *HISTORY),
    send("beheer/mensen/edit/<uuid:pk>/", OFFICE, "beheer/mensen/edit/{person}/", first_name=""),
    see("beheer/mensen/dubbel/", OFFICE),
    see(NOTE_OF, OFFICE, "beheer/mensen/{person}/notitie/"),
    send(NOTE_OF, OFFICE_FAULTS, "beheer/mensen/{person}/notitie/", text=""),
    see("beheer/mensen/notitie/<int:note_id>/", OFFICE, "beheer/mensen/notitie/{note}/"),
    send("beheer/mensen/notitie/<int:note_id>/", OFFICE_DONE, "beheer/mensen/notitie/{note}/"),
    see(MERGING, OFFICE, "beheer/mensen/{person}/samenvoegen/{record}/"),
    send(MERGING, OFFICE_DONE, "beheer/mensen/{person}/samenvoegen/{record}/"),
    # Rights are superusers' alone (STANDARDS 6.22).
    see("beheer/users/", colleagues()),
    see("beheer/users/results/", colleagues()),
    see("beheer/users/new/", colleagues()),
    send("beheer/users/new/", colleagues(), email="geen-adres"),
    *screens("beheer/users", "<int:pk>", "user", colleagues(), "edit", "delete", "copy", *HISTORY),
    send("beheer/users/edit/<int:pk>/", colleagues(), "beheer/users/edit/{user}/", email="onjuist"),
    see("beheer/groups/", colleagues()),
]
# Of Wagtail's own addresses these hold no content, and are open to anyone.
PLAIN_FILES = ("beheer/jsi18n/", "beheer/sprite/")
# What holds data of people has a line of its own, whoever made the view.
LISTED_HERE = ("beheer/contactpersonen/", "beheer/mensen/", "beheer/users/")
