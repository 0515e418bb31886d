"""What was seen and what was concluded, kept so that it survives being killed and nothing is ever overwritten."""

from linkprobe.store.failure import StoreError
from linkprobe.store.record import Begun, RoundRecord
from linkprobe.store.store import Store
from linkprobe.store.task import Task

__all__ = ["Begun", "RoundRecord", "Store", "StoreError", "Task"]
