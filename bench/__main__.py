"""``python -m bench``: every measurement, one after the other."""

from bench import exports, lookup

print("Look-ups beside a page that asks nothing")
lookup.main()
print("Exports of the list")
exports.main()
