"""What every hosted service's shipped declaration owes, against a double of that service."""

import msgspec
import pytest

from linkprobe.model import Card, SendOutcome, Target
from linkprobe.probe.message.accounts import missing_accounts
from tests.hosted.conftest import HOST, TOKEN, URL, Stage
from tests.hosted.double import Fate
from tests.hosted.services import SERVICES, Service, as_shipped, in_short

every = pytest.mark.parametrize("service", SERVICES, ids=str)


def where(name: str) -> pytest.MarkDecorator:
    """The services of which this is true."""
    return pytest.mark.parametrize("service", [each for each in SERVICES if getattr(each, name)], ids=str)


OTHER = Target(id="other", url="https://other.example/page")
SHORT_LINKS = "http://t.cn/"


@every
async def test_a_message_is_accepted(service: Service, on_stage: Stage) -> None:
    double = service.double()
    sent, _ = await on_stage.send(double, in_short(service))

    assert (sent.outcome, double.sends) == (SendOutcome.ACCEPTED, 1)


@where("sees")
async def test_the_reader_sees_it_with_its_link(service: Service, on_stage: Stage) -> None:
    _, shown = await on_stage.send(service.double(), in_short(service))

    assert shown is not None
    assert (shown.arrived, shown.failure, shown.viewer) == (True, None, service.viewer)
    assert TOKEN in shown.text
    assert URL in shown.links or shown.links[0].startswith(SHORT_LINKS)


@where("card")
async def test_the_card_is_waited_for(service: Service, on_stage: Stage) -> None:
    double = service.double()
    _, shown = await on_stage.send(double, in_short(service))

    assert shown is not None
    assert shown.card is not None
    assert (shown.card.title, shown.card.description) == (double.offer.title, double.offer.description)
    assert shown.card.image in (double.offer.image, "mxc://matrix.example/ascERGshawAWawugaAcauga")


@where("card")
async def test_a_card_that_is_late_is_there_in_the_end(service: Service, on_stage: Stage) -> None:
    _, shown = await on_stage.send(service.double({HOST: Fate.LATE_CARD}), in_short(service))

    assert shown is not None
    assert shown.card is not None


@where("card")
async def test_a_card_that_never_comes_is_missed(service: Service, on_stage: Stage) -> None:
    _, shown = await on_stage.send(service.double({HOST: Fate.NO_CARD}), in_short(service))

    assert shown is not None
    assert (shown.arrived, shown.card_expected, shown.card or Card()) == (True, True, Card())


@every
async def test_the_services_own_code_for_a_link_is_a_refusal(service: Service, on_stage: Stage) -> None:
    sent, shown = await on_stage.send(service.double({HOST: Fate.REFUSE}), in_short(service))

    assert (sent.outcome, sent.code, shown) == (SendOutcome.REFUSED, service.code, None)


@every
async def test_a_refusal_inside_a_success_is_never_seen_as_delivered(service: Service, on_stage: Stage) -> None:
    sent, shown = await on_stage.send(service.double({HOST: Fate.REFUSE_WITHIN_200}), in_short(service))

    assert sent.outcome is SendOutcome.REFUSED or shown is None or not shown.arrived


@every
async def test_haste_is_told_from_a_refusal(service: Service, on_stage: Stage) -> None:
    double = service.double({HOST: Fate.REFUSE})
    double.allowance = 0
    sent, _ = await on_stage.send(double, in_short(service))

    assert sent.outcome is SendOutcome.RATE_LIMITED


@every
async def test_a_wrong_account_is_told_from_a_refusal(service: Service, on_stage: Stage) -> None:
    double = service.double({HOST: Fate.REFUSE})
    sent, _ = await on_stage.send(
        double, in_short(service), environ={service.sender: "110201543:wrong-wrong-wrong-wrong"}
    )

    assert (sent.outcome, double.sends) == (SendOutcome.UNAUTHORISED, 0)


@where("reader")
async def test_a_reader_who_may_not_look_accuses_nobody(service: Service, on_stage: Stage) -> None:
    sent, shown = await on_stage.send(service.double(), in_short(service), environ={service.reader: "wrong-wrong"})

    assert sent.outcome is SendOutcome.UNAUTHORISED or (shown is not None and shown.failure is not None)


@where("sees")
async def test_a_silent_drop_is_seen_and_no_older_message_taken_for_it(service: Service, on_stage: Stage) -> None:
    double = service.double({HOST: Fate.DROP})
    lasting = msgspec.structs.replace(in_short(service), delete=None)
    older, _ = await on_stage.send(double, lasting, target=OTHER, token="0123456789ab")
    sent, shown = await on_stage.send(double, in_short(service))

    assert older.outcome is sent.outcome is SendOutcome.ACCEPTED
    assert shown is not None
    assert not shown.arrived
    assert (shown.failure is None) is service.drop_shows


@pytest.mark.parametrize("service", [each for each in SERVICES if not each.sees], ids=str)
async def test_where_nobody_can_look_nothing_is_said_of_the_arrival(service: Service, on_stage: Stage) -> None:
    _, shown = await on_stage.send(service.double({HOST: Fate.DROP}), in_short(service))

    assert shown is not None
    assert not shown.looked
    assert as_shipped(service).blind_to


@where("sees")
async def test_a_link_that_was_taken_out_is_seen(service: Service, on_stage: Stage) -> None:
    _, shown = await on_stage.send(service.double({HOST: Fate.REWRITE}), in_short(service))

    assert shown is not None
    assert shown.arrived
    assert not [text for text in (shown.text, *shown.links) if HOST in text and service.platform != "lemmy"]


@every
async def test_the_message_is_taken_back_where_that_is_possible(service: Service, on_stage: Stage) -> None:
    double = service.double()
    sent, _ = await on_stage.send(double, in_short(service))

    assert sent.taken_back is (True if service.deletes else None)
    assert (len(double.deleted), double.messages == []) == ((1, True) if service.deletes else (0, False))


@where("verifies")
async def test_accounts_that_work_are_found_to_work(service: Service, on_stage: Stage) -> None:
    double = service.double()
    checked = await on_stage.verify(double, in_short(service))

    assert [each.works for each in checked] == [True] * len(checked) != []
    assert double.sends == 0


@where("verifies")
async def test_a_senders_account_that_does_not_work_is_found_out(service: Service, on_stage: Stage) -> None:
    wrong = {service.sender: "110201543:wrong-wrong-wrong-wrong"}
    checked = await on_stage.verify(service.double(), in_short(service), wrong)

    assert [each.outcome for each in checked if not each.works] == [SendOutcome.UNAUTHORISED]


@where("reader")
async def test_a_readers_account_that_does_not_work_is_found_out(service: Service, on_stage: Stage) -> None:
    checked = await on_stage.verify(service.double(), in_short(service), {service.reader: "wrong-wrong"})

    assert [each.outcome for each in checked if not each.works] == [SendOutcome.UNAUTHORISED]


@pytest.mark.parametrize("service", [each for each in SERVICES if not each.verifies], ids=str)
def test_a_robot_has_no_check_that_sends_nothing(service: Service) -> None:
    assert as_shipped(service).verify == ()


@every
def test_what_the_double_knows_of_accounts_is_all_the_surface_needs(service: Service) -> None:
    assert missing_accounts(as_shipped(service), service.double.environ) == ()


@every
def test_every_surface_says_what_it_cannot_prove_and_where_it_is_documented(service: Service) -> None:
    surface = as_shipped(service)

    assert surface.blind_to
    assert any(source.sure == "documented" and source.url.startswith("https://") for source in surface.sources)


@every
async def test_no_account_comes_back_with_what_was_seen(service: Service, on_stage: Stage) -> None:
    double = service.double()
    seen = repr(await on_stage.send(double, in_short(service)))

    hidden = [value for name, value in double.environ.items() if name in (service.sender, service.reader)]
    assert not [value for value in hidden if value in seen]
