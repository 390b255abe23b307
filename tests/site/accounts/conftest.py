from browsing import night, small_site, town

__all__ = ["night", "small_site", "town"]
