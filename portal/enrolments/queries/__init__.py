"""Who may see what of the enrolments. Views get their objects here, and nowhere else."""
