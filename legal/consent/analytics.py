"""The analytics decision (STANDARDS 1.12): one pure function, from which all else follows."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the decision knows of a request."""

    group_is_accepted: bool
    browser_opted_out: bool
    account_opted_out: bool
    is_preview: bool
    is_staff_page: bool
    has_token_in_address: bool
    id_is_set: bool


def opted_out(facts: Facts) -> bool:
    """By the browser or by the account; either beats consent (P38)."""
    return facts.browser_opted_out or facts.account_opted_out


def may_measure(facts: Facts) -> bool:
    """Whether the tracking code is on the page."""
    unfit = facts.is_preview or facts.is_staff_page or facts.has_token_in_address
    return facts.id_is_set and facts.group_is_accepted and not opted_out(facts) and not unfit


# What the policy header gains when, and only when, the answer is yes (STANDARDS 1.18).
GOOGLE_HOSTS = [
    "https://*.google-analytics.com",
    "https://*.analytics.google.com",
    "https://*.googletagmanager.com",
]
POLICY = {
    "script-src": ["https://www.googletagmanager.com"],
    "connect-src": GOOGLE_HOSTS,
    "img-src": GOOGLE_HOSTS,
}
