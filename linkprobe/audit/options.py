"""How a round is carried out."""

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`repeat` attempts must agree before a finding stands. `jobs` browser probes run at once.

    `rate` is the most starts per second in one lane; None means no limit, which is for the lab only.
    """

    repeat: int = 3
    jobs: int = 4
    browser: bool = True
    rate: float | None = None
