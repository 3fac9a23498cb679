"""Organisations in the staff screens' menu."""

from wagtail import hooks

from portal.organisations.viewsets import OrganisationGroup, organisation_group


@hooks.register("register_admin_viewset")
def organisation_viewsets() -> OrganisationGroup:
    return organisation_group
