from nianbao.pages import page, policy, style


def test_style_sheets_stand_one_after_the_other():
    assert style("page", "notice") == style("page") + style("notice")


def test_a_page_is_sanitized():
    html = page(
        "甲<乙", '<p onclick="x()">丙</p><script>丁</script><a href="//x">戊</a>', "k", "page"
    )
    assert "<title>甲&lt;乙</title>" in html
    assert "<p>丙</p>" in html and "<a>戊</a>" in html
    assert "onclick" not in html and "丁" not in html
    assert html.endswith("</html>\n")


def test_the_policy_allows_one_style_sheet_and_no_request():
    text = policy("a{}")
    assert text.startswith("default-src 'none'; ") and text.count("sha256-") == 1
    assert policy("b{}") != text
