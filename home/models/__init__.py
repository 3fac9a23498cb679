from home.models.blog import Author, BlogIndexPage, BlogPostPage, Topic
from home.models.offer import CoursePage, OfferPage
from home.models.pages import ContactPage, HomePage, StandardPage, TermsPage
from home.models.partners import PartnerPage, PartnersPage

__all__ = [
    "Author",
    "BlogIndexPage",
    "BlogPostPage",
    "ContactPage",
    "CoursePage",
    "HomePage",
    "OfferPage",
    "PartnerPage",
    "PartnersPage",
    "StandardPage",
    "TermsPage",
    "Topic",
]
