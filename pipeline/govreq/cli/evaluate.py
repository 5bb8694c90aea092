"""``govreq evaluate``: records against gold documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govreq.records.evaluate import Evaluation


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold documents.")],
    records: Annotated[Path, typer.Argument(metavar="RECORDS", help="Records, as JSONL.")],
    errors: Annotated[
        int, typer.Option(min=0, help="Also show the first N disagreements.", metavar="N")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score records against gold documents: how many are found, and how many are right.

    A record belongs to the gold document whose id is the stem of the file that it was read from.
    """
    from govreq.records.evaluate import evaluate_records
    from govreq.records.gold import load_gold, load_predictions

    evaluation = evaluate_records(load_gold(gold), load_predictions(records))
    lines = [evaluation.as_json()] if as_json else describe_evaluation(evaluation)
    for line in (*lines, *describe_disagreements(evaluation, errors)):
        typer.echo(line)


def describe_evaluation(evaluation: Evaluation) -> Iterator[str]:
    """The figures, a line a level."""
    yield (
        f"{evaluation.documents} documents, {evaluation.gold} gold records, "
        f"{evaluation.predicted} predicted"
    )
    for level, score in evaluation.levels.items():
        figures = "  ".join(f"{name} {value:.3f}" for name, value in asdict(score).items())
        yield f"{level:7} {figures}"
    fields = "  ".join(f"{name} {value:.3f}" for name, value in evaluation.field_accuracy.items())
    yield f"field accuracy: {fields}"


def describe_disagreements(evaluation: Evaluation, most: int) -> Iterator[str]:
    """The first ``most`` disagreements, four lines each."""
    for item in evaluation.disagreements[:most]:
        yield f"\n[{item.document}] {item.kind}"
        yield f"  gold      {item.gold}"
        yield f"  predicted {item.predicted}"
        yield f"  {item.evidence}"
