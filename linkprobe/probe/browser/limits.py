"""What one browser visit may cost."""

import msgspec

MIB = 1024 * 1024


class BrowserLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one visit; times in seconds, `body` in bytes, the rest are counts."""

    total: float = 30.0
    """The whole visit, a pressed continue button included."""
    load: float = 10.0
    """From a document's arrival until its load event is no longer waited for."""
    quiet: float = 0.4
    """How long nothing may navigate before a page counts as settled."""
    announced: float = 15.0
    """The longest meta refresh that is waited for."""
    suspected: float = 12.0
    """How long a page that counts down, or holds a timer that may navigate, is waited for."""
    landmark: float = 2.0
    """How long a missing landmark is waited for: single-page applications draw late."""
    reading: float = 5.0
    """For one question to the page; a machine with much else to do is slow to lay out a large one."""
    closing: float = 5.0
    body: int = 2 * MIB
    navigations: int = 20
    requests: int = 300
    dialogs: int = 20
    tabs: int = 4
    events: int = 100
    text: int = 500
    """Characters kept of a dialog, an error or a label."""
    screenshot: bool = True
