"""What people do with a plan: one module for the draft, one for the start, one for the work."""

from vinhdanh.plans.actions.force import carry_on_force, put_into_force, start_force

__all__ = ["carry_on_force", "put_into_force", "start_force"]
