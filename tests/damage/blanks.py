"""Blanks a cell of a balanced report, and reads the report again from its text."""

from __future__ import annotations

import random

from builders import T3_CODES, T4_CODES, figures, read, render, texts
from nianbao.suspects import suspect


def forced(seed: int) -> bool:
    """Whether a blanked cell is told with its figure, and nothing is called suspect."""
    rng = random.Random(f"blank:{seed}")
    true = figures(rng.randrange(10**6), *rng.choice([(0.3, 40), (0.6, 400)]))
    code = rng.choice(T3_CODES + T4_CODES)
    report = read(render(texts(true | {code: ""}), "padded"))
    return report.implied.get(code) == true[code] and suspect(report).parts == ()
