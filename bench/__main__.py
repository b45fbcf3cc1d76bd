"""``python -m bench``: every measurement, one after the other."""

from bench import exports, finance, lookup, reconcile

print("Look-ups beside a page that asks nothing")
lookup.main()
print("The finance page for a year")
finance.main()
print("Exports of the list")
exports.main()
print("Reconciling a file of 100,000 rows")
reconcile.main()
