"""The words of the two statutory forms, stated anew from their official texts."""

from __future__ import annotations

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
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

FORMS = {
    # variant: (form of 表二, whether 其他处理 has three rows, id of the report's form, years)
    "2021": ("2021", True, "2021", (2021, 2022, 2023, 2024, 2025)),
    "2019": ("2019", False, "2019", (2019, 2020)),
    "hybrid": ("2021", False, "2021", (2021, 2022, 2023)),
    "mixed": ("2019", True, "2021", (2021, 2022)),
}

SINGLE = ("other", ["三、本年度办理结果"], "（六）其他处理")

TITLES = {
    1: "总体情况",
    2: "主动公开政府信息情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
}

ARTICLE = "第二十条第（{}）项"
FEES_HEAD = "本年收费金额（单位：万元）"
FIRST = (("regulations", "规章"), ("normative_docs", "行政规范性文件"))
# Blocks of 表二: item of article 20, heads (field, label), rows (item, label).
ITEMS_2021 = (
    (
        "一",
        (("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")),
        FIRST,
    ),
    ("五", (("decisions", "本年处理决定数量"),), (("licences", "行政许可"),)),
    (
        "六",
        (("decisions", "本年处理决定数量"),),
        (("penalties", "行政处罚"), ("coercion", "行政强制")),
    ),
    ("八", (("amount_10k", FEES_HEAD),), (("fees", "行政事业性收费"),)),
)
CHANGES = (("prev_items", "上一年项目数量"), ("change", "本年增/减"))
DECISIONS = (*CHANGES, ("decisions", "处理决定数量"))
ITEMS_2019 = (
    (
        "一",
        (
            ("made_new", "本年新制作数量"),
            ("disclosed_new", "本年新公开数量"),
            ("public_total", "对外公开总数量"),
        ),
        (FIRST[0], ("normative_docs", "规范性文件")),
    ),
    ("五", DECISIONS, (("licences", "行政许可"), ("other_services", "其他对外管理服务事项"))),
    ("六", DECISIONS, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
    ("八", CHANGES, (("fees", "行政事业性收费"),)),
    (
        "九",
        (("projects", "采购项目数量"), ("amount", "采购总金额")),
        (("procurement", "政府集中采购"),),
    ),
)
ITEMS = {"2021": ITEMS_2021, "2019": ITEMS_2019}
MONEY = {"t2.fees.amount_10k", "t2.procurement.amount"}


def lines(variant: str) -> list[tuple[str, list[str], str]]:
    """Return the rows of 表三: row, group labels above it, label."""
    if FORMS[variant][1]:
        return LINES
    kept = [line for line in LINES if not line[0].startswith("other_")]
    at = next(i for i, line in enumerate(kept) if line[0] == "total")
    return [*kept[:at], SINGLE, *kept[at:]]


def rows(variant: str) -> list[str]:
    return [row for row, _, _ in lines(variant)]


def details(variant: str) -> list[str]:
    return rows(variant)[2:-2]


def t2_codes(variant: str) -> list[str]:
    return [
        f"t2.{item}.{field}"
        for _, heads, items in ITEMS[FORMS[variant][0]]
        for item, _ in items
        for field, _ in heads
    ]


def codes(variant: str) -> list[str]:
    third = [f"t3.{row}.{column}" for row in rows(variant) for column in COLUMNS]
    fourth = [f"t4.{block}.{result}" for block in BLOCKS for result in RESULTS]
    return t2_codes(variant) + third + fourth
