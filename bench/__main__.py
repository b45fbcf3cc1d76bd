"""``python -m bench``: every measurement, one after the other."""

from bench import exports, finance, lookup, ops

print("Look-ups beside a page that asks nothing")
lookup.main()
print("The finance page for a year")
finance.main()
print("Operations at ten thousand and at a million purchases")
ops.main()
print("Exports of the list")
exports.main()
