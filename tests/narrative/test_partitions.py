"""Wholes and parts in prose: labelled sentences of invented reports, and properties."""

# ruff: noqa: E501 - a labelled sentence stays on one line: Chinese counts double there

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.narrative import Partition, partitions

pytestmark = pytest.mark.many

# text, whole, values of the parts, exhaustive by its wording, holds
Labelled = tuple[str, int, list[int], bool, bool | None]

HOLDING: list[Labelled] = [
    ("全区门户网站发布信息90条。其中，要闻栏50条；公告栏30条；专题栏10条。", 90, [50, 30, 10], False, True),
    ("收到申请9件，其中网上申请5件，信函申请4件", 9, [5, 4], False, True),
    ("总计16件，其中主办11件，协办4件，参阅1件。", 16, [11, 4, 1], False, True),
    ("网上、当面、信函分别为3件、4件、5件，共12件。", 12, [3, 4, 5], True, True),
    ("网上、当面和信函申请分别收到3、4、5件，合计12件。", 12, [3, 4, 5], True, True),
    ("受理3件（本级1件、下级2件）。", 3, [1, 2], True, True),
    ("窗口收件3件、邮寄收件4件，合计7件。", 7, [3, 4], True, True),
    ("窗口3件、邮寄4件共7件。", 7, [3, 4], True, True),
    ("发布872条，其中动态类420条，占48.2%；公告类452条，占51.8%。", 872, [420, 452], False, True),
    ("全年办理提案三十二件，其中主办二十件、协办十二件。", 32, [20, 12], False, True),
    ("收到来信两件，其中咨询一件，建议一件。", 2, [1, 1], False, True),
    ("发布微博1,234条，其中原创1,000条，转发234条。", 1234, [1000, 234], False, True),
    ("收到申请１０件，其中网络申请６件，当面申请４件。", 10, [6, 4], False, True),
    ("推送4.5万条，其中微博3万条、微信1.5万条。", 45000, [30000, 15000], False, True),
    ("公开支出2.5万元，其中印刷1.5万元、培训9000元、其他1000元。", 25000, [15000, 9000, 1000], True, True),
    ("共收到7件，其中3件为网上申请，4件为信函申请。", 7, [3, 4], False, True),
    ("收到申请32件，分别为网上26件、信函6件。", 32, [26, 6], True, True),
    ("来件32件由网上26件、信函6件组成。", 32, [26, 6], True, True),
    ("共收到申请3件：网上1件，信函2件。", 3, [1, 2], False, True),
    ("主办、协办各3件，参阅2件，共8件。", 8, [3, 3, 2], True, True),
    ("共办理35件，其中：1、主办25件；2、协办10件。", 35, [25, 10], False, True),
    ("共办理35件。其中：\n主办25件；\n协办10件。", 35, [25, 10], False, True),
    ("共公开834条，其中网站（420条）、微信（414条）。", 834, [420, 414], False, True),
    ("主办25、协办10，总计35。", 35, [25, 10], True, True),
    ("收到建议36件，其中主办25件，较上年增加3件，协办11件，较上年减少2件。", 36, [25, 11], False, True),
    ("收到申请12件，已办结10件，其中予以公开7件，不予公开3件。", 10, [7, 3], False, True),
    ("收到申请50件，其中自然人40件，其他10件，均按期答复，公开12件。", 50, [40, 10], True, True),
    ("收到申请32件，其中网上26件，信函6件，办结30件。", 32, [26, 6], False, True),
    ("2020年、2021年、2022年分别收到3件、4件、5件，合计12件。", 12, [3, 4, 5], True, True),
    ("公开500条，其中2022年结转20条，第3季度发布480条。", 500, [20, 480], False, True),
    ("共召开5次会议，其中3次专题会、2次例会。", 5, [3, 2], False, True),
    ("公众号发布300条，其中要闻、公告、服务类分别为100、120、80条。", 300, [100, 120, 80], True, True),
    ("依申请公开（网上26件、信函6件）共32件。", 32, [26, 6], False, True),
    ("网站、微信、微博分别公开信息100条、200条和300条，总计600条。", 600, [100, 200, 300], True, True),
    ("培训50人次，包括机关干部30人次和村级干部20人次。", 50, [30, 20], True, True),
    ("答复15件（其中公开10件，不予公开5件），均未超期。", 15, [10, 5], False, True),
    ("共发布60条，动态40条，公告20条。", 60, [40, 20], False, True),
    ("答复50件：公开20件、部分公开18件，无法提供12件。", 50, [20, 18, 12], False, True),
    ("共公开职能类3条、政策类12条、财政类7条，合计公开22条。", 22, [3, 12, 7], False, True),
    ("制发文件12件，其中市级5件，部门7件，废止3件。", 12, [5, 7], False, True),
    ("受理20件，其中线上12件以及线下8件。", 20, [12, 8], True, True),
]  # fmt: skip

OPEN: list[Labelled] = [
    ("受理约100件，其中线上60件和线下50件。", 100, [60, 50], True, None),
    ("审核信息100余条，其中网站60条、微信40条。", 100, [60, 40], False, None),
    ("印发近百份，其中市级40份和部门65份。", 100, [40, 65], True, None),
    ("受理超过30件，其中线上20件、线下8件。", 30, [20, 8], False, None),
    ("推送4.5万条，其中微博2万条和微信25125条。", 45000, [20000, 25125], True, None),
]

BROKEN: list[Labelled] = [
    ("共受理12件，其中主办8件和协办8件。", 12, [8, 8], True, False),
    ("咨询、投诉、建议分别为3件、4件、6件，共12件。", 12, [3, 4, 6], True, False),
    ("诉讼5件（维持4件、纠正2件）。", 5, [4, 2], True, False),
    ("收到申请50件，其中商业企业5件、科研机构3件和其他10件。", 50, [5, 3, 10], True, False),
    ("收到申请20件，其中网上12件，信函5件，其他4件。", 20, [12, 5, 4], True, False),
    ("来件32件由网上26件、信函5件组成。", 32, [26, 5], True, False),
    ("编印政策汇编12份、解读材料8份，合计21份。", 21, [12, 8], True, False),
    ("网站、微信分别公开100条和200条，总计400条。", 400, [100, 200], True, False),
    ("收到申请32件，分别为网上26件、信函7件。", 32, [26, 7], True, False),
    ("培训50人次，包括机关30人次和村级25人次。", 50, [30, 25], True, False),
    ("公开３０条，其中动态２０条及公告１１条。", 30, [20, 11], True, False),
    ("受理二十件，其中线上十二件以及线下九件。", 20, [12, 9], True, False),
]

PARTIAL: list[Labelled] = [
    ("全年受理2203件，其中网上1000件，信函610件。", 2203, [1000, 610], False, False),
    ("共受理12件，其中主办8件、协办8件。", 12, [8, 8], False, False),
    ("收到申请32件，其中网站26件和当面提交的5件等。", 32, [26, 5], False, False),
    ("公开300条，主要包括财政类100条和民生类50条。", 300, [100, 50], False, False),
    ("受理32件（办结30件、公开20件）。", 32, [30, 20], False, False),
    ("网站发布100条，微信发布200条，其中要闻150条和公告150条。", 200, [150, 150], False, False),
    ("公开40条，其中涉农20条和涉企30条，两者有交叉。", 40, [20, 30], False, False),
    ("推送4.5万条，阅读1亿次。其中短讯2125条，图文701条。", 45000, [2125, 701], False, False),
    ("收到20件，其中咨询5件、举报3件等。", 20, [5, 3], False, False),
]

NOTHING = [
    "2022年，本局深入学习。",
    "举办活动12场，培训300人次，发放资料500份。",
    "按照《条例》第三十六条，公开3件，不公开4件。",
    "主动公开3条、依申请公开5条，占比分别为37.5%、62.5%。",
    "予以公开10件，部分公开2件，共计涉及3个部门。",
    "收到20件，结转2件，办结18件。",
    "收到申请26件，信函6件，共办理40件。",
    "自收到申请之日起20个工作日内答复，延长不超过20个工作日，其中补正5个工作日、征求意见15个工作日。",
    "依据国办发〔2019〕60号、61号文件，其中第3条、第4条已落实。",
    "其中网上3件，信函4件。",
    "同比分别增长3件、4件，上年共7件。",
    "收到申请32件，其中网上26件。",
    "2021年、2022年、2023年，其中2022年1月、2月、3月。",
    "收到咨询、投诉等分别为3件、4件，共20件。",
    "召开会议3次，发布信息100条，其中图片20张、视频5个。",
    "公开电话0379-6331和12345，其中12345全天值守。",
    "《关于印发3件、4件共7件事项的通知》已公开。",
    "一是抓公开，二是抓解读，共同推进。",
    "申请32件，比上年增加5件，比前年减少3件，共减少2名人员。",
    "总计\t32\t0\t0\n其他\t3\t0",
]

EXACT = HOLDING + OPEN + BROKEN + PARTIAL


def _values(partition: Partition) -> list[object]:
    return [part.value for part in partition.parts]


@pytest.mark.parametrize(("text", "whole", "parts", "exhaustive", "holds"), EXACT)
def test_labelled_sentences(
    text: str, whole: int, parts: list[int], exhaustive: bool, holds: bool | None
) -> None:
    (partition,) = partitions(text)
    assert (partition.whole, _values(partition)) == (whole, parts)
    assert (partition.exhaustive, partition.holds) == (exhaustive, holds)
    assert partition.complete is (holds is True)
    assert partition.broken is (exhaustive and holds is False)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_partition(text: str) -> None:
    assert partitions(text) == []


NESTED = [
    ("共100件，其中个人60件（网上40件、信函20件），单位40件。", [(100, [60, 40]), (60, [40, 20])]),
    ("共100件，其中个人60件，其中网上40件、信函20件；单位40件。", [(100, [60, 40]), (60, [40, 20])]),
    ("个人60件（网上40件、信函20件）、单位40件，共100件。", [(100, [60, 40]), (60, [40, 20])]),
    ("新收30件、结转2件，共32件，其中公开20件、不公开12件。", [(32, [30, 2]), (32, [20, 12])]),
    ("共10件（网站6件（首页4件、内页2件），微信4件）。", [(10, [6, 4]), (6, [4, 2])]),
    ("共100条。其中政策类30条，含解读10条，动态类70条。", [(100, [30, 70])]),
    ("公开90条，其中网站60条、微信30条；受理8件，其中网上5件、信函3件。", [(90, [60, 30]), (8, [5, 3])]),
    ("建议18件、提案22件，共40件，均已办结，其中甲类36件，乙类4件。", [(40, [18, 22]), (40, [36, 4])]),
    ("共100件，其中个人60件，其中单位40件。", [(100, [60, 40])]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NESTED)
def test_nested_lists_are_entries_of_their_own(
    text: str, expected: list[tuple[int, list[int]]]
) -> None:
    assert [(found.whole, _values(found)) for found in partitions(text)] == expected
    assert all(found.complete for found in partitions(text))


def test_a_broken_nested_bracket_is_told_apart_from_the_sound_list_around_it() -> None:
    outer, inner = partitions("共100件，其中个人60件（网上40件、信函30件），单位40件。")
    assert (outer.broken, inner.broken) == (False, True)


LABELS = [
    ("共834条，其中《警情》栏目发布信息420条；《公告》栏目414条。", "", ["《警情》栏目", "《公告》栏目"]),
    ("全年共收到申请32件，其中网上受理26件，不予受理的6件。", "收到申请", ["网上", "不予受理"]),
    ("网站共发布政府信息9条，其中国有3条，公共6条。", "发布政府信息", ["国有", "公共"]),
    ("网上、当面和信函分别为3件、4件、5件，共12件。", "", ["网上", "当面", "信函"]),
    ("收到7件申请，其中3件为网上申请，4件为信函申请。", "收到申请", ["网上申请", "信函申请"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "whole", "parts"), LABELS)
def test_labels(text: str, whole: str, parts: list[str]) -> None:
    (partition,) = partitions(text)
    assert [part.label for part in partition.parts] == parts
    assert partition.label == whole or not whole


_NAMES = st.lists(
    st.sampled_from(["网上申请", "信函", "当面", "要闻类", "公告类", "本级", "区县", "《政务》栏目"]),
    min_size=2, max_size=6, unique=True,
)  # fmt: skip


@given(_NAMES, st.data(), st.sampled_from("件条篇份"), st.sampled_from(range(6)))
def test_generated_partitions_are_found(
    names: list[str], data: st.DataObject, unit: str, shape: int
) -> None:
    values = [data.draw(st.integers(1, 99999)) for _ in names]
    whole = sum(values)
    listed = [f"{name}{value}{unit}" for name, value in zip(names, values, strict=True)]
    text = [
        f"共办理{whole}{unit}，其中{'，'.join(listed)}。",
        f"共办理{whole:,}{unit}。其中：{'；'.join(listed)}。",
        f"办理{whole}{unit}（{'、'.join(listed)}）。",
        f"{'、'.join(listed)}，合计{whole}{unit}。",
        f"{'、'.join(names)}分别为{'、'.join(f'{value}{unit}' for value in values)}，共{whole}{unit}。",
        f"2022年办理{whole}{unit}，其中{'、'.join(listed[:-1])}和{listed[-1]}。",
    ][shape]
    (partition,) = partitions(text)
    assert (partition.whole, _values(partition)) == (whole, values)
    assert [part.label for part in partition.parts] == names
    assert partition.complete
    assert partition.unit == unit


_WORDS = st.sampled_from(
    ["共", "其中", "分别为", "和", "及", "以及", "合计", "由", "组成", "包括", "含", "各", "其他", "等",
     "约", "主办", "网上", "3件", "4件", "7件", "12条", "三件", "5", "4.5万", "48%", "2022年", "第3条",
     "（", "）", "(", ")", "，", "、", "；", "。", "：", "\n", "《", "》", "“", "”", "较上年增加", "办结"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_WORDS, max_size=40).map("".join) | st.text())
def test_never_raises_and_offsets_are_true(text: str) -> None:
    starts = []
    for partition in partitions(text):
        assert text[partition.start : partition.end] == partition.text
        assert len(partition.parts) > 1
        assert all(
            partition.start <= part.start < part.end <= partition.end for part in partition.parts
        )
        starts.append(partition.start)
    assert starts == sorted(starts)


HOSTILE = [
    "1", "1,", "，", "一", "（", "（）", "其中", "和", "a和", "1件", "1件，", "其中1件，", "其中0件，",
    "共0件，", "共1件，", "共1件：", "1件（", "1件（1件、1件）", "分别为1件、", "各1件、",
    "含1件，",
    "9件，其中1件，8件，1件，", "9件，其中1件，8件，2件，其中1件，1件，",
    "《", "“", " ", "第1、", "1.1",
]  # fmt: skip


@pytest.mark.parametrize("pattern", HOSTILE)
def test_hostile_lines_are_read_in_proportion(pattern: str) -> None:
    def seconds(size: int) -> float:
        line = (pattern * size)[:size]
        begun = time.process_time()
        partitions(line)
        return time.process_time() - begun

    # A quadratic reading would take a hundred times as long; so would a slow machine not.
    assert seconds(60_000) < 30 * seconds(6_000) + 1


@pytest.mark.parametrize("pattern", ["7", "7,", ",", "，"])
def test_a_megabyte_of_digits_or_commas_is_read_at_once(pattern: str) -> None:
    begun = time.process_time()
    assert partitions((pattern * 1_000_000)[:1_000_000]) == []
    assert time.process_time() - begun < 5
