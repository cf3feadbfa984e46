"""The head of the page: how many agencies filed, and in one line whether their reports hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.fragments import Fragment, render
from nianbao.ledger import Entry
from nianbao.overview.agencies import STATES, filed, states
from nianbao.yearbook import Yearbook


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reports of a year in one line: a status, its sign, and words."""

    status: str
    sign: str
    words: str


def title(book: Yearbook) -> Fragment:
    """Show the year, how many agencies filed, and whether their reports are without errors.

    Parameters
    ----------
    book : Yearbook
        The year.
    """
    known, sentences = verdict(book), tuple(_sentences(book))
    heading = f"{book.year}年政府信息公开工作年度报告总览"
    return render(
        "overview_title",
        f"{heading}：{known.words}",
        heading=heading,
        year=book.year,
        verdict=known,
        sentences=sentences,
    )


def verdict(book: Yearbook) -> Verdict:
    """Sum up the checks of all reports; what was not checked is never called well."""
    reports = [entry for entry in book.entries if filed(entry)]
    known = book.standings
    faulty = [standing for standing in known if standing.errors]
    unseen = len(reports) - len(known)
    rest = f"；另有{unseen}份没有核验" if unseen else ""
    if faulty:
        count = sum(standing.errors for standing in faulty)
        scope = "" if len(faulty) < len(known) else "，即全部"
        told = f"{len(known)}份报告经核验，{len(faulty)}份有错误{scope}，共{count}处{rest}"
        return Verdict("failed", "✗", told)
    if not known:
        told = f"{len(reports)}份报告都没有核验" if reports else "没有可以核验的报告"
        return Verdict("undecided", "○", told)
    waived = sum(f.waived and f.severity == "error" for each in known for f in each.failures)
    aside = f"（{waived}处已说明的除外）" if waived else ""
    open_ = [standing for standing in known if standing.undecided]
    if open_:
        told = f"有{len(open_)}份报告的勾稽关系无法全部判定"
        return Verdict("undecided", "○", f"没有发现错误{aside}，{told}{rest}")
    told = f"{len(known)}份报告没有发现错误{aside}{rest}"
    return Verdict("undecided", "○", told) if unseen else Verdict("passed", "✓", told)


def _sentences(book: Yearbook) -> Iterator[str]:
    """Say in numbers how the agencies filed."""
    registered = [entry for entry in book.entries if entry.agency.level]
    loose = len(book.entries) - len(registered)
    if not registered:
        yield "登记表中没有机关。"
    else:
        reports = sum(filed(entry) for entry in registered)
        absent = _counted(registered, ("missing", "exempt"), "个")
        told = "，".join([f"{reports}个已报", *absent])
        yield f"登记的{len(registered)}个机关中，{told}。"
    if loose:
        yield f"另有{loose}份报告的机关不在登记表中。"
    reported = [entry for entry in book.entries if filed(entry)]
    parts = _counted(reported, ("unread", "misfiled", "late"), "份")
    undated = sum("undated" in entry.filing.states for entry in reported)
    waiting = sum(entry.waiting for entry in reported)
    parts += [f"{waiting}份尚未生成页面"] if waiting else []
    parts += [f"{undated}份公布日期不详，不判断是否逾期"] if undated else []
    if parts:
        yield f"已报的{len(reported)}份报告中，{'，'.join(parts)}。"


def _counted(entries: Sequence[Entry], codes: Sequence[str], unit: str) -> list[str]:
    counts = {code: sum(code in states(entry) for entry in entries) for code in codes}
    return [f"{count}{unit}{STATES[code]}" for code, count in counts.items() if count]
