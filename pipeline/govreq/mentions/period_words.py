"""The words of period expressions as regular expressions: months, years, days, ordinals."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip

MONTH = (
    r"(?:(?i:January|February|April|June|July|August|September|October|November|December)|"
    r"March|MARCH|May|MAY|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|"
    r"AUG|SEPT?|OCT|NOV|DEC)(?:\.|\b))"
)
"""Accepts: "June", "Jan.", "May". Refuses: "may", "march", "mar"."""

YEAR = r"(?:(?<![0-9.,])(?:19[89][0-9]|20[0-3][0-9])(?![0-9]|[.,][0-9]))"
"""Accepts: "2020". Refuses: "2,020", "20201"."""

SHORT_YEAR = rf"(?:{YEAR}|['’][0-9]{{2}}(?![0-9]))"
"""Accepts: "2020", "'20". Refuses: "20"."""

DAY = r"(?:[0-3]?[0-9](?:st|nd|rd|th)?)"
"""Accepts: "1", "30th". Refuses: "45"."""

TO = r"\s?(?:-|–|—|‑|−|\b(?i:to|through|thru|until|till|and)\b)\s?"
"""Between the ends of a stretch. Accepts: " to ", "–". Refuses: ", "."""

COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "ten": 10, "twelve": 12,
    "eighteen": 18,
}  # fmt: skip
COUNT = r"(?:[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen)"

PREVIOUS = r"(?:previous|preceding|prior|earlier|foregoing)"
SAME = r"(?:same|corresponding|equivalent|comparable|like|identical|analogous|respective)"
STRETCH = (
    r"(?:(?:(?:reporting|time|reference|review|reported)[ -])?"
    r"(?:period|time ?frame|time ?span|stretch|span|window|interval)|"
    r"(?:six|three|6|3)(?: months|[ -]months?[ -](?:reporting )?(?:period|stretch|span))|"
    r"half[ -]years?(?:[ -]period)?|halves|half|quarter|months|time|(?:twelve|12) months)"
)
"""A stretch that a report covers. Accepts: "reporting period", "half-year". Refuses: "day"."""


def month_of(word: str) -> int:
    """The number of a month by its name or abbreviation."""
    key = word.lower().rstrip(".")[:3]
    return next(number for name, number in MONTHS.items() if name.startswith(key))


def year_of(digits: str) -> int:
    """The year of "2020", "'20" or "20"."""
    number = int(digits.strip("'’"))
    return number if number > 99 else 2000 + number if number < 70 else 1900 + number


def day_of(digits: str) -> int:
    """The number of a day: "30th" is 30."""
    return int(re.sub(r"\D", "", digits))


def count_of(word: str) -> int | None:
    """The number of "six" or "12"; None for others."""
    return int(word) if word.isdigit() else COUNTS.get(word.lower())


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the month or day does not exist."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
