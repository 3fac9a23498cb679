"""Limits of the server: time and size of requests, connections, ending and replacing processes."""

# --- Time, in seconds ----------------------------------------------------------------------------

# Looked at every `SWEEP`, so that a connection that stalls or drips is closed within 30.
SWEEP = 2
STALL = 10  # nothing moves: neither a request's bytes, nor an answer's, nor a new request
GRACE = 20  # from the first byte of a request or an answer until its rate counts
# Who keeps up this rate may take longer: a 25 MB document by way of a slow line is honest work.
RATE = 32 * 1024  # bytes per second

DRAINING = 6  # a web process ends its requests in hand, when it is told to stop
READING = 1  # so long ago must a client have read, for us to wait for it then
STOPPING = 8  # every process: what has not ended by then is killed

# --- Sizes, in bytes -----------------------------------------------------------------------------

HEADERS = 32 * 1024  # of one request, together
CHUNK_LINE = 4 * 1024  # the lines between chunks of a body (RFC 9112, 7.1), and its trailer
BODY = 32 * 1024 * 1024  # above the largest document, so that its form can say what is wrong
SMALL_BODY = 1024 * 1024  # any form without a file
ALL_BODIES = 256 * 1024 * 1024  # of unanswered requests with more than a small body, together
IN_MEMORY = 64 * 1024  # of one body; the rest of it is kept in a file
ANSWER_IN_MEMORY = 256 * 1024  # of one answer; the rest of it is kept in a file
READ = 64 * 1024  # at once from a socket

# --- Numbers -------------------------------------------------------------------------------------

CONNECTIONS = 1000  # per web process; the one that waits longest makes room for another
BACKLOG = 1024  # connections that wait to be accepted

# --- Processes -----------------------------------------------------------------------------------

PAUSE = 1  # seconds before a process that died is replaced
DEATHS, DEATHS_WITHIN = 5, 60  # so many deaths of one process in so many seconds are a crash loop
