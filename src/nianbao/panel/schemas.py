"""The columns of the panel's tables: names, types, and what they mean in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

DIGITS, PLACES = 38, 12
"""Digits of an exact amount, and how many of them stand after the point."""
NUMBER: Final = pa.decimal128(DIGITS, PLACES)
WORD: Final = pa.dictionary(pa.int32(), pa.string())
"""Text of which there are few: each is stored once."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``meaning`` is for the codebook."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the panel: its name, what a row is, and its columns."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.parquet"

    @property
    def schema(self) -> pa.Schema:
        """The same for Arrow."""
        return pa.schema([pa.field(c.name, c.type, c.nullable) for c in self.columns])


_AGENCY = Column("agency", WORD, "机关代号，与 params/agencies.csv 一致")
_YEAR = Column("year", pa.int16(), "报告年度")
_REPORT_FORM = Column(
    "form", WORD, "整份报告的格式：2019、2021，或混用，例如 2021+t2:2019（表二用2019年格式）"
)

CELLS: Final = Sheet(
    "cells",
    "每格一行：每份报告的每个法定单元格，没有数字的格也有；按年度、机关、格式中的次序排列",
    (
        _AGENCY,
        _YEAR,
        Column("form", WORD, "这一格所在表的格式：2019 或 2021"),
        Column("cell", WORD, "单元格代码，见下文“单元格”"),
        Column("label", WORD, "官方标签"),
        Column(
            "value", pa.int64(), "件数、项数：整数；没有数字、或这一格是金额的，为空", nullable=True
        ),
        Column(
            "amount",
            NUMBER,
            f"金额（万元）：精确小数，小数点后{PLACES}位；没有数字、或这一格不是金额的，为空",
            nullable=True,
        ),
        Column("state", WORD, "读数状态，见下文“状态”；只有 number 和 inferred 有数字"),
        Column("written", pa.string(), "原件上的写法，未作改动；没有的为空字符串"),
        Column("origin", pa.string(), "在原件中的位置；没有找到的为空字符串"),
        Column(
            "implied",
            pa.int64(),
            "空格的推定值：勾稽关系迫使它只能是这个数；只用于核验，不是报告公布的数字",
            nullable=True,
        ),
    ),
)

FINDINGS: Final = Sheet(
    "findings",
    "每条未成立的核验结果一行（不成立、无法判定）；成立的和不适用的只计数，见 rules.parquet",
    (
        _AGENCY,
        _YEAR,
        _REPORT_FORM,
        Column("id", pa.string(), "核验结果编号，params 中的 waivers 用它；与 findings.csv 相同"),
        Column("rule", WORD, "规则及其所在处，例如 T3-1:natural"),
        Column("severity", WORD, "error 错误、warning 提醒、hint 说明"),
        Column("status", WORD, "failed 不成立、undecided 无法判定"),
        Column(
            "left",
            NUMBER,
            f"左边之和（单位随规则：件、项、万元）；无法判定、缺数或{PLACES}位小数写不下的为空",
            nullable=True,
        ),
        Column("right", NUMBER, "右边之和；为空的情形同 left", nullable=True),
        Column("imbalance", NUMBER, "左边减右边；为空的情形同 left", nullable=True),
        Column("cells", pa.list_(pa.string()), "所涉单元格的代码，按格式中的次序"),
        Column("waived", pa.bool_(), "是否已在参数文件中说明（waivers）"),
        Column(
            "message",
            pa.string(),
            "给人看的文字；勾稽关系的文字由单元格即可写出，这里为空，"
            "用 nianbao.panel.messages.message 生成",
            nullable=True,
        ),
    ),
)

RULES: Final = Sheet(
    "rules",
    "每年、每种格式、每条规则（勾稽关系和算式还分到所在列、行）一行：各种结果的次数",
    (
        _YEAR,
        _REPORT_FORM,
        Column("rule", WORD, "规则编号，例如 T3-1"),
        Column("scope", WORD, "所在处，例如 natural；不分处的为空字符串"),
        Column("label", WORD, "应当成立的关系"),
        Column("severity", WORD, "规则的程度：error 错误、warning 提醒、hint 说明"),
        Column("passed", pa.int64(), "成立的次数"),
        Column("failed", pa.int64(), "不成立的次数，含已说明的"),
        Column("waived", pa.int64(), "不成立之中已说明的次数"),
        Column("undecided", pa.int64(), "无法判定的次数"),
        Column("not_applicable", pa.int64(), "前提不成立、不必核对的次数"),
    ),
)

REPORTS: Final = Sheet(
    "reports",
    "每份报告一行，未能读取的也有",
    (
        _AGENCY,
        _YEAR,
        Column("name", pa.string(), "机关名称", nullable=True),
        Column("form", WORD, "整份报告的格式；未能读取的为空", nullable=True),
        Column("source", pa.string(), "源文件名", nullable=True),
        Column("sha256", pa.string(), "源文件的 SHA-256", nullable=True),
        Column(
            "state",
            WORD,
            "checked 已核验；balance 只核验了勾稽关系；unread 未能读取（其他三个文件中都没有它）",
        ),
        Column("reason", pa.string(), "没有全部核验的原因", nullable=True),
        Column("passed", pa.int32(), "成立的规则数（按处计），未能读取的为空", nullable=True),
        Column("failed", pa.int32(), "不成立的规则数，含已说明的", nullable=True),
        Column("errors", pa.int32(), "不成立、程度为错误、没有说明的规则数", nullable=True),
        Column("waived", pa.int32(), "不成立之中已说明的规则数", nullable=True),
        Column("undecided", pa.int32(), "无法判定的规则数", nullable=True),
    ),
)

SHEETS: Final = (CELLS, FINDINGS, RULES, REPORTS)
