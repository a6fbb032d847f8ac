"""The plan of the demonstration office as a Word document, laid out as the decree asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vinhdanh.papers.rules import enclosing, text, tree
from vinhdanh.papers.rules.docx import docx
from vinhdanh.plans.rules.paper import COLUMNS

ISSUER = "Sở Văn hóa và Thể thao tỉnh An Bình"
LETTERHEAD = tree.Letterhead("UBND TỈNH AN BÌNH", "SỞ VĂN HÓA VÀ THỂ THAO", "An Bình")
SIGN = "KH-SVHTT"
_ALL = "Các phòng, đơn vị thuộc Sở"
_OFFICE = "Văn phòng Sở"
_COUNCIL = "Hội đồng Thi đua - Khen thưởng Sở"


@dataclass(frozen=True)
class Row:
    """A row of the annex; `content`, `product` and `time` may hold {year}, {last}."""

    content: str
    lead: str = ""
    support: str = ""
    product: str = ""
    time: str = ""
    number: bool = True
    heading: bool = False
    # Who leads according to the draft, where that is a slip.
    slip: str = ""


ROWS = (
    Row("Xây dựng kế hoạch và phát động thi đua", heading=True),
    Row(
        "Xây dựng Kế hoạch công tác thi đua, khen thưởng năm {year} của Sở",
        _OFFICE,
        _ALL,
        "Kế hoạch",
        "Trước ngày 10/01/{year}",
    ),
    Row(
        "Các phòng, đơn vị xây dựng kế hoạch thi đua và đăng ký danh hiệu thi đua, chuyên đề thi đua năm {year}",
        _ALL,
        _OFFICE,
        "Bản đăng ký thi đua",
        "Trước ngày 28/02/{year}",
    ),
    Row(
        "Kiện toàn các Khối thi đua, tổ chức ký giao ước thi đua năm {year}",
        _OFFICE,
        "Các Khối thi đua thuộc Sở",
        "Quyết định, bản giao ước",
        "Tháng 3",
    ),
    Row(
        "Rà soát, kiện toàn Hội đồng Thi đua - Khen thưởng Sở và Hội đồng Sáng kiến Sở",
        "Phòng Tổ chức - Pháp chế",
        _OFFICE,
        "Quyết định",
        "Trước ngày 15/4/{year}",
    ),
    Row(
        "Phát động đợt thi đua cao điểm chào mừng ngày Quốc khánh 02/9",
        _OFFICE,
        _ALL,
        "Kế hoạch phát động",
        "Từ ngày 01/6 đến ngày 28/8",
    ),
    Row("Xét khen thưởng", heading=True),
    Row(
        "Tổng kết công tác thi đua năm {last}, xét đề nghị khen thưởng năm {last}",
        _OFFICE,
        f"{_COUNCIL}; {_ALL}",
        "Tờ trình, biên bản",
        "Trước ngày 20/01/{year}",
    ),
    Row(
        "Xét, đề nghị khen thưởng cấp Nhà nước đợt 1 năm {year}",
        _OFFICE,
        _COUNCIL,
        "Hồ sơ đề nghị",
        "Chậm nhất ngày 16/3/{year}",
    ),
    Row(
        "Xét, đề nghị khen thưởng cấp Nhà nước đợt 2 năm {year}",
        _OFFICE,
        _COUNCIL,
        "Hồ sơ đề nghị",
        "Trước ngày 05/8/{year}",
    ),
    Row(
        "Xét, công nhận sáng kiến cấp cơ sở năm {year}",
        "Hội đồng Sáng kiến Sở",
        f"{_OFFICE}; {_ALL}",
        "Quyết định công nhận",
        "Hoàn thành trước ngày 30/9/{year}",
    ),
    Row(
        "Xét, đề nghị khen thưởng tổng kết năm {year}",
        _OFFICE,
        f"{_COUNCIL}; {_ALL}",
        "Tờ trình, biên bản",
        "Trước ngày 25/12/{year}",
    ),
    Row("Tuyên truyền, nhân rộng điển hình tiên tiến", heading=True),
    Row(
        "Tổ chức Cuộc thi viết về gương người tốt, việc tốt năm {year}",
        "Trung tâm Văn hóa - Nghệ thuật tỉnh",
        f"{_OFFICE}; {_ALL}",
        "Thể lệ, tập bài dự thi",
        "Quý II/{year}",
    ),
    Row(
        "Tham dự tập huấn nghiệp vụ thi đua, khen thưởng",
        _OFFICE,
        _ALL,
        "",
        "Theo lịch của Ban Thi đua - Khen thưởng tỉnh",
    ),
    Row(
        "Cập nhật chuyên mục gương điển hình tiên tiến trên Trang thông tin điện tử của Sở",
        _OFFICE,
        "Thư viện tỉnh; Bảo tàng tỉnh",
        "Tin, bài",
        "Thường xuyên",
    ),
    Row("Sơ kết, tổng kết, kiểm tra", heading=True),
    Row(
        "Sơ kết phong trào thi đua 6 tháng đầu năm {year} của các Khối thi đua",
        "Các Khối thi đua thuộc Sở",
        _OFFICE,
        "Báo cáo sơ kết",
        "Trước ngày 10/7/{year}",
    ),
    Row(
        "Kiểm tra công tác thi đua, khen thưởng tại các đơn vị thuộc Sở",
        "Thanh tra Sở",
        f"{_OFFICE}; {_COUNCIL}",
        "Kết luận kiểm tra",
        "Tháng 9-10/{year}",
    ),
    Row(
        "Tổng kết công tác thi đua của các Khối thi đua, bình xét, suy tôn năm {year}",
        "Các Khối thi đua thuộc Sở",
        _OFFICE,
        "Báo cáo tổng kết, biên bản suy tôn",
        "Trước ngày 04/12/{year}",
        slip="Các Cụm thi đua thuộc Sở",
    ),
    Row("Nhiệm vụ thường xuyên", heading=True),
    Row("Một số nhiệm vụ thường xuyên trong năm"),
    Row(
        "Họp Hội đồng Thi đua - Khen thưởng Sở định kỳ hoặc đột xuất",
        _OFFICE,
        _COUNCIL,
        "Biên bản họp",
        "Hàng quý",
        number=False,
    ),
    Row(
        "Giới thiệu gương điển hình tiên tiến để biểu dương",
        _ALL,
        _OFFICE,
        "Bài viết",
        "Hàng tháng",
        number=False,
    ),
    Row(
        "Xét khen thưởng đột xuất, khen thưởng theo chuyên đề",
        _OFFICE,
        f"{_COUNCIL}; {_ALL}",
        "Tờ trình",
        "Trước ngày 15 hàng tháng",
        number=False,
    ),
)

BODY = """
Sở Văn hóa và Thể thao tỉnh An Bình ban hành Kế hoạch công tác thi đua, khen thưởng năm {year} với các nội dung sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Đưa phong trào thi đua gắn với nhiệm vụ chuyên môn của từng phòng, đơn vị; lấy kết quả công việc làm thước đo thi đua.
- Khen thưởng đúng người, đúng việc, kịp thời; quan tâm tập thể nhỏ và người lao động trực tiếp.
2. Yêu cầu
- Thủ trưởng từng đơn vị chịu trách nhiệm về tiến độ và chất lượng các nhiệm vụ được giao tại Phụ lục.
II. NỘI DUNG
1. Tổ chức phong trào thi đua thường xuyên và thi đua theo chuyên đề, có nội dung, tiêu chí và thời gian cụ thể.
2. Nâng cao chất lượng khen thưởng; thẩm định hồ sơ chặt chẽ, công khai kết quả xét.
3. Phát hiện, bồi dưỡng, tuyên truyền và nhân rộng gương điển hình tiên tiến.
III. TỔ CHỨC THỰC HIỆN
1. Văn phòng Sở (Thường trực Hội đồng Thi đua - Khen thưởng Sở)
- Theo dõi, đôn đốc việc thực hiện Kế hoạch; tổng hợp khó khăn, vướng mắc, đề xuất điều chỉnh.
2. Các Khối thi đua thuộc Sở
- Xây dựng quy chế hoạt động, ký giao ước, chấm điểm và bình xét, suy tôn các đơn vị trong Khối.
3. Các phòng, đơn vị thuộc Sở
- Căn cứ Kế hoạch này xây dựng kế hoạch của đơn vị và tổ chức thực hiện; báo cáo kết quả về Văn phòng Sở.
{slip}
Yêu cầu các phòng, đơn vị nghiêm túc triển khai thực hiện; vướng mắc phản ánh về Văn phòng Sở để tổng hợp./.
"""
# What a first draft gets wrong, so that the review page has something to show.
SLIP = "- Đăng ký danh hiệu thi đua, chuyên đề thi đua năm {year} gửi Văn phòng Sở trước ngày 15/02/{year}."


def plan_document(year: int, *, draft: bool = False) -> bytes:
    """The plan of a year as a Word file; a draft has blanks, a contradiction and a slip in it."""
    number, signed_on = (None, None) if draft else (128, date(year - 1, 12, 24))
    slip = SLIP.format(year=year) if draft else ""
    table = tree.Table(COLUMNS, tuple(_rows(year, draft=draft)))
    annex = tree.Annex(
        label="PHỤ LỤC",
        name=f"Tiến độ thực hiện các nhiệm vụ công tác thi đua, khen thưởng năm {year}",
        note=enclosing.note("plan", number, SIGN, signed_on, ISSUER),
        parts=(table,),
        landscape=True,
    )
    return docx(
        tree.Paper(
            kind="plan",
            letterhead=LETTERHEAD,
            sign=SIGN,
            subject=f"Công tác thi đua, khen thưởng năm {year}",
            parts=text.parse(BODY.format(year=year, slip=slip), {}),
            signature=tree.Signature("GIÁM ĐỐC", "Hoàng Minh Họa"),
            number=number,
            signed_on=signed_on,
            recipients=("UBND tỉnh", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, TĐKT"),
            annexes=(annex,),
        )
    )


def _rows(year: int, *, draft: bool) -> Iterator[tree.Row]:
    number = 0
    for row in ROWS:
        if row.heading:
            yield tree.Row((row.content,), is_group=True)
            continue
        number += row.number
        cells = (
            f"{number}." if row.number else "",
            row.content if row.number else f"- {row.content}",
            row.slip if draft and row.slip else row.lead,
            row.support.replace("; ", "\n"),
            row.product,
            row.time,
        )
        yield tree.Row(tuple(cell.format(year=year, last=year - 1) for cell in cells))
