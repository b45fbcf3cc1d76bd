"""The tables of totals hold the fields of Sums, under the names that the SQL fills them by."""

import pytest

from dashboard.db.extensions import db
from dashboard.totals import models  # noqa: F401 # Fills the metadata.
from dashboard.totals.sql import SUMS
from dashboard.totals.sums import SUMMED, Sums


def test_what_is_summed_in_sql_is_what_sums_hold() -> None:
    assert tuple(SUMMED) == Sums._fields


@pytest.mark.parametrize("table", SUMS)
def test_a_table_of_totals_has_the_summed_columns_and_its_keys(table: str) -> None:
    columns = db.metadata.tables[table].c
    assert [column.name for column in columns if not column.primary_key] == list(SUMS[table])
