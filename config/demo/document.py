"""The plan of the demonstration office, written as a Word document as an office would."""

import io
from dataclasses import dataclass

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

ISSUER = "SỞ VĂN HÓA VÀ THỂ THAO TỈNH AN BÌNH"
_ALL = "Các phòng, đơn vị thuộc Sở"
_OFFICE = "Văn phòng Sở"
_COUNCIL = "Hội đồng Thi đua - Khen thưởng Sở"


@dataclass(frozen=True)
class Row:
    """A row of the annex; `content`, `product` and `time` may hold {year}, {last}, {next}."""

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

BODY = (
    ("I. MỤC ĐÍCH, YÊU CẦU", True),
    ("1. Mục đích", True),
    (
        "- Đưa phong trào thi đua gắn với nhiệm vụ chuyên môn của từng phòng, đơn vị; lấy kết quả công việc làm thước đo thi đua.",
        False,
    ),
    (
        "- Khen thưởng đúng người, đúng việc, kịp thời; quan tâm tập thể nhỏ và người lao động trực tiếp.",
        False,
    ),
    ("2. Yêu cầu", True),
    (
        "- Thủ trưởng từng đơn vị chịu trách nhiệm về tiến độ và chất lượng các nhiệm vụ được giao tại Phụ lục.",
        False,
    ),
    ("II. NỘI DUNG", True),
    (
        "1. Tổ chức phong trào thi đua thường xuyên và thi đua theo chuyên đề, có nội dung, tiêu chí và thời gian cụ thể.",
        False,
    ),
    ("2. Nâng cao chất lượng khen thưởng; thẩm định hồ sơ chặt chẽ, công khai kết quả xét.", False),
    ("3. Phát hiện, bồi dưỡng, tuyên truyền và nhân rộng gương điển hình tiên tiến.", False),
    ("III. TỔ CHỨC THỰC HIỆN", True),
    ("1. Văn phòng Sở (Thường trực Hội đồng Thi đua - Khen thưởng Sở)", True),
    (
        "- Theo dõi, đôn đốc việc thực hiện Kế hoạch; tổng hợp khó khăn, vướng mắc, đề xuất điều chỉnh.",
        False,
    ),
    ("2. Các Khối thi đua thuộc Sở", True),
    (
        "- Xây dựng quy chế hoạt động, ký giao ước, chấm điểm và bình xét, suy tôn các đơn vị trong Khối.",
        False,
    ),
    ("3. Các phòng, đơn vị thuộc Sở", True),
    (
        "- Căn cứ Kế hoạch này xây dựng kế hoạch của đơn vị và tổ chức thực hiện; báo cáo kết quả về Văn phòng Sở.",
        False,
    ),
)

# What a first draft gets wrong, so that the review page has something to show.
SLIPS = (
    "- Đăng ký danh hiệu thi đua, chuyên đề thi đua năm {year} gửi Văn phòng Sở trước ngày 15/02/{year}.",
    False,
)


def plan_document(year: int, *, draft: bool = False) -> bytes:
    """The plan of a year as a Word file; a draft has blanks, a contradiction and a slip in it."""
    document = docx.Document()
    document.core_properties.title = f"Kế hoạch công tác thi đua, khen thưởng năm {year}"
    document.core_properties.language = "vi-VN"
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    page.top_margin = page.bottom_margin = Cm(2)

    _head(document, year, draft=draft)
    for text, bold in (*BODY, *([SLIPS] if draft else [])):
        paragraph = document.add_paragraph()
        paragraph.add_run(text.format(year=year)).bold = bold
    document.add_paragraph(
        "Yêu cầu các phòng, đơn vị nghiêm túc triển khai thực hiện; vướng mắc phản ánh về Văn phòng Sở để tổng hợp./."
    )
    _signature(document)
    _annex(document, year, draft=draft)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _head(document: "docx.document.Document", year: int, *, draft: bool) -> None:
    head = document.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    number = "Số:       /KH-SVHTT" if draft else "Số: 128/KH-SVHTT"
    day = f"ngày       tháng       năm {year - 1}" if draft else f"ngày 24 tháng 12 năm {year - 1}"
    for cell, lines in (
        (left, ["UBND TỈNH AN BÌNH", ISSUER.removesuffix(" TỈNH AN BÌNH"), number]),
        (
            right,
            [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                f"An Bình, {day}",
            ],
        ),
    ):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
        for paragraph in cell.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("KẾ HOẠCH", f"Công tác thi đua, khen thưởng năm {year}"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    document.add_paragraph(
        f"Sở Văn hóa và Thể thao tỉnh An Bình ban hành Kế hoạch công tác thi đua, khen thưởng năm {year} với các nội dung sau:"
    )


def _signature(document: "docx.document.Document") -> None:
    foot = document.add_table(rows=1, cols=2)
    left, right = foot.rows[0].cells
    left.paragraphs[0].text = "Nơi nhận:"
    for line in ("- UBND tỉnh;", "- Các phòng, đơn vị thuộc Sở;", "- Lưu: VT, TĐKT."):
        left.add_paragraph(line)
    right.paragraphs[0].text = "GIÁM ĐỐC"
    right.add_paragraph("Hoàng Minh Họa")


def _annex(document: "docx.document.Document", year: int, *, draft: bool) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    for text in (
        "PHỤ LỤC",
        f"Tiến độ thực hiện các nhiệm vụ công tác thi đua, khen thưởng năm {year}",
    ):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True
    table = document.add_table(rows=1, cols=6, style="Table Grid")
    titles = (
        "STT",
        "Nội dung nhiệm vụ",
        "Đơn vị chủ trì",
        "Đơn vị phối hợp",
        "Sản phẩm",
        "Thời gian thực hiện",
    )
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    number = 0
    for row in ROWS:
        cells = table.add_row().cells
        if row.heading:
            cells[0].merge(cells[-1]).text = row.content
            continue
        number += row.number
        values = (
            f"{number}." if row.number else "",
            row.content if row.number else f"- {row.content}",
            row.slip if draft and row.slip else row.lead,
            row.support,
            row.product,
            row.time,
        )
        for cell, value in zip(cells, values, strict=True):
            written = value.format(year=year, last=year - 1, next=year + 1)
            first, *others = written.split("; ")
            cell.text = first
            for line in others:
                cell.add_paragraph(line)
