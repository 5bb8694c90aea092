"""Forms that lean on something else: "last year", "a year earlier", "the same period", "so far"."""

from __future__ import annotations

import re

from govreq.mentions.mention import Anchor, PeriodExpression
from govreq.mentions.period_form import (
    EARLIER_YEAR_WORDS,
    LATER_YEAR_WORDS,
    TAIL,
    THIS_YEAR_WORDS,
    PeriodForm,
    Reader,
    make_form,
)
from govreq.mentions.period_shape import shape_of_days
from govreq.mentions.period_words import (
    COUNT,
    DAY,
    MONTH,
    PREVIOUS,
    SAME,
    STRETCH,
    YEAR,
    count_of,
    day_of,
    month_of,
    year_of,
)


def _always(anchor: Anchor, shape: str = "", offset: int = 0) -> Reader:
    expression = PeriodExpression(anchor, shape=shape, offset=offset)
    return lambda _: (expression,)


def _previous_stretch(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    return (PeriodExpression(Anchor.PREVIOUS, shape=_length(match), offset=1),)


def _following_stretch(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    return (PeriodExpression(Anchor.PREVIOUS, shape=_length(match), offset=-1),)


def _length(match: re.Match[str]) -> str:
    """The length that "the previous ..." names; "period" is as long as the one before it."""
    words = match.group("s").lower()
    if "half" in words or "six" in words or words.startswith("6"):
        return "half"
    if "quarter" in words or "three" in words or words.startswith("3"):
        return "quarter"
    if "twelve" in words or words.startswith("12"):
        return "year"
    return "month" if words == "month" else "period"


def _same(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """The same stretch of another year, or of this one."""
    groups = match.groupdict()
    if groups.get("y"):
        return (PeriodExpression(Anchor.SAME, shape=f"in {year_of(groups['y'])}"),)
    if groups.get("ly") or groups.get("py"):
        return (PeriodExpression(Anchor.PREVIOUS, shape="year", offset=1),)
    if groups.get("by"):
        return (PeriodExpression(Anchor.PREVIOUS, shape="year", offset=2),)
    if groups.get("ny"):
        return (PeriodExpression(Anchor.PREVIOUS, shape="year", offset=-1),)
    return (PeriodExpression(Anchor.SAME, shape="period"),)


def _past_months(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """Completed halves, quarters and years before publication; other lengths are open."""
    shape = {1: "month", 3: "quarter", 6: "half", 12: "12 months"}.get(
        count_of(match.group("n") or "one") or 0
    )
    if shape is None:
        return (PeriodExpression(Anchor.OPEN),)
    return (PeriodExpression(Anchor.PUBLISHED, shape=shape, offset=1),)


def _year_until(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    """The year of publication up to a day or month of it."""
    day = match.group("d") or match.group("e")
    shape = shape_of_days((1, 1), (month_of(match.group("m")), day_of(day) if day else 99))
    return (PeriodExpression(Anchor.PUBLISHED, shape=shape),)


def _years_ago(match: re.Match[str]) -> tuple[PeriodExpression, ...]:
    count = count_of(match.group("n"))
    if count is None or count > 20:
        return ()
    return (PeriodExpression(Anchor.PUBLISHED, shape="year", offset=count),)


VAGUE = r"(?:few|several|couple of|many|two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2})"
VAGUE_MONTHS = r"(?:few|several|couple of|many|two|four|five|seven|eight|ten|eleven|18|24|36)"

RELATIVE_FORMS: tuple[PeriodForm, ...] = (
    make_form(
        "this year", "this,current", rf"(?i:{THIS_YEAR_WORDS})", _always(Anchor.PUBLISHED, "year")
    ),
    make_form(
        "last year",
        "last",
        r"(?i:last (?:calendar )?year)(?! of\b)",
        _always(Anchor.PUBLISHED, "year", 1),
    ),
    make_form(
        "this year until",
        "this,current",
        rf"(?:this|the current) year,? (?:until|till|up to|through|to) (?:(?P<d>{DAY}) )?"
        rf"(?P<m>{MONTH})(?: (?P<e>{DAY})(?![0-9]))?",
        _year_until,
    ),
    make_form(
        "year before last",
        "before last",
        r"the year before last",
        _always(Anchor.PUBLISHED, "year", 2),
    ),
    make_form("years ago", "years ago", rf"(?P<n>{COUNT}) years ago", _years_ago),
    make_form("this month", "this", r"(?i:this month)", _always(Anchor.PUBLISHED, "month", 0)),
    make_form("last month", "last", r"(?i:last month)", _always(Anchor.PUBLISHED, "month", 1)),
    make_form(
        "past months",
        "month",
        rf"(?i:(?:the )?(?:past|last|most recent)) (?P<n>{COUNT})[ -]months?(?: period)?(?! of\b)",
        _past_months,
    ),
    make_form(
        "past year", "past,last", r"(?i:the (?:past|last) year)(?! for\b)", _always(Anchor.OPEN)
    ),
    make_form(
        "a year earlier",
        "year,months",
        rf"(?i:(?:{EARLIER_YEAR_WORDS})|last year[’']s|year-ago|the year-(?:earlier|ago|"
        rf"before)(?: period)?|"
        r"(?:12|twelve) months (?:earlier|before|previously|prior))",
        _always(Anchor.PREVIOUS, "year", 1),
    ),
    make_form(
        "year on year",
        "year,yoy,y-o-y",
        r"(?i:year[ -](?:on|over)[ -]year|y-?o-?y)",
        _always(Anchor.PREVIOUS, "year", 1),
    ),
    make_form(
        "whole year before",
        "year",
        rf"(?i:(?:the )?(?:whole|entire(?:ty)?|all)(?: of)? (?:{EARLIER_YEAR_WORDS}|"
        rf"(?:previous|prior|preceding) year))",
        _always(Anchor.PREVIOUS, "calendar year", 1),
    ),
    make_form(
        "year after",
        "year",
        rf"(?i:{LATER_YEAR_WORDS}|the year (?:after|that followed))",
        _always(Anchor.PREVIOUS, "year", -1),
    ),
    make_form(
        "previous stretch",
        "previous,preceding,prior,earlier,foregoing",
        rf"(?i:(?:the|its|this|their)? ?{PREVIOUS} (?P<s>{STRETCH}|month|report|"
        rf"reporting cycle))(?!ly)",
        _previous_stretch,
    ),
    make_form(
        "stretch before",
        "before,preced,prior,earlier",
        rf"(?i:the (?P<s>{STRETCH}|report)(?: period)? (?:before(?: (?:it|that|then|this|"
        rf"last))?|earlier|prior|"
        r"that (?:had )?(?:preceded|came before|went before)(?: it)?|preceding(?: it)?|"
        r"immediately before))",
        _previous_stretch,
    ),
    make_form(
        "stretch after",
        "follow,next,subsequent,after",
        rf"(?i:the (?:following|next|subsequent) (?P<s>{STRETCH})|"
        rf"the (?P<t>{STRETCH}) (?:that followed|after(?:wards?)?\b))",
        lambda match: (
            PeriodExpression(
                Anchor.PREVIOUS,
                shape="half" if re.search("half|six|6", match.group()) else "period",
                offset=-1,
            ),
        ),
    ),
    make_form(
        "last reporting period",
        "last",
        r"(?i:(?:the|its) last (?P<s>reporting period|report|period|reporting cycle))",
        _previous_stretch,
    ),
    make_form(
        "same stretch",
        "same,corresponding,equivalent,comparable,like,identical,analogous,respective",
        rf"(?i:(?:the|a) {SAME}) (?i:{STRETCH}|quarter){TAIL}",
        _same,
    ),
    make_form(
        "that stretch",
        "period,half,time,quarter,month,stretch,span,window",
        rf"(?i:(?:that|this|these|those|the)(?: (?:latest|current|most recent|new|whole|"
        rf"entire|full|said|given|same|covered|reported|relevant))?) "
        rf"(?i:{STRETCH})(?!s)(?! (?:of|for|to|from|that|when|being|since|has|limit|comes?)\b)",
        lambda match: (
            ()
            if re.search(
                r"(?i)\b(?:the|this|these|those) (?:time|half|months|quarter)$", match.group()
            )
            else (PeriodExpression(Anchor.SAME, shape="period"),)
        ),
    ),
    make_form(
        "that year",
        "that year,same year,the year",
        r"(?i:(?:in |during |for |over |within )?(?:that|the same) (?:calendar )?year|"
        r"(?:in|during|for|over|throughout|within) the (?:calendar |full |whole |reporting )?year)"
        r"(?! (?:of|to|before|earlier|prior|after|ending|ended|since|when)\b)",
        _always(Anchor.SAME, "year"),
    ),
    make_form(
        "since",
        "since",
        rf"(?i:(?:ever )?since) (?:the )?(?:(?:start|beginning|end|middle) of |early |late |mid-)?"
        rf"(?:(?:[0-9]{{1,2}} )?{MONTH}(?: [0-9]{{1,2}}(?![0-9]))?(?:,? ?(?:of )?{YEAR})?|"
        rf"(?:(?:its|the|their|our) )?(?:\w+ in )?{YEAR}|then|(?:last|this) (?:year|month))",
        _always(Anchor.OPEN),
    ),
    make_form(
        "so far",
        "so far,to date,to-date,till date,thus far",
        r"(?i:(?:this )?year[ -]to[ -]date|so far(?! as)|thus far|(?<!up )(?<!Up )to date|"
        r"till date)(?: (?:this year|"
        rf"in {YEAR}|in {MONTH}))?",
        _always(Anchor.OPEN),
    ),
    make_form(
        "past years",
        "year,month,decade,week,day",
        r"(?i:(?:over |in |during |for |within )?(?:the |these )?"
        rf"(?:(?:past|last|recent|previous|preceding|coming|next) (?:{VAGUE} )?"
        r"(?:years|decades?|weeks|days)|"
        rf"(?:past|last|recent|coming|next) (?:{VAGUE_MONTHS} )?months)|"
        r"over the years|in recent (?:years|months)|throughout (?:the|its) (?:decade|years))",
        _always(Anchor.OPEN),
    ),
    make_form(
        "around a year",
        "19,20",
        rf"(?i:(?:before|after|by|prior to|as of|at the end of|(?:by )?the end of|"
        rf"(?:by )?the start of|"
        rf"end of|start of|late|early|mid-?|in early|in late|in mid-?|"
        rf"(?:at )?the beginning of) ?){YEAR}",
        _always(Anchor.OPEN),
    ),
)
"""Everything that needs the publication date or another period, and what never is a period."""
