"""The engines that check accessibility, on the pages of a browser."""

from playwright.sync_api import Page


def bring(page: Page, name: str, script: str) -> None:
    """Sees to it that a script, which defines `name`, is on a page.

    Sent once: from then on each page of this browser has it from the start.
    """
    if not page.evaluate("name => name in window", name):
        page.evaluate(script)
        page.context.add_init_script(script)
