"""Rounds held against dated obligations: what is met, breached, not yet due, or cannot be told. Pure."""

from linkprobe.policy.assess import Assessment, Outcome, assess

__all__ = ["Assessment", "Outcome", "assess"]
