"""Lets the browser see the fonts that the run set brings, and no others.

A new machine has no Chinese font; a developer's has others. With these, text stands at the same
places everywhere, and what a page prints can be read back.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib
from pylopdf_fonts_zh_cn import sans_path, serif_path

_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
{aliases}
</fontconfig>
"""
_ALIAS = """\
  <match target="pattern">
    <test name="family"><string>{generic}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>{family}</string></edit>
  </match>"""
_GENERIC = {"sans-serif": "Noto Sans SC", "serif": "Noto Serif SC", "monospace": "Noto Sans SC"}


def fontconfig(folder: Path) -> Path:
    """Write a `fonts.conf` into a folder, and return it, for `FONTCONFIG_FILE`.

    The Chinese fonts have Latin letters, too, but not all signs; every system has a font that does.
    """
    signs = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    (folder / "fonts").mkdir()
    for font in (sans_path(), serif_path(), signs):
        (folder / "fonts" / font.name).symlink_to(font)
    aliases = "\n".join(_ALIAS.format(generic=g, family=f) for g, f in _GENERIC.items())
    text = _CONF.format(fonts=folder / "fonts", cache=folder / "cache", aliases=aliases)
    conf = folder / "fonts.conf"
    conf.write_text(text, "utf-8")
    return conf
