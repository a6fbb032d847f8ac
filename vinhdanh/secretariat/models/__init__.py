"""What the secretariat keeps."""

from vinhdanh.secretariat.models.calendar import SpecialDay
from vinhdanh.secretariat.models.letterhead import Letterhead, Signer
from vinhdanh.secretariat.models.mailings import Mailing, Recipient
from vinhdanh.secretariat.models.papers import Paper
from vinhdanh.secretariat.models.registers import Number, Register, RegisterYear
from vinhdanh.secretariat.models.templates import Template, TemplateVersion

__all__ = [
    "Letterhead",
    "Mailing",
    "Number",
    "Paper",
    "Recipient",
    "Register",
    "RegisterYear",
    "Signer",
    "SpecialDay",
    "Template",
    "TemplateVersion",
]
