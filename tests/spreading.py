"""Which process runs what, when several run the tests (pytest-xdist).

A file is one process's, so that what its tests share is made once. Files that need the same costly
thing are one process's too: a site on two hosts takes some ten seconds of a processor to start.
"""

from xdist.scheduler import LoadFileScheduling

ON_TWO_HOSTS = (
    "tests/browser/test_account.py",
    "tests/browser/test_enrolling.py",
    "tests/browser/test_two_doors.py",
)


class Spreading(LoadFileScheduling):
    """By file, and what needs the site on two hosts together."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "on two hosts" if file in ON_TWO_HOSTS else file
