"""The words of the letter around the problems: title, opening, request, what was checked."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.notice.contents import Notice, Tally, Unread
from nianbao.notice.problem import sentence

HEADS = ("序号", "位置", "发现的问题", "请核对", "整改结果")
EXPLAINED_HEADS = ("已说明的问题", "说明", "说明人", "日期")
SUMMARY_HEADS = ("机关", "须改正", "请核实", "已说明", "状态")
BLANKS = (
    ("退回单位（盖章）：", "联系人、电话：", "日期：　　　　年　　月　　日"),
    ("填报单位（盖章）：", "填报人、电话：", "日期：　　　　年　　月　　日"),
)
"""What is filled in by hand: by who sends the report back, and by who answers."""

STATUS_WORDS = {"returned": "退回修改", "questioned": "请核实", "clear": "无意见"}
_KINDS = {"returned": "退回意见", "questioned": "核实意见", "clear": "审核意见"}
_SUSPECTS = (
    "其中标明“疑似”“疑为”的，由勾稽关系推算得出，只提示核对的方向，不是更正的依据，"
    "请以原始台账为准。"
)


def title_lines(notice: Notice) -> tuple[str, str]:
    """Name the letter: sent back, asked to verify, or found in order; broken where it may be."""
    return (
        f"关于{notice.name}{notice.year}年度",
        f"政府信息公开工作年度报告的{_KINDS[notice.status]}",
    )


def title(notice: Notice) -> str:
    """Name the letter in one line."""
    return "".join(title_lines(notice))


def opening(notice: Notice) -> str:
    """Say in one sentence what was received, against what it was checked, and what came of it."""
    received = f"你单位报送的{notice.year}年度政府信息公开工作年度报告收悉。"
    against = f"依据{notice.law}和{notice.form}"
    if notice.status == "clear":
        listed = ["供参考的事项"] * bool(notice.hints) + ["已说明的问题"] * bool(notice.explained)
        noted = f"；{'和'.join(listed)}列后" if listed else ""
        return f"{received}{against}核对，没有发现需要改正或者核实的问题，无退回意见{noted}。"
    counts = [
        f"须改正的问题{len(notice.errors.items)}项" if notice.errors.items else "",
        f"未能读取、须补正的内容{len(notice.unread.items)}项" if notice.unread.items else "",
        f"需要核实的问题{len(notice.warnings.items)}项" if notice.warnings.items else "",
    ]
    end = "，现予退回" if notice.demands else "，请予核实"
    return f"{received}{against}核对，发现{'、'.join(filter(None, counts))}{end}。"


def request(notice: Notice) -> tuple[str, ...]:
    """Say in paragraphs what the agency is asked to do; none where it is asked for nothing."""
    if notice.status == "clear":
        return ()
    if notice.demands:
        text = "请逐项核对，改正后重新报送，并在“整改结果”栏填写处理情况；核对无误的，请说明理由。"
    else:
        text = "请逐项核实，并在“整改结果”栏填写核实情况；有误的，请改正后重新报送。"
    suspects = _SUSPECTS if any(item.suspects for item in notice.items) else ""
    return f"{text}{suspects}", "请于　　　　年　　月　　日前报回。"


def scope(notice: Notice) -> str:
    """Say what was checked, and how much of it could not be decided."""
    parts = [
        _tallied(
            notice.balance,
            "勾稽关系",
            "条",
            ("成立", "不成立", "因数字不全未作判定"),
        ),
        _tallied(
            notice.others,
            "跨年度、上下级、文字与表格等其他核对",
            "项",
            ("相符", "有出入", "因数字不全或者没有对照资料未作判定"),
        ),
    ]
    told = "；".join(filter(None, parts))
    return f"核对范围：{told}。" if told else ""


def _tallied(tally: Tally, name: str, measure: str, words: tuple[str, str, str]) -> str:
    if not tally.total:
        return ""
    if tally.passed == tally.total:
        return f"{name}{tally.total}{measure}，全部{words[0]}"
    counts = (tally.passed, tally.failed, tally.undecided)
    told = zip(counts, words, strict=True)
    shown = [f"{count}{measure}{word}" for count, word in told if count]
    return f"{name}{tally.total}{measure}，其中{'、'.join(shown)}"


def bases(notice: Notice) -> list[str]:
    """List what the problems rest on: the numbers of the problems, and the basis."""
    return [f"第{_runs(numbers)}项：{sentence(basis)}" for basis, numbers in notice.bases]


def _runs(numbers: Sequence[int]) -> str:
    """Write numbers, three or more that follow on each other as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs
    )


def summary_lines(notices: Sequence[Notice], unread: Sequence[Unread]) -> tuple[str, str]:
    """Name the list of all notices, broken where it may be."""
    years = sorted({n.year for n in notices} | {each.year for each in unread})
    named = "、".join(str(year) for year in years)
    return f"{named}年度政府信息公开工作年度报告", "退回意见汇总"


def summary(notices: Sequence[Notice], unread: Sequence[Unread]) -> str:
    """Say how many reports were checked and what came of them."""
    counts = [sum(n.status == status for n in notices) for status in STATUS_WORDS]
    shown = [
        f"{count}份{words}"
        for words, count in zip(("需要退回修改", "需要核实", "没有意见"), counts, strict=True)
        if count
    ]
    shown += [f"{len(unread)}份未能读取"] if unread else []
    return f"核对年度报告{len(notices) + len(unread)}份：{'，'.join(shown)}。"


def silent_sentence(notices: Sequence[Notice]) -> str:
    """Name the agencies that there is nothing to say to; nothing where there are none."""
    silent = "、".join(_named(notice, notices) for notice in notices if notice.silent)
    return f"没有发现问题的机关：{silent}。" if silent else ""


def summary_rows(notices: Sequence[Notice]) -> list[tuple[str, ...]]:
    """Return a row for each agency that there is something to say to: its name, and how much."""
    return [
        (
            _named(notice, notices),
            str(notice.demands),
            str(len(notice.warnings.items)),
            str(len(notice.explained)),
            STATUS_WORDS[notice.status],
        )
        for notice in notices
        if not notice.silent
    ]


def _named(notice: Notice, notices: Sequence[Notice]) -> str:
    """Name an agency, with the year where there are several."""
    several = len({each.year for each in notices}) > 1
    return f"{notice.name}（{notice.year}年度）" if several else notice.name


def is_listed(notices: Sequence[Notice], unread: Sequence[Unread], listed: bool | None) -> bool:
    """Whether a list of agencies stands before the notices: always for more than one report."""
    return len(notices) != 1 or bool(unread) or bool(listed)
