"""Following a click into a new tab, whose first requests are over before a session of ours can listen to it."""

from playwright.async_api import BrowserContext, Page, Request, Response
from playwright.async_api import Error as PlaywrightError

from linkprobe.model import HopWay
from linkprobe.probe.browser.trail import Step


class FirstRequests:
    """The navigations of tabs to come, as Playwright reports them; costs nothing until a button is pressed."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._asked: list[Request] = []
        self._answers: dict[Request, Response] = {}

    def __enter__(self) -> "FirstRequests":
        self._context.on("request", self._ask)
        self._context.on("response", self._answer)
        return self

    def __exit__(self, *_: object) -> None:
        self._context.remove_listener("request", self._ask)
        self._context.remove_listener("response", self._answer)

    def steps(self, page: Page, landed: str) -> list[Step]:
        """The hops of `page` so far; the last one is the document `landed`."""
        mine = [request for request in self._asked if _is_of(request, page)]
        steps = [self._step(request, first=number == 0) for number, request in enumerate(mine)]
        if steps:
            steps[-1].request = landed
        return steps

    def _ask(self, request: Request) -> None:
        if request.is_navigation_request():
            self._asked.append(request)

    def _answer(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._answers[response.request] = response

    def _step(self, request: Request, *, first: bool) -> Step:
        asked = request.timing["startTime"] / 1000
        step = Step(request.url, _way(request, first=first), asked, error=request.failure or "")
        if answer := self._answers.get(request):
            step.status, step.headers = answer.status, answer.headers
            step.answered = asked + max(0.0, request.timing["responseStart"]) / 1000
        return step


def _way(request: Request, *, first: bool) -> HopWay:
    if first:
        return HopWay.CLICK
    return HopWay.REDIRECT if request.redirected_from else HopWay.SCRIPT


def _is_of(request: Request, page: Page) -> bool:
    try:
        return request.frame == page.main_frame
    except PlaywrightError:
        return False
