"""The API: content and offer for others' sites, apps and programs (docs/decisions/0048).

One `NinjaAPI` for all of it, so that one schema tells all: `/api/v2/` is the content,
`/api/offer/` the offer with its intakes, `/api/openapi.json` the schema, `/api/docs` its pages.
"""

from ninja import NinjaAPI
from ninja.operation import Operation

from headless.answers.problems import register_problems
from headless.answers.rendering import Renderer
from headless.embed.routes import router as oembed
from headless.offer.routes import checking, reading
from headless.tokens.bearer import reader


class Api(NinjaAPI):
    """Its operations are named after their room and function, as generated clients name theirs."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        room = operation.view_func.__module__.split(".")[1]
        return f"{room}_{operation.view_func.__name__}"


api = Api(
    title="PLUC!",
    version="2.0.0",
    description="Content and offer of PLUC!, for others' sites, apps and programs.",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    auth=reader,
    renderer=Renderer(),
)
register_problems(api)
api.add_router("/offer", reading)
api.add_router("/offer", checking)
api.add_router("/oembed", oembed)
