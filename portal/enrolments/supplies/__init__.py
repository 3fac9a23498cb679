"""What a file with participants means: its columns, and what becomes of each row. Pure."""
