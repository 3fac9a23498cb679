from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        from allauth.account import signals as account
        from allauth.mfa import signals as factors
        from django.contrib.auth import signals as auth
        from django.utils.translation import gettext_lazy as _

        from legal.rights.obstacles import OBSTACLES
        from pluc.outbox.permissions import may_read
        from pluc.portal_header import ENTRIES, Entry
        from portal.accounts import file_sections, receivers, search
        from portal.accounts.files import SECTIONS, Section
        from portal.accounts.models import Person
        from portal.accounts.obstacles import work_on_the_site
        from portal.accounts.permissions import may_see_people
        from portal.accounts.roles import sync_roles

        SECTIONS.append(
            Section(
                order=20,
                title=_("Mails"),
                icon="mail",
                empty=_("Nothing was mailed."),
                may=may_read,
                lines=file_sections.mails,
            )
        )
        SECTIONS.append(
            Section(
                order=40,
                title=_("What was shown to whom"),
                icon="view",
                empty=_("Nobody outside was shown anything."),
                may=may_see_people,
                lines=file_sections.disclosures,
            )
        )
        ENTRIES.append(Entry(order=40, label=_("Account"), view="account"))
        OBSTACLES.append(work_on_the_site)
        post_migrate.connect(sync_roles, sender=self)
        post_save.connect(search.person_saved, sender=Person)
        auth.user_logged_in.connect(receivers.signed_in)
        auth.user_logged_out.connect(receivers.signed_out)
        auth.user_login_failed.connect(receivers.sign_in_failed)
        for signal in (account.password_changed, account.password_set, account.password_reset):
            signal.connect(receivers.password_changed)
        for signal in (factors.authenticator_added, factors.authenticator_removed):
            signal.connect(receivers.factor_changed)
        account.email_changed.connect(receivers.address_changed)
        factors.authenticator_reset.connect(receivers.factor_changed)


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with our own forms: a user's name is their person's."""

    user_viewset = "portal.accounts.viewsets.UserViewSet"
