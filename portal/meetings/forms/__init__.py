"""What the back office fills in. The services decide whether it holds together."""
