"""Compares written labels with the official ones: by core, then numbering, then likeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

LIKENESS = 0.8
"""Below this share of equal characters two labels are not taken for one another."""

_INVISIBLE = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_QUOTES = re.compile("[“”‘’「」『』\"'《》〈〉]")
_BRACKETS = re.compile(r"\([^()]*\)")
_PUNCTUATION = re.compile(r"[、，,。.:;·・\-/]")
_FOOTNOTE = re.compile(
    r"(?<=.)(?:\[[^\[\]]{0,4}\]|〔[^〔〕]{0,4}〕|【[^【】]{0,4}】|[*※#]+|注\d+)$"
)
"""A mark that refers to a note below the table."""
_RAISED = ("<super>", "<circle>")
_NUMBERING = re.compile(
    r"^(?:(?P<section>[一二三四五六七八九十]{1,3})[、.,]"
    r"|第(?P<part>[一二三四五六七八九十]{1,3})(?:部分|章)[、.,:]?"
    r"|\((?P<group>[一二三四五六七八九十]{1,3})\)[、.,]?"
    r"|\(?(?P<item>\d{1,2})(?:[、.,)]+|(?=[^\d%]))(?!\d))"
)
_SIMPLIFIED = str.maketrans(
    "規範發廢現許處罰強業費數請況總計結轉繼續辦與復複議訴訟維糾審決單開無關機構團組織務營為項條內"
    "訪舉報類執檔護權屬國穩沒補後確認獲當繳納區際來題進問積極長縣廳門電話網書錄價經濟產衛環資質責標級"
    "臨時間從應員協華會這個們將對實動過導圖館設備統歷額萬億製間號華給錢絕與於並據濟圍復禁簡徵調優測",
    "规范发废现许处罚强业费数请况总计结转继续办与复复议诉讼维纠审决单开无关机构团组织务营为项条内"
    "访举报类执档护权属国稳没补后确认获当缴纳区际来题进问积极长县厅门电话网书录价经济产卫环资质责标级"
    "临时间从应员协华会这个们将对实动过导图馆设备统历额万亿制间号华给钱绝与于并据济围复禁简征调优测",
)
"""The traditional signs of the forms' words, for comparing only; what is shown stays as written."""
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True, slots=True)
class Label:
    """A written label taken apart.

    Attributes
    ----------
    core : str
        The words without numbering, brackets, quotes, punctuation and spaces.
    style : str
        ``section`` (一、), ``group`` （一）, ``item`` (1.), or empty without numbering.
    number : int or None
        The numbering's value: a hint, never a key.
    """

    core: str
    style: str = ""
    number: int | None = None


def normalize(text: str) -> str:
    """Fold width and traditional signs, and drop what cannot be seen; keep every word."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_SIMPLIFIED)


@lru_cache(maxsize=4096)
def read_label(text: str) -> Label:
    """Take a written label apart into its core and its numbering."""
    plain = _FOOTNOTE.sub("", _QUOTES.sub("", normalize(_unmarked(text))))
    match = _NUMBERING.match(plain)
    style, number = "", None
    if match and match.lastgroup:
        number = _numeral(match[match.lastgroup])
        style = "section" if match.lastgroup == "part" else match.lastgroup
        plain = plain[match.end() :]
    outside = _PUNCTUATION.sub("", _BRACKETS.sub("", plain))
    core = outside or _PUNCTUATION.sub("", plain.replace("(", "").replace(")", ""))
    return Label(core, style, number)


def _unmarked(text: str) -> str:
    """Drop raised or circled marks at the end of a label; before it ① is a numbering."""
    bare = text.rstrip()
    while len(bare) > 1 and unicodedata.decomposition(bare[-1]).startswith(_RAISED):
        bare = bare[:-1].rstrip()
    return bare


def _numeral(text: str) -> int:
    """Read 1–99 in Arabic or Chinese figures."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def same_words(written: str, official: str) -> bool:
    """Whether two labels have the same core."""
    return read_label(written).core == read_label(official).core


def cores(label: str, aliases: Iterable[str]) -> frozenset[str]:
    """Return the cores under which a head of the form may be met."""
    return frozenset(read_label(text).core for text in (label, *aliases))


def nearest(core: str, candidates: Mapping[str, Iterable[str]]) -> str | None:
    """Return the one candidate that a misspelt core resembles, or None.

    Parameters
    ----------
    core : str
        The written core, matched by none of the candidates exactly.
    candidates : mapping of str to iterable of str
        The cores of each candidate.
    """
    if len(core) < 4:
        return None
    scores = sorted(
        ((likeness(core, names), key) for key, names in candidates.items()),
        reverse=True,
    )
    if not scores or scores[0][0] < LIKENESS:
        return None
    clear = len(scores) == 1 or scores[0][0] - scores[1][0] > 0.05
    return scores[0][1] if clear else None


def likeness(core: str, names: Iterable[str]) -> float:
    """Return how like a core is to the most similar of several, from 0 to 1."""
    return max((_ratio(core, name) for name in names), default=0.0)


def _ratio(a: str, b: str) -> float:
    if min(len(a), len(b)) * 2 < max(len(a), len(b)):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
