"""The API: content and offer for others' sites, apps and programs (docs/decisions/0048).

One `NinjaAPI` for all of it, so that one schema tells all: `/api/v2/` is the content,
`/api/offer/` the offer with its intakes, `/api/openapi.json` the schema, `/api/docs` its pages.
"""

from ninja import NinjaAPI

from headless.answers.problems import register_problems
from headless.answers.rendering import Renderer
from headless.content.routes import drafts
from headless.content.routes import router as content
from headless.offer.routes import checking, reading
from headless.tokens.bearer import reader
from headless.webhooks.schema import webhooks

api = NinjaAPI(
    title="PLUC!",
    version="2.0.0",
    description="Content and offer of PLUC!, for others' sites, apps and programs.",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    auth=reader,
    openapi_extra={"webhooks": webhooks()},
    renderer=Renderer(),
)
register_problems(api)
api.add_router("/v2", content)
api.add_router("/v2", drafts)
api.add_router("/offer", reading)
api.add_router("/offer", checking)
