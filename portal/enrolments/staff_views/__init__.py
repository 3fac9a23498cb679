"""A meeting with its people, one enrolment, all of them, and billing: in the staff screens."""
