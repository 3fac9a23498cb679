"""Who may see what of the meetings. Views get their objects here, and nowhere else."""
