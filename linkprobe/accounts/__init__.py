"""Accounts: where their values come from, which values a case needs, and how these stay out of everything kept."""

from linkprobe.accounts.accounts import Accounts, Variables, Whence, account_of
from linkprobe.accounts.file import read_accounts
from linkprobe.accounts.redaction import HIDDEN, Redaction
from linkprobe.accounts.secrets import at_vantage, filled_address, secrets_at, variables_in

__all__ = [
    "HIDDEN",
    "Accounts",
    "Redaction",
    "Variables",
    "Whence",
    "account_of",
    "at_vantage",
    "filled_address",
    "read_accounts",
    "secrets_at",
    "variables_in",
]
