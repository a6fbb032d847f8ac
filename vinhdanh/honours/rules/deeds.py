"""How the journal names what is done in the room, and what its lines say."""

from vinhdanh.common.vietnamese import gettext_noop

DEEDS = {
    "fact recorded": gettext_noop("Ghi vào sổ khen thưởng"),
    "facts recorded": gettext_noop("Ghi nhiều mục vào sổ khen thưởng"),
    "fact corrected": gettext_noop("Đính chính sổ khen thưởng"),
    "fact withdrawn": gettext_noop("Gỡ một mục khỏi sổ khen thưởng"),
    "household entered": gettext_noop("Thêm hộ gia đình"),
    "confidential record looked at": gettext_noop("Xem kỷ luật, vụ việc"),
    "register exported": gettext_noop("Tải sổ khen thưởng"),
    "bonuses exported": gettext_noop("Tải bảng tiền thưởng"),
    "screening exported": gettext_noop("Tải bảng xét điều kiện"),
    "local value set": gettext_noop("Ghi quy định của địa phương"),
    "local value withdrawn": gettext_noop("Rút lại quy định của địa phương"),
    "unit trait declared": gettext_noop("Khai thuộc tính của tập thể"),
    "unit trait withdrawn": gettext_noop("Gỡ thuộc tính của tập thể"),
}
# Lists of the room that are written in the background.
REGISTER, SCREENING, BONUSES = "register", "screening", "bonuses"
# Who reads the history of a person need not know that there is a discipline or an open matter.
UNTOLD = {"confidential record looked at"}
DETAILS = {
    "source": gettext_noop("Nguồn"),
    "findings": gettext_noop("Kết luận thay đổi"),
    "count": gettext_noop("Số mục"),
    "conferral": gettext_noop("Khen thưởng"),
    "yearrating": gettext_noop("Xếp loại"),
    "recognition": gettext_noop("Sáng kiến"),
    "discipline": gettext_noop("Kỷ luật"),
    "openmatter": gettext_noop("Vụ việc đang xem xét"),
    "person": gettext_noop("Cá nhân"),
    "household": gettext_noop("Hộ gia đình"),
    "name_written": gettext_noop("Tên ghi khi đó"),
    "unit_written": gettext_noop("Đơn vị ghi khi đó"),
    "origin": gettext_noop("Nguồn"),
    "award": gettext_noop("Danh hiệu, hình thức"),
    "achieved_from": gettext_noop("Thành tích từ ngày"),
    "achieved_until": gettext_noop("Thành tích đến ngày"),
    "kind": gettext_noop("Loại"),
    "decision_number": gettext_noop("Số quyết định"),
    "decided_on": gettext_noop("Ngày quyết định"),
    "signer": gettext_noop("Người ký"),
    "body": gettext_noop("Cơ quan quyết định"),
    "certificate_number": gettext_noop("Số vào sổ, số bằng"),
    "year": gettext_noop("Năm"),
    "level": gettext_noop("Mức xếp loại"),
    "title": gettext_noop("Tên sáng kiến, đề tài"),
    "reach": gettext_noop("Phạm vi ảnh hưởng"),
    "form": gettext_noop("Hình thức kỷ luật"),
    "from_on": gettext_noop("Từ ngày"),
    "until_on": gettext_noop("Đến hết ngày"),
    "opened_on": gettext_noop("Từ ngày"),
    "closed_on": gettext_noop("Kết thúc ngày"),
}
