"""Shows notices as HTML: one inside another page, or all of a year on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.fragments import Fragment, render
from nianbao.notice import wording
from nianbao.notice.contents import Notice, Unread
from nianbao.notice.problem import plain, sentence
from nianbao.pages import page as close


def fragment(notice: Notice, level: int = 3, anchor: str = "notice-sheet") -> Fragment:
    """Show one notice as a piece of a page.

    Parameters
    ----------
    notice : Notice
        Its content.
    level : int
        The level of its heading.
    anchor : str
        Its id on the page.
    """
    return render(
        "notice",
        wording.opening(notice),
        notice=notice,
        level=level,
        anchor=anchor,
        title=wording.title_lines(notice),
        opening=wording.opening(notice),
        request=wording.request(notice),
        scope=wording.scope(notice),
        bases=wording.bases(notice),
        heads=wording.HEADS,
        explained_heads=wording.EXPLAINED_HEADS,
        blanks=wording.BLANKS,
    )


def page(
    notices: Sequence[Notice], unread: Sequence[Unread] = (), *, listed: bool | None = None
) -> str:
    """Return one self-contained page, which prints on A4.

    Parameters
    ----------
    notices : sequence of Notice
        In the order in which they are to stand.
    unread : sequence of Unread
        Reports that could not be read at all.
    listed : bool, optional
        Whether a list of all agencies stands before; by default where there is more than one
        report. An agency that there is nothing to say to has no sheet of its own then.
    """
    if not wording.is_listed(notices, unread, listed):
        return close(wording.title(notices[0]), fragment(notices[0], 1).html, "notice-page")
    spoken = [notice for notice in notices if not notice.silent]
    anchors = [f"notice-{number}" for number in range(1, len(spoken) + 1)]
    lines = wording.summary_lines(notices, unread)
    head = render(
        "notices",
        "".join(lines),
        title=lines,
        sentence=wording.summary(notices, unread),
        heads=wording.SUMMARY_HEADS,
        rows=list(zip(anchors, wording.summary_rows(notices), strict=True)),
        silent=wording.silent_sentence(notices),
        unread=[(plain(each.name), sentence(each.reason)) for each in unread],
    )
    sheets = [fragment(n, 2, anchor).html for anchor, n in zip(anchors, spoken, strict=True)]
    return close("".join(lines), "\n".join([head.html, *sheets]), "notices")
