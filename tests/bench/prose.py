"""Writes what offices say in their reports, sentence by sentence, in words of its own."""

from __future__ import annotations

import random
from collections.abc import Mapping

FIELDS = (
    ("就业补助", "职业培训", "社会保险"), ("河道治理", "农村供水", "水旱灾害防御"),
    ("校园招生", "课后服务", "教师招聘"), ("住房保障", "物业管理", "危房改造"),
    ("公共卫生", "医疗服务价格", "疫苗接种"), ("行政执法", "交通管理", "户籍办理"),
    ("道路养护", "公交线路", "道路运输"), ("财政预决算", "政府采购", "专项资金"),
    ("土地征收", "规划许可", "不动产登记"), ("环境监测", "环评审批", "污染防治"),
    ("养老服务", "社会救助", "婚姻登记"), ("食品抽检", "特种设备", "消费维权"),
    ("农机补贴", "耕地保护", "种子管理"), ("文物保护", "群众文化", "旅游市场"),
    ("安全生产", "应急演练", "灾害救助"), ("项目审批", "价格监测", "节能审查"),
)  # fmt: skip
"""What offices deal with: three fields each."""
_AIMS = (
    "围绕群众关心的{0}、{1}等事项", "按照年初确定的工作要点", "结合机构职能调整",
    "对照公开事项标准目录", "针对上年评估中指出的问题", "着眼{2}领域的公开需求",
    "以{0}为重点", "在{1}工作中", "为方便企业和群众查询{2}信息", "依托门户网站专栏",
)  # fmt: skip
_DEEDS = (
    "梳理公开事项{n}项", "修订公开指南和目录", "新开设专题{m}个", "把公开环节嵌入办文流程",
    "逐条核对栏目内容{n}处", "对历史文件开展清理", "建立信息发布三级审核台账",
    "组织政策解读{n}次", "召开新闻发布会{m}场", "制作图解和短视频{n}件", "开展在线访谈{m}期",
    "更新办事指南{n}份", "公布{0}的办理依据和结果", "公开{1}的年度计划和完成情况",
    "把{2}的有关数据按季度集中发布", "完善依申请公开登记、审核、答复和归档制度",
)  # fmt: skip
_ENDS = (
    "查阅更加便利", "内容保持准确有效", "没有发生失泄密情形", "答复质量有所提高",
    "公众来电咨询比以往减少", "做到了应公开尽公开", "公开时限进一步缩短", "责任落实到科室和人员",
    "得到服务对象的认可", "为基层提供了统一的样本",
)  # fmt: skip
_LACKS = (
    "{0}信息的更新还不够及时", "解读形式以文字为主", "个别科室对公开工作认识不足",
    "公开目录与业务系统衔接不紧", "工作人员变动较多，业务不够熟练", "{1}领域公开的深度不够",
    "依申请公开的答复说理不够充分", "对基层单位的指导偏少",
)  # fmt: skip
_PLANS = (
    "每半年开展一次业务培训", "增加图表和音视频解读", "把{2}信息纳入重点公开清单",
    "明确各科室的更新周期并定期检查", "编写答复文书的参考样式", "与{0}系统共享公开数据",
    "把公开情况列入年度考核", "到{m}个基层单位上门指导",
)  # fmt: skip
_WAYS = ("网站信息", "政务微博", "微信公众号", "政府公报", "电子屏和公开栏")


def sections(
    rng: random.Random, year: int, figures: Mapping[str, object], before: Mapping[str, object]
) -> dict[int, list[str]]:
    """Return the paragraphs of sections 1, 5 and 6, by number.

    Parameters
    ----------
    rng : random.Random
        What is drawn is the same for the same seed.
    year : int
        The year reported on.
    figures, before : mapping of str to number
        What this year's tables and last year's say, by cell; ``before`` may be empty.
    """
    field = rng.choice(FIELDS)
    first = [
        f"根据《中华人民共和国政府信息公开条例》，现公布{year}年度报告。"
        f"本报告数据的统计期限为{year}年1月1日至12月31日。",
        f"（一）主动公开。{_published(rng, year)}{_deeds(rng, field)}",
        f"（二）依申请公开。{_requests(rng, year, figures, before)}",
        *(
            f"（{numeral}）{title}。{_deeds(rng, field)}"
            for numeral, title in zip(
                "三四五", ("政府信息管理", "平台建设", "监督保障"), strict=True
            )
        ),
    ]
    lacks = [words.format(*field) for words in rng.sample(_LACKS, 3)]
    plans = [words.format(*field, m=rng.randint(2, 9)) for words in rng.sample(_PLANS, 3)]
    fifth = [
        f"存在的问题：一是{lacks[0]}；二是{lacks[1]}；三是{lacks[2]}。",
        f"下一步，{'；'.join(plans)}。",
    ]
    return {1: first, 5: fifth, 6: [_fees(rng, year)]}


def _published(rng: random.Random, year: int) -> str:
    """Say how much was published by what means, with a sum that is right."""
    counts = [rng.randint(1, 900) for _ in rng.sample(_WAYS, rng.randint(2, 4))]
    named = zip(rng.sample(_WAYS, len(counts)), counts, strict=True)
    parts = "，".join(f"{way}{count}条" for way, count in named)
    return f"{year}年共主动公开政府信息{sum(counts)}条，其中{parts}。"


def _requests(
    rng: random.Random, year: int, figures: Mapping[str, object], before: Mapping[str, object]
) -> str:
    """Say what 表三 says too."""
    new, carried = figures["t3.new.total"], figures["t3.carried_in.total"]
    if not new:
        return f"{year}年，本机关没有收到政府信息公开申请。"
    told = [f"{year}年新收政府信息公开申请{new}件"]
    if carried:
        told.append(f"上年结转{carried}件")
    told.append(f"办结{figures['t3.total.total']}件，其中予以公开{figures['t3.granted.total']}件")
    last = int(str(before.get("t3.new.total", 0)))
    if last and rng.random() < 0.5:
        change = int(str(new)) - last
        told.append(f"新收数量比上年{'增加' if change >= 0 else '减少'}{abs(change)}件")
    return f"{'，'.join(told)}。"


def _deeds(rng: random.Random, field: tuple[str, str, str]) -> str:
    """Return some sentences on what was done, by whom for what end."""
    told = []
    for aim, deeds, end in zip(
        rng.sample(_AIMS, 3),
        (rng.sample(_DEEDS, 2) for _ in range(3)),
        rng.sample(_ENDS, 3),
        strict=True,
    ):
        words = f"{aim}，{deeds[0]}，{deeds[1]}，{end}。"
        told.append(words.format(*field, n=rng.randint(5, 300), m=rng.randint(2, 12)))
    return "".join(told)


def _fees(rng: random.Random, year: int) -> str:
    if rng.random() < 0.7:
        return f"{year}年，本机关没有收取政府信息公开信息处理费。"
    return f"{year}年，本机关依法收取信息处理费{rng.randint(1, 40) * 100}元。"
