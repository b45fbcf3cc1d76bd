"""``python -m bench``: every measurement, one after the other."""

from bench import lookup, ops

print("Look-ups beside a page that asks nothing")
lookup.main()
print("Operations at ten thousand and at a million purchases")
ops.main()
