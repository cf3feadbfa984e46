from lxml import html as parser

from nianbao.overview.rules import broken
from nianbao.standing import Tally
from overview.books import agency, book, city, entry, failure, missing, standing


def tally(rule="T3-3", severity="error", **counts):
    return Tally(rule, f"规则{rule}", severity, "", **counts)


def report(id, *tallies, **changes):
    return entry(standing(id, tallies=tallies, **changes), row=agency(id, f"{id}局"))


def tables(*entries):
    tree = parser.fromstring(f"<div>{broken(book(*entries)).html}</div>")
    return [
        [
            [" ".join(cell.text_content().split()) for cell in row]
            for row in each.xpath(".//tbody/tr")
        ]
        for each in tree.xpath("//table")
    ]


def test_reports_are_counted_and_not_places():
    ((row,),) = tables(
        report("a", tally(passed=20, failed=5), failures=(failure(),)),
        report("b", tally(passed=25)),
        report("c", tally(undecided=25)),
        report("d", tally(passed=3, undecided=2)),
        report("e", tally(passed=3, waived=1)),
        missing(agency("f")),
    )
    assert row == ["规则T3-3 T3-3", "✗ 错误", "1", "4", "1", "1", "a局"]


def test_the_commonest_comes_first_and_hints_stand_apart():
    loud, quiet = tables(
        report("a", tally("X-1", "warning", failed=9), tally("P-7", "hint", failed=1)),
        report("b", tally("T3-1", failed=1), tally("P-7", "hint", failed=1)),
        report("c", tally("T3-1", failed=1), tally("P-1", "hint", passed=1)),
    )
    assert [row[0].split()[1] for row in loud] == ["T3-1", "X-1"]
    assert [row[1] for row in loud] == ["✗ 错误", "△ 提醒"]
    assert [(row[0].split()[1], row[1]) for row in quiet] == [("P-7", "※ 说明")]


def test_agencies_are_linked_where_the_rule_failed():
    explained, stands = failure(waived=True, number=1), failure(number=2)
    html = broken(book(report("a", tally(failed=1), failures=(explained, stands)))).html
    assert 'href="a/report.html#finding-000000000002">a局' in html
    unbuilt = entry(standing("a", tallies=(tally(failed=1),)), built=False)
    assert 'href="#a-a"' in broken(book(unbuilt)).html


def test_only_the_first_agencies_are_named():
    ((row,),) = tables(*(report(f"n{n}", tally(failed=1)) for n in range(5)))
    assert row[-1] == "n0局、n1局、n2局等5个"


def test_a_rule_that_is_explained_everywhere_is_told_as_such():
    ((row,),) = tables(report("a", tally(waived=2)))
    assert row[2:5] == ["0", "1", "1"]


def test_nothing_failed_and_nothing_was_checked():
    assert "已核验的1份报告中，没有不成立的规则" in broken(book(report("a", tally(passed=1)))).html
    assert "没有经过核验的报告" in broken(book(missing(agency("m")))).html
    only = broken(book(report("a", tally("P-7", "hint", failed=1)))).html
    assert "<p>没有不成立的规则。</p>" in only and 'id="rules-quiet"' in only


def test_ids_and_counts_of_a_large_year():
    year = city(60)
    for rows in tables(*year.entries):
        failed = [int(row[2]) for row in rows]
        assert failed == sorted(failed, reverse=True)
        assert all(int(row[2]) <= int(row[3]) <= len(year.standings) for row in rows)
