"""Says in Chinese what accounts for the differences of many figures at once."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.levels.accounts import Account
from nianbao.levels.tally import Tally
from nianbao.levels.wording import listed


def account_words(
    accounts: Sequence[Account], tallies: Sequence[Tally], names: Sequence[str]
) -> str:
    """Tell in full what accounts for the differences of a table, or of one figure."""
    several = len(tallies) > 1
    where = f"{tallies[0].aggregate.kind.name}各格的差额" if several else "差额"
    fit = "在四舍五入范围内等于" if tallies[0].tolerance else "恰好等于"
    absent = "（所缺的报告按0计）" if tallies[0].missing else ""
    slips = [slip(account, names) for account in accounts]
    if len(slips) > 1:
        return f"{where}{fit}下列每一种情形所致的数{absent}，不认定是哪一种：{'；'.join(slips)}"
    (account,) = accounts
    if account.left_out and account.repeated:
        whose = f"{names[account.repeated[0]]}与{names[account.left_out[0]]}两机关的数之差"
    else:
        together = "之和" if len(account.bodies) > 1 else ""
        whose = f"{'、'.join(names[i] for i in account.bodies)}的数{together}"
    return f"{where}{fit}{whose}{absent}，可能{slips[0]}"


def slip(account: Account, names: Sequence[str]) -> str:
    """Name what was done: ``少计入甲、乙``, ``重复计入甲``."""
    parts = []
    if account.left_out:
        parts.append(f"少计入{'、'.join(names[i] for i in account.left_out)}")
    if account.repeated:
        parts.append(f"重复计入{'、'.join(names[i] for i in account.repeated)}")
    return "、".join(parts)


def many_words(tallies: Sequence[Tally]) -> str:
    """Sum up many differences that no body or few bodies account for."""
    name = tallies[0].aggregate.kind.name
    less = sum(tally.exceeded for tally in tallies)
    if not less:
        return f"{name}共{len(tallies)}格本报告较多，没有一格较少，下级机关可能登记不全"
    if less == len(tallies):
        return f"{name}共{less}格本报告较少"
    return f"{name}共{len(tallies)}格不等，其中{len(tallies) - less}格本报告较多，{less}格较少"


def copied_words(tallies: Sequence[Tally], whose: Sequence[str]) -> str:
    """Tell that a table is that of one of the bodies."""
    name = tallies[0].aggregate.kind.name
    return f"{listed(whose)}的{name}与本报告逐格相同，请核对是否误用了下级机关的表"
