from django.apps import AppConfig

from vinhdanh.common.vietnamese import gettext_noop as _


class PlansConfig(AppConfig):
    name = "vinhdanh.plans"

    def ready(self) -> None:
        from vinhdanh.documents.rules import exports
        from vinhdanh.journal import rules as journal
        from vinhdanh.plans.rules import back_planning, life, looks, paper, progress, reminders
        from vinhdanh.plans.views.work_table import LINES_SHEET

        exports.offer(looks.LINES, LINES_SHEET)
        journal.name_deeds(_DRAFT_DEEDS)
        journal.name_details(_DRAFT_DETAILS, room=self.label)
        for part in (life, looks, progress, back_planning, paper, reminders):
            journal.name_deeds(part.DEEDS)
            journal.name_details(part.DETAILS, room=self.label)


_DRAFT_DEEDS = {
    "plan handed in": _("Đưa văn bản kế hoạch vào hệ thống"),
    "plan facts edited": _("Sửa thông tin kế hoạch"),
    "plan row edited": _("Sửa một nhiệm vụ"),
    "plan row added": _("Thêm một nhiệm vụ"),
    "plan row struck out": _("Bỏ một nhiệm vụ"),
    "plan row taken back": _("Lấy lại một nhiệm vụ đã bỏ"),
    "plan finding accepted": _("Chấp nhận một điểm cần xem"),
    "plan finding corrected": _("Đánh dấu một điểm cần xem là đã sửa"),
    "plan finding reopened": _("Mở lại một điểm cần xem"),
    "plan checked again": _("Kiểm tra lại kế hoạch"),
    "plan name matched": _("Xác định một tên đơn vị"),
    "plan name looked up again": _("Tra lại một tên đơn vị"),
    "plan thrown away": _("Bỏ bản kế hoạch đang rà soát"),
}

_DRAFT_DETAILS = {
    "file": _("Tệp"),
    "title": _("Tên kế hoạch"),
    "year": _("Năm"),
    "first_month": _("Năm bắt đầu từ tháng"),
    "issuer": _("Cơ quan ban hành"),
    "number": _("Số"),
    "issued_on": _("Ngày ban hành"),
    "content": _("Nội dung"),
    "group": _("Nhóm nhiệm vụ"),
    "product": _("Sản phẩm"),
    "lead": _("Chủ trì"),
    "support": _("Phối hợp"),
    "due_kind": _("Cách định hạn"),
    "due_text": _("Thời gian ghi trong kế hoạch"),
    "due_on": _("Ngày"),
    "due_from": _("Từ ngày"),
    "every": _("Chu kỳ"),
    "day": _("Ngày trong kỳ"),
    "excludes_day": _("Không tính chính ngày đó"),
    "next_period": _("Ngày thuộc kỳ sau"),
    "more_days": _("Các ngày khác"),
    "finding": _("Điểm cần xem"),
    "reason": _("Lý do"),
    "name": _("Tên ghi trong kế hoạch"),
    "meant": _("Được hiểu là"),
    "places": _("Số chỗ"),
    "added": _("Điểm mới"),
    "corrected": _("Điểm không còn"),
    "tasks": _("Nhiệm vụ"),
    "occurrences": _("Lần đến hạn"),
    "units": _("Đơn vị"),
    "lines": _("Dòng giao việc"),
}
