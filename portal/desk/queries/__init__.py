"""What somebody sees of their own, and of meetings that they speak at or act for."""

from portal.desk.queries.start import Waiting, offer_path, waiting_for

__all__ = ["Waiting", "offer_path", "waiting_for"]
