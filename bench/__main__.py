"""``python -m bench``: every measurement, one after the other."""

from bench import exports, finance, freshness, kills, lookup, ops, reconcile, refresh, reversals

print("Look-ups beside a page that asks nothing")
lookup.main()
print("The finance page for a year")
finance.main()
print("Operations at ten thousand and at a million purchases")
ops.main()
print("Exports of the list")
exports.main()
print("Reconciling a file of 100,000 rows")
reconcile.main()
print("From a change at SkinsBack to the page")
freshness.main()
print("From a reversal on hold to its being stored")
reversals.main()
print("Everything due at once")
refresh.main()
print("Killing the leader")
kills.main()
