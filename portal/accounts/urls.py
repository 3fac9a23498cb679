"""Registering, signing in, and everything about one's own account.

allauth's views under Dutch addresses. What changes an account is one transaction with the mail
that tells of it; what holds a token in its address is never measured (STANDARDS 1.12, 7.7).
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from pluc.counting import limited
from portal.accounts import views
from portal.accounts.views.addresses import change_address
from portal.accounts.views.confirming import confirm
from portal.accounts.views.registering import RegistrationView, SignInView
from portal.accounts.views.timing import steady_post
from portal.accounts.views.tokens import with_token
from portal.accounts.views.transactions import atomic_post

password = [
    path("wijzigen/", atomic_post(account.password_change), name="account_change_password"),
    path("instellen/", atomic_post(account.password_set), name="account_set_password"),
    path(
        "vergeten/",
        steady_post(atomic_post(account.password_reset)),
        name="account_reset_password",
    ),
    path("verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w:-]+)/$",
        atomic_post(with_token(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "gewijzigd/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
second_factor = [
    path("", factors.index, name="mfa_index"),
    path("bevestigen/", limited("second_step")(factors.authenticate), name="mfa_authenticate"),
    path("opnieuw/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("app/", atomic_post(totp.activate_totp), name="mfa_activate_totp"),
    path("app/verwijderen/", atomic_post(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("sleutels/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("sleutels/toevoegen/", atomic_post(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("sleutels/opnieuw/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sleutels/inloggen/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "sleutels/<int:pk>/verwijderen/",
        atomic_post(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("sleutels/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes/nieuw/",
        atomic_post(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("codes/bestand/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
account_screen = [
    path("", views.profile, name="account"),
    path("metingen/", views.measurement, name="account_measurement"),
    path("beveiliging/", views.security, name="account_security"),
    path("adres/", atomic_post(change_address), name="account_email"),
    path("wachtwoord/", include(password)),
    path("tweede-stap/", include(second_factor)),
    path("sessies/", sessions.list_usersessions, name="usersessions_list"),
    path("sessies/<int:session_id>/", views.session_end, name="account_session_end"),
    path("opnieuw-inloggen/", account.reauthenticate, name="account_reauthenticate"),
    path("gevonden/", views.claims, name="account_claims"),
    path("gevonden/<uuid:record>/", views.claim, name="account_claim"),
]
urlpatterns = [
    path(
        "registreren/",
        limited("register", mailbox="email")(atomic_post(RegistrationView.as_view())),
        name="account_signup",
    ),
    path("bevestigen/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^bevestigen/(?P<key>[-:\w]+)/$",
        limited("prove")(atomic_post(with_token(confirm))),
        name="account_confirm_email",
    ),
    path("inloggen/", SignInView.as_view(), name="account_login"),
    path("uitloggen/", limited("logout")(account.logout), name="account_logout"),
    # Whose login was closed is told no more than a stranger.
    path("inactief/", RedirectView.as_view(pattern_name="account_login"), name="account_inactive"),
    path("account/", include(account_screen)),
]
