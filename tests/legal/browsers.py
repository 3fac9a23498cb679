"""What a browser sends along, and what it keeps."""

SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
