"""``python -m bench``: every measurement, one after the other."""

from bench import lookup

print("Look-ups beside a page that asks nothing")
lookup.main()
