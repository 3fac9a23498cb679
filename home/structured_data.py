"""What search engines read about our pages (JSON-LD, schema.org)."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings

from pluc.content.addresses import absolute
from portal.meetings.addresses import course_path, meeting_path
from portal.meetings.deadlines import closes_at, is_open
from portal.meetings.models import Course, Meeting
from portal.meetings.models.meetings import ZONE
from portal.meetings.wording import label_of

if TYPE_CHECKING:
    from home.models import BlogPostPage, ContactPage, CoursePage
    from pluc.content.models import BasePage

CONTEXT = "https://schema.org"
COURSE_MODES = {
    "OfflineEventAttendanceMode": "onsite",
    "OnlineEventAttendanceMode": "online",
    "MixedEventAttendanceMode": "blended",
}


def organisation(page: "BasePage | ContactPage") -> dict[str, Any]:
    """PLUC! itself; with its address where the page knows it."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "EducationalOrganization",
        "@id": f"{settings.SITE_URL}/#pluc",
        "name": settings.PRODUCT,
        "url": absolute("/"),
        "description": page.description,
    }
    if hasattr(page, "street"):
        data["email"] = page.email
        data["telephone"] = page.phone
        data["address"] = {
            "@type": "PostalAddress",
            "streetAddress": page.street,
            "postalCode": page.postal_code,
            "addressLocality": page.city,
            "addressCountry": "NL",
        }
    return data


def article(post: "BlogPostPage") -> dict[str, Any]:
    """A post, with its author and dates."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "BlogPosting",
        "headline": post.title,
        "description": post.description,
        "datePublished": post.date.isoformat(),
        "inLanguage": post.locale.language_code,
        "mainEntityOfPage": post.full_url,
        "publisher": {"@type": "Organization", "name": settings.PRODUCT, "url": absolute("/")},
    }
    if post.last_published_at:
        data["dateModified"] = post.last_published_at.isoformat()
    if post.author:
        data["author"] = {"@type": "Person", "name": post.author.name}
    return data


def course_data(page: "CoursePage", meetings: list[Meeting]) -> dict[str, Any]:
    """A course, with the meetings to come."""
    return filled(
        {
            "@context": CONTEXT,
            "@type": "Course",
            "@id": f"{absolute(course_path(page.course, page.language))}#course",
            "name": page.title,
            "description": page.description,
            "url": page.full_url,
            "image": page.picture_address,
            "inLanguage": page.language,
            "educationalLevel": label_of(Course.Level, page.course.level),
            "provider": provider(),
            "offers": [course_offer(price) for price in sorted({one.price for one in meetings})],
            "hasCourseInstance": [instance(meeting, page.language) for meeting in meetings],
        }
    )


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """Leaves out properties without a value."""
    return {name: value for name, value in data.items() if value not in (None, [], "")}


def course_offer(price: Decimal) -> dict[str, Any]:
    return {
        "@type": "Offer",
        "category": "Paid" if price else "Free",
        "price": f"{price:.2f}",
        "priceCurrency": "EUR",
    }


def provider() -> dict[str, Any]:
    return {
        "@type": "EducationalOrganization",
        "@id": f"{settings.SITE_URL}/#pluc",
        "name": settings.PRODUCT,
        "url": absolute("/"),
    }


def instance(meeting: Meeting, language: str) -> dict[str, Any]:
    return {
        "@type": "CourseInstance",
        "courseMode": COURSE_MODES[attendance_mode(meeting)],
        "courseWorkload": workload(meeting),
        "startDate": moment(meeting.starts_at),
        "endDate": moment(meeting.ends_at),
        "inLanguage": meeting.language,
        "url": absolute(meeting_path(meeting, language)),
    }


def workload(meeting: Meeting) -> str:
    """The net time of its sessions, as in ISO 8601."""
    hours, minutes = divmod(sum(session.minutes for session in meeting.sessions.all()), 60)
    return f"PT{hours}H{minutes}M" if minutes else f"PT{hours}H"


def moment(value: datetime | None) -> str | None:
    """A moment as ISO 8601, with the Dutch offset that holds then."""
    return value.astimezone(ZONE).isoformat() if value else None


def meeting_data(page: "CoursePage", meeting: Meeting, now: datetime) -> dict[str, Any]:
    """A meeting as schema.org's Event."""
    data = {
        "@context": CONTEXT,
        "@type": "EducationEvent",
        "@id": f"{page.full_url}#meeting",
        "name": page.title,
        "description": page.description,
        "url": page.full_url,
        "image": page.picture_address,
        "startDate": moment(meeting.starts_at),
        "endDate": moment(meeting.ends_at),
        "inLanguage": meeting.language,
        "eventStatus": f"{CONTEXT}/{status_of(meeting)}",
        "eventAttendanceMode": f"{CONTEXT}/{attendance_mode(meeting)}",
        "location": locations(meeting, page.full_url),
        "organizer": provider(),
        "maximumAttendeeCapacity": meeting.capacity,
        "remainingAttendeeCapacity": max(meeting.left, meeting.held if meeting.is_held else 0),
        "offers": price_offer(page, meeting, now),
        "performer": [
            {"@type": "Person", "name": speaker.name} for speaker in meeting.speakers.all()
        ],
    }
    return filled(data)


def status_of(meeting: Meeting) -> str:
    return "EventCancelled" if meeting.is_cancelled else "EventScheduled"


def attendance_mode(meeting: Meeting) -> str:
    if not meeting.is_online:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if meeting.venue else "OnlineEventAttendanceMode"


def locations(meeting: Meeting, address: str) -> list[dict[str, Any]]:
    """The venue, and for what is online the page: the link itself is for participants."""
    found: list[dict[str, Any]] = []
    if meeting.venue:
        postal = {
            "@type": "PostalAddress",
            "streetAddress": meeting.venue.street,
            "postalCode": meeting.venue.postal_code,
            "addressLocality": meeting.venue.city,
            "addressCountry": "NL",
        }
        found.append({"@type": "Place", "name": meeting.venue.name, "address": postal})
    if meeting.is_online:
        found.append({"@type": "VirtualLocation", "url": address})
    return found


def availability_of(meeting: Meeting) -> str:
    """schema.org's ItemAvailability. A meeting whose last places are only held is not sold out."""
    if meeting.is_full:
        return "SoldOut"
    return "LimitedAvailability" if meeting.is_held else "InStock"


def price_offer(page: "CoursePage", meeting: Meeting, now: datetime) -> dict[str, Any] | None:
    """What a place costs, and whether there is one."""
    closing = closes_at(meeting)
    if closing is None or not is_open(meeting, now):
        return None
    return {
        "@type": "Offer",
        "url": page.full_url,
        "price": f"{meeting.price:.2f}",
        "priceCurrency": "EUR",
        "availabilityEnds": moment(closing),
        "availability": f"{CONTEXT}/{availability_of(meeting)}",
    }
