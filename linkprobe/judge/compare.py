"""Whether two captures show the same page, and what is left of the one in the other. Says nothing about why."""

import msgspec

from linkprobe.page import Facts


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Subject against control. Scores run from 0 (nothing in common) to 1 (equal); None means not comparable."""

    same_page: bool | None
    """Whether the subject shows the control's page; None where the two cannot be compared."""
    reason: str
    """Why, in words, with the figures that decided."""
    same_domain: bool
    """Whether both landed on one registrable domain."""
    same_host: bool
    same_path: bool
    same_canonical: bool | None
    """None where one of the two names no canonical address."""
    text: float | None
    """Likeness of the visible texts, the control's learnt noise left out."""
    structure: float | None
    title: float | None
    card: float | None
    kept: float | None
    """Share of the control's stable text that the subject still shows."""
    added: float | None
    """Share of the subject's text that the control does not show."""
    replaced: bool | None
    """Whether nothing that tells the control apart is left in the subject: another page took its place.

    False together with `same_page` False means a variant: the same site or page with other content.
    """


def compare(subject: Facts, control: Facts, second_control: Facts | None = None) -> Comparison:
    """Compare two pages; what differs between the two controls counts as noise and is left out."""
    raise NotImplementedError
