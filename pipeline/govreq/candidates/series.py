"""Series: names and numbers that stand in the same order in two enumerations of one sentence.

"Germany and India made 188 and 142 demands, respectively" and "471, 500 and 633 in 2014, 2015 and
2016": the k-th number belongs to the k-th name.
"""

from __future__ import annotations

from collections.abc import Sequence

from govreq.article.spans import Span

# Words that may stand between two members of one enumeration.
_JOINTS = frozenset(
    {",", "and", "or", "&", "the", "in", "of", "to", "by", "for", "from", "%", "then"}
)


def align_series(
    text: str, numbers: Sequence[Span], names: Sequence[Span]
) -> dict[tuple[Span, Span], bool]:
    """For numbers and names of two equally long enumerations: whether the pair has one place.

    Pairs outside such enumerations are not in the result.
    """
    aligned: dict[tuple[Span, Span], bool] = {}
    for run in _runs(text, numbers):
        for other in _runs(text, names):
            apart = run[-1].end <= other[0].start or other[-1].end <= run[0].start
            if len(run) == len(other) and apart:
                for i, number in enumerate(run):
                    for j, name in enumerate(other):
                        aligned[number, name] = i == j
    return aligned


def _runs(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """Runs of two or more spans with nothing but joints between them."""
    runs: list[list[Span]] = []
    for span in sorted(spans):
        if runs and _is_joint(text[runs[-1][-1].end : span.start]):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [run for run in runs if len(run) > 1]


def _is_joint(between: str) -> bool:
    words = between.replace(",", " , ").split()
    return 0 < len(words) <= 4 and all(word.lower() in _JOINTS for word in words)
