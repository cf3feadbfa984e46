"""Folds the signs of CJK radicals, which some PDFs hold in place of characters, into characters."""

from __future__ import annotations

import unicodedata

# CJK Radicals Supplement (U+2E80–2EFF): Unicode gives these no decomposition, only names and
# equivalent unified ideographs. Four signs without an equivalent in common use are left out.
_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺⺘扌⺙攵"
    "⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒"
    "⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶"
    "⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞飠⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟"
    "⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# Kangxi Radicals (U+2F00–2FD5) have compatibility decompositions; width is not touched by them.
_FOLDED = {
    ord(sign): plain for sign, plain in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)
}
_FOLDED |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
# 户 is written with the radical that Unicode makes equivalent to 戶.
_FOLDED[0x2F3E] = "户"


def fold_radicals(text: str) -> str:
    """Return the text with every radical sign as the character that it stands for."""
    return text.translate(_FOLDED)
