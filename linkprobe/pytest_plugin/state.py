"""What the plugin remembers of one pytest run."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from linkprobe.pytest_plugin.choices import Choices
    from linkprobe.pytest_plugin.rounds import Round

CHOICES = pytest.StashKey["Choices"]()
ROUND = pytest.StashKey["Round"]()


def choices_of(config: pytest.Config) -> "Choices":
    """The run's choices, read from its options when they are first needed."""
    if CHOICES not in config.stash:
        from linkprobe.pytest_plugin.choices import Choices

        config.stash[CHOICES] = Choices(config)
    return config.stash[CHOICES]


def round_of(config: pytest.Config) -> "Round | None":
    """The round that measures the run's items, if it has begun."""
    return config.stash.get(ROUND, None)
