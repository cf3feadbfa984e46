"""Says which cells of the tables the words about a number may mean, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Reading = tuple[str, ...]
"""The codes of the cells whose sum is meant."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which cells a report has: the form of its 表二, and whether 其他处理 is one row."""

    documents: str = "2021"
    single: bool = False

    @classmethod
    def of_form(cls, form: str) -> Layout:
        """Return the layout of a form, ``2019`` or ``2021``."""
        return cls(form, form == "2019")


_ORGANISATIONS: Final = ("business", "research", "nonprofit", "legal", "other")
_GROUPS: Final = {
    "deny": tuple(f"deny_{n}" for n in range(1, 9)),
    "unable": tuple(f"unable_{n}" for n in range(1, 4)),
    "refuse": tuple(f"refuse_{n}" for n in range(1, 6)),
    "other": tuple(f"other_{n}" for n in range(1, 4)),
}
# Some offices told a group by the row that they used most.
# 公开10件 may count what was given in part as well.
_WIDER: Final = {"opened": (("granted",), ("granted", "partial"))}
_SINGLE: Final = {"unable": "unable_1", "refuse": "refuse_1", "other": "other_3"}
_FLOWS: Final = {
    "new": (("new",),),
    "intake": (("new",), ("new", "carried_in")),
    "all": (("new", "carried_in"),),
    "handled": (("new", "carried_in"), ("total",), ("new",)),
    "done": (("total",), ("new", "carried_in")),
    "sum": (("new",), ("new", "carried_in"), ("total",)),
    "carried_in": (("carried_in",),),
    "carried_out": (("carried_out",),),
    "carried": (("carried_out",), ("carried_in",)),
}
_BLOCKS: Final = {
    "review": (("review",),),
    "suits": (("direct", "after"), ("direct",), ("after",)),
    "direct": (("direct",),),
    "after": (("after",),),
    "both": (("review", "direct", "after"),),
}
_DOCUMENTS: Final = {"docs": "normative_docs", "rules": "regulations"}
_SAME_ACT: Final = {"2019": {"issued": "made_new"}, "2021": {}}


def flow_readings(name: str) -> list[Reading]:
    """Return what a count of requests may mean: 收到 is 新收, or 新收 and 上年结转."""
    return [tuple(f"t3.{row}.total" for row in rows) for rows in _FLOWS[name]]


def row_readings(names: list[str], single: bool) -> list[Reading]:
    """Return what a count of outcomes may mean; several names are added up.

    Parameters
    ----------
    names : list of str
        Rows or groups of rows: ``granted``, ``deny``, ``deny_4`` …
    single : bool
        Whether the form has （六）其他处理 as one row.
    """
    if names[0] in _WIDER:
        return [tuple(f"t3.{row}.total" for row in rows) for rows in _WIDER[names[0]]]
    readings = [tuple(f"t3.{row}.total" for name in names for row in _rows(name, single))]
    if len(names) == 1 and names[0] in _SINGLE and not (single and names[0] == "other"):
        readings.append((f"t3.{_SINGLE[names[0]]}.total",))
    return readings


def _rows(name: str, single: bool) -> tuple[str, ...]:
    if single and name.startswith("other"):
        return ("other",)
    return _GROUPS.get(name, (name,))


def applicant_readings(names: list[str], flow: str) -> list[Reading]:
    """Return what a count of applicants may mean, of the new requests or of all."""
    columns = [c for name in names for c in (_ORGANISATIONS if name == "organisations" else [name])]
    bases = [("new",), ("new", "carried_in"), ("total",)]
    if flow == "done":
        bases = [bases[2], *bases[:2]]
    return [tuple(f"t3.{row}.{column}" for row in rows for column in columns) for rows in bases]


def case_readings(block: str, field: str = "total") -> list[Reading]:
    """Return what a count of cases may mean; 诉讼 is both blocks, or one of them."""
    return [tuple(f"t4.{part}.{field}" for part in parts) for parts in _BLOCKS[block]]


def act_readings(topic: str, act: str, form: str) -> list[Reading]:
    """Return what a count of documents means on a form; the two forms count differently."""
    field = _SAME_ACT.get(form, {}).get(act, act)
    return [(f"t2.{_DOCUMENTS[topic]}.{field}",)]


def decision_readings(name: str, unit: str, form: str) -> list[Reading]:
    """Return what a count of decisions or an amount means; kinds of permits are no decisions."""
    if name == "fees":
        return [("t2.fees.amount_10k",)] if unit == "元" and form == "2021" else []
    if name == "procurement":
        field = {"元": "amount", "个": "projects", "项": "projects", "": "projects"}.get(unit)
        return [(f"t2.procurement.{field}",)] if field and form == "2019" else []
    return [(f"t2.{name}.decisions",)] if unit in {"件", "宗", "起", "份", "例", ""} else []
