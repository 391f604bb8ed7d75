"""What is told of claims: one is about to end, has ended, waits for its verdict, has it, or has it disputed."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from reader.accounts.models import User
from reader.accounts.queries import readers_of
from reader.claims.conflicts import other_curators
from reader.claims.disputes import DECIDED, Dispute
from reader.claims.disputing import parties, when_disputed
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim
from reader.claims.queries import FELL_DUE, awaited_claims
from reader.claims.verdicts import UNDOABLE, Verdict, when_final
from reader.core.events import let_ids_appear_in_order
from reader.core.jobs import job, nightly
from reader.core.models import Event
from reader.notices.models import ANSWER, Kind, Notice
from reader.notices.telling import notify

#: How far back is looked: the nights that a stopped worker may have missed.
REACH = timedelta(days=14)
#: When people are told, in days from a window's end. The end itself is told from the log, which knows when it was seen.
STEPS = (-30, 14, 60)

#: A claim, the end of its window, and the step at which it is.
Turn = tuple[int, str, int]


@nightly(hour=3, minute=30)
def tell_what_fell_due() -> None:
    """Tell whoever owns a claim or has a forecast on it where its window stands; each step of each window once."""
    today = timezone.localdate()
    turns = {key_of(*turn): turn for turn in [*ended(), *around(today)]}
    # What is told of now can't have been told before the days that are looked at.
    lately = Notice.objects.filter(kind=Kind.DUE, created_at__gte=timezone.now() - REACH - timedelta(days=2))
    for key in turns.keys() - set(lately.values_list("key", flat=True)):
        remind(*turns[key])


def key_of(claim_id: int, window_end: str, step: int) -> str:
    return f"claim-{claim_id}-{window_end}{f'{step:+}' if step else ''}"


def ended() -> list[Turn]:
    """The claims of which the log says that they fell due."""
    fell = Event.objects.filter(verb=FELL_DUE, at__gte=timezone.now() - REACH).values_list("subject_id", "detail")
    return [(claim, detail["window_end"], 0) for claim, detail in fell]


def around(today: date) -> list[Turn]:
    """The claims before or after their end; one that came here later than on a step's day is not told of that."""
    turns = []
    for step in STEPS:
        day = today - timedelta(days=step)
        rows = awaited_claims().filter(window_end__lte=day, window_end__gt=day - REACH)
        for claim, end, came in rows.values_list("pk", "window_end", "created_at"):
            if end and timezone.localdate(came) - end <= timedelta(days=step):
                turns.append((claim, str(end), step))
    return turns


def remind(claim_id: int, window_end: str, step: int) -> None:
    """Tell all whom it concerns, or, where it was judged or changed meanwhile, nobody."""
    with transaction.atomic():
        let_ids_appear_in_order()
        claim = awaited_claims().select_for_update().filter(pk=claim_id).first()
        if claim and str(claim.window_end) == window_end:
            for person in people_to_tell(claim):
                notify(person, Kind.DUE, key_of(claim_id, window_end, step), claim=claim)


@nightly(hour=3, minute=40)
def tell_what_was_judged() -> None:
    """Tell of the final verdicts of which nobody was told yet: the job that each has may have failed for good."""
    now = timezone.now()
    final = fresh_verdicts().filter(undone_at=None)
    told = set(Notice.objects.filter(kind=Kind.VERDICT, created_at__gte=now - REACH).values_list("key", flat=True))
    for pk in final.values_list("pk", flat=True):
        if verdict_key(pk) not in told:
            tell_of_verdict.func(pk)


@when_final
@job
def tell_of_verdict(verdict: int) -> None:
    """Tell the owner of a claim, and those who have a forecast on it, that it was judged; but not who judged it."""
    with transaction.atomic():
        let_ids_appear_in_order()
        judged = Claim.objects.standing().select_for_update(of=("self",)).filter(verdict=verdict).first()
        final = fresh_verdicts().filter(pk=verdict).select_related("by").first()
        if judged and final:
            for person in people_to_tell(judged):
                notify(person, Kind.VERDICT, verdict_key(verdict), final.by, claim=judged)


@when_disputed
@job
def tell_of_dispute(dispute: int) -> None:
    """Tell those curators of a dispute who could decide it; once it is decided, both sides that it is."""
    with transaction.atomic():
        let_ids_appear_in_order()
        claim = Claim.objects.standing().select_for_update(of=("self",)).filter(dispute=dispute).first()
        if claim and (waiting := claim.dispute):
            for person in other_curators(claim, parties(waiting)).order_by("pk"):
                notify(person, Kind.DISPUTED, f"dispute-{dispute}", waiting.by, claim=claim)
        else:
            tell_both_sides(dispute)


def tell_both_sides(dispute: int) -> None:
    """Tell whoever disputed a verdict, and whoever had given it, that another curator has decided."""
    decided = Dispute.objects.filter(pk=dispute, ending__in=DECIDED, claim__deleted_at=None)
    for one in decided.select_related("claim", "verdict", "ended_by"):
        sides = {side for side in parties(one) if side and side != one.ended_by_id}
        for person in User.objects.filter(readers_of(one.claim), pk__in=sides).order_by("pk"):
            notify(person, Kind.DISPUTED, f"{ANSWER}-{dispute}", one.ended_by, claim=one.claim)


def fresh_verdicts() -> "QuerySet[Verdict]":
    """The verdicts that can't be taken back any more, and are still news."""
    now = timezone.now()
    return Verdict.objects.filter(at__lt=now - UNDOABLE, at__gte=now - REACH)


def verdict_key(verdict: int) -> str:
    return f"verdict-{verdict}"


def people_to_tell(claim: Claim) -> "QuerySet[User]":
    """Its owner and whoever has a forecast on it, as far as they may still read it."""
    forecasters = Forecast.objects.standing().filter(claim=claim).values("owner")
    return User.objects.filter(readers_of(claim), Q(pk=claim.owner_id) | Q(pk__in=forecasters)).order_by("pk")
