import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_address_of_a_button_is_explained(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("thu", name="Người Thử"))

    answer = client.get(reverse("accounts:sign_out_elsewhere"))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "chưa có gì được thực hiện" in answer.content.decode()


def test_an_address_with_a_null_sign_is_a_bad_request():
    answer = Client(raise_request_exception=False).get("/tim-kiem/?q=a%00b")

    assert answer.status_code == 400
    assert "Yêu cầu không đọc được" in answer.content.decode()
