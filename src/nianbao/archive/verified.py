"""What is asked of verifying, and what it comes to: lines, an exit code, a conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

YES: Final = "✓"
NO: Final = "✗"
OPEN: Final = "○"
"""What stands before a line: that it is so, that it is not, that it stays open."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How bags are to be verified.

    Attributes
    ----------
    rerun : bool or None
        Whether results are made again; None: where the bag is trusted.
    trust_code : bool
        Whether a stranger's software and notebook may be run.
    require_signature : bool
        Whether a bag without a trusted signature fails.
    archive : Path or None
        This place's folder of archives.
    root : Path or None
        This place's project.
    """

    rerun: bool | None = None
    trust_code: bool = False
    require_signature: bool = False
    archive: Path | None = None
    root: Path | None = None


@dataclass(slots=True)
class Verified:
    """What verifying a bag came to.

    Attributes
    ----------
    lines : list of str
        The report, in Chinese.
    code : int
        0 all well, 1 something differs, 2 what was asked for needs a permission.
    """

    lines: list[str] = field(default_factory=list)
    code: int = 0

    def tell(self, sign: str, text: str, more: Sequence[str] = ()) -> None:
        """Add a line with its sign, and what belongs below it."""
        self.lines += [f"{sign} {text}", *(f"    {line}" for line in more)]
        if sign == NO:
            self.code = self.code or 1


@dataclass(frozen=True, slots=True)
class Proved:
    """What of a bag is certain.

    Attributes
    ----------
    whole : bool
        Whether nothing is wrong with its files and signatures.
    origin : str
        Why it is trusted; empty where it is not.
    again : bool or None
        Whether its results came out again; None where they were not made.
    """

    whole: bool
    origin: str
    again: bool | None


def conclusion(proved: Proved) -> str:
    """Say in one sentence what is proved and what is not."""
    if not proved.whole:
        return "归档包有上述不符，不能作为依据；请重新索取，或从备份恢复。"
    if proved.again is False:
        return "重跑得不出包内的结果，结果不能作为依据；请向提供者核实。"
    sure = ["包内文件齐全、与清单一致"]
    sure += [f"归档包{proved.origin}"] if proved.origin else []
    sure += ["结果可由包内的原文、参数和软件重新得出"] if proved.again else []
    unsure = [] if proved.origin else ["归档包出自何人"]
    unsure += [] if proved.again else ["结果由包内原文得出"]
    unsure += ["原文所载的数字属实"]
    return f"已证明：{'；'.join(sure)}。未证明：{'；'.join(unsure)}。"
