"""What the staff screens get from here: links in rich text, and checks that say where."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from pluc.content.link_handlers import ExternalLinkHandler, PageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def register_links(features: FeatureRegistry) -> None:
    features.register_link_type(PageLinkHandler)
    features.register_link_type(ExternalLinkHandler)
