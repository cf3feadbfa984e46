"""Finds what was left of a template: XX, ____, 此处填写…, （单位名称）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_REMNANT: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:[XxＸｘ]{2,8}|[×✕]{2,8}|\*{2,8}|＊{2,8}|[○]{2,8})(?![A-Za-z0-9])"
    r"|_{2,40}|＿{2,40}"
    r"|某某(?:局|县|市|区|镇|乡|单位|年)"
    r"|[（(【\[][^（）()【】\[\]。\n]{0,20}(?:请[^（）()\n]{0,20}填|填写(?!的)|此处|待补充|待填|待核)[^（）()【】\[\]\n]{0,60}[）)】\]]"
    r"|此处(?:填写|可|应|请|为)[^。\n]{0,60}"
    r"|请(?:在此|根据|按照|结合)[^。\n]{0,20}(?:填写|填报|补充|修改|撰写)[^。\n]{0,40}"
    r"|[（(](?:单位|机关|部门|行政机关)(?:全称|名称|盖章)[）)]"
    r"|(?:要求|应当?)(?:文字|语言)?(?:简练|简洁)[、，][^。\n]{0,20}(?:准确|详实)[^。\n]{0,10}"
    r"|(?:以上|本)(?:模板|范文|样表)[^。\n]{0,20}|待补充|【[^】\n]{0,12}(?:填|例|示例)[^】\n]{0,12}】"
)


@dataclass(frozen=True, slots=True)
class Remnant:
    """Words or blanks of a template that should have been filled in or deleted."""

    text: str
    start: int
    end: int


def remnants(text: str) -> list[Remnant]:
    """Return the leftovers of templates in a text."""
    return [Remnant(m.group(), m.start(), m.end()) for m in _REMNANT.finditer(text)]
