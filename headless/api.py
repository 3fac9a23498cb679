"""The API: content and offer for others' sites, apps and programs (docs/decisions/0048).

One `NinjaAPI` for all of it, so that one schema tells all: `/api/v2/` is the content,
`/api/offer/` the offer with its intakes, `/api/openapi.json` the schema, `/api/docs` its pages.
"""

from headless.answers.bodies import JsonParser
from headless.answers.problems import register_problems
from headless.answers.rendering import Renderer
from headless.answers.schema import Api
from headless.content.routes import drafts
from headless.content.routes import router as content
from headless.embed.routes import router as oembed
from headless.offer.intakes import intakes, progress
from headless.offer.routes import checking, reading
from headless.tokens.bearer import reader
from headless.webhooks.schema import webhooks

api = Api(
    title="PLUC!",
    version="2.0.0",
    description="Content and offer of PLUC!, for others' sites, apps and programs.",
    urls_namespace="api",
    openapi_url=None,  # headless.answers.schema.openapi
    docs_url=None,
    parser=JsonParser(),
    auth=reader,
    renderer=Renderer(),
    openapi_extra={"webhooks": webhooks()},
)
register_problems(api)
api.add_router("/offer", intakes)
api.add_router("/offer", progress)
api.add_router("/v2", content)
api.add_router("/v2", drafts)
api.add_router("/offer", reading)
api.add_router("/offer", checking)
api.add_router("/oembed", oembed)
