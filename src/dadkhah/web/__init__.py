"""The reading room: Django, one app per word."""
