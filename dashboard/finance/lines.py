"""Pure: a figure as pages show it, and the lines of the table by day, week or month."""

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from dashboard.lib.formatting import day_words, days_words, month_words, not_known
from dashboard.lib.periods import By, Days, month_end

NOWHERE = Markup("")


class Figure(NamedTuple):
    """A number as it is shown, its exact value, and where the purchases that make it are; empty where none do.

    ``not_known`` says how many purchases are not in it, because their sum is not known.
    """

    name: str
    exact: str
    text: str
    url: Markup = NOWHERE
    not_known: int = 0

    def __html__(self) -> str:
        """Return it as a template shows it. The name is one of our own words, and the rest digits."""
        mark = f' data-sum="{self.name}" data-value="{self.exact}"' if self.name else ""
        if not self.url:
            return f'<span class="none"{mark}>{self.text}</span>'
        shown = f'<a href="{self.url}"{mark}>{self.text}</a>'
        return f'{shown} <span class="not-in-sum">{not_known(self.not_known)}</span>' if self.not_known else shown


@dataclass(frozen=True, slots=True)
class PeriodLine:
    label: str
    starts: str
    figures: tuple[Figure, ...]

    @property
    def cells(self) -> Markup:
        """The figures as cells, in one piece: a year by day has thousands, and each piece of a page is escaped."""
        return Markup("".join(f"<td>{figure.__html__()}</td>" for figure in self.figures))  # noqa: S704 - See Figure.


def row_label(days: Days, by: By) -> str:
    """Return the words for a row: a day, a week with its number, or a month; the days where it is not whole."""
    if by is By.DAY:
        return f"{days.first:%a} {day_words(days.first)}"
    if by is By.WEEK:
        return f"{days_words(days.first, days.last)} · week {days.starts.isocalendar().week}"
    is_whole = days.first == days.starts and days.last == month_end(days.last)
    return month_words(days.first) if is_whole else days_words(days.first, days.last)
