"""When somebody leaves a team, and when the team itself ends: what was read together goes on, and nothing is lost."""

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from reader.accounts.membership import leave, remove, revoke_all, roles_now
from reader.accounts.models import Membership, Team
from reader.claims.carrying import PARTS, follow, narrow_additions
from reader.claims.copies import Place, copy_for
from reader.claims.disputes import Correction
from reader.claims.forecasting import Forecast
from reader.claims.merging import take_out
from reader.claims.models import Claim, Statement
from reader.claims.moving import as_scope, move_article, move_highlight, tell
from reader.claims.parting import MOVED, Parting, narrowed
from reader.claims.rehoming import person_in, publication_in, retag
from reader.core.access import may_share_with
from reader.core.events import event_of, record, record_all
from reader.core.models import Event
from reader.core.visibility import InScope, Scope, Scoped, Visibility, team_scope
from reader.highlights.models import Highlight, Kind, Note
from reader.library.models import Article, Authorship, Person, Publication
from reader.search.indexing import follow as follow_log
from reader.tags.models import Tag

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reader.accounts.models import User


def depart(membership: Membership, by: "User") -> None:
    """Leave the team, or be taken out of it, and keep what one kept for oneself in its pieces.

    Raises:
        NoOwnerLeft: it is the team's only owner; nothing is changed.
    """
    with transaction.atomic():
        if by == membership.user:
            leave(membership)
        else:
            remove(membership, by)
        take_private_things_along(membership.team, membership.user, by)


def take_private_things_along(team: Team, reader: "User", by: "User") -> None:
    """Private copies of the team's pieces in which this reader has marks, notes or tags that nobody else sees."""
    mine = {"owner": reader, "visibility": Visibility.PRIVATE}
    for claim in Claim.objects.filter(**mine, merged_into__team=team):
        take_out(claim, Statement.objects.filter(highlight__visibility=Visibility.PRIVATE), by)
    marked = Q(pk__in=Highlight.objects.filter(**mine).values("article"))
    marked |= Q(pk__in=Note.objects.filter(**mine).values("highlight__article"))
    kept = marked | Q(pk__in=Note.objects.filter(**mine).values("article")) | Q(tags__in=Tag.objects.filter(**mine))
    for article in Article.objects.filter(kept, team=team).exclude(owner=reader).distinct():
        place = copy_for(article, reader.pk, by)
        marks = list(Highlight.objects.filter(article=article, **mine))
        notes = Note.objects.filter(article=article, **mine)
        moved = [event_of(by, MOVED, one, one, article_id=place.article_id) for one in [*marks, *notes]]
        place.put_marks([mark.pk for mark in marks])
        take_notes_along(Note.objects.filter(highlight__article=article, **mine), place, by)
        notes.update(article=place.article_id, parent=None)
        worn = list(article.tags.filter(**mine))
        Article.objects.get(pk=place.article_id).tags.add(*worn)
        article.tags.remove(*worn)
        record_all(moved)
        follow_log(
            [event_of(by, "tagged", one, one) for one in Article.objects.filter(pk__in=[article.pk, place.article_id])]
        )


def take_notes_along(notes: "QuerySet[Note]", place: Place, by: "User") -> None:
    """What somebody wrote for themselves on marks that others see goes with a mark of their own at the same words."""
    own: dict[int, Highlight] = {}
    for note in notes.select_related("highlight").order_by("pk"):
        mark = cast(Highlight, note.highlight)
        if mark.pk not in own:
            own[mark.pk] = place.copy_mark(mark, Kind.HIGHLIGHT if mark.kind == Kind.PREDICTION else mark.kind)
            record(by, "marked", own[mark.pk], article_id=place.article_id)
        note.highlight, note.parent = own[mark.pk], None
        note.save(update_fields=["highlight", "parent"])
        record(by, MOVED, note, article_id=place.article_id)


def disband(team: Team, by: "User", heir: Team | None = None) -> None:
    """End the team. Its pieces go to the team `heir`, or else back to those who added them.

    Raises:
        PermissionDenied: `by` does not own the team, or may not write for the heir.
    """
    with transaction.atomic():
        members = list(roles_now(team, by))
        if heir and not may_share_with(by, heir.pk):
            raise PermissionDenied
        visibility, team_id = (Visibility.TEAM, heir.pk) if heir else (Visibility.PRIVATE, None)
        for article in Article.objects.filter(team=team).order_by("pk"):
            move_article(article, visibility, team_id, by, give_up_address=True)
        Ending(team, by, heir).run()
        end_membership(team, members, by)
        record(by, "ended", team, scope=Scope(by.pk), name=team.name)
        team.delete()


def end_membership(team: Team, members: list[int], by: "User") -> None:
    """Everybody is told for themselves, for nobody is left who could see the events of the team."""
    revoke_all(team.invitations.all(), by)
    ended = Membership.objects.filter(team=team, user__in=members)
    record_all([event_of(by, "disbanded", one, Scope(one.user_id), name=team.name) for one in ended])


class Ending:
    """What a team leaves outside its own pieces: marks in public ones, claims, notes, and the names of all these."""

    def __init__(self, team: Team, by: "User", heir: Team | None) -> None:
        self.team, self.by, self.heir = team, by, heir
        self.heirs = set(heir.memberships.values_list("user_id", flat=True)) if heir else set()

    def run(self) -> None:
        for mark in Highlight.objects.filter(team=self.team).order_by("pk"):
            scope = self.scope_after(mark)
            move_highlight(mark, scope.visibility, scope.team_id, self.by)
        for claim in Claim.objects.filter(team=self.team, merged_into=None).order_by("pk"):
            self.move_claim(claim)
        for claim in Claim.objects.filter(team=self.team).select_related("merged_into").order_by("pk"):
            self.move_merged(claim, cast(Claim, claim.merged_into))
        for note in Note.objects.filter(team=self.team).order_by("pk"):
            self.move(note)
        self.move_additions()
        self.rename()

    def scope_after(self, thing: InScope) -> Scope:
        """The heirs' where its owner is one of them, else its owner's alone."""
        if self.heir and thing.owner_id in self.heirs:
            return team_scope(self.heir.pk, thing.owner_id)
        return Scope(thing.owner_id)

    def move_claim(self, claim: Claim) -> None:
        """A claim that a mark states which is not the team's: only the claim is narrowed, and the notes on it."""
        statement = claim.statements.select_related("highlight__article").first()
        if statement is None:
            self.move(claim)
            return
        mark = statement.highlight
        parting = Parting(mark.article, self.scope_after(claim), self.by, mark)
        after = narrowed(claim, parting.place(claim.owner_id).scope)
        others: dict[int, Claim] = {}
        parting.part_what_was_added(claim, statement, after, others)
        parting.part_merged(claim, statement, after, others)
        parting.narrow_claim(claim, after)
        parting.write_events()

    def move_merged(self, claim: Claim, into: Claim) -> None:
        """A claim of the team that was merged into one which more people see: there its notes are at home too."""
        after = self.scope_after(claim)
        readers = self.heirs if after.visibility == Visibility.TEAM else {claim.owner_id}
        Note.objects.filter(claim=claim).exclude(owner__in=readers).update(claim=into)
        self.move(claim)

    def move(self, thing: Claim | Note) -> None:
        before, after = as_scope(thing), self.scope_after(thing)
        thing.team_id, thing.visibility = after.team_id, after.visibility
        thing.save(update_fields=["team", "visibility"])
        if isinstance(thing, Claim):
            retag(Claim, [thing.pk], after)
            narrow_additions(thing, before, after, self.by)
        tell(thing, before, self.by, thing.article_of_event if isinstance(thing, Note) else None)

    def move_additions(self) -> None:
        """What the team added to claims that more people see."""
        for model in (*PARTS, Forecast):
            for part in cast(Any, model).objects.filter(team=self.team).select_related("claim"):
                after = follow(self.scope_after(part), part, part.claim)
                cast(Any, model).objects.filter(pk=part.pk).update(team=after.team_id, visibility=after.visibility)

    def rename(self) -> None:
        """Whatever still bears a tag or a name of the team gets one of its own scope, and the team's go.

        Nothing of it is told in the log, for nobody sees another word; only the search must know.
        """
        renamed: list[Event] = []
        for model in (Article, Highlight, Claim):
            for thing in cast(Any, model).objects.filter(tags__team=self.team).distinct():
                retag(model, [thing.pk], as_scope(thing))
                renamed.append(event_of(self.by, "tagged", thing, thing))
        for authorship in Authorship.objects.filter(person__team=self.team).select_related("person", "article"):
            Authorship.objects.filter(pk=authorship.pk).update(person=person_in(authorship.article, authorship.person))
            renamed.append(event_of(self.by, "described", authorship.article, authorship.article))
        renamed += [event_of(self.by, "restated", claim, claim) for claim in self.rename_speakers()]
        for article in Article.objects.filter(publication__team=self.team).select_related("publication"):
            known = publication_in(article, cast(Publication, article.publication))
            Article.objects.filter(pk=article.pk).update(publication=known)
            renamed.append(event_of(self.by, "described", article, article))
        for named in (Tag, Person, Publication):
            cast(type[Scoped], named)._default_manager.filter(team=self.team).delete()
        follow_log(renamed)

    def rename_speakers(self) -> list[Claim]:
        """Answers the claims that these people stated."""
        claims: dict[int, Claim] = {}
        for role in ("speaker", "reported_by"):
            said = Statement.objects.filter(**{f"{role}__team": self.team}).select_related(role, "highlight", "claim")
            for statement in said:
                known = person_in(statement.highlight, getattr(statement, role))
                Statement.objects.filter(pk=statement.pk).update(**{role: known})
                claims[statement.claim_id] = statement.claim
        for correction in Correction.objects.filter(person__team=self.team).select_related("person"):
            known = person_in(correction, correction.person)
            Correction.objects.filter(pk=correction.pk).update(person=known)
        return list(claims.values())
