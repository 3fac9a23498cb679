"""What somebody is signed in on, in plain words."""

from django.utils.translation import gettext as _t

# The first that stands in the text wins: most browsers also name those that they descend from.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]


def first_in(text: str, names: list[tuple[str, str]]) -> str:
    return next((name for sign, name in names if sign in text), "")


def device_in_words(user_agent: str) -> str:
    """A browser's own description of itself, as people would say it: "Firefox on Windows"."""
    browser, system = first_in(user_agent, BROWSERS), first_in(user_agent, SYSTEMS)
    if browser and system:
        return _t("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _t("A device that does not say what it is")
