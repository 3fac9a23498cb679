"""What the tests of the API share."""

from collections.abc import Iterator

import pytest

from headless.webhooks.models import Endpoint
from headless.webhooks.services import noticing
from tests.receivers import endpoint_at, told


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """It is told of everything; whatever happens is looked at twice more, which tells nothing."""
    made, _secret = endpoint_at("https://hook.peren.example/pluc")
    yield made
    before = told()
    noticing.look_everywhere()
    noticing.look_everywhere()
    assert told() == before
