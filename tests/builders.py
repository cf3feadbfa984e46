"""Makes whole balanced reports from a seed, and writes them as flattened text.

Everything here is stated anew, from the official form, and takes nothing from the package
except the way in (`read`): a slip in a form file must not hide in the tests.
"""

from __future__ import annotations

import random
from itertools import combinations, product

from nianbao.documents.plain.text import read_text
from nianbao.findings import check_report
from nianbao.forms import load_form
from nianbao.notes import reading_notes
from nianbao.recognize import recognize
from nianbao.report import Report

COLUMNS = ["natural", "business", "research", "nonprofit", "legal", "other", "total"]
COLUMN_LABELS = [
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
]
RESULTS = ["upheld", "corrected", "other", "pending", "total"]
RESULT_LABELS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
BLOCKS = ["review", "direct", "after"]
BLOCK_LABELS = ["行政复议", "未经复议直接起诉", "复议后起诉"]

OUTCOMES = "三、本年度办理结果"
DENIED = "（三）不予公开"
UNABLE = "（四）无法提供"
REFUSED = "（五）不予处理"
OTHERWISE = "（六）其他处理"
LINES = [
    ("new", [], "一、本年新收政府信息公开申请数量"),
    ("carried_in", [], "二、上年结转政府信息公开申请数量"),
    ("granted", [OUTCOMES], "（一）予以公开"),
    ("partial", [OUTCOMES], "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("deny_1", [OUTCOMES, DENIED], "1.属于国家秘密"),
    ("deny_2", [OUTCOMES, DENIED], "2.其他法律行政法规禁止公开"),
    ("deny_3", [OUTCOMES, DENIED], "3.危及“三安全一稳定”"),
    ("deny_4", [OUTCOMES, DENIED], "4.保护第三方合法权益"),
    ("deny_5", [OUTCOMES, DENIED], "5.属于三类内部事务信息"),
    ("deny_6", [OUTCOMES, DENIED], "6.属于四类过程性信息"),
    ("deny_7", [OUTCOMES, DENIED], "7.属于行政执法案卷"),
    ("deny_8", [OUTCOMES, DENIED], "8.属于行政查询事项"),
    ("unable_1", [OUTCOMES, UNABLE], "1.本机关不掌握相关政府信息"),
    ("unable_2", [OUTCOMES, UNABLE], "2.没有现成信息需要另行制作"),
    ("unable_3", [OUTCOMES, UNABLE], "3.补正后申请内容仍不明确"),
    ("refuse_1", [OUTCOMES, REFUSED], "1.信访举报投诉类申请"),
    ("refuse_2", [OUTCOMES, REFUSED], "2.重复申请"),
    ("refuse_3", [OUTCOMES, REFUSED], "3.要求提供公开出版物"),
    ("refuse_4", [OUTCOMES, REFUSED], "4.无正当理由大量反复申请"),
    ("refuse_5", [OUTCOMES, REFUSED], "5.要求行政机关确认或重新出具已获取信息"),
    (
        "other_1",
        [OUTCOMES, OTHERWISE],
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    ),
    (
        "other_2",
        [OUTCOMES, OTHERWISE],
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    ("other_3", [OUTCOMES, OTHERWISE], "3.其他"),
    ("total", [OUTCOMES], "（七）总计"),
    ("carried_out", [], "四、结转下年度继续办理"),
]
ROWS = [row for row, _, _ in LINES]
ROW_LABELS = {row: label for row, _, label in LINES}
GROUPS = {row: above for row, above, _ in LINES}
DETAIL = ROWS[2:-2]
T2_CODES = [
    "t2.regulations.issued",
    "t2.regulations.repealed",
    "t2.regulations.in_force",
    "t2.normative_docs.issued",
    "t2.normative_docs.repealed",
    "t2.normative_docs.in_force",
    "t2.licences.decisions",
    "t2.penalties.decisions",
    "t2.coercion.decisions",
    "t2.fees.amount_10k",
]
T3_CODES = [f"t3.{row}.{column}" for row in ROWS for column in COLUMNS]
T4_CODES = [f"t4.{block}.{result}" for block in BLOCKS for result in RESULTS]
CODES = T2_CODES + T3_CODES + T4_CODES

TITLES = {
    1: "一、总体情况",
    2: "二、主动公开政府信息情况",
    3: "三、收到和处理政府信息公开申请情况",
    4: "四、政府信息公开行政复议、行政诉讼情况",
    5: "五、存在的主要问题及改进情况",
    6: "六、其他需要报告的事项",
}
T2_CAPTIONS = [f"第二十条第（{item}）项" for item in "一五六八"]
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def row_codes(row: str) -> list[str]:
    return [f"t3.{row}.{column}" for column in COLUMNS]


def figures(seed: int, density: float = 0.3, high: int = 40) -> dict[str, int | str]:
    """Return all 200 figures of a report that satisfies every rule."""
    rng = random.Random(seed)

    def some() -> int:
        return rng.randint(1, high) if rng.random() < density else 0

    found: dict[str, int | str] = {code: some() for code in T2_CODES}
    found["t2.fees.amount_10k"] = f"{some()}.{rng.randint(0, 9999):04d}"
    for column in COLUMNS[:-1]:
        for row in DETAIL:
            found[f"t3.{row}.{column}"] = some()
        total = sum(found[f"t3.{row}.{column}"] for row in DETAIL)
        out = some()
        carried = rng.randint(0, total + out) if rng.random() < density else 0
        found[f"t3.total.{column}"] = total
        found[f"t3.carried_out.{column}"] = out
        found[f"t3.carried_in.{column}"] = carried
        found[f"t3.new.{column}"] = total + out - carried
    for row in ROWS:
        found[f"t3.{row}.total"] = sum(found[f"t3.{row}.{c}"] for c in COLUMNS[:-1])
    for block in BLOCKS:
        for result in RESULTS[:-1]:
            found[f"t4.{block}.{result}"] = some()
        found[f"t4.{block}.total"] = sum(found[f"t4.{block}.{r}"] for r in RESULTS[:-1])
    return {code: found[code] for code in CODES}


def texts(values: dict[str, object]) -> dict[str, str]:
    """Return what a report prints for each figure."""
    return {code: str(value) for code, value in values.items()}


def render(
    written: dict[str, str],
    layout: str = "grid",
    lost: frozenset[str] | set[str] = frozenset(),
    order: list[str] | None = None,
) -> str:
    """Write a report as flattened text.

    Layouts: ``grid`` (the official grid, every number under its head; a lost number leaves the
    row one cell shorter at its end), ``padded`` (the same, filled up at its end), ``skeleton``
    (shifted rows and a torn head, as in the real document), ``ragged`` (label and numbers only).
    """
    parts = [
        "测试局2022年政府信息公开工作年度报告",
        TITLES[1],
        "2022年，本机关认真做好政府信息公开工作。",
        "（一）主动公开情况",
        "全年主动公开政府信息若干条。",
        TITLES[2],
        *table_two(written, layout, lost),
        TITLES[3],
        *table_three(written, layout, lost, order),
        TITLES[4],
        *table_four(written, layout, lost),
        TITLES[5],
        "一是公开方式有待丰富。下一步，将丰富解读形式。",
        TITLES[6],
        "本机关2022年收取信息处理费为0元。",
    ]
    return "\n".join(parts) + "\n"


def table_two(
    written: dict[str, str],
    layout: str = "grid",
    lost: frozenset[str] | set[str] = frozenset(),
) -> list[str]:
    fees = "本年收费金额（单位：万元）"

    def numbers(codes: list[str]) -> list[str]:
        kept = [written[code] for code in codes if code not in lost]
        return kept + [""] * (len(codes) - len(kept)) if layout == "padded" else kept

    rows = [
        [T2_CAPTIONS[0], "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", *numbers(T2_CODES[:3])],
        ["行政规范性文件", *numbers(T2_CODES[3:6])],
        [T2_CAPTIONS[1], "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政许可", written[T2_CODES[6]], "", ""],
        [T2_CAPTIONS[2], "", "", ""],
        ["信息内容", "本年处理决定数量", "", ""],
        ["行政处罚", written[T2_CODES[7]], "", ""],
        ["行政强制", written[T2_CODES[8]], "", ""],
        [T2_CAPTIONS[3], "", "", ""],
        ["信息内容", fees, "", ""],
        ["行政事业性收费", written[T2_CODES[9]], "", ""],
    ]
    return ["\t".join(row) for row in rows]


def table_three(
    written: dict[str, str],
    layout: str,
    lost: frozenset[str] | set[str] = frozenset(),
    order: list[str] | None = None,
) -> list[str]:
    """Return the lines of 表三, without the numbers named in ``lost``."""
    torn = [
        [CORNER, "", "申请人情况", ""],
        ["自然人", "法人或其他组织", "总计", ""],
        [""],
        ["", "", "", *COLUMN_LABELS[1:6], "", ""],
    ]
    whole = [
        [CORNER, "", "", "申请人情况", "", "", "", "", "", ""],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", *COLUMN_LABELS[1:6], ""],
    ]
    rows = whole if layout in ("grid", "padded") else torn
    seen: set[str] = set()
    for row in order or ROWS:
        numbers = [written[code] for code in row_codes(row) if code not in lost]
        heads = ["" if head in seen else head for head in GROUPS[row]]
        seen.update(GROUPS[row])
        rows = [*rows, _line(layout, row, heads, numbers)]
    return ["\t".join(row) for row in rows]


def _line(layout: str, row: str, heads: list[str], numbers: list[str]) -> list[str]:
    label = ROW_LABELS[row]
    if layout == "ragged":
        return [*heads[-1:], label, *numbers]
    if layout == "skeleton":
        above = heads if row not in ("other_3", "total") else []
        cells = [*above, label, "", *numbers]
        return cells + [""] * (10 - len(cells))
    stub = ([*heads, label, "", ""])[:3]
    cells = [*stub, *numbers]
    return cells + [""] * (10 - len(cells)) if layout == "padded" else cells


def table_four(
    written: dict[str, str],
    layout: str = "grid",
    lost: frozenset[str] | set[str] = frozenset(),
) -> list[str]:
    head = ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9]
    middle = [*RESULT_LABELS, "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""]
    numbers = [written[code] for code in T4_CODES if code not in lost]
    if layout == "padded":
        numbers += [""] * (15 - len(numbers))
    rows = [head, middle, ["", "", "", "", "", *RESULT_LABELS, *RESULT_LABELS], numbers]
    return ["\t".join(row) for row in rows]


def read(text: str, agency: str = "test", year: int = 2022) -> Report:
    """Read a report from text, all the way from bytes to cells."""
    recognition = recognize(read_text(text.encode(), f"{agency}.txt"), load_form("2021"))
    return Report(
        agency=agency,
        name=agency,
        year=year,
        form=recognition.form,
        source=f"{agency}.txt",
        sha256="0" * 64,
        title="",
        cells=recognition.cells,
        sections=recognition.sections,
        implied=recognition.implied,
        notes=reading_notes(recognition),
        short_rows=recognition.short_rows,
        contradictions=recognition.contradictions,
    )


def findings(report: Report) -> dict[str, object]:
    """Return the findings of the balance rules by rule."""
    return {found.rule.id: found for found in check_report(report) if found.balances}


def codes_of_notes(report: Report) -> set[str]:
    return {note.code for note in report.notes}


def wrong(report: Report, values: dict[str, object]) -> dict[str, tuple[object, object]]:
    """Return the cells that carry a figure other than the true one."""
    return {
        code: (str(cell.value), str(values[code]))
        for code, cell in report.cells.items()
        if cell.state in ("number", "inferred") and str(cell.value) != str(values[code])
    }


def equations() -> dict[str, tuple[list[str], list[str]]]:
    """State the 42 balance rules once more, by hand: rule id → (left cells, right cells)."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for c in COLUMNS:
        found[f"T3-1:{c}"] = (
            [f"t3.new.{c}", f"t3.carried_in.{c}"],
            [f"t3.total.{c}", f"t3.carried_out.{c}"],
        )
    for c in COLUMNS:
        found[f"T3-2:{c}"] = ([f"t3.total.{c}"], [f"t3.{row}.{c}" for row in DETAIL])
    for row in ROWS:
        found[f"T3-3:{row}"] = ([f"t3.{row}.total"], [f"t3.{row}.{c}" for c in COLUMNS[:-1]])
    for number, block in enumerate(BLOCKS, start=1):
        parts = [f"t4.{block}.{result}" for result in RESULTS[:-1]]
        found[f"T4-{number}"] = ([f"t4.{block}.total"], parts)
    return found


def broken(values: dict[str, object]) -> set[str]:
    """Return the ids of the rules that these figures break."""
    return {
        rule
        for rule, (left, right) in equations().items()
        if sum(int(values[code]) for code in left) != sum(int(values[code]) for code in right)
    }


def brute_force(
    known: dict[str, int],
    free: set[str],
    short: list[tuple[list[str], list[tuple[str, int | None]]]],
    cap: int,
) -> tuple[bool, dict[str, int], dict[str, str]]:
    """Try every placement of every short row and every completion of the cells left open.

    Returns
    -------
    tuple
        Whether any filling satisfies all rules, the cells with one value in all of them and
        nothing illegible in any, and the token that every filling puts in a cell ("" left out).
    """
    unknown = free.union(*(cells for cells, _ in short)) if short else set(free)
    residual = []
    for left, right in equations().values():
        signs = dict.fromkeys(left, 1) | dict.fromkeys(right, -1)
        constant = sum(sign * known[c] for c, sign in signs.items() if c not in unknown)
        residual.append(({c: s for c, s in signs.items() if c in unknown}, constant))
    values: dict[str, set[int]] = {code: set() for code in unknown}
    tokens: dict[str, set[str]] = {code: set() for code in unknown}
    illegible: set[str] = set()
    choices = [list(combinations(range(len(cells)), len(row))) for cells, row in short]
    for choice in product(*choices):
        placed, text, marks = {}, dict.fromkeys(unknown, ""), set()
        for (cells, row), places in zip(short, choice, strict=True):
            for place, (token, value) in zip(places, row, strict=True):
                text[cells[place]] = token
                if value is not None:
                    placed[cells[place]] = value
                else:
                    marks.add(cells[place])
        for completed in _completions(placed, unknown - set(placed), residual, cap):
            illegible |= marks
            for code in unknown:
                values[code].add(completed[code])
                tokens[code].add(text[code])
    feasible = not unknown or any(values.values())
    single = {code: found.copy().pop() for code, found in values.items() if len(found) == 1}
    certain = {code: value for code, value in single.items() if code not in illegible}
    sure = {code: found.copy().pop() for code, found in tokens.items() if len(found) == 1}
    if not unknown:
        feasible = all(constant == 0 for _, constant in residual)
    return feasible, certain, {code: token for code, token in sure.items() if token}


def _completions(values, unknown, residual, cap):
    """Yield every way to give the open cells numbers from 0 to ``cap`` that balance all rules."""
    values, unknown = dict(values), set(unknown)
    moved = True
    while moved:
        moved = False
        for signs, constant in residual:
            still = [code for code in signs if code in unknown]
            sum_ = constant + sum(s * values[c] for c, s in signs.items() if c not in unknown)
            if not still and sum_ != 0:
                return
            if len(still) == 1:
                value = -sum_ * signs[still[0]]
                if value < 0:
                    return
                values[still[0]] = value
                unknown.discard(still[0])
                moved = True
    if not unknown:
        yield values
        return
    code = min(unknown)
    for value in range(cap + 1):
        yield from _completions(values | {code: value}, unknown - {code}, residual, cap)
