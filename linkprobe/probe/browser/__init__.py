"""Opening URLs in a real Chromium, as the ordinary browser or as an app's web view."""

from linkprobe.probe.browser.chromium import Chromium
from linkprobe.probe.browser.driver import Driver
from linkprobe.probe.browser.executable import BrowserMissing, find_chromium
from linkprobe.probe.browser.limits import BrowserLimits

__all__ = ["BrowserLimits", "BrowserMissing", "Chromium", "Driver", "find_chromium"]
