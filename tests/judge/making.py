"""Measurements for tests that need more than one, written as case files write them."""

from typing import Any

import msgspec

from linkprobe.model import Measurement
from tests.judge.casefile import CaseFile, measurement

TARGET = "https://shop.example/item/7"
APP = {"agent": "Mozilla/5.0 PlatformApp/8.0"}
ITEM = {"page": {"url": TARGET, "like": "item"}}
BLOCK = {"page": {"url": "https://link.platform.example/notice", "like": "block"}}
COPY = {"page": {"url": "https://link.platform.example/notice", "like": "copy"}}
BLIND = {"blind": "no vantage inside the app"}


def made(subject: Any, attempt: int = 1, **rest: Any) -> Measurement:
    """One attempt; controls that are not given find nothing wrong."""
    entry = {"says": "made", "subject": subject, "expect": {"verdict": "open"}, **rest}
    return msgspec.structs.replace(measurement(msgspec.convert(entry, CaseFile)), attempt=attempt)


def several(*subjects: Any, **rest: Any) -> tuple[Measurement, ...]:
    """One attempt for each subject."""
    return tuple(made(subject, attempt, **rest) for attempt, subject in enumerate(subjects, 1))
