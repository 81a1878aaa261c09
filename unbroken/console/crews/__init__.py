"""Handing a crew its link: by mail, copied, or as a square to point a phone at."""
