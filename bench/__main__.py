"""``python -m bench``: every measurement, one after the other."""

from bench import exports, lookup, reconcile

print("Look-ups beside a page that asks nothing")
lookup.main()
print("Exports of the list")
exports.main()
print("Reconciling a file of 100,000 rows")
reconcile.main()
