"""What is known of an account."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models.functions import Lower

from vinhdanh.accounts.models import CalendarFeed, User
from vinhdanh.accounts.rules import feed_digest


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What an account asks for besides the password: the authenticator app, passkeys (oldest
    first), and how many recovery codes are left (None: none were made)."""

    app: Authenticator | None
    keys: list[Authenticator]
    codes_left: int | None

    @property
    def are_on(self) -> bool:
        return self.app is not None or bool(self.keys)


def second_factors(user: User) -> SecondFactors:
    found = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    kinds = Authenticator.Type
    codes = next((one for one in found if one.type == kinds.RECOVERY_CODES), None)
    return SecondFactors(
        app=next((one for one in found if one.type == kinds.TOTP), None),
        keys=[one for one in found if one.type == kinds.WEBAUTHN],
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def account_with_email(addresses: Iterable[str]) -> User | None:
    """The open account that has one of these addresses in any case; None when none or several."""
    wanted = [address.lower() for address in addresses if address]
    found = User.objects.alias(address=Lower("email")).filter(address__in=wanted, is_active=True)[
        :2
    ]
    return found[0] if len(found) == 1 else None


def feed_of(user: User) -> CalendarFeed | None:
    """The private calendar address that the user now has; None without one."""
    return CalendarFeed.objects.filter(user=user, revoked_at=None).first()


def feed_behind(token: str) -> CalendarFeed | None:
    """The address that a token opens, with its user; None when it is unknown or taken back, or the
    account is closed."""
    return (
        CalendarFeed.objects.filter(
            digest=feed_digest(token), revoked_at=None, user__is_active=True
        )
        .select_related("user")
        .first()
    )
