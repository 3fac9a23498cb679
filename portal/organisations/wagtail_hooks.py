"""Organisations in the staff screens' menu."""

from wagtail import hooks

from portal.organisations.viewsets import OrganisationGroup

hooks.register("register_admin_viewset", OrganisationGroup)
