import pytest
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.urls import reverse

from vinhdanh.accounts.adapter import SocialAccountAdapter
from vinhdanh.accounts.models import User
from vinhdanh.accounts.tests.make import a_user

pytestmark = pytest.mark.django_db
OFFICE = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "office",
                "name": "Cổng cơ quan",
                "client_id": "vinh-danh",
                "secret": "x",
                "settings": {"server_url": "https://dang-nhap.example.vn"},
            }
        ]
    }
}


@pytest.fixture(autouse=True)
def _an_office_server(settings):
    settings.SOCIALACCOUNT_PROVIDERS = OFFICE


@pytest.fixture
def request_in_session(rf):
    request = rf.get("/")
    SessionMiddleware(lambda _: None).process_request(request)
    MessageMiddleware(lambda _: None).process_request(request)
    request.user = AnonymousUser()
    with context.request_context(request):
        yield request


def an_answer(request, email: str, *, verified: bool = True) -> SocialLogin:
    """What the office's server says of somebody who has logged in there."""
    provider = get_adapter().get_provider(request, "office")
    said = {"sub": "cb-1", "name": "Trần Thị Thúy", "email": email, "email_verified": verified}
    return provider.sociallogin_from_response(request, {"userinfo": said, "id_token": said})


def test_a_first_log_in_is_tied_to_the_account_with_the_same_address(request_in_session):
    user = a_user(email="thuy@example.vn")
    a_user(email="khac@example.vn")

    answer = complete_login(request_in_session, an_answer(request_in_session, "Thuy@Example.vn"))

    assert answer.status_code == 302
    assert request_in_session.user == user
    assert SocialAccount.objects.get().user == user
    assert User.objects.count() == 2


def test_a_later_log_in_finds_the_account_though_the_address_has_changed(request_in_session):
    user = a_user(email="thuy@example.vn")
    SocialAccount.objects.create(user=user, provider="office", uid="cb-1")

    complete_login(request_in_session, an_answer(request_in_session, "moi@example.vn"))

    assert request_in_session.user == user


@pytest.mark.parametrize(
    ("address", "verified"),
    [("la@example.vn", True), ("thuy@example.vn", False), ("", True), ("khoa@example.vn", True)],
)
def test_strangers_are_refused_with_a_sentence(request_in_session, address, verified):
    a_user(email="thuy@example.vn")
    a_user(email="")
    a_user(email="khoa@example.vn", is_active=False)

    answer = complete_login(
        request_in_session, an_answer(request_in_session, address, verified=verified)
    )

    assert answer.status_code == 403
    assert "chưa được cấp quyền vào Vinh Danh" in answer.content.decode()
    assert not request_in_session.user.is_authenticated
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 3


def test_the_adapter_itself_stops_a_stranger(request_in_session):
    with pytest.raises(ImmediateHttpResponse):
        SocialAccountAdapter().pre_social_login(
            request_in_session, an_answer(request_in_session, "la@example.vn")
        )


def test_the_log_in_page_offers_the_office_log_in_when_it_is_set(client, settings):
    offered = client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    missing = client.get(reverse("account_login")).content.decode()

    address = reverse("openid_connect_login", args=["office"])
    assert "Đăng nhập bằng Cổng cơ quan" in offered
    assert address in offered
    assert address not in missing
    assert client.get(address).status_code == 404
