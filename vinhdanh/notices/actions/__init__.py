"""What is done with notices: tell, queue, hand over, and decide about what did not arrive."""

from vinhdanh.notices.actions.delivery import (
    cancel,
    forget_old,
    hand_over,
    resend,
    settle_as_sent,
)
from vinhdanh.notices.actions.queueing import queue, queue_digest
from vinhdanh.notices.actions.telling import choose, post, read, read_all, tell

__all__ = [
    "cancel",
    "choose",
    "forget_old",
    "hand_over",
    "post",
    "queue",
    "queue_digest",
    "read",
    "read_all",
    "resend",
    "settle_as_sent",
    "tell",
]
