"""The wordings that an office starts from, and the named fields that each kind of paper knows.

The order of the parts follows Phụ lục III of Nghị định 30/2020/NĐ-CP (the forms of a letter,
report, notice, invitation and minutes); the sentences are the house's and meant to be edited.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """A named field: `{name}` in a text. `sample` is what a preview shows; `is_long` asks for
    several lines; a field that `is_given` is filled by the system and not asked for."""

    name: str
    sample: str
    is_long: bool = False
    is_given: bool = False


@dataclass(frozen=True)
class Wording:
    """A built-in wording of a kind of paper."""

    kind: str
    name: str
    subject: str
    text: str
    addressees: str = ""
    recipients: str = ""


# Filled with the issuing body of the letterhead.
ISSUER = "cơ quan"
# Of minutes: who took them, and therefore signs them too.
SECRETARY = "thư ký"
_EVERYWHERE = (Field(ISSUER, "Sở Thí điểm tỉnh An Bình", is_given=True),)
_PLAN = Field("kế hoạch", "Kế hoạch công tác thi đua, khen thưởng năm 2026")
_MEETING = (
    Field("nội dung họp", "xét khen thưởng đợt 1 năm 2026"),
    Field("thời gian", "14 giờ 00, thứ Sáu, ngày 20/3/2026"),
    Field("địa điểm", "Phòng họp số 2, trụ sở cơ quan"),
    Field("thành phần", "các thành viên Hội đồng Thi đua, Khen thưởng", is_long=True),
)

_OF_KIND: dict[str, tuple[Field, ...]] = {
    "letter": (
        Field("đơn vị nhận", "Trưởng các phòng, thủ trưởng các đơn vị thuộc Sở", is_long=True),
        _PLAN,
        Field("số việc", "12"),
        Field("hạn", "27/3/2026"),
    ),
    "report": (
        _PLAN,
        Field("ngày", "31/3/2026"),
        Field("tổng số việc", "420"),
        Field("đã hoàn thành", "96"),
        Field("quá hạn", "12"),
        Field("chờ xác nhận", "8"),
    ),
    "notice": (
        Field("về việc", "thời hạn nộp hồ sơ đề nghị khen thưởng đợt 1 năm 2026"),
        Field("nội dung", "Hồ sơ nộp về Văn phòng trước ngày 20/3/2026.", is_long=True),
    ),
    "invitation": _MEETING,
    "minutes": (*_MEETING, Field("chủ trì", "Giám đốc Sở"), Field(SECRETARY, "Lê Thị Minh Nguyệt")),
}
# Tables that the system puts where {bảng …} stands.
TABLES: dict[str, tuple[str, ...]] = {
    "letter": ("việc quá hạn",),
    "report": ("tiến độ", "việc quá hạn"),
}


def fields(kind: str) -> tuple[Field, ...]:
    """The fields that a wording of the kind may name, those asked for first."""
    return (*_OF_KIND.get(kind, ()), *_EVERYWHERE)


def tables(kind: str) -> tuple[str, ...]:
    """The names of the tables that a wording of the kind may place by a line `{bảng …}`."""
    return TABLES.get(kind, ())


def samples(kind: str) -> dict[str, str]:
    """A value for each field of the kind, for previews."""
    return {field.name: field.sample for field in fields(kind)}


BUILT_IN: dict[str, Wording] = {
    wording.kind: wording
    for wording in (
        Wording(
            kind="letter",
            name="Công văn đôn đốc",
            subject="đôn đốc thực hiện {kế hoạch}",
            addressees="{đơn vị nhận}",
            text="""\
Thực hiện {kế hoạch}, qua theo dõi của {cơ quan}, đến nay còn {số việc} phần việc đã quá hạn mà \
chưa hoàn thành, cụ thể như sau:
{bảng việc quá hạn}
Để bảo đảm tiến độ chung, {cơ quan} đề nghị thủ trưởng các đơn vị có tên nêu trên:
1. Khẩn trương chỉ đạo hoàn thành các việc quá hạn; báo cáo kết quả kèm minh chứng trước ngày \
{hạn}.
2. Việc có vướng mắc thì nêu rõ lý do, đề xuất thời hạn hoàn thành, gửi về Thường trực thi đua, \
khen thưởng để tổng hợp, trình người có thẩm quyền xem xét.
{cơ quan} đề nghị các đơn vị quan tâm thực hiện./.""",
            recipients="Như trên;\nLưu: VT.",
        ),
        Wording(
            kind="report",
            name="Báo cáo tiến độ",
            subject="Tiến độ thực hiện {kế hoạch} (tính đến ngày {ngày})",
            text="""\
Thực hiện {kế hoạch}, {cơ quan} báo cáo tiến độ thực hiện tính đến ngày {ngày} như sau:
I. KẾT QUẢ THỰC HIỆN
Tổng số phần việc đã giao: {tổng số việc}. Trong đó: đã hoàn thành {đã hoàn thành}; đã báo cáo, \
chờ xác nhận {chờ xác nhận}; quá hạn {quá hạn}.
Tiến độ của từng đơn vị:
{bảng tiến độ}
II. VIỆC QUÁ HẠN
{bảng việc quá hạn}
III. NHIỆM VỤ THỜI GIAN TỚI
1. Các đơn vị có việc quá hạn khẩn trương hoàn thành, báo cáo kết quả kèm minh chứng.
2. Các đơn vị chủ động thực hiện những việc sắp đến hạn theo kế hoạch.
3. Thường trực thi đua, khen thưởng theo dõi, đôn đốc, tổng hợp kết quả.
Trên đây là báo cáo tiến độ thực hiện {kế hoạch}./.""",
            recipients="Lãnh đạo cơ quan (để báo cáo);\nCác đơn vị thuộc, trực thuộc;\nLưu: VT.",
        ),
        Wording(
            kind="notice",
            name="Thông báo chung",
            subject="Về việc {về việc}",
            text="""\
{cơ quan} thông báo về việc {về việc} như sau:
{nội dung}
{cơ quan} thông báo để các đơn vị, cá nhân liên quan biết, thực hiện./.""",
            recipients="Các đơn vị thuộc, trực thuộc;\nLưu: VT.",
        ),
        Wording(
            kind="invitation",
            name="Giấy mời họp",
            subject="Họp {nội dung họp}",
            addressees="{thành phần}",
            text="""\
{cơ quan} tổ chức họp {nội dung họp}.
Thời gian: {thời gian}.
Địa điểm: {địa điểm}.
Trân trọng kính mời các đại biểu tới dự đầy đủ, đúng thành phần, đúng giờ./.""",
            recipients="Như thành phần mời;\nLưu: VT.",
        ),
        Wording(
            kind="minutes",
            name="Biên bản họp",
            subject="Họp {nội dung họp}",
            text="""\
Thời gian bắt đầu: {thời gian}.
Địa điểm: {địa điểm}.
Thành phần tham dự: {thành phần}.
Chủ trì (chủ tọa): {chủ trì}.
Thư ký (người ghi biên bản): {thư ký}.
Nội dung (theo diễn biến cuộc họp):
…
Kết luận:
…
Cuộc họp kết thúc vào hồi … giờ … phút, ngày … tháng … năm …; biên bản đã được đọc cho những \
người dự họp cùng nghe./.""",
            recipients="Các thành viên dự họp;\nLưu: VT, hồ sơ.",
        ),
    )
}
