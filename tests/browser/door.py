"""A meeting that goes on now, for a browser at its door, and a cable that can be cut."""

import socket
import socketserver
import threading
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

from tests.live_site import LiveSite, free_port

CHECKED_IN = "Tijn Bos"  # who did so themselves, when the meeting began
NAMES = ["Saar de Vries", "Éric van ’t Hof", "Coën O’Brien", "Søren Ĳsbrands", CHECKED_IN]


def plan_door(site: LiveSite, email: str) -> str:
    """Plans it with the people of `NAMES`; its code.

    Whoever has this address is its speaker, and has the first place in it.
    """
    code = "deur-" + email.split("@")[0]
    site.run(
        "from django.contrib.auth.models import Group\n"
        "from portal.accounts.models import User\n"
        "from portal.meetings.models import Meeting\n"
        "from tests.enrolling import attendee\n"
        "from tests.portal.attendance.doors import meeting_now, places, session_of, speaks\n"
        "from portal.attendance.models import Mark\n"
        f"names = [name.split(' ', 1) for name in {NAMES!r}]\n"
        "people = [attendee(n, first_name=a, last_name=b, is_payer=True)"
        " for n, (a, b) in enumerate(names, 1)]\n"
        "meeting = meeting_now(0, *people)\n"
        f"Meeting.objects.filter(pk=meeting.pk).update(code={code!r})\n"
        f"user = User.objects.get(email={email!r})\n"
        "user.groups.add(Group.objects.get(name='Sprekers'))\n"
        "speaks(user, meeting)\n"
        "place = places(meeting)[0]; place.person = user.person; place.save()\n"
        "session = session_of(meeting)\n"
        "Mark.objects.create(session=session, enrolment=places(meeting)[-1], kind='in',"
        " source='self', at=session.starts_at)"
    )
    return code


class Cable:
    """A way to a site by a port of its own, which can be cut as a connection is: for the page, for
    its worker, for all that is under way.
    """

    def __init__(self, site: LiveSite) -> None:
        self.port, self.end = free_port(), urlsplit(site.url).port
        self.lines: list[socket.socket] = []
        own = f"localhost:{self.port}"
        was = urlsplit(site.url).netloc
        self.site = replace(
            site,
            url=site.url.replace(was, own),
            portal_url=site.portal_url.replace(was, own),
        )
        self.mend()

    def mend(self) -> None:
        cable = self

        class Line(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with socket.create_connection(("127.0.0.1", cable.end)) as there:
                    cable.lines += [self.request, there]
                    back = threading.Thread(target=carry, args=[there, self.request], daemon=True)
                    back.start()
                    carry(self.request, there)
                    back.join()

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        socketserver.ThreadingTCPServer.daemon_threads = True
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Line)
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()

    def cut(self) -> None:
        self.server.shutdown()
        self.server.socket.close()
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self.lines.clear()


def carry(source: socket.socket, target: socket.socket) -> None:
    """Hands on what comes, until one end is gone."""
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for line in (source, target):
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
