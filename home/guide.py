"""The editor's guide: a Markdown file, shown in the staff screens."""
def guide_html() -> str: return ""
