"""Tables that can be sorted, searched and filtered; all of it with the keyboard, too."""

import re

import pytest

from browser.city import LONG_NAME, NAMES

NUMBER = re.compile(r"[\d,]+")
LISTS = {"overview": "2023/index.html", "front": "index.html"}


@pytest.fixture(params=LISTS)
def listed(request, site, visit):
    """A page with a table of all agencies."""
    return visit(site / LISTS[request.param]).page


@pytest.fixture
def overview(site, visit):
    """The page of 2023."""
    return visit(site / LISTS["overview"]).page


def names(page):
    """Return the names of the agencies in the rows that are shown, in order."""
    return [
        text.strip() for text in page.locator("#agencies tbody tr:visible th").all_inner_texts()
    ]


def column(page, head):
    """Return what the shown rows say below a head."""
    heads = page.locator("#agencies thead th").all_inner_texts()
    place = [text.strip() for text in heads].index(head)
    cells = page.locator(f"#agencies tbody tr:visible > :nth-child({place + 1})")
    return [text.strip() for text in cells.all_inner_texts()]


def head_button(page, head):
    return page.locator("#agencies thead th", has_text=head).get_by_role("button")


def sort_by(page, head):
    head_button(page, head).click()
    return page.locator("#agencies thead th", has_text=head).get_attribute("aria-sort")


@pytest.fixture
def trend(site, visit):
    """The page of an agency with reports of three years."""
    return visit(site / "trend" / "police.html").page


def test_every_agency_has_a_row(listed):
    assert sorted(names(listed)) == sorted(NAMES.values())


def test_a_head_sorts_up_down_and_back(listed):
    before = names(listed)
    assert sort_by(listed, "机关") == "ascending"
    up = names(listed)
    assert sort_by(listed, "机关") == "descending"
    assert names(listed) == up[::-1] != before
    assert sort_by(listed, "机关") is None
    assert names(listed) == before


def test_names_are_sorted_by_their_sound(listed):
    """甲市公安局, 甲市水利局 and 甲市应急管理局 differ in gōng, shuǐ and yìng."""
    sort_by(listed, "机关")
    departments = [NAMES["police"], NAMES["water"], NAMES["emergency"]]
    assert [name for name in names(listed) if name in departments] == departments


@pytest.mark.parametrize("head", ["错误", "提醒", "新收"])
def test_numbers_are_sorted_as_numbers_and_what_is_not_known_comes_last(overview, head):
    assert sort_by(overview, head) == "descending"
    down = column(overview, head)
    assert sort_by(overview, head) == "ascending"
    up = column(overview, head)
    for shown, reverse in ((down, True), (up, False)):
        numbers = [int(found[0].replace(",", "")) for found in map(NUMBER.match, shown) if found]
        assert len(numbers) == 3 and numbers == sorted(numbers, reverse=reverse)
        assert not any(NUMBER.match(text) for text in shown[3:])


def test_a_search_leaves_the_rows_that_fit_and_counts_them(listed):
    field = listed.get_by_role("searchbox")
    status = listed.get_by_role("status").first
    assert status.inner_text() == "共5行"
    field.fill("公安")
    assert names(listed) == [NAMES["police"]]
    assert status.inner_text() == "显示1行，共5行"
    field.fill("甲市 大数据")
    assert names(listed) == [LONG_NAME]
    field.fill("没有这个机关")
    assert names(listed) == []
    assert status.inner_text() == "显示0行，共5行"
    listed.get_by_role("button", name="全部显示").click()
    assert len(names(listed)) == 5
    assert field.input_value() == ""


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("无法读取", ["water"]),
        ("缺报", ["emergency"]),
        ("市级政府", ["city"]),
        ("政府部门", ["police", "data", "water", "emergency"]),
    ],
)
def test_a_choice_leaves_the_rows_that_fit(overview, choice, left):
    button = overview.locator(".facets").get_by_role("button", name=choice)
    said = int(re.search(r"\d+$", button.inner_text())[0])
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert sorted(names(overview)) == sorted(NAMES[each] for each in left)
    assert said == len(left)
    button.click()
    assert len(names(overview)) == 5


def test_choices_and_words_are_joined_by_and(overview):
    overview.locator(".facets").get_by_role("button", name="政府部门").click()
    overview.get_by_role("searchbox").fill("局")
    overview.locator(".facets").get_by_role("button", name="缺报").click()
    assert names(overview) == [NAMES["emergency"]]
    overview.get_by_role("button", name="全部显示").click()
    assert overview.locator(".facets [aria-pressed=true]").count() == 0
    assert len(names(overview)) == 5


def test_the_keyboard_sorts_and_chooses(overview):
    head_button(overview, "机关").focus()
    overview.keyboard.press("Enter")
    assert overview.locator("#agencies th[aria-sort=ascending]").count() == 1
    overview.locator(".facets").get_by_role("button", name="缺报").focus()
    overview.keyboard.press("Space")
    assert names(overview) == [NAMES["emergency"]]


def test_sorting_and_filtering_leave_the_console_empty(overview):
    said = []
    overview.on("console", lambda message: said.append(message.text))
    overview.on("pageerror", lambda error: said.append(str(error)))
    for button in overview.locator("main button:visible").all():
        button.click()
    assert said == []


def test_without_scripts_there_are_no_controls(site, visit):
    for path in [*LISTS.values(), "trend/police.html"]:
        page = visit(site / path, scripts=False).page
        assert page.locator("button, input, select").count() == 0
        assert path not in LISTS.values() or len(names(page)) == 5


def compared(page, line):
    """Return what the first table of years shows in a line: the years, and the change."""
    row = page.locator("table.compare tbody tr", has_text=line).first
    years = row.locator("td[data-year]:visible").all()
    shown = {int(td.get_attribute("data-year")): td.get_attribute("data-value") for td in years}
    return shown, row.locator("td.change").inner_text()


def test_two_years_are_set_side_by_side_with_the_change(trend):
    line = "本年新收政府信息公开申请数量"
    every, _ = compared(trend, line)
    assert list(every) == [2022, 2023, 2024]
    trend.get_by_label("由", exact=True).select_option("2022")
    trend.get_by_label("到", exact=True).select_option("2024")
    two, change = compared(trend, line)
    assert two == {2022: every[2022], 2024: every[2024]}
    difference = int(every[2024]) - int(every[2022])
    assert change.startswith(f"{difference:+,}".replace("-", "−"))
    assert "2022" in trend.locator("table.compare th.change").first.inner_text()
    trend.get_by_role("button", name="显示所有年份").click()
    assert compared(trend, line)[0] == every
