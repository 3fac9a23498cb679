"""Why a document was not made."""


class DocumentNotMade(Exception):
    """It could not be rendered, or not within its limits. The message is for the log."""


class ForbiddenAddress(DocumentNotMade):
    """It asked for something that is no static file of ours (STANDARDS 6.23)."""
