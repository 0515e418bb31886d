"""Wordings as data: what pages say, in which language, and what it means. Matching is by folded text."""

from linkprobe.judge.phrases.book import PHRASES, Meaning, Said, Wording, onward, said
from linkprobe.judge.phrases.fold import fold

__all__ = ["PHRASES", "Meaning", "Said", "Wording", "fold", "onward", "said"]
