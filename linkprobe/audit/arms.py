"""The arms of one attempt: which URL is opened how, and which of them are shared. Interprets nothing."""

import asyncio
import secrets
from collections import defaultdict

import msgspec

from linkprobe.accounts import Accounts, at_vantage
from linkprobe.audit.journal import Journal, Probe
from linkprobe.audit.options import Options
from linkprobe.audit.sight import blind
from linkprobe.judge import opens, settle, stands_still
from linkprobe.model import (
    Arm,
    Case,
    Client,
    Encoding,
    Executor,
    Gateway,
    InApp,
    MessageApi,
    Observation,
    PreviewApi,
    ShareDialog,
    Shown,
    Target,
    Vantage,
    Visit,
    WebClient,
    XmppChat,
)
from linkprobe.network import Network
from linkprobe.probe.browser import Chromium
from linkprobe.probe.http import visit_http
from linkprobe.probe.message.conversation import converse
from linkprobe.probe.message.declared import preview
from linkprobe.probe.message.links import clickable
from linkprobe.scenario import gateway_url
from linkprobe.store.task import Task, as_app_task, as_crawler_task, direct_task, subject_task

OPENS_IN_APP = "what an app does to a link shows only in a browser"


class Arms:
    """Probes the arms of a round's cases through its journal."""

    def __init__(
        self,
        round_id: str,
        journal: Journal,
        network: Network,
        chromium: Chromium | None,
        options: Options,
        accounts: Accounts,
    ) -> None:
        self._round = round_id
        self._journal = journal
        self._network = network
        self._chromium = chromium
        self._options = options
        self._accounts = accounts
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def attempt(self, case: Case, attempt: int, *, confirms: bool = False) -> None:
        """Observes all arms of one attempt; what is seen goes to the store, from where it is judged.

        An attempt that `confirms` what a browser saw before opens the link in the browser again; its controls are
        taken again by HTTP, which is far lighter on the target, and by the browser only where HTTP does not show them
        to stand as before.
        """
        unseen = blind(case, self._network, self._options, self._accounts)
        if unseen is not None:
            await self._once(subject_task(self._round, case, None, attempt), case, _told(unseen))
            return
        await self._with_controls(case, attempt, confirms)
        neutral = case_of_neutral(case)
        if neutral is None or neutral is case:
            return
        if not (confirms and await self._opens(neutral, attempt)):
            await self._with_controls(neutral, attempt)

    async def _with_controls(self, case: Case, attempt: int, confirms: bool = False) -> None:
        url = await self._shared_url(case, attempt)
        await self._as_crawler(case, attempt)
        if url is None:
            await self._direct_alone(case, attempt)
            return
        executor = await self._open(case, url, attempt)
        if confirms and executor is Executor.BROWSER and await self._stands_still(case, attempt):
            return
        await self._direct(case, executor, attempt)
        if case.client is not None:
            await self._as_app(case, executor, attempt)

    async def _shared_url(self, case: Case, attempt: int) -> str | None:
        """The URL a click would lead to, after the message has been sent and read back where there is one."""
        match case.surface:
            case Gateway(template=template, encoding=encoding):
                return gateway_url(template, encoding, case.target.url)
            case ShareDialog(template=template):
                return gateway_url(template, Encoding.PERCENT, case.target.url)
            case InApp(opener=opener, encoding=encoding):
                return gateway_url(opener, encoding, case.target.url) if opener else case.target.url
            case MessageApi() | XmppChat() | WebClient():
                shown = (await self._message(case, attempt)).shown
                return link_to_open(shown, case.target) if shown else None
            case PreviewApi():
                await self._preview(case, attempt)
                return None

    async def _message(self, case: Case, attempt: int) -> Observation:
        surface = case.surface
        assert isinstance(surface, MessageApi | XmppChat | WebClient)

        async def probe() -> Observation:
            sent, shown = await converse(
                self._network,
                self._chromium,
                self._vantage(case),
                surface,
                case.target,
                token=secrets.token_hex(6),
                environ=self._accounts.of(case),
                client=case.client,
            )
            return Observation(arm=Arm.SUBJECT, url=case.target.url, sent=sent, shown=shown)

        task = subject_task(self._round, case, None, attempt, sends=True)
        if not isinstance(surface, WebClient):
            return await self._once(task, case, probe)
        # A notice on the sender's screen is of any message of his account: only one may be under way.
        async with self._one_at_a_time[case.lane]:
            return await self._once(task, case, probe)

    async def _preview(self, case: Case, attempt: int) -> Observation:
        surface = case.surface
        assert isinstance(surface, PreviewApi)

        async def probe() -> Observation:
            environ = self._accounts.of(case)
            shown = await preview(self._network, self._vantage(case), surface, case.target, environ=environ)
            return Observation(arm=Arm.SUBJECT, url=case.target.url, shown=shown)

        return await self._once(subject_task(self._round, case, None, attempt), case, probe)

    async def _open(self, case: Case, url: str, attempt: int) -> Executor:
        """Opens the link by HTTP where that is provably enough, else in the browser; answers which it was."""
        if isinstance(case.surface, InApp):
            await self._visit(subject_task(self._round, case, Executor.BROWSER, attempt), case, url, why=OPENS_IN_APP)
            return Executor.BROWSER
        by_http = await self._visit(subject_task(self._round, case, Executor.HTTP, attempt), case, url)
        direct = await self._direct(case, Executor.HTTP, attempt)
        settled = settle(case, by_http.visit, direct.visit)
        if settled.enough or self._chromium is None:
            return Executor.HTTP
        await self._visit(subject_task(self._round, case, Executor.BROWSER, attempt), case, url, why=settled.why)
        return Executor.BROWSER

    async def _stands_still(self, case: Case, attempt: int) -> bool:
        """Whether HTTP shows the target as a control must be; a browser has seen these controls before."""
        again = [await self._direct(case, Executor.HTTP, attempt)]
        if case.client is not None:
            again.append(await self._as_app(case, Executor.HTTP, attempt))
        return stands_still(case, again)

    async def _opens(self, neutral: Case, attempt: int) -> bool:
        """Whether HTTP shows the neutral link to open inside the app; elsewhere HTTP is tried first anyway."""
        if not isinstance(neutral.surface, InApp):
            return False
        url = await self._shared_url(neutral, attempt)
        assert url is not None
        through = await self._visit(subject_task(self._round, neutral, Executor.HTTP, attempt), neutral, url)
        direct = await self._direct(neutral, Executor.HTTP, attempt)
        return opens(neutral, through.visit, direct.visit).enough

    async def _direct_alone(self, case: Case, attempt: int) -> None:
        """The control of a link that was never opened: whether the target is there, and which card it offers."""
        by_http = await self._direct(case, Executor.HTTP, attempt)
        if self._chromium is not None and not settle(case, by_http.visit, by_http.visit).enough:
            await self._direct(case, Executor.BROWSER, attempt)

    async def _direct(self, case: Case, executor: Executor, attempt: int) -> Observation:
        return await self._visit(direct_task(self._round, case, executor, attempt), case, case.target.url)

    async def _as_app(self, case: Case, executor: Executor, attempt: int) -> Observation:
        return await self._visit(as_app_task(self._round, case, executor, attempt), case, case.target.url)

    async def _as_crawler(self, case: Case, attempt: int) -> None:
        """What the target tells the platform's own fetcher of previews: a card it withholds is not the platform's."""
        if case.crawler is not None:
            await self._visit(as_crawler_task(self._round, case, attempt), case, case.target.url)

    async def _visit(self, task: Task, case: Case, url: str, *, why: str = "") -> Observation:
        async def probe() -> Observation:
            visit = await self._visit_now(task, case, url, why)
            return Observation(arm=task.arm, url=case.target.url, visit=visit)

        return await self._once(task, case, probe)

    async def _once(self, task: Task, case: Case, probe: Probe) -> Observation:
        return await self._journal.once(task, case.target.url, probe)

    def _vantage(self, case: Case) -> Vantage:
        return at_vantage(case.vantage, self._accounts.at(case.vantage))

    async def _visit_now(self, task: Task, case: Case, url: str, why: str) -> Visit:
        client = _client(task.arm, case)
        inside = self._inside(case) if task.arm is Arm.SUBJECT else None
        if task.executor is Executor.HTTP:
            return await visit_http(self._network, self._vantage(case), url, client=client, inside=inside, why=why)
        assert self._chromium is not None
        return await self._chromium.visit(
            self._vantage(case),
            url,
            client=client,
            inside=inside,
            why=why,
            landmark=case.target.landmark,
            click_through=not isinstance(case.surface, ShareDialog),  # what is pressed there may be "Post"
            target=case.target.url,
        )

    def _inside(self, case: Case) -> str | None:
        if not isinstance(case.surface, InApp):
            return None
        return self._network.inside(case.platform.id, case.surface_id)


def _client(arm: Arm, case: Case) -> Client | None:
    match arm:
        case Arm.DIRECT:
            return None
        case Arm.DIRECT_AS_CRAWLER:
            return case.crawler
        case _:
            return case.client


def _told(observation: Observation) -> Probe:
    async def probe() -> Observation:
        return observation

    return probe


def case_of_neutral(case: Case) -> Case | None:
    """The same surface with the neutral link: the cell that says how any outside link fares there."""
    if case.neutral is None:
        return None
    if case.neutral.id == case.target.id:
        return case
    return msgspec.structs.replace(case, target=case.neutral)


def link_to_open(shown: Shown, target: Target) -> str | None:
    """What a click on the message asked for, where one was made; else the link that a recipient would click."""
    return shown.clicked or clickable(shown.links, target)
