"""The network a round is measured in: names, trust, proxies; the same executors run on any of them."""

from linkprobe.network.entry import Entry, read_entry
from linkprobe.network.failure import NetworkError, TrustMissing, Unreachable
from linkprobe.network.live import Live
from linkprobe.network.mapped import Lab, Mapped
from linkprobe.network.network import BrowserLaunch, Network

__all__ = [
    "BrowserLaunch",
    "Entry",
    "Lab",
    "Live",
    "Mapped",
    "Network",
    "NetworkError",
    "TrustMissing",
    "Unreachable",
    "read_entry",
]
