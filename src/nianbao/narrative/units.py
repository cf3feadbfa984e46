"""The vocabulary of counting in reports: units, durations, shares and approximations."""

import re
from typing import Final

SPACE: Final = r"[ \u3000\xa0]"

_COMPOUND_UNITS: Final = (
    "人次 件次 条次 篇次 场次 批次 家次 户次 项次 点次 台次 课时 平方米 公里 美元"
)
_SIMPLE_UNITS: Final = "篇 项 宗 幅 册 辆 户 种 套 则 封 桩 轮 讲 堂 吨 亩 艘 只 档 卷 人 元"
# A character is a unit only where it does not begin another word: 3条例, 5部门, 2个人.
_GUARDED_UNITS: Final = {
    "件": "事", "条": "例龙街款件", "次": "日年月性生", "个": "人别性体",
    "份": "额子", "起": "草诉", "批": "复准示评", "期": "间限内末", "场": "所",
    "家": "庭", "例": "如会", "部": "门署队分委", "本": "级市县区局年机单报部",
    "张": "家贴", "名": "单称列录", "位": "列置于居", "处": "理罚置分室",
    "类": "别", "页": "面", "字": "号第", "台": "账", "款": "项式", "通": "过知报告",
    "门": "户", "节": "能假", "点": "钟时击半",
}  # fmt: skip

UNIT: Final = "|".join(
    [
        *_COMPOUND_UNITS.split(),
        *(f"{unit}(?![{words}])" for unit, words in _GUARDED_UNITS.items()),
        *(f"{unit}(?!大|民|员|才|力|旦)" for unit in _SIMPLE_UNITS.split()),
    ]
)

#: What follows a number that measures time, gives a rank or a mark, and so counts nothing.
NOT_COUNTED: Final = "|".join(
    [
        r"个?(?:多|半)?(?:工作日|自然日|小时|分钟|季度|星期|月|周|学时|世纪)",
        r"年|日|天|号|时(?!事)|分(?!类)|秒|届|级|岁|版|楼|层|室|点(?=[钟时半]|[0-9０-９])",
        "倍|成(?!果)|周年|[℃°]",
    ]
)

SHARE: Final = "%|％|‰|个百分点"

#: Words right before a number that make it approximate.
APPROXIMATE_BEFORE: Final = re.compile(
    rf"(?:约|近|超|超过|逾|接近|至少|不少于|不低于|不超过|不足|突破|多于|大于|高于|小于|少于)"
    rf"(?:为|了)?{SPACE}?\Z"
)
#: Words right after the unit that make it approximate.
APPROXIMATE_AFTER: Final = re.compile(
    rf"{SPACE}?(?:以上|以下|以内|左右|上下|有余|多(?!个|次|项|方))"
)
