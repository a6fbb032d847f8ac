import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from vinhdanh.people.models import RoleHolding
from vinhdanh.people.tests.make import a_unit, a_user_with
from vinhdanh.plans import actions
from vinhdanh.plans.models import Plan, Reading
from vinhdanh.plans.tests.browse import HTMX, an_officer, as_user, page
from vinhdanh.plans.tests.make import (
    AT,
    PLAN_TEXT,
    a_plan,
)

pytestmark = pytest.mark.django_db
Role = RoleHolding.Role


def upload(client: Client, **fields: object):
    return client.post(reverse("plans:upload"), fields)


def test_pasted_text_goes_on_to_the_review():
    office = a_unit()
    client = an_officer(office)

    response = upload(client, office=office.pk, text=PLAN_TEXT)

    plan = Plan.objects.get()
    assert response.headers["Location"] == reverse("plans:review", args=[plan.pk])
    text = page(client, "review", plan.pk)
    assert "Xét khen thưởng người tốt, việc tốt" in text
    assert "Hằng tháng, trước ngày 15" in text


def test_a_refused_document_says_why_and_keeps_what_was_typed():
    office = a_unit()

    response = upload(an_officer(office), office=office.pk, text="Kính gửi anh Ba, tôi khỏe.")

    text = response.content.decode()
    assert response.status_code == 422
    assert "Kính gửi anh Ba, tôi khỏe." in text
    assert "invalid-feedback" in text
    assert (Plan.objects.count(), Reading.objects.count()) == (0, 0)


def test_neither_file_nor_text_is_a_form_error():
    office = a_unit()

    response = upload(an_officer(office), office=office.pk)

    assert "Hãy chọn một tệp, hoặc dán nội dung kế hoạch." in response.content.decode()


def test_an_office_that_the_user_does_not_run_is_refused():
    other = a_unit()

    response = upload(an_officer(a_unit()), office=other.pk, text=PLAN_TEXT)

    assert response.status_code == 422
    assert Plan.objects.count() == 0


def test_whoever_runs_no_office_cannot_hand_in():
    clerk = as_user(a_user_with(Role.CLERK, a_unit()))

    assert clerk.get(reverse("plans:upload")).status_code == 404


def test_a_pdf_waits_on_its_own_page_until_it_is_read():
    office = a_unit()
    client = an_officer(office)
    pdf = SimpleUploadedFile("ke-hoach.pdf", b"%PDF-1.4\nbroken")

    response = upload(client, office=office.pk, file=pdf)
    reading = Reading.objects.get()
    waiting = page(client, "reading", reading.pk)
    actions.read_document(reading, at=AT)
    refused = page(client, "reading", reading.pk)

    assert response.headers["Location"] == reverse("plans:reading", args=[reading.pk])
    assert "Đang đọc văn bản" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "Không đọc được văn bản này." in refused
    assert reading.refusal in refused
    assert an_officer(office).get(reverse("plans:reading", args=[reading.pk])).status_code == 404


def test_a_reading_that_is_done_leads_to_its_draft():
    plan = a_plan()
    user = a_user_with(Role.OFFICE, plan.office)
    reading = Reading.objects.create(
        office=plan.office, name="a.pdf", plan=plan, started_at=AT, started_by=user
    )
    address = reverse("plans:reading", args=[reading.pk])

    plain = as_user(user).get(address)
    polled = as_user(user).get(address, headers=HTMX)

    assert plain.headers["Location"] == plan.get_absolute_url()
    assert polled.headers["HX-Redirect"] == plan.get_absolute_url()


def test_the_same_file_again_points_to_the_earlier_draft():
    office = a_unit()
    client = an_officer(office)
    upload(client, office=office.pk, text=PLAN_TEXT)
    first = Plan.objects.get()

    upload(client, office=office.pk, text=PLAN_TEXT)

    second = Plan.objects.exclude(pk=first.pk).get()
    text = page(client, "review", second.pk)
    assert "Tệp này đã được đưa vào ngày" in text
    assert first.get_absolute_url() in text
