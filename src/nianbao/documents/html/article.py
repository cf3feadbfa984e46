"""Finds the report on a page, and leaves out the menus and marks that stand around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.documents.html.flow import Grid, Passage
from nianbao.labels import normalize

_TITLE = re.compile("年度(?:工作)?报告")
_YEAR = re.compile("20\\d\\d|二[〇○零]")
_SECTION = re.compile("[一二三四五六]、")
_TITLE_LENGTH = 60
_WORDS = (
    "信息内容",
    "行政许可",
    "行政处罚",
    "规章",
    "自然人",
    "总计",
    "予以公开",
    "行政复议",
    "行政诉讼",
    "结果维持",
    "尚未审结",
)
"""Words of the statutory tables: two of them tell one from a calendar or a form of the site."""
_FURNITURE = re.compile(
    "(?:【?(?:打印|关闭|返回|收藏|分享|字号|字体|大|中|小|打印本页|关闭窗口|打印文章|关闭页面|"
    "返回顶部|返回列表|分享到|扫一扫|扫一扫在手机打开当前页|无障碍|繁体|微信|微博)[】:|]*)+"
    "|(?:上一篇|下一篇|上一条|下一条|浏览次数|浏览量|点击数|点击量|点击次数|访问量|阅读次数|"
    "阅读量|阅读|来源|信息来源|文章来源|发布时间|发布日期|责任编辑|当前位置|您的位置|"
    "您现在的位置|您当前的位置|您所在的位置)[:>].{0,80}"
)
_CLOSING = re.compile(
    ".*(?:版权所有|主办单位?:|承办单位?:|ICP备|公网安备|网站标识码|Copyright).*"
    "|(?:(?:网站地图|关于我们|联系我们|相关链接|友情链接|相关阅读|相关文章|相关信息|相关文档|热点推荐|"
    "推荐阅读)[:|]*)+"
)
_SPLIT_TITLE = re.compile(".{0,30}(?:年|年度|[局委府厅院办处会室所站]|中心|公司|大学|学院)")
_MENU = 5
"""So many lines of links in a row are a menu; fewer may be the report's own."""

Block = Grid | Passage


def article(blocks: Sequence[Block]) -> list[Block]:
    """Return the report's own blocks.

    The report goes from its title to its last table or section title, and from there on to
    the first mark of the page's end. A page without tables and section titles of a report
    comes back whole: when in doubt everything is kept.
    """
    links = _links_count(blocks)
    anchors = [i for i, block in enumerate(blocks) if _anchor(block, links=links)]
    if not anchors:
        return list(blocks)
    first, last = anchors[0], anchors[-1]
    start = _start(blocks, first, links=links)
    end = next((i for i in range(last + 1, len(blocks)) if _ends(blocks, i)), len(blocks))
    menus = _menus(blocks[:first]) if links else set()
    sidelong = any(blocks[i].aside for i in anchors)
    return [
        blocks[i]
        for i in range(start, end)
        if first <= i <= last or not (i in menus or furniture(blocks[i]))
        if sidelong or not _dispensable(blocks[i])
    ]


def _start(blocks: Sequence[Block], first: int, *, links: bool) -> int:
    """Return where the title stands: the last line that can be one, but no prose is cut off."""
    titles = [i for i in range(first) if _titled(blocks[i], links=links)]
    titles = titles or [i for i in range(first) if _titled(blocks[i], links=False)]
    if not titles:
        return 0
    start = titles[-1]
    for title in reversed(titles):
        if any(isinstance(b, Passage) and "。" in b.text for b in blocks[title:start]):
            start = title
    above = blocks[start - 1] if start else None
    split = isinstance(above, Passage) and not above.aside and not above.linked
    whole = split and isinstance(above, Passage) and _SPLIT_TITLE.fullmatch(normalize(above.text))
    return start - 1 if whole else start


def _dispensable(block: Block) -> bool:
    """Whether a block is in the site's navigation and nothing that a report would say."""
    if isinstance(block, Grid):
        return block.aside
    return block.aside and "。" not in block.text


def statutory(block: Block) -> bool:
    """Whether a block is a table that speaks of what the statutory tables speak of."""
    if not isinstance(block, Grid):
        return False
    text = normalize("".join(block.texts))
    return sum(word in text for word in _WORDS) >= 2


def furniture(block: Block) -> bool:
    """Whether a line is one of the site's marks around an article."""
    return isinstance(block, Passage) and bool(_FURNITURE.fullmatch(normalize(block.text)))


def names_report(text: str) -> bool:
    """Whether a line could be the report's title."""
    return bool(_TITLE.search(normalize(text)))


def _links_count(blocks: Sequence[Block]) -> bool:
    """Whether being a link tells a menu: not where the whole report was made a link."""
    lines = [block for block in blocks if isinstance(block, Passage) and "。" in block.text]
    linked = sum(len(line.text) for line in lines if line.linked > 0.5)
    return linked * 2 <= sum(len(line.text) for line in lines)


def _linked(block: Block) -> bool:
    return isinstance(block, Passage) and block.linked > 0.5 and "。" not in block.text


def _anchor(block: Block, *, links: bool) -> bool:
    if isinstance(block, Grid):
        return statutory(block)
    short = len(block.text) <= _TITLE_LENGTH and not (links and _linked(block))
    return short and bool(_SECTION.match(normalize(block.text)))


def _titled(block: Block, *, links: bool) -> bool:
    """Whether a line is the report's title: short, with a year, and no link."""
    if not isinstance(block, Passage) or len(block.text) > _TITLE_LENGTH or furniture(block):
        return False
    text = normalize(block.text)
    plain = not (links and _linked(block)) and not text.endswith("。") and ">" not in text
    return plain and bool(_TITLE.search(text)) and (not links or bool(_YEAR.search(text)))


def _menus(blocks: Sequence[Block]) -> set[int]:
    """Return the lines that belong to a row of links."""
    found: set[int] = set()
    run: list[int] = []
    for i, block in enumerate(blocks):
        if _linked(block):
            run.append(i)
        elif not (isinstance(block, Passage) and not block.text):
            run = []
        if len(run) >= _MENU:
            found.update(run)
    return found


def _ends(blocks: Sequence[Block], index: int) -> bool:
    """Whether the page's end begins here: links in a row, or a mark that only sites have."""
    block = blocks[index]
    if not isinstance(block, Passage):
        return False
    if "。" not in block.text and _CLOSING.fullmatch(normalize(block.text)):
        return True
    return all(_linked(b) for b in blocks[index : index + _MENU]) and _linked(block)
