"""Writes articles for the batch benchmarks: the pages of fixtures/pages, each with other figures.

    python pages.py FOLDER COUNT

The same arguments write the same bytes; Latin-1 carries the bytes of every encoding.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

PARTS = Path(__file__).resolve().parents[2] / "fixtures" / "pages"
# Accepts "1,204", "31"; refuses "2021" (a year stays), "1.5".
_FIGURE = re.compile(r"(?<![\d.,#&/\"-])(?!(?:19|20)\d\d\b)\d{1,3}(?:,\d{3})*(?![\d.,%\"-]\d)")


def write_pages(folder: Path, count: int, seed: int = 1) -> None:
    """Writes ``count`` pages into ``folder``, a thousand a folder."""
    chance = random.Random(seed)
    parts = [path.read_text(encoding="latin-1") for path in sorted(PARTS.glob("*.html"))]
    for number in range(count):
        part = parts[number % len(parts)]
        page = _FIGURE.sub(lambda figure: _other_figure(figure.group(), chance), part)
        path = folder / f"{number // 1000:03}" / f"{number:06}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="latin-1")


def _other_figure(figure: str, chance: random.Random) -> str:
    """Another number of as many digits."""
    digits = len(figure.replace(",", ""))
    return f"{chance.randrange(10 ** (digits - 1), 10**digits):,}"


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), int(sys.argv[2]))
