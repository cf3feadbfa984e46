"""Names the parts and wholes of a list: the words around a number without its clutter."""

import re
from typing import Final

#: A name is never longer; what stands further from its number says something else.
LONGEST_NAME: Final = 80

_LEADING: Final = re.compile(
    r"(?:[\s，,、；;：:。…]+|其中|主要|包括|包含|分为|还有|另有|另外|[一二三四五六七八九十]{1,2}是"
    r"|[0-9]{1,2}[、.．)）](?![0-9])|[一二三四五六七八九十]{1,2}、)+"
)
_TRAILING: Final = re.compile(
    r"(?:[\s，,、：:—（(-]+|约|近|逾|超过?|接近|大约|不少于|至少"
    r"|(?:发布|公布|推送|刊发|编发|发送)(?:政府|政务|各类|相关)?(?:信息)?"
    r"|(?<!政府|政务|个人|公开)信息|(?<![予不])受理|收到|(?:数量|总数|件数|条数)为?"
    r"|(?<!公)(?:总|一)?共计?|合计|总计|累计|(?<![行作认])为|(?<![国没私民所])有|是|的|达到?"
    r"|(?<![处])分别|各|均)\Z"
)
_AFTERWARDS: Final = re.compile(r"\s*(?:，|,)?(?:属于|属|为|是|系|来自|的)?")
_TOTAL: Final = re.compile(r"共计|合计|总计|总共|一共|共有|(?<!公)共(?![同享])|累计")
_PERIOD: Final = re.compile(
    r"(?:[0-9]{4}年度?|全年|今年以来|今年|本年度?|年内|截至[^，]{0,12})[，,]?"
)
_BETWEEN: Final = re.compile(r"、|，|,|以及|及(?!时)|和|与")


def without_leading(text: str, start: int, end: int) -> int:
    """Return where the name begins in ``text[start:end]``, past list words and numbering."""
    found = _LEADING.match(text, start, end)
    return found.end() if found else start


def part_name(before: str, after: str = "") -> str:
    """Return the name of a part from the words before its number, else from those after."""
    name = _trimmed(before)
    if not name or _is_generic(name):
        name = _AFTERWARDS.sub("", after[:LONGEST_NAME], count=1).strip() or name
    return name


def whole_name(before: str, after: str) -> str:
    """Return what a whole counts: the words after 共 and before its number, and its noun."""
    before = before[-LONGEST_NAME:]
    cue = None
    for found in _TOTAL.finditer(before):
        cue = found
    subject = before[: cue.start()] if cue else ""
    action = before[cue.end() :] if cue else _PERIOD.sub("", before, count=1)
    name = _trimmed(action, whole=True) + after[:LONGEST_NAME].strip()
    return name or _trimmed(_PERIOD.sub("", subject, count=1), whole=True)


def listed_names(before: str) -> list[str]:
    """Return the names that share one 分别 or 各: ``A、B和C`` → A, B, C."""
    return [name for name in (_trimmed(piece) for piece in _BETWEEN.split(before)) if name]


def _is_generic(name: str) -> bool:
    return name in {"发布", "公开", "收到", "受理", "有", "为", "共", "是", "信息", "发布信息"}


def _trimmed(words: str, whole: bool = False) -> str:
    """Strip list words and generic verbs; what would leave nothing is kept."""
    words = words[-LONGEST_NAME:]
    name = words[without_leading(words, 0, len(words)) :].strip()
    while found := _TRAILING.search(name):
        shorter = name[: found.start()].rstrip()
        if whole and re.search(r"信息|发布|收到|受理", found.group()):
            break
        if not shorter:
            return name if re.search(r"信息|发布|收到|受理", name) else ""
        name = shorter
    return name
