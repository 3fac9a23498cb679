"""The start screen in the staff screens' menu."""

from pluc.staff_screens.menu import register_screens
from portal.desk.staff_views import SCREENS

register_screens(SCREENS, "overzicht/", [], order=1)
