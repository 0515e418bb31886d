"""The published data: the same round for spreadsheets, programs, newsrooms and monitoring."""
