"""Makes the words of a finding when they are read: the panel stores only what it needs for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.balance import check_rule
from nianbao.errors import UsageError
from nianbao.panel.cells import report_of
from nianbao.rules import expand


def message(finding: Mapping[str, object], cells: Sequence[Mapping[str, object]]) -> str:
    """Return what ``findings.csv`` says of a finding, in Chinese.

    Parameters
    ----------
    finding : mapping
        A row of the findings table.
    cells : sequence of mappings
        The rows of the cells table of the same report, all of them; not needed where the
        message is stored (all rules but the balance rules of a form).

    Raises
    ------
    UsageError
        Where the rows are of another report, or the rule is none of its form.
    UnreadableError
        Where they are not all the cells of one report.
    """
    stored = finding.get("message")
    if isinstance(stored, str) and stored:
        return stored
    report = report_of(cells)
    if (report.agency, report.year) != (str(finding["agency"]), int(str(finding["year"]))):
        raise UsageError(
            f"核验结果属于 {finding['year']} {finding['agency']}，"
            f"给出的单元格属于 {report.year} {report.agency}。"
        )
    rule = next((r for r in expand(report.form.key) if r.id == finding["rule"]), None)
    if rule is None:
        raise UsageError(f"格式 {report.form.key} 没有勾稽关系“{finding['rule']}”。")
    return check_rule(report, rule).message
