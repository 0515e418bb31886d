"""Which line of a world applies to a link, and what it comes to on a given kind of surface. Pure."""

from urllib.parse import parse_qsl, urlsplit

from linkprobe.model import (
    Condition,
    Gateway,
    InApp,
    Is,
    MessageApi,
    Platform,
    PreviewApi,
    Role,
    ShareDialog,
    Surface,
    Target,
    Treatment,
    Treats,
    WebClient,
    World,
    XmppChat,
)

DIRECT = Treats(treatment=Treatment.DIRECT)
UP = Is(condition=Condition.UP)
DOWN = frozenset(
    {
        Condition.DOWN_REFUSED,
        Condition.DOWN_DNS,
        Condition.DOWN_RESET,
        Condition.DOWN_TIMEOUT,
        Condition.DOWN_ERROR,
    }
)
ORDINARY_AGENT = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
"""What a world's `agents` are held against where a surface names no client."""

_CARD = frozenset({Treatment.NO_CARD, Treatment.STRIPPED_CARD})
_MESSAGE = _CARD | {
    Treatment.PLAIN_TEXT,
    Treatment.SEND_REFUSED,
    Treatment.SILENT_DROP,
    Treatment.REPLACE_CONTENT,
    Treatment.REMOVE_LATER,
}
_DIALOG = frozenset(
    {
        Treatment.LOGIN_WALL,
        Treatment.CHALLENGE,
        Treatment.BLOCK_PAGE,
        Treatment.SEND_REFUSED,
        Treatment.REPLACE_CONTENT,
        Treatment.REWRITE_TO_SELF,
        Treatment.STRIP_PARAMETERS,
        Treatment.RESET,
        Treatment.PLATFORM_DOWN,
    }
)
_PREVIEW = _CARD | {Treatment.SEND_REFUSED, Treatment.PLATFORM_DOWN}


def treats(
    world: World, platform: Platform, surface_id: str, target: Target, vantage: str, *, odd: bool = True
) -> Treats:
    """The line that applies to this link, reduced to what it can do on this surface.

    `odd` tells the first, third, fifth probe of the link from the others: a line that flaps applies to those only.
    A platform that is down is down for every link of the surface, whatever the line names.
    """
    lines = [
        line
        for line in world.platforms.get(platform.id, ())
        if _holds(line.surfaces, surface_id) and _holds(line.vantages, vantage) and (odd or not line.flap)
    ]
    down = [line for line in lines if line.treatment is Treatment.PLATFORM_DOWN]
    named = [line for line in lines if _names(line, target, platform)]
    line = (down or named or [DIRECT])[-1]
    return line if can_act(line, platform, platform.places[surface_id], target) else DIRECT


def condition(world: World, target: Target, vantage: str) -> Is:
    """The condition the target is in at this vantage; the last line that names it wins."""
    lines = [line for line in world.targets if _holds(line.targets, target.id) and _holds(line.vantages, vantage)]
    return (lines or [UP])[-1]


def gates(state: Is, agent: str) -> bool:
    """Whether a target in this condition turns away a visitor with this user agent."""
    return state.condition is Condition.GATE and (not state.agents or any(part in agent for part in state.agents))


def can_act(line: Treats, platform: Platform, surface: Surface, target: Target) -> bool:
    """Whether the treatment can do anything on this kind of surface, to this link."""
    if line.treatment is Treatment.REWRITE_TO_SELF and target.role(platform) is Role.OWN:
        return False
    if line.treatment is Treatment.STRIP_PARAMETERS and stripped(target.url, line.parameters) == target.url:
        return False
    return line.treatment in _acting_on(surface)


def stripped(url: str, parameters: tuple[str, ...] = ()) -> str:
    """The URL without its query (or without the named parameters), or, where it has none, without its path."""
    parts = urlsplit(url)
    if parameters:
        kept = [pair for pair in parts.query.split("&") if pair and pair.split("=", 1)[0] not in parameters]
        return parts._replace(query="&".join(kept)).geturl()
    if parse_qsl(parts.query, keep_blank_values=True):
        return parts._replace(query="", fragment="").geturl()
    return parts._replace(path="/", fragment="").geturl() if parts.path.strip("/") else url


def _acting_on(surface: Surface) -> frozenset[Treatment]:
    every = frozenset(Treatment)
    match surface:
        case PreviewApi():
            return _PREVIEW
        case MessageApi() | XmppChat() | WebClient():
            return every - {Treatment.ALTER}
        case InApp():
            return every - _MESSAGE
        case ShareDialog():
            return _DIALOG
        case Gateway():
            return every - _MESSAGE - {Treatment.ALTER}


def _holds(names: tuple[str, ...], name: str) -> bool:
    return not names or name in names


def _names(line: Treats, target: Target, platform: Platform) -> bool:
    if not (line.targets or line.categories or line.owners or line.roles):
        return True
    return (
        target.id in line.targets
        or target.category in line.categories
        or (bool(target.owner) and target.owner in line.owners)
        or target.role(platform) in line.roles
    )
