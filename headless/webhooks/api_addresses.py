"""Where the API tells of what messages are about."""

STATEMENT = "/api/v2/statement/"


def page_address(number: int) -> str:
    return f"/api/v2/pages/{number}/"


def meeting_address(code: str) -> str:
    return f"/api/offer/meetings/{code}/"
