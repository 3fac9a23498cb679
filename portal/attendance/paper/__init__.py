"""Lists on paper: their codes, what stands on them, how they are laid out, and how a photograph is
read."""
