"""The picture as text: small, sound, the same every time, and the same as matplotlib's."""

import hashlib
import os
import re
import subprocess
import sys
from itertools import pairwise, product
from urllib.parse import unquote
from xml.etree import ElementTree

import matplotlib
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import Reference, outline

from nianbao.charts import (
    applicants,
    balance,
    decisions,
    disputes,
    font,
    glyphs,
    outcomes,
    publications,
)
from nianbao.charts.canvas import Canvas
from nianbao.charts.outline import path_data
from nianbao.charts.svg import EM, data_uri

ALL = (balance, outcomes, applicants, publications, disputes, decisions)
SVG = "{http://www.w3.org/2000/svg}"


def drawings(report):
    charts = [draw(report) for draw in ALL]
    return [d for c in charts if hasattr(c, "wide") for d in (c.wide, c.narrow)]


@pytest.fixture(scope="module")
def real_drawings(real_report):
    return drawings(real_report)


@pytest.fixture(scope="module")
def large_drawings(large):
    return drawings(large)


def contours(data):
    """Return path data, absolute or relative, as closed polygons with curves finely sampled."""
    tokens = re.findall(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)", data)
    found, here, letter, at = [], (0.0, 0.0), "", 0
    sizes = {"m": 1, "l": 1, "q": 2, "c": 3}
    while at < len(tokens):
        if tokens[at].isalpha():
            letter, at = tokens[at], at + 1
        kind = letter.lower()
        if kind == "z":
            here = found[-1][0]
            continue
        x0, y0 = here if letter.islower() else (0.0, 0.0)
        if kind in "hv":
            step = float(tokens[at])
            points = [(x0 + step, here[1]) if kind == "h" else (here[0], y0 + step)]
            at += 1
        else:
            numbers = [float(token) for token in tokens[at : at + 2 * sizes[kind]]]
            points = [(x0 + a, y0 + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
            at += 2 * sizes[kind]
        if kind == "m":
            found.append(points)
            letter = "l" if letter == "m" else "L"
        else:
            found[-1] += sampled([here, *points])
        here = points[-1]
    return found


def sampled(control):
    for step in range(1, 9):
        points, t = control, step / 8
        while len(points) > 1:
            points = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(points)]
        yield points[0]


def strays(points, polygon):
    """Return how far the farthest of some points lies from a polygon's sides."""
    points, starts = numpy.array(points), numpy.array(polygon)
    sides = numpy.roll(starts, -1, axis=0) - starts
    offsets = points[:, None] - starts
    lengths = numpy.maximum((sides**2).sum(1), 1e-12)
    along = numpy.clip((offsets * sides).sum(2) / lengths, 0, 1)
    return numpy.hypot(*(offsets - along[..., None] * sides).transpose(2, 0, 1)).min(1).max()


def box(polygon):
    return [f(axis) for axis in zip(*polygon, strict=True) for f in (min, max)]


def test_outlines_are_the_same_in_fewer_bytes(monkeypatch, large):
    sources = []
    monkeypatch.setattr(Reference, "sources", sources)
    monkeypatch.setattr("nianbao.charts.bars.Canvas", Reference)
    monkeypatch.setattr("nianbao.charts.stacks.Canvas", Reference)
    drawings(large)
    paths = {}
    for source in sources:
        for path in ElementTree.fromstring(source).iter(f"{SVG}path"):
            if "id" in path.attrib and "d" in path.attrib:
                paths[path.attrib["id"]] = path.attrib["d"]
    assert len(paths) > 100
    scale = EM / 6400
    for name, original in paths.items():
        written = glyphs.glyph_data(int(name.rpartition("-")[2], 16))
        assert len(written) < len(original) / 2
        before = [[(x * scale, -y * scale) for x, y in c] for c in contours(original)]
        after = contours(written)
        assert len(before) == len(after)
        for one, other in zip(before, after, strict=True):
            # One unit of the grid is an eighth of a CSS px.
            assert strays(one, other) < 1.1
            assert strays(other, one) < 1.1


def drawn_by_both(monkeypatch, report):
    """Return what our canvas and matplotlib draw of a report."""
    ours = [drawing.svg for drawing in drawings(report)]
    with monkeypatch.context() as patched:
        for name in ("bars", "stacks"):
            patched.setattr(f"nianbao.charts.{name}.Canvas", Reference)
        return ours, [drawing.svg for drawing in drawings(report)]


def test_charts_are_byte_for_byte_what_matplotlib_draws(monkeypatch, real_report, large, altered):
    for report in (real_report, large, altered({"t3.carried_in.total": 9})):
        ours, theirs = drawn_by_both(monkeypatch, report)
        assert ours == theirs and ours


TEXTS = "本年新收公开申请（《法》“甲”）…，。、：；？！0123456789,.%+−×=≠○〓ABfiTVy'\"- /*🎈\n"
LENGTHS = st.floats(0, 200) | st.integers(0, 1600).map(lambda n: n / 8)
COLOURS = st.sampled_from(["#1f2328", "#1f4e8c", "#aabbcc", "#ffffff"])
POINTS = st.tuples(LENGTHS, LENGTHS)
STEPS = st.one_of(
    st.tuples(st.just("rect"), LENGTHS, LENGTHS, LENGTHS, LENGTHS, COLOURS),
    st.tuples(
        st.just("line"),
        st.lists(POINTS, min_size=2, max_size=5),
        COLOURS,
        st.sampled_from([1, 0.8, 1.2, 2]),
        st.sampled_from([0, 2, 3]),
    ),
    st.tuples(st.just("dots"), st.lists(POINTS, max_size=4), st.sampled_from([3.5, 7]), COLOURS),
    st.tuples(
        st.just("text"),
        LENGTHS,
        LENGTHS,
        st.text(TEXTS, max_size=9),
        COLOURS,
        st.sampled_from(["left", "center", "right"]),
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_any_picture_is_byte_for_byte_what_matplotlib_draws(steps):
    ours, theirs = Canvas(400, 401.5), Reference(400, 401.5)
    for name, *arguments in steps:
        for sheet in (ours, theirs):
            getattr(sheet, name)(*arguments)
    assert ours.drawing().svg == theirs.drawing().svg


def test_characters_set_one_by_one_stand_where_the_font_sets_them_together():
    signs = [chr(c) for c in range(32, 0x3100) if glyphs._APART.fullmatch(chr(c))]
    signs += [chr(c) for c in range(0xFF00, 0xFFF0) if glyphs._APART.fullmatch(chr(c))]
    assert {"0", "，", "％", "…", "(", "−"} <= set(signs)
    for one, other in product([*signs, "政", "一"], repeat=2):
        for text in (one + other, f"件{one}{other}件"):
            assert glyphs.glyphs(text) == glyphs._set(text), text


def test_cold_and_warm_caches_draw_the_same(large):
    warm = [drawing.svg for drawing in drawings(large)]
    for kept in (glyphs.glyph_data, glyphs._index, glyphs._set, font.advance, font.face):
        kept.cache_clear()
    assert [drawing.svg for drawing in drawings(large)] == warm


def test_caches_of_characters_are_bounded():
    for kept in (glyphs.glyph_data, glyphs._index, glyphs._set, font.advance, font._writable):
        assert kept.cache_info().maxsize


def test_glyphs_stand_where_matplotlib_puts_them():
    canvas = Canvas(200, 40)
    canvas.text(20, 20, "口口一")
    tree = ElementTree.fromstring(canvas.drawing().svg)
    (group,) = [g for g in tree.iter(f"{SVG}g")]
    unit = float(re.search(r"scale\((.+)\)", group.attrib["transform"])[1])
    defined = {p.attrib["id"]: p.attrib["d"] for p in tree.iter(f"{SVG}path") if "id" in p.attrib}
    boxes = [box(c) for p in group.iter(f"{SVG}path") for c in contours(p.attrib["d"])]
    for use in group.iter(f"{SVG}use"):
        x, y = float(use.attrib["x"]), float(use.attrib["y"])
        for c in contours(defined[use.attrib["href"][1:]]):
            boxes.append(box([(a + x, b + y) for a, b in c]))
    left, right = min(b[0] for b in boxes) * unit, max(b[1] for b in boxes) * unit
    top, bottom = min(b[2] for b in boxes) * unit, max(b[3] for b in boxes) * unit
    assert 20 <= left < 24 and 61 < right <= 65
    assert (top + bottom) / 2 == pytest.approx(20, abs=1.5)


def test_relative_data_leaves_out_what_it_can():
    data = "M 0 0 \nL 10 0 \nL 10 10 \nL 0 10 \nL 0 0 \nz\nM 20 20 \nL 21 22 \nL 23 21 \nz\n"
    assert path_data(outline(data, 1, 1)) == "m0,0h10v10h-10zm20,20l1,2,2-1z"
    assert path_data(outline("M 1.256 2 \nL 1.756 2 \n", 100, 100), 2) == "m1.26,2h.5"


def test_a_flat_curve_becomes_a_line_and_a_smooth_one_quadratic():
    assert path_data(outline("M 0 0 \nC 0 0 9 9 9 9 \n", 1, 1)) == "m0,0l9,9"
    assert path_data(outline("M 0 0 \nC 4 4 8 4 12 0 \n", 1, 1)) == "m0,0q6,6,12,0"
    assert path_data(outline("M 0 0 \nC 40 0 0 40 40 40 \n", 1, 1)) == "m0,0c40,0,0,40,40,40"


def test_uris_are_valid_small_and_hold_sound_xml(real_drawings, large_drawings):
    for drawing in [*real_drawings, *large_drawings]:
        assert re.fullmatch(r"data:image/svg\+xml,[A-Za-z0-9%/:=',;()!*~@$+\-._?]+", drawing.uri)
        svg = unquote(drawing.uri.removeprefix("data:image/svg+xml,"))
        assert svg == drawing.svg
        root = ElementTree.fromstring(svg)
        assert root.attrib["viewBox"] == f"0 0 {drawing.width} {drawing.height}"
        assert not re.search(r"<!|<\?|metadata|style|clip|xlink|NaN|inf", svg)


def test_a_uri_survives_every_character():
    text = "<a b=\"c\" d='#%{}|\\^`[]&汉é%25'/>"
    assert unquote(data_uri(text)).endswith(text)
    assert not re.search(r"[<>\"#\s{}|\\^`]", data_uri(text))


def test_the_charts_of_the_real_report_are_small(real_drawings):
    sizes = [len(drawing.uri) for drawing in real_drawings]
    assert max(sizes) < 16_000
    assert sum(sizes) < 100_000


def test_the_sheet_is_white_below_everything(real_drawings):
    for drawing in real_drawings:
        first = ElementTree.fromstring(drawing.svg)[0]
        assert first.attrib["fill"] == "#fff"
        assert box(contours(first.attrib["d"])[0]) == [0, drawing.width, 0, drawing.height]


def test_text_is_never_smaller_than_the_tables(real_drawings, large_drawings):
    for drawing in [*real_drawings, *large_drawings]:
        scales = re.findall(r"scale\(([\d.]+)\)", drawing.svg)
        assert scales
        assert all(float(scale) * EM >= 14 for scale in scales)


def test_references_have_their_definitions(large_drawings):
    for drawing in large_drawings:
        ids = re.findall(r"id='(\w+)'", drawing.svg)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r"href='#(\w+)'", drawing.svg)) == set(ids)


def test_the_same_bytes_twice(large, large_drawings):
    assert [d.svg for d in drawings(large)] == [d.svg for d in large_drawings]


def test_the_same_bytes_in_another_process(real_report, real_path):
    program = (
        "import sys, hashlib; from pathlib import Path; from nianbao import charts;"
        "from nianbao.reading import read_report; r = read_report(Path(sys.argv[1]));"
        "html = ''.join(getattr(charts, n)(r)._repr_html_() for n in sys.argv[2:]);"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    names = [draw.__name__ for draw in ALL]
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Asia/Shanghai"}
    run = [sys.executable, "-c", program, str(real_path), *names]
    out = subprocess.run(run, env=environment, capture_output=True, text=True, check=True).stdout
    here = "".join(draw(real_report)._repr_html_() for draw in ALL)
    assert out.strip() == hashlib.sha256(here.encode()).hexdigest()


def test_settings_of_a_notebook_change_nothing_and_stay(real_report, real_drawings):
    plain = [drawing.svg for drawing in real_drawings]
    odd = {
        "svg.fonttype": "none",
        "savefig.bbox": "tight",
        "savefig.dpi": 300,
        "figure.dpi": 200,
        "figure.facecolor": "black",
        "figure.autolayout": True,
        "lines.linewidth": 9,
        "lines.scale_dashes": False,
        "patch.force_edgecolor": True,
        "patch.antialiased": False,
        "font.size": 30,
        "path.sketch": (1, 100, 2),
        "text.color": "red",
    }
    with matplotlib.rc_context(odd):
        before = dict(matplotlib.rcParams)
        again = [drawing.svg for drawing in drawings(real_report)]
        assert dict(matplotlib.rcParams) == before
    assert again == plain
