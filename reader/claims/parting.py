"""What becomes of marks, notes and claims when fewer people see what they stand in. Nothing is lost.

Whoever still sees it keeps their things there, and these are narrowed along. Everybody else's go to a place of their
own: a private copy of the piece with the same texts, or, where only a mark was narrowed, a mark of their own at the
same words. So does a note on a mark whose owner goes elsewhere: its writer gets a mark of their own under it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Q

from reader.accounts.models import Membership
from reader.claims.carrying import copy_additions, judge_anew, move_forecasts, narrow_additions, submit
from reader.claims.copies import Place, copy_for
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim, Statement
from reader.claims.rehoming import rename_speakers, retag
from reader.core.events import event_of, record_all, widest
from reader.core.models import Event
from reader.core.visibility import InScope, Scope, Scoped, Visibility, is_within
from reader.highlights.models import Highlight, Kind, Note
from reader.library.models import Article
from reader.search.indexing import follow
from reader.tags.models import Tag

if TYPE_CHECKING:
    from reader.accounts.models import User

#: Where a claim goes whose owner sees it by a mark that is not narrowed.
ELSEWHERE = -1
#: The verb of everything that other people see from now on.
MOVED = "changed audience"


def narrowed(thing: InScope, parent: InScope) -> Scope:
    """Who sees a child of `parent` that was seen by those of `thing`."""
    within = thing if is_within(thing, parent) else parent
    return Scope(thing.owner_id, within.team_id, within.visibility)


def standing_on(note: Note) -> tuple[int | None, int | None, int | None]:
    return note.highlight_id, note.article_id, note.claim_id


class Parting:
    """One narrowing, of a piece or of a mark in it, on its way through everything that stands in it."""

    def __init__(self, article: Article, scope: Scope, by: "User", mark: Highlight | None = None) -> None:
        self.article, self.scope, self.by, self.mark = article, scope, by, mark
        marks = Highlight.objects.filter(article=article) if mark is None else Highlight.objects.filter(pk=mark.pk)
        self.marks: dict[int, Highlight] = {one.pk: one for one in marks.order_by("pk")}
        self.members: dict[int, frozenset[int]] = {}
        self.places: dict[int, Place] = {}
        self.own_marks: dict[tuple[int, int], Highlight] = {}
        self.moved_notes: set[int] = set()
        self.events: list[Event] = []

    def run(self) -> None:
        # Claims and notes first: what is made for them is copied from marks that are still where they were.
        self.part_claims()
        self.part_notes(Note.objects.filter(highlight__in=self.marks))
        if self.mark is None:
            self.part_notes(Note.objects.filter(article=self.article))
            self.part_tags()
        self.part_marks()
        self.mend_replies()
        self.write_events()

    def write_events(self) -> None:
        if self.events:
            record_all(self.events)

    def sees(self, thing: InScope, user: int) -> bool:
        if thing.visibility == Visibility.PUBLIC or thing.owner_id == user:
            return True
        return thing.visibility == Visibility.TEAM and user in self.members_of(thing.team_id or 0)

    def members_of(self, team: int) -> frozenset[int]:
        if team not in self.members:
            self.members[team] = frozenset(Membership.objects.filter(team=team).values_list("user_id", flat=True))
        return self.members[team]

    def keeps(self, user: int) -> bool:
        """Whether this person still sees what is narrowed."""
        return self.sees(self.scope, user)

    def place(self, user: int) -> Place:
        """Where this person keeps what is theirs."""
        if user not in self.places:
            if self.keeps(user):
                own = Scope(user, self.scope.team_id, self.scope.visibility)
                self.places[user] = Place(self.article.pk, own)
            elif self.mark:
                self.places[user] = Place(self.article.pk, Scope(user))
            else:
                self.places[user] = copy_for(self.article, user, self.by)
        return self.places[user]

    def tell(self, thing: Scoped, after: InScope, before_in: int | None, after_in: int | None) -> None:
        """Events for whoever saw it and whoever sees it now, on the page where each of them did."""
        if before_in == after_in:
            self.events += [event_of(self.by, MOVED, thing, one, article_id=after_in) for one in widest(thing, after)]
        else:
            before = Scope(thing.owner_id, thing.team_id, thing.visibility)
            self.events.append(event_of(self.by, MOVED, thing, before, article_id=before_in))
            self.events.append(event_of(self.by, MOVED, thing, after, article_id=after_in))

    # Marks

    def part_marks(self) -> None:
        """Each mark to where its owner keeps things, and seen by no more people than see that."""
        groups: dict[tuple[int, str], tuple[Place, list[int]]] = {}
        for mark in self.marks.values():
            place = self.place(mark.owner_id)
            after = narrowed(mark, place.scope)
            if (after.visibility, after.team_id, place.article_id) == (mark.visibility, mark.team_id, mark.article_id):
                continue
            self.tell(mark, after, self.article.pk, place.article_id)
            alike = (mark.owner_id if after.visibility == Visibility.PRIVATE else 0, after.visibility)
            groups.setdefault(alike, (replace(place, scope=after), []))[1].append(mark.pk)
        for place, ids in groups.values():
            place.put_marks(ids)
            retag(Highlight, ids, place.scope)
            rename_speakers(ids, place.scope)

    def own_mark(self, mark: Highlight, user: int, kind: str) -> Highlight:
        """This person's own mark at the words of somebody else's."""
        if mark.owner_id == user:
            return mark
        if (mark.pk, user) not in self.own_marks:
            place = self.place(user)
            own = self.own_marks[mark.pk, user] = place.copy_mark(mark, kind)
            self.events.append(event_of(self.by, "marked", own, own, article_id=place.article_id))
        return self.own_marks[mark.pk, user]

    # Notes

    def part_notes(self, notes: Iterable[Note]) -> None:
        for note in list(notes):
            host = self.marks.get(note.highlight_id or 0)
            if host is None:
                self.settle(note, self.place(note.owner_id).scope, article_id=self.place(note.owner_id).article_id)
            elif self.stays_with(note, host):
                self.settle(note, narrowed(host, self.place(host.owner_id).scope), highlight=host)
            else:
                kind = Kind.HIGHLIGHT if host.kind == Kind.PREDICTION else host.kind
                own = self.own_mark(host, note.owner_id, kind)
                self.settle(note, own, highlight=own)

    def stays_with(self, note: Note, host: Highlight) -> bool:
        """Whether the writer still sees the mark under their note, once that is where it goes."""
        if note.owner_id == host.owner_id:
            return True
        together = self.keeps(note.owner_id) and self.keeps(host.owner_id)
        return together and self.sees(narrowed(host, self.scope), note.owner_id)

    def settle(
        self,
        note: Note,
        parent: InScope,
        *,
        highlight: Highlight | None = None,
        article_id: int | None = None,
        claim: Claim | None = None,
    ) -> None:
        """Put the note on one thing, seen by no more people than see that."""
        after = narrowed(note, parent)
        before_in = None if claim else self.article.pk
        after_in = self.place(note.owner_id).article_id if highlight else article_id
        on = (highlight.pk if highlight else None, article_id, claim.pk if claim else None)
        where = (standing_on(note), note.visibility, note.team_id, before_in)
        if (on, after.visibility, after.team_id, after_in) == where:
            return
        self.moved_notes.add(note.pk)
        self.tell(note, after, before_in, after_in)
        note.highlight_id, note.article_id, note.claim_id = on
        note.visibility, note.team_id = after.visibility, after.team_id
        note.save(update_fields=["highlight", "article", "claim", "visibility", "team"])

    def mend_replies(self) -> None:
        """A reply whose note went elsewhere, or is seen by fewer than the reply, stands by itself."""
        replies = Note.objects.filter(Q(pk__in=self.moved_notes) | Q(parent__in=self.moved_notes)).exclude(parent=None)
        for reply in replies.select_related("parent"):
            note = reply.parent
            if note and not (standing_on(note) == standing_on(reply) and self.sees(note, reply.owner_id)):
                Note.objects.filter(pk=reply.pk).update(parent=None)

    # Claims

    def part_claims(self) -> None:
        stated = Statement.objects.filter(highlight__in=self.marks).values("claim")
        # What was merged goes with what it was merged into, even where its own words stay.
        for claim in Claim.objects.filter(pk__in=stated, merged_into=None).order_by("pk"):
            self.part_claim(claim, list(claim.statements.select_related("highlight").order_by("pk")))

    def part_claim(self, claim: Claim, statements: Sequence[Statement]) -> None:
        """A claim is narrowed with what it stands in unless those who see it find it stated elsewhere."""
        inside = [one for one in statements if one.highlight_id in self.marks]
        outside = [one for one in statements if one.highlight_id not in self.marks]
        if any(is_within(claim, one.highlight) for one in outside):
            self.give_unseen(claim, inside)
            return
        seen = None if self.keeps(claim.owner_id) else self.seen_by_owner(claim, outside)
        goes = ELSEWHERE if seen else self.home(claim.owner_id)
        after = narrowed(claim, seen or self.place(claim.owner_id).scope)
        groups: dict[int, list[Statement]] = defaultdict(list)
        for statement in inside:
            groups[self.home(self.marks[statement.highlight_id].owner_id)].append(statement)
        if goes not in groups and goes != ELSEWHERE:
            self.state_for(claim, inside[0], claim.owner_id)
        others = {key: self.claim_of_group(claim, said) for key, said in groups.items() if key != goes}
        self.part_what_was_added(claim, inside[0], after, others)
        self.part_merged(claim, inside[0], after, others)
        self.leave_outside(claim, after, outside)
        self.narrow_claim(claim, after)

    def seen_by_owner(self, claim: Claim, outside: Sequence[Statement]) -> Highlight | None:
        """A mark elsewhere by which the owner of the claim still sees it stated."""
        return next((one.highlight for one in outside if self.sees(one.highlight, claim.owner_id)), None)

    def leave_outside(self, claim: Claim, after: Scope, outside: Sequence[Statement]) -> None:
        """The claim once more for those who see it by another mark, and by that alone."""
        groups: dict[tuple[int, int | None], tuple[Scope, list[int]]] = {}
        for one in outside:
            wanted = replace(narrowed(claim, one.highlight), owner_id=one.highlight.owner_id)
            if not (is_within(wanted, after) and self.sees(after, wanted.owner_id)):
                readers = (wanted.owner_id if wanted.visibility == Visibility.PRIVATE else 0, wanted.team_id)
                groups.setdefault(readers, (wanted, []))[1].append(one.pk)
        for scope, ids in groups.values():
            Statement.objects.filter(pk__in=ids).update(claim=self.clone(claim, scope))

    def narrow_claim(self, claim: Claim, after: Scope) -> None:
        if (after.visibility, after.team_id) != (claim.visibility, claim.team_id):
            before = Scope(claim.owner_id, claim.team_id, claim.visibility)
            claim.team_id, claim.visibility = after.team_id, after.visibility
            change = {} if is_within(after, before) else submit(claim, self.by)
            claim.save(update_fields=["team", "visibility", "state"])
            told = widest(before, after)
            self.events += [event_of(self.by, MOVED, claim, one, article_id=self.article.pk, **change) for one in told]
            retag(Claim, [claim.pk], after)
            narrow_additions(claim, before, after, self.by)
            if change:
                judge_anew(claim, self.by)

    def home(self, user: int) -> int:
        """0 for all who keep their things where they are, else the person who has a place of their own."""
        return 0 if self.keeps(user) else user

    def claim_of_group(self, claim: Claim, said: list[Statement]) -> Claim:
        """The claim once more, for those whose marks state it elsewhere than where its owner goes."""
        mark = self.marks[said[0].highlight_id]
        again = self.clone(claim, narrowed(mark, self.place(mark.owner_id).scope))
        Statement.objects.filter(pk__in=[one.pk for one in said]).update(claim=again)
        return again

    def give_unseen(self, claim: Claim, inside: list[Statement]) -> None:
        """A claim that stands elsewhere too stays; whoever takes a mark along that states it must see it still."""
        for statement in inside:
            owner = self.marks[statement.highlight_id].owner_id
            if not self.keeps(owner) and not self.sees(claim, owner):
                self.claim_of_group(claim, [statement])

    def part_what_was_added(self, claim: Claim, statement: Statement, after: Scope, others: dict[int, Claim]) -> None:
        """Notes and forecasts stay with those who see the claim still; everybody else's go to a claim of theirs."""
        for note in list(Note.objects.filter(claim=claim)):
            own = self.claim_seen_by(note.owner_id, claim, statement, after, others)
            self.settle(note, own or after, claim=own or claim)
        forecasters = Forecast.objects.filter(claim=claim).order_by("owner").values_list("owner", flat=True)
        for reader in list(forecasters.distinct()):
            if own := self.claim_seen_by(reader, claim, statement, after, others):
                move_forecasts(claim, own, reader)

    def part_merged(self, claim: Claim, statement: Statement, after: Scope, others: dict[int, Claim]) -> None:
        """What was merged into it points at what its owner has of it; notes go where their writers see them."""
        for merged in Claim.objects.filter(merged_into=claim).order_by("pk"):
            own = self.claim_seen_by(merged.owner_id, claim, statement, after, others)
            goes = narrowed(merged, own or after)
            for note in list(Note.objects.filter(claim=merged)):
                if self.sees(goes, note.owner_id):
                    self.settle(note, goes, claim=merged)
                else:
                    theirs = self.claim_seen_by(note.owner_id, claim, statement, after, others)
                    self.settle(note, theirs or after, claim=theirs or claim)
            if own:
                merged.merged_into = own
                merged.save(update_fields=["merged_into"])
            self.narrow_claim(merged, goes)

    def claim_seen_by(
        self, user: int, claim: Claim, statement: Statement, after: Scope, others: dict[int, Claim]
    ) -> Claim | None:
        """What this person has instead of the claim, where they see it no longer."""
        if self.sees(after, user):
            return None
        own = others.get(user) or others.get(self.home(user))
        if own is None or not self.sees(own, user):
            own = others[user] = self.claim_for(claim, statement, user)
        return own

    def claim_for(self, claim: Claim, statement: Statement, user: int) -> Claim:
        """The claim once more for this person, stated by a mark of their own."""
        again = self.clone(claim, self.place(user).scope)
        self.state_for(again, statement, user)
        return again

    def clone(self, claim: Claim, scope: Scope) -> Claim:
        again: Claim = Claim.objects.get(pk=claim.pk)
        again.pk, again._state.adding = None, True
        again.owner_id, again.team_id, again.visibility = scope.owner_id, scope.team_id, scope.visibility
        again.verdict = again.dispute = None
        again.save()
        copy_additions(claim, again, lambda part: self.was_seen(part, scope))
        again.tags.set(claim.tags.all())
        retag(Claim, [again.pk], scope)
        self.events.append(event_of(self.by, "copied", again, again))
        return again

    def was_seen(self, part: InScope, scope: Scope) -> bool:
        """Whether those of `scope` saw this part of a claim."""
        is_mine = scope.visibility != Visibility.PRIVATE or self.sees(part, scope.owner_id)
        return is_mine and is_within(scope, part)

    def state_for(self, claim: Claim, statement: Statement, user: int) -> None:
        """Let a mark of this person's own state the claim, in the words of the statement."""
        own = self.own_mark(self.marks[statement.highlight_id], user, Kind.PREDICTION)
        copy: Statement = Statement.objects.get(pk=statement.pk)
        copy.pk, copy._state.adding, copy.claim, copy.highlight = None, True, claim, own
        copy.save()
        rename_speakers([own.pk], own)

    # Tags

    def part_tags(self) -> None:
        """The tags that readers put on the piece for themselves alone go with them."""
        private = Tag.objects.filter(visibility=Visibility.PRIVATE, articles=self.article)
        copies: dict[int, Article] = {}
        for tag in private.exclude(owner=self.article.owner_id):
            if not self.keeps(tag.owner_id):
                copy = Article.objects.get(pk=self.place(tag.owner_id).article_id)
                copy.tags.add(tag)
                copies[copy.pk] = copy
                self.article.tags.remove(tag)
        # Nobody sees another word, so that no event tells of it; the copies are found by their tags too.
        follow([event_of(self.by, "tagged", copy, copy) for copy in copies.values()])
