"""Keeping a case: erasing what must go, what happened to what is kept, bringing two together."""
