"""The command ``compare``: what changed between two runs, as text and as a page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nianbao.commands.printing import print_data, relative, say
from nianbao.errors import UsageError


@click.command()
@click.argument("before", metavar="A", required=False)
@click.argument("after", metavar="B", required=False)
@click.option("--html", type=click.Path(path_type=Path), help="Write the page to this file too.")
def compare(before: str | None, after: str | None, html: Path | None) -> None:
    """Say what changed from A to B: bags, folders of results, or git revisions."""
    from nianbao.compare import differences, load
    from nianbao.compare.text import text
    from nianbao.workspace import optional_workspace

    if not before or not after:
        raise UsageError(
            "请给出要比较的两个结果：make compare A=… B=…。"
            "可以是归档包、结果文件夹（例如 output/2022/luoyang-gaj）或 git 修订。"
        )
    if html is not None and html.is_dir():
        raise UsageError(f"{html} 是文件夹。请给出网页的文件名，例如 HTML={html / '比较.html'}。")
    if html is not None and html.suffix.lower() not in (".html", ".htm"):
        raise UsageError(
            f"HTML={html} 不是网页的文件名（.html）。为免覆盖归档包等别的文件，"
            f"请给出网页的文件名，例如 HTML={html.with_suffix('.html')}。"
        )
    one, other = load((before, after), optional_workspace(), say)
    found = differences(one.results, other.results)
    names = (one.name, other.name)
    remarks = (*one.remarks, *other.remarks)
    print_data(text(found, names, remarks))
    if html is not None:
        from nianbao.compare.page import page
        from nianbao.publish import put

        put(html, page(found, names, remarks).encode())
        say(f"网页：{relative(html)}")
    sys.exit(1 if found else 0)


COMMANDS = (compare,)
