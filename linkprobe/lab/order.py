"""The words between a lab's process and its parent: one order in, one answer out."""

import msgspec

from linkprobe.lab.address import LabAddress
from linkprobe.lab.setting import Setting


class Order(msgspec.Struct, frozen=True):
    """What the parent wants played."""

    setting: Setting
    port: int = 0


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """Said once, when all listeners answer."""

    address: LabAddress


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Said in its place when the lab cannot start."""

    error: str
