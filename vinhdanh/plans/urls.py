from django.urls import path

from vinhdanh.plans.views import (
    dates,
    draft,
    files,
    force,
    life,
    paper,
    reminders,
    review,
    rows,
    urging,
    work,
    work_steps,
    work_table,
    work_task,
    work_year,
)

app_name = "plans"

drafts = [
    path("", draft.plans, name="list"),
    path("dua-vao/", draft.upload, name="upload"),
    path("dang-doc/<uuid:pk>/", draft.reading, name="reading"),
    path("<uuid:pk>/tep-goc/", draft.original, name="original"),
    path("<uuid:pk>/ban-doc.json", draft.export, name="export"),
    path("<uuid:pk>/bo/", draft.throw_away, name="throw_away"),
    path("<uuid:pk>/ra-soat/", review.review, name="review"),
    path("<uuid:pk>/ra-soat/loi-van/", review.printed, name="printed"),
    path("<uuid:pk>/ra-soat/ten-don-vi/", review.names, name="names"),
    path("<uuid:pk>/ra-soat/tra-lai-ten/", review.name_again, name="name_again"),
    path("<uuid:pk>/ra-soat/kiem-tra/", review.check, name="check"),
    path("<uuid:pk>/ra-soat/chap-nhan/<slug:kind>/", review.settle_kind, name="kind_settle"),
    path("<uuid:pk>/ra-soat/thong-tin/", rows.facts, name="facts"),
    path("<uuid:pk>/ra-soat/them/", rows.add, name="row_new"),
    path("<uuid:pk>/dua-vao-thuc-hien/", force.force, name="force"),
    path("nhiem-vu/<uuid:pk>/", rows.show, name="row"),
    path("nhiem-vu/<uuid:pk>/sua/", rows.edit, name="row_edit"),
    path("nhiem-vu/<uuid:pk>/bo/", rows.strike_out, name="row_strike_out"),
    path("nhiem-vu/<uuid:pk>/lay-lai/", rows.take_back, name="row_take_back"),
    path("diem-can-xem/<uuid:pk>/", review.settle, name="finding_settle"),
    path("diem-can-xem/<uuid:pk>/mo-lai/", review.reopen, name="finding_reopen"),
]

running = [
    path("viec-cua-toi/", work.my_work, name="my_work"),
    path("<uuid:pk>/", work_year.plan, name="plan"),
    path("<uuid:pk>/lich/", work_year.calendar, name="calendar"),
    path("<uuid:pk>/bang/", work_table.table, name="table"),
    path("<uuid:pk>/bang/xlsx/", work_table.export, name="table_export"),
    path("<uuid:pk>/theo-doi/", work.board, name="board"),
    path("<uuid:pk>/van-ban/", work_year.document, name="document"),
    path("<uuid:pk>/van-ban/tep/", work_year.document_file, name="document_file"),
    path("<uuid:pk>/khep-lai/", life.close, name="close_plan"),
    path("<uuid:pk>/mo-lai/", life.reopen, name="reopen_plan"),
    path("<uuid:pk>/dua-ve-ra-soat/", life.take_back, name="take_back_from_force"),
    path("cong-viec/<uuid:pk>/", work_task.task, name="task"),
    path("phan-viec/<uuid:pk>/bao-cao/", work_steps.report, name="report"),
    path("phan-viec/<uuid:pk>/ghi-nhan/", work_steps.record_done, name="record_done"),
    path("bao-cao/<uuid:pk>/rut-lai/", work_steps.withdraw, name="withdraw"),
    path("bao-cao/<uuid:pk>/xac-nhan/", work_steps.accept, name="accept"),
    path("bao-cao/<uuid:pk>/tra-lai/", work_steps.send_back, name="send_back"),
    path("bao-cao/<uuid:pk>/mo-lai/", work_steps.reopen, name="reopen"),
    path("bao-cao/<uuid:pk>/tep/<uuid:file_pk>/", work_task.file, name="file"),
    path("bao-cao/<uuid:pk>/tep/<uuid:file_pk>/xem/", files.evidence, name="evidence"),
    path(
        "bao-cao/<uuid:pk>/tep/<uuid:file_pk>/xem/<int:number>.png",
        files.evidence_picture,
        name="evidence_picture",
    ),
    path("<uuid:pk>/van-ban/xem/", files.document, name="document_page"),
    path("<uuid:pk>/van-ban/xem/<int:number>.png", files.document_picture, name="document_picture"),
    path("bao-cao/xac-nhan/", work_steps.accept_all, name="accept_all"),
    path("dot/<uuid:pk>/ngay-den-han/", work_steps.set_due, name="set_due"),
]

moved = [
    path("dot/<uuid:pk>/gia-han/", dates.extend, name="extend"),
    path("<uuid:pk>/gia-han/", dates.extend_several, name="extend_several"),
    path("dot/<uuid:pk>/lich-lui/", dates.back_plan, name="back_plan"),
    path("dot/<uuid:pk>/lich-lui/lap/", dates.begin_back_plan, name="begin_back_plan"),
    path("dot/<uuid:pk>/lich-lui/xac-nhan/", dates.confirm_back_plan, name="confirm_back_plan"),
    path("dot/<uuid:pk>/lich-lui/bo/", dates.take_back_plan_away, name="take_back_plan_away"),
    path("<uuid:pk>/xuat-van-ban/", paper.paper, name="paper"),
    path("<uuid:pk>/xuat-van-ban/du-thao/", paper.draft_paper, name="draft_paper"),
    path("<uuid:pk>/xuat-van-ban/ke-hoach.<slug:ending>", paper.paper_file, name="paper_file"),
]

reminded = [
    path("<uuid:pk>/don-doc/", urging.urge, name="urge"),
    path("<uuid:pk>/don-doc/da-lap/", urging.urged, name="urged"),
    path("<uuid:pk>/bao-cao-tien-do/", urging.progress, name="progress_report"),
    path("nhac-viec/", reminders.my_reminders, name="my_reminders"),
    path("nhac-viec/chinh-sach/", reminders.policies, name="reminder_policies"),
    path("nhac-viec/chinh-sach/<uuid:pk>/", reminders.policies, name="reminder_policies"),
    path("nhac-viec/chinh-sach/<uuid:pk>/<slug:duty>/", reminders.policy, name="reminder_policy"),
    path(
        "nhac-viec/chinh-sach/<uuid:pk>/<slug:duty>/mac-dinh/",
        reminders.reset,
        name="reminder_policy_reset",
    ),
    path("nhac-viec/xem-truoc/", reminders.preview, name="reminder_preview"),
    path("nhac-viec/xem-truoc/<uuid:pk>/", reminders.preview, name="reminder_preview"),
    path(
        "nhac-viec/xem-truoc/<uuid:pk>/xlsx/",
        reminders.preview_export,
        name="reminder_preview_export",
    ),
]

urlpatterns = [*drafts, *running, *moved, *reminded]
