from django.urls import path

from vinhdanh.secretariat.views import issuing, letterhead, papers, registers, templates

urlpatterns = [
    path("", papers.papers, name="papers"),
    path("van-ban/soan/", papers.new, name="paper_new"),
    path("van-ban/soan/<slug:kind>/", papers.new_of_kind, name="paper_new_kind"),
    path("van-ban/<uuid:pk>/", papers.paper, name="paper"),
    path("van-ban/<uuid:pk>/xem-truoc/", papers.preview, name="paper_preview"),
    path("van-ban/<uuid:pk>/bo/", papers.discard, name="paper_discard"),
    path("van-ban/<uuid:pk>/du-thao.<slug:ending>", papers.draft_file, name="paper_draft_file"),
    path("van-ban/<uuid:pk>/phat-hanh/", issuing.issue, name="paper_issue"),
    path("van-ban/<uuid:pk>/dung-phat-hanh/", issuing.stop, name="paper_stop"),
    path("van-ban/<uuid:pk>/huy-bo/", issuing.void, name="paper_void"),
    path("van-ban/<uuid:pk>/trang/<int:number>.png", issuing.picture, name="paper_picture"),
    path("van-ban/<uuid:pk>/tep.<slug:ending>", issuing.file, name="paper_file"),
    path("xem-truoc/<slug:token>/<int:number>.png", papers.preview_picture, name="preview_picture"),
    path("mau-van-ban/", templates.templates, name="templates"),
    path("mau-van-ban/lay-mau-co-san/", templates.start, name="templates_start"),
    path("mau-van-ban/them/", templates.new, name="template_new"),
    path("mau-van-ban/<uuid:pk>/", templates.template, name="template"),
    path("mau-van-ban/<uuid:pk>/xem-truoc/", templates.preview, name="template_preview"),
    path("mau-van-ban/<uuid:pk>/bat-tat/", templates.switch, name="template_switch"),
    path("mau-van-ban/<uuid:pk>/phien-ban/", templates.versions, name="template_versions"),
    path(
        "mau-van-ban/<uuid:pk>/khoi-phuc/<int:number>/", templates.restore, name="template_restore"
    ),
    path("so-dang-ky/", registers.registers, name="registers"),
    path("so-dang-ky/lap/", registers.open_all, name="registers_open"),
    path("so-dang-ky/<uuid:pk>/", registers.register, name="register"),
    path("so-dang-ky/<uuid:pk>/sua/", registers.edit, name="register_edit"),
    path("so-dang-ky/<uuid:pk>/ghi-so/", registers.explain, name="register_explain"),
    path("so-dang-ky/<uuid:pk>/bang.xlsx", registers.export, name="register_export"),
    path("thong-tin/", letterhead.offices, name="letterheads"),
    path("thong-tin/<uuid:pk>/", letterhead.letterhead, name="letterhead"),
    path("thong-tin/<uuid:pk>/nguoi-ky/them/", letterhead.add_signer, name="signer_new"),
    path("thong-tin/nguoi-ky/<uuid:pk>/", letterhead.edit_signer, name="signer"),
]
