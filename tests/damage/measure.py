"""Draws damages and tabulates how they were named."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from damage import layouts, slips
from damage.blanks import forced
from damage.judging import Verdict, judge
from damage.truth import Figures, broken, true_figures

COUNTS = (1, 2, 3, 5, 8)
LAYOUTS = {
    "行右移一栏": layouts.shifted_right,
    "行左移一栏": layouts.shifted_left,
    "总计与邻栏互换": layouts.total_swapped,
    "一行内两栏互换": layouts.columns_exchanged,
    "整行互换": layouts.rows_exchanged,
    "四个主行错行": layouts.rows_shifted,
    "丢失一行、其后上移": layouts.row_lost,
    "小计重复计入（七）总计": layouts.subtotal_in_total,
    "小计重复计入一行": layouts.subtotal_in_row,
    "组织小计重复计入总计列": layouts.organisations_in_totals,
}
SLIPS = {
    "一位数字有误、漏写、多写": slips.digit,
    "相邻两位颠倒": slips.reversed_digits,
    "表四一位数字": slips.digit_of_table_four,
}
NOT_UPDATED = "一个总计未更新"
REALISTIC = (*SLIPS, NOT_UPDATED, *LAYOUTS)


def draw(name: str, seed: int) -> tuple[str, Figures, Figures]:
    """Return a form, true figures, and the same damaged so that a rule breaks."""
    rng = random.Random(f"{name}:{seed}")
    while True:
        variant, true = true_figures(rng)
        damaged: Figures | None
        if name.isdigit():
            damaged = slips.random_cells(rng, true, int(name))
        elif name in SLIPS:
            damaged = SLIPS[name](rng, true)
        elif name == NOT_UPDATED:
            true, damaged = slips.total_not_updated(rng, true, variant)
        else:
            damaged = LAYOUTS[name](rng, true, variant)
        if damaged and broken(variant, damaged):
            return variant, true, damaged


def _one(task: tuple[str, int]) -> Verdict:
    return judge(*draw(*task))


def measure(name: str, draws: int, seed: int, jobs: int = 1) -> list[Verdict]:
    """Judge so many draws of one damage."""
    tasks = [(name, seed * 1_000_000 + index) for index in range(draws)]
    return _mapped(_one, tasks, jobs)


def _mapped(function, tasks, jobs: int) -> list:
    if jobs == 1:
        return [function(task) for task in tasks]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(function, tasks, chunksize=10))


def tables(draws: int = 200, seed: int = 1, jobs: int = 1) -> str:
    """Return what was measured as Markdown."""
    lines = [
        f"表三随机改错若干格，各{draws}次：\n",
        "| 改错格数 | 在最优解之中 | 另有更小解 | 已列出 | 唯一或单独居首 | 误报版式问题 | 超过20组"
        " | 不能定位 | 中位秒 | 最长秒 |",
        "|" + "---:|" * 10,
    ]
    for count in COUNTS:
        lines.append(_random_row(str(count), measure(str(count), draws, seed, jobs)))
    lines += [
        f"\n常见错误（至少使一条勾稽关系不成立），各{draws}次：\n",
        "| 错误 | 判对 | 规则可见部分判对 | 并列之中有之 | 其他 | 中位秒 | 最长秒 |",
        "|---|" + "---:|" * 6,
    ]
    for name in REALISTIC:
        lines.append(_real_row(name, measure(name, draws, seed, jobs)))
    named = sum(_mapped(forced, range(seed * 1_000_000, seed * 1_000_000 + draws), jobs))
    lines.append(f"\n平衡的报告空出一格，读入后推定出原数且不报疑点：{named} / {draws}。")
    return "\n".join(lines) + "\n"


def _random_row(name: str, found: list[Verdict]) -> str:
    tests: list[Callable[[Verdict], bool]] = [
        lambda v: v.optimal,
        lambda v: v.smaller,
        lambda v: v.shown,
        lambda v: v.first,
        lambda v: v.structural,
        lambda v: v.capped,
        lambda v: not v.localizable,
    ]
    return f"| {name} | " + " | ".join(share(found, test) for test in tests) + _times(found)


def _real_row(name: str, found: list[Verdict]) -> str:
    kinds = [share(found, lambda v, k=k: v.named == k) for k in ("right", "alike", "tied", "other")]
    return f"| {name} | " + " | ".join(kinds) + _times(found)


def share(found: list[Verdict], test: Callable[[Verdict], bool]) -> str:
    return f"{100 * sum(map(test, found)) / len(found):.1f} %"


def _times(found: list[Verdict]) -> str:
    seconds = [verdict.seconds for verdict in found]
    return f" | {statistics.median(seconds):.3f} | {max(seconds):.2f} |"
