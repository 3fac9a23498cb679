"""Google's part, played by the tests: its script, and what is sent to it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Page, Response, Route

ID = "G-PLUCDEMO01"
STUB = Path(__file__).with_name("google_stub.js").read_text()
SCRIPT = re.compile(r"https://www\.googletagmanager\.com/")
COLLECT = re.compile(r"https://[\w.-]+\.google-analytics\.com/")


@dataclass
class Google:
    """What a browser asked of Google: its script, and what was sent to be counted."""

    scripts: list[str] = field(default_factory=list)
    collected: list[dict[str, str]] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        def give_script(route: Route) -> None:
            self.scripts.append(route.request.url)
            route.fulfill(body=STUB, content_type="text/javascript")

        def collect(route: Route) -> None:
            query = parse_qs(urlsplit(route.request.url).query)
            self.collected.append({name: values[0] for name, values in query.items()})
            route.fulfill(status=204)

        context.route(SCRIPT, give_script)
        context.route(COLLECT, collect)

    @property
    def was_asked(self) -> bool:
        return bool(self.scripts or self.collected)


def visit_and_be_counted(page: Page, address: str) -> None:
    """Opens a page that is measured, and waits until that very visit has been sent."""

    visited = urlsplit(address)._replace(query="", fragment="").geturl()

    def is_of_this(response: Response) -> bool:
        sent = parse_qs(urlsplit(response.url).query).get("dl", [""])[0]
        return bool(COLLECT.match(response.url)) and sent.partition("?")[0].endswith(visited)

    with page.expect_response(is_of_this):
        page.goto(address)
