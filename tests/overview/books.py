"""Makes years of any size from seeds: agencies, how they filed, what their checks came to."""

from __future__ import annotations

import random
from datetime import date, timedelta

from nianbao.filing import Filing, filing
from nianbao.ledger import Entry
from nianbao.register import Agency
from nianbao.standing import Failure, Standing, Tally
from nianbao.yearbook import Yearbook

YEAR = 2024
RULES = (
    ("T3-1", "新收与上年结转之和，等于办理结果总计与结转下年度之和", "error", "check-balance"),
    ("T3-2", "办理结果总计，等于各项办理结果之和", "error", "check-balance"),
    ("T3-3", "总计列，等于各类申请人之和", "error", "check-balance"),
    ("T4-1", "行政复议总计，等于四种结果之和", "error", "check-balance"),
    ("Y-1", "上年结转，等于上一年度报告的结转下年度", "error", "check-years"),
    (
        "Y-3",
        "行政规范性文件现行有效，等于上一年度现行有效加本年制发减本年废止",
        "warning",
        "check-years",
    ),
    ("X-1", "文字中收到申请的件数与表三一致", "warning", "check-prose"),
    ("X-10", "文字中的年份是报告年度", "warning", "check-prose"),
    ("X-13", "文字没有重复的词语", "warning", "check-prose"),
    ("T2-6", "表二各格填写数字", "warning", "check-plausibility"),
    ("T4-7", "有“结果纠正”的，文字部分有所说明", "hint", "check-plausibility"),
    ("P-7", "办理30件以上的，有予以公开或部分公开", "hint", "check-plausibility"),
)
SUMS = ("L-1", "表三各格，等于下级机关之和", "warning", "check-levels")
_TOWNS = "东西南北中上下大小新古清青白黑红黄金银玉龙凤虎马牛羊石水"
_OFFICES = (
    "公安局",
    "教育局",
    "财政局",
    "人力资源和社会保障局",
    "自然资源和规划局",
    "卫生健康委员会",
)


def agency(id: str, name: str = "", level: str = "department", parent: str = "") -> Agency:
    return Agency(id, name or id, level, parent, "", "", "")


def failure(
    rule: str = "T3-3", severity: str = "error", *, waived: bool = False, number: int = 1
) -> Failure:
    return Failure(
        f"{number:012x}",
        rule,
        dict((each[0], each[1]) for each in RULES)[rule],
        severity,
        waived,
        "check-balance",
        "表三“二、上年结转政府信息公开申请数量”",
        "总计为100，各类申请人之和为98，相差2",
        f"finding-{number:012x}",
    )


def standing(id: str = "a", **changes: object) -> Standing:
    """A report without a flaw, with what is given instead."""
    known: dict[str, object] = {
        "stamp": "",
        "agency": id,
        "name": id,
        "year": YEAR,
        "form": "2021",
        "status": "passed",
        "sign": "✓",
        "headline": "42条勾稽关系全部成立",
        "detail": "",
        **dict.fromkeys(("errors", "warnings", "hints", "waived", "undecided", "doubts"), 0),
        "misfit": "",
        "problems": (),
        "failures": (),
        "tallies": (Tally("T3-3", dict((r[0], r[1]) for r in RULES)["T3-3"], "error", "", 25),),
        "figures": figures(100, 3, 40, 5),
        "settled": (),
    }
    return Standing(**(known | changes))  # type: ignore[arg-type]


def figures(new: int, carried: int, disclosed: int, out: int, cases: int = 4) -> dict[str, int]:
    done = new + carried - out
    partial = disclosed // 5
    found = {
        "t3.new.total": new,
        "t3.carried_in.total": carried,
        "t3.granted.total": disclosed - partial,
        "t3.partial.total": partial,
        "t3.total.total": done,
        "t3.carried_out.total": out,
    }
    for block in ("review", "direct", "after"):
        parts = {"upheld": cases // 2, "corrected": cases // 4, "other": 0, "pending": cases // 8}
        found |= {f"t4.{block}.{name}": number for name, number in parts.items()}
        found[f"t4.{block}.total"] = sum(parts.values())
    return found


def entry(known: Standing | None = None, *, row: Agency | None = None, **changes: object) -> Entry:
    """An agency whose report is there and built, with what is given instead."""
    row = row or agency(known.agency if known else "a")
    filed = filing(row, YEAR, filed=True, published=date(YEAR + 1, 1, 20))
    given: dict[str, object] = {"filing": filed, "standing": known, "built": known is not None}
    return Entry(row, **(given | changes))  # type: ignore[arg-type]


def missing(row: Agency) -> Entry:
    return Entry(row, filing(row, YEAR, filed=False))


def unread(row: Agency, error: str = "data/raw/2024/a.pdf：文件打不开。请重新下载。") -> Entry:
    return Entry(row, filing(row, YEAR, filed=True, misfit=error), error=error)


def waiting(row: Agency) -> Entry:
    return Entry(row, filing(row, YEAR, filed=True), waiting=True)


def book(*entries: Entry) -> Yearbook:
    return Yearbook(YEAR, entries)


def city(size: int, seed: int = 1) -> Yearbook:
    """A city, its counties, their departments and townships: ``size`` agencies in all."""
    chance = random.Random(seed)
    return Yearbook(YEAR, tuple(_entry(row, chance, size) for row in _register(size)))


def _register(size: int) -> list[Agency]:
    rows = [
        agency("shi", "临江市人民政府", "city"),
        agency("ban", "临江市人民政府办公室", "office", "shi"),
    ]
    counties = max(1, size // 25)
    for n in range(counties):
        name = f"{_TOWNS[n % len(_TOWNS)]}{_TOWNS[(3 * n + 5) % len(_TOWNS)]}县"
        rows.append(agency(f"xian-{n}", f"{name}人民政府", "county", "shi"))
    rows += [
        agency(f"shi-{n}", f"临江市{name}", "department", "shi") for n, name in enumerate(_OFFICES)
    ]
    n = 0
    while len(rows) < size:
        county = rows[2 + n % counties]
        place = county.name.removesuffix("人民政府")
        if n // counties < len(_OFFICES):
            row = agency(
                f"{county.id}-ju-{n}", f"{place}{_OFFICES[n // counties]}", "department", county.id
            )
        else:
            town = _TOWNS[n % len(_TOWNS)] + _TOWNS[(7 * n) % len(_TOWNS)]
            row = agency(f"{county.id}-zhen-{n}", f"{place}{town}镇人民政府", "township", county.id)
        rows.append(row)
        n += 1
    return rows[:size]


def _entry(row: Agency, chance: random.Random, size: int) -> Entry:
    lot = chance.random()
    if lot < 0.06:
        return missing(row)
    if lot < 0.07:
        return Entry(row, Filing(("exempt",), "登记为自2025-03"))
    if lot < 0.085:
        return unread(
            row, f"data/raw/{YEAR}/{row.id}.doc：是旧版 Word 文件。请另存为 .docx 再读取。"
        )
    day = date(YEAR + 1, 1, 20) + timedelta(days=chance.randrange(-15, 14))
    misfit = "报告年度为2024年，用的是2019年格式" if chance.random() < 0.02 else ""
    published = None if chance.random() < 0.2 else day
    filed = filing(
        row, YEAR, filed=True, published=published, deadline=date(YEAR + 1, 1, 31), misfit=misfit
    )
    return Entry(row, filed, _standing(row, chance, misfit), built=True)


def _standing(row: Agency, chance: random.Random, misfit: str) -> Standing:
    broken = 0.06 if row.level in ("department", "township") else 0.3
    rules = [*RULES, SUMS] if row.level in ("city", "county") else list(RULES)
    tallies, failures = [], []
    for number, (rule, label, severity, chapter) in enumerate(rules):
        lot = chance.random()
        failed = chance.randrange(1, 4) if lot < (broken if severity != "hint" else 0.2) else 0
        waived = 1 if 0.97 < lot < 0.98 else 0
        undecided = 2 if chapter in ("check-years", "check-levels") and lot > 0.5 else 0
        passed = 0 if undecided else 7
        tallies.append(Tally(rule, label, severity, chapter, passed, failed, waived, undecided))
        for each in range(failed + waived):
            code = f"{number}{each}{abs(hash_of(row.id)):010x}"[:12]
            failures.append(
                Failure(
                    code, rule, label, severity, each >= failed, chapter,
                    "表三“二、上年结转政府信息公开申请数量”的“自然人”",
                    "两边相差2", f"finding-{code}",
                )
            )  # fmt: skip
    loud = [f for f in failures if not f.waived]
    counts = {s: sum(f.severity == s for f in loud) for s in ("error", "warning", "hint")}
    new = int(chance.paretovariate(0.8) * 4) if row.level != "city" else 3600
    carried = int(new * chance.uniform(0, 0.1))
    out = int(new * chance.uniform(0, 0.15))
    disclosed = int((new + carried - out) * chance.uniform(0.1, 0.7))
    known = figures(new, carried, disclosed, out, min(new // 10, 200))
    if chance.random() < 0.03:
        known.pop("t3.carried_out.total")
    problems = tuple(
        (f.anchor, f"疑似：表三“三、本年度办理结果·总计”的“自然人”，原文为{new}，若为{new + 2}")
        for f in loud if f.severity == "error"
    )  # fmt: skip
    return Standing(
        stamp="", agency=row.id, name=row.name, year=YEAR, form="2021",
        status="failed" if counts["error"] else "passed",
        sign="✗" if counts["error"] else "✓", headline="", detail="",
        errors=counts["error"], warnings=counts["warning"], hints=counts["hint"],
        waived=len(failures) - len(loud),
        undecided=3 if chance.random() < 0.03 else 0, doubts=int(chance.random() < 0.1),
        misfit=misfit, problems=problems, failures=tuple(failures), tallies=tuple(tallies),
        figures=known, settled=("t3.new.total",) if chance.random() < 0.05 else (),
    )  # fmt: skip


def hash_of(text: str) -> int:
    """A number made of a text, the same in every run."""
    return sum((n + 1) * ord(each) for n, each in enumerate(text))
