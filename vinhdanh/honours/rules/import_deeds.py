"""How the journal names what is done with a list of past facts."""

from vinhdanh.common.vietnamese import gettext_noop

DEEDS = {
    "history handed in": gettext_noop("Tải danh sách khen thưởng cũ lên"),
    "history columns chosen": gettext_noop("Chọn cột của danh sách khen thưởng cũ"),
    "history line settled": gettext_noop("Xác nhận người ở một dòng của danh sách"),
    "history lines settled": gettext_noop("Xác nhận nhiều dòng của danh sách"),
    "history line skipped": gettext_noop("Bỏ qua một dòng của danh sách"),
    "history line edited": gettext_noop("Sửa một dòng của danh sách"),
    "history store begun": gettext_noop("Cho ghi danh sách khen thưởng cũ vào sổ"),
    "history stored": gettext_noop("Ghi xong danh sách khen thưởng cũ vào sổ"),
    "history thrown away": gettext_noop("Bỏ danh sách khen thưởng cũ"),
}
DETAILS = {
    "line": gettext_noop("Dòng"),
    "how": gettext_noop("Cách xác nhận"),
    "stored": gettext_noop("Dòng đã ghi"),
    "known": gettext_noop("Dòng đã có trong sổ"),
    "left": gettext_noop("Dòng còn lại"),
}
