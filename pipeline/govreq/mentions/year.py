"""Whether four bare digits are a year or a count: "in 2020" against "2020 requests"."""

from __future__ import annotations

import re

from govreq.article.spans import Span

FIRST_YEAR, LAST_YEAR = 1990, 2035
"""Years that reports are about; older ones are years only after a word that says so."""

YEAR_WORD_BEFORE = re.compile(
    r"(?:\b(?:in|during|since|until|till|from|by|for|through|throughout|before|after|early|"
    r"late|mid|"
    r"between|fiscal|calendar|year|the|its|their|our|his|her|this|FY|CY|vs\.?|versus|than|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|half|quarter|whole of|all of)\.?,?|[’']s) $",
    re.IGNORECASE,
)
"""Accepts: "in ", "half ". Refuses: "received "."""

COUNTED_AFTER = re.compile(
    r"\s(?:(?!(?:saw|had|has|have|brought|was|were|is|are|the|more|fewer|less|and|or|to|in|of|with|"
    r"for|from|by|when|which|that|as|on|at|its|their|all|but|than|there|it|they|we)\b)"
    r"[a-z-]+ ){0,3}?"
    r"(?:requests|orders|warrants|subpoenas|letters|demands|accounts|users|cases|items|posts|"
    r"notices|applications|authori[sz]ations|times|people|persons|customers|devices|URLs|links|"
    r"pages|videos|tweets|pieces|wiretaps|interceptions|inquiries|enquiries|queries|disclosures|"
    r"identifiers|selectors|domains|individuals|subscribers|websites|apps|NSLs|that it)\b"
)
"""A counted noun. Accepts: " user data requests". Refuses: " saw requests"."""

BOUND_BEFORE = re.compile(
    r"\b(?:over|about|around|nearly|almost|more than|fewer than|less than|at least|up to|roughly|"
    r"approximately|some|only|just|exactly|a total of|total of|as many as|number of|received|got|"
    r"made|issued|sent) $",
    re.IGNORECASE,
)
"""What a count follows. Accepts: "more than ". Refuses: "in "."""

YEARISH = r"(?:19[89][0-9]|20[0-3][0-9])"
RANGE_LEFT = re.compile(
    rf"(?<![0-9.,/-])(?!{YEARISH}(?![0-9]))[0-9]{{3,4}}(?:\s?[-–—]\s?| to | and )$"
)
"""A count before "-2000". Accepts: "1500-". Refuses: "2019-"."""

RANGE_RIGHT = re.compile(rf"(?:\s?[-–—]\s?| to | and )(?!{YEARISH}(?![0-9]))[0-9]{{3,4}}(?![0-9-])")
"""A count after "2000-". Accepts: "-2999". Refuses: "-2020"."""

OLD_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|of|by|from|until|circa|before|after|the|Act,?|Law,?) $", re.IGNORECASE
)
"""Words before a year of long ago. Accepts: "since ". Refuses: "received "."""


def is_year(text: str, within: Span, start: int, end: int) -> bool:
    """Whether the four bare digits ``text[start:end]`` are a year."""
    digits = text[start:end]
    if len(digits) != 4 or not digits.isdigit():
        return False
    before = text[max(within.start, start - 24) : start]
    after = text[end : min(within.end, end + 48)]
    if before[-1:].isalnum() or before[-1:] in ("$", "€", "£", "#", "_") or after[:1].isalnum():
        return False
    number = int(digits)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        return 1700 <= number < FIRST_YEAR and bool(OLD_YEAR_BEFORE.search(before))
    if RANGE_LEFT.search(before) or RANGE_RIGHT.match(after):
        return False
    if after.startswith((" per cent", "%", " percent", ",0", ".0")):
        return False
    if COUNTED_AFTER.match(after) and not YEAR_WORD_BEFORE.search(before):
        return False
    return not (BOUND_BEFORE.search(before) and not re.match(r"\s?[,.;:)]|$", after))
