"""What is kept of a plan: the document as read and edited, and the work that follows from it."""

from vinhdanh.plans.models.dates import BackPlan, BackStep, Extension, ReminderPolicy
from vinhdanh.plans.models.document import (
    Finding,
    Plan,
    PlanText,
    Reading,
    Section,
    Task,
    TaskOwner,
)
from vinhdanh.plans.models.work import Assignment, Occurrence, Report

__all__ = [
    "Assignment",
    "BackPlan",
    "BackStep",
    "Extension",
    "Finding",
    "Occurrence",
    "Plan",
    "PlanText",
    "Reading",
    "ReminderPolicy",
    "Report",
    "Section",
    "Task",
    "TaskOwner",
]
