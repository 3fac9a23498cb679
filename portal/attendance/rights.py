"""The rights that attendance asks of a login, by name (`portal.accounts.roles`)."""

TAKE = "attendance.take_attendance"
FINALISE = "attendance.finalise_attendance"
SPEAK = "accounts.enter_speakers_room"
