"""What is sent after the session has ended is not done, and the visitor is told so."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
HERE = reverse("accounts:sign_out_elsewhere")
SECURITY = reverse("accounts:security")


def text_of(response) -> str:
    return response.content.decode()


def test_after_logging_in_the_visitor_is_back_on_the_page_that_sent(client):
    answer = client.post(HERE, headers={"Referer": f"http://testserver{SECURITY}?a=1"})

    assert (
        answer["Location"] == f"{reverse('account_login')}?next=%2Ftai-khoan%2Fbao-mat%2F%3Fa%3D1"
    )
    assert "chưa được lưu" in text_of(client.get(answer["Location"]))


@pytest.mark.parametrize("referer", ["https://elsewhere.example/trap", "", "javascript:alert(1)"])
def test_another_site_is_not_come_back_to(client, referer):
    answer = client.post(HERE, headers={"Referer": referer})

    assert answer["Location"] == f"{reverse('account_login')}?next=%2F"


def test_a_piece_of_a_page_is_not_replaced_by_the_log_in_page(client):
    answer = client.get(
        SECURITY, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{SECURITY}"}
    )

    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=%2Ftai-khoan%2Fbao-mat%2F"


def test_a_page_that_is_asked_for_is_come_back_to(client):
    answer = client.get(SECURITY)

    assert answer["Location"] == f"{reverse('account_login')}?next=/tai-khoan/bao-mat/"
