"""A person's meetings, and taking, changing and giving up a place in one."""
