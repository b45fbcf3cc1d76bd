"""Names of the code that have words on pages, written in one place."""

from enum import StrEnum
from typing import Self


class Worded(StrEnum):
    """An enum of names as they are in addresses and tables, each with its label and its meaning on pages."""

    label: str
    meaning: str

    def __new__(cls, name: str, label: str = "", meaning: str = "") -> Self:
        """Make a member of its three texts. With the name alone, as in ``FindingKind(name)``, enums find a member."""
        member = str.__new__(cls, name)
        member._value_, member.label, member.meaning = name, label, meaning
        return member
