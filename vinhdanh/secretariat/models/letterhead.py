from django.db import models
from django.utils.translation import gettext_lazy as _

from vinhdanh.common.ids import new_id
from vinhdanh.journal.models import tracked
from vinhdanh.people.models import Unit


@tracked()
class Letterhead(models.Model):
    """What stands at the head and the foot of every paper of an office."""

    office = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="letterhead")
    upper_name = models.CharField(_("Cơ quan chủ quản"), max_length=200, blank=True)
    issuer_name = models.CharField(_("Cơ quan ban hành"), max_length=200)
    place = models.CharField(_("Địa danh"), max_length=100)
    code = models.CharField(_("Viết tắt tên cơ quan trong số, ký hiệu"), max_length=30)
    drafting_code = models.CharField(
        _("Viết tắt đơn vị soạn thảo trong số công văn"), max_length=30, blank=True
    )
    drafter_mark = models.CharField(_("Ký hiệu người soạn thảo"), max_length=40, blank=True)
    recipients = models.TextField(_("Nơi nhận thường dùng"), blank=True)
    # At the foot of the first page (Nghị định 30/2020/NĐ-CP, Điều 8 khoản 3); each may be left out.
    address = models.CharField(_("Địa chỉ cơ quan"), max_length=200, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=60, blank=True)
    fax = models.CharField(_("Số fax"), max_length=60, blank=True)
    email = models.EmailField(_("Thư điện tử"), max_length=150, blank=True)
    website = models.CharField(_("Trang thông tin điện tử"), max_length=150, blank=True)

    def __str__(self) -> str:
        return self.issuer_name


@tracked()
class Signer(models.Model):
    """Somebody who signs the papers of an office, and in which capacity (Nghị định 30, Điều 13)."""

    class Capacity(models.TextChoices):
        OWN = "", _("Ký trực tiếp")
        FOR_ALL = "TM.", _("Thay mặt (TM.)")
        DEPUTY = "KT.", _("Ký thay (KT.)")
        BY_ORDER = "TL.", _("Thừa lệnh (TL.)")
        BY_PROXY = "TUQ.", _("Thừa ủy quyền (TUQ.)")
        ACTING = "Q.", _("Quyền (Q.)")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="signers")
    name = models.CharField(_("Họ và tên"), max_length=150)
    capacity = models.CharField(_("Cách ký"), max_length=4, choices=Capacity, blank=True)
    # In whose name: "GIÁM ĐỐC" after KT., "HỘI ĐỒNG" after TM.; empty when signing in one's own.
    principal = models.CharField(_("Ký thay, thay mặt ai"), max_length=150, blank=True)
    title = models.CharField(_("Chức vụ"), max_length=150)
    position = models.PositiveSmallIntegerField(_("Thứ tự"), default=0)
    is_active = models.BooleanField(_("Đang ký văn bản"), default=True)

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return f"{self.title} {self.name}"
