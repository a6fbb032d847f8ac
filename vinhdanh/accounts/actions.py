"""Opening, closing and securing accounts; the room that calls these journals them. What a user
does to the private address of their calendar is journalled here."""

import logging
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from vinhdanh.accounts.models import CalendarFeed, User
from vinhdanh.accounts.rules import (
    feed_digest,
    feed_token,
    is_username,
    one_time_password,
    tidy_username,
)
from vinhdanh.common.refusal import Refused
from vinhdanh.common.vietnamese import squeeze
from vinhdanh.journal import actions as journal

log = logging.getLogger("vinhdanh.accounts")

# How exactly it is kept when a calendar program last asked.
_READ_NOTED = timedelta(hours=1)


@transaction.atomic
def open_account(
    *, username: str, name: str, email: str, by: User | None, at: datetime, password: str = ""
) -> tuple[User, str]:
    """Open an account; gives it and its one-time password, which is shown once and kept nowhere.

    `password` is one of `rules.one_time_password`, "": any. The first thing the user must do is
    choose a password. `email` may be "". `by` is None for what is done at the command line. Raises
    Refused when the user name is unfit or taken, or the e-mail address belongs to another account.
    """
    username = tidy_username(username)
    if not is_username(username):
        raise Refused(
            _(
                "Tên đăng nhập gồm 2 đến 100 chữ thường không dấu, chữ số và các dấu chấm, gạch "
                "ngang, gạch dưới."
            )
        )
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(_("Tên đăng nhập “%(username)s” đã có người dùng.") % {"username": username})
    email = _free_email(email, of=None)
    password = password or one_time_password()
    user = User.objects.create_user(
        username=username,
        email=email,
        password=password,
        name=squeeze(name),
        date_joined=at,
        must_change_password=True,
    )
    _note("account opened", user, by=by, at=at)
    return user, password


@transaction.atomic
def edit_account(user: User, *, name: str, email: str, by: User | None, at: datetime) -> None:
    """Change the name shown and the e-mail address.

    Raises Refused when the address belongs to another account.
    """
    user.name, user.email = squeeze(name), _free_email(email, of=user)
    user.save(update_fields=["name", "email"])
    _note("account edited", user, by=by, at=at)


@transaction.atomic
def close_account(user: User, *, by: User | None, at: datetime) -> None:
    """Close an account: its sessions end at once and nobody logs in to it.

    Raises Refused when it is closed already, or is one's own.
    """
    if by is not None and by.pk == user.pk:
        raise Refused(_("Không thể tự khóa tài khoản của mình."))
    closed = User.objects.filter(pk=user.pk, is_active=True).update(
        is_active=False, session_round=F("session_round") + 1
    )
    if not closed:
        raise Refused(_("Tài khoản này đã bị khóa rồi."))
    user.is_active = False
    _note("account closed", user, by=by, at=at)


@transaction.atomic
def reopen_account(user: User, *, by: User | None, at: datetime) -> None:
    """Let a closed account be used again, with the password it had. Refused when it is open."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refused(_("Tài khoản này đang hoạt động."))
    user.is_active = True
    _note("account reopened", user, by=by, at=at)


@transaction.atomic
def reset_password(user: User, *, by: User | None, at: datetime) -> str:
    """Give the account a one-time password, shown once; its sessions end, the old one is void.

    Raises Refused while the account is closed.
    """
    if not user.is_active:
        raise Refused(_("Tài khoản đang bị khóa; hãy mở khóa trước khi cấp lại mật khẩu."))
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    _note("password reset", user, by=by, at=at)
    return password


@transaction.atomic
def forget_second_factors(user: User, *, by: User | None, at: datetime) -> None:
    """Take away authenticator app, recovery codes and passkeys, for a user who has lost them.

    Raises Refused when there are none.
    """
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise Refused(_("Tài khoản này không bật xác thực hai lớp."))
    _note("second factors forgotten", user, by=by, at=at)


@transaction.atomic
def choose_password(user: User, password: str) -> None:
    """Set the password that the user has chosen; every other session of theirs ends."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    log.info("password chosen", extra={"user": str(user.pk)})


@transaction.atomic
def end_sessions(user: User) -> None:
    """Make every session of the user void; the caller renews the one in use."""
    user.session_round += 1
    user.save(update_fields=["session_round"])
    log.info("sessions ended", extra={"user": str(user.pk)})


@transaction.atomic
def choose_language(user: User, language: str) -> None:
    """Keep the language of the user's screens, and of what the system writes to them; what people
    have typed stays as it is. Raises Refused for a language that is not offered."""
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Hệ thống không có ngôn ngữ này; hãy chọn một ngôn ngữ trong danh sách."))
    changed = User.objects.filter(pk=user.pk).exclude(language=language).update(language=language)
    user.language = language
    if changed:
        journal.record("language chosen", user, by=user, detail={"language": language})


@transaction.atomic
def make_feed(user: User, *, at: datetime) -> str:
    """Give the user a private address for their calendar; gives its token, shown once.

    The address before, if any, answers nothing any more.
    """
    User.objects.select_for_update().get(pk=user.pk)
    CalendarFeed.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    token = feed_token()
    CalendarFeed.objects.create(user=user, digest=feed_digest(token), created_at=at)
    journal.record("calendar feed made", user, by=user)
    return token


@transaction.atomic
def revoke_feed(user: User, *, at: datetime) -> None:
    """Take the private address of the calendar back. Refused when there is none."""
    if not CalendarFeed.objects.filter(user=user, revoked_at=None).update(revoked_at=at):
        raise Refused(_("Không có địa chỉ lịch riêng nào đang dùng."))
    journal.record("calendar feed revoked", user, by=user)


def note_feed_read(feed: CalendarFeed, *, at: datetime) -> None:
    """Keep that a calendar program has asked, to the hour."""
    long_ago = Q(last_read_at=None) | Q(last_read_at__lt=at - _READ_NOTED)
    CalendarFeed.objects.filter(long_ago, pk=feed.pk).update(last_read_at=at)


def _free_email(email: str, *, of: User | None) -> str:
    email = email.strip().lower()
    taken = User.objects.filter(email__iexact=email)
    if email and (taken.exclude(pk=of.pk) if of else taken).exists():
        raise Refused(_("Địa chỉ thư “%(email)s” đã thuộc tài khoản khác.") % {"email": email})
    return email


def _note(what: str, user: User, *, by: User | None, at: datetime) -> None:
    log.info(
        what,
        extra={"user": str(user.pk), "by": str(by.pk) if by else None, "when": at.isoformat()},
    )
