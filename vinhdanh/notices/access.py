"""Whose messages are whose."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from vinhdanh.notices.models import Message


def messages_of(user: AbstractBaseUser) -> QuerySet[Message]:
    """What the user was told, newest first; nobody reads another's."""
    return Message.objects.filter(user=user.pk)
