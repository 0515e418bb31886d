"""A module for Synapse that treats messages by the first part of their links' paths. Synapse loads it, no test does."""

import re
from typing import Any
from urllib.parse import quote

from synapse.api.errors import Codes
from synapse.module_api import NOT_SPAM, ModuleApi

ADDRESS = re.compile(r"https?://[^\s/]+/(\w+)\S*")


class Links:
    """`/forbidden/` is refused as spam; `/defanged/` is written so that no client makes a link of it; `/gated/` is
    replaced by a link to the gate."""

    def __init__(self, config: dict[str, str], api: ModuleApi) -> None:
        self._gate = config["gate"]
        api.register_spam_checker_callbacks(check_event_for_spam=self.refuse)
        api.register_third_party_rules_callbacks(check_event_allowed=self.rewrite)

    @staticmethod
    def parse_config(config: dict[str, str]) -> dict[str, str]:
        return config

    async def refuse(self, event: Any) -> Any:
        return Codes.FORBIDDEN if self._treatment(event) == "forbidden" else NOT_SPAM

    async def rewrite(self, event: Any, _: Any) -> tuple[bool, dict[str, Any] | None]:
        write = {"defanged": self._defanged, "gated": self._gated}.get(self._treatment(event))
        if write is None:
            return True, None
        changed = dict(event.get_dict())
        changed["content"] = {**event.content, "body": ADDRESS.sub(write, event.content["body"])}
        return True, changed

    def _treatment(self, event: Any) -> str:
        found = ADDRESS.search(str(event.content.get("body", ""))) if event.type == "m.room.message" else None
        return found[1] if found else ""

    def _defanged(self, address: re.Match[str]) -> str:
        return address[0].replace("http", "hxxp", 1)

    def _gated(self, address: re.Match[str]) -> str:
        return self._gate + quote(address[0], safe="")
