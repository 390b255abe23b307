"""Possible earlier encounters, and what people say about them."""
