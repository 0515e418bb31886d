"""A described internet on loopback: real host names, real TLS, HTTP/2 and redirects, and nothing beyond it."""

from linkprobe.lab.address import LabAddress
from linkprobe.lab.errors import LabError
from linkprobe.lab.process import running
from linkprobe.lab.setting import setting
from linkprobe.lab.truth import Truth, truth

__all__ = ["LabAddress", "LabError", "Truth", "running", "setting", "truth"]
