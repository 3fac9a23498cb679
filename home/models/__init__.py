from home.models.blog import Author, BlogIndexPage, BlogPostPage, Topic
from home.models.pages import ContactPage, HomePage, OfferPage, StandardPage

__all__ = [
    "Author",
    "BlogIndexPage",
    "BlogPostPage",
    "ContactPage",
    "HomePage",
    "OfferPage",
    "StandardPage",
    "Topic",
]
