"""One of everything that a page shows, and people in every state of signing in."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from reader.accounts.addresses import vouch_for
from reader.accounts.inviting import invite
from reader.accounts.models import User
from reader.claims.assessing import Assessment, Round
from reader.claims.forecasting import Forecast
from reader.claims.models import Claim
from reader.claims.standing import of_claim
from reader.core.visibility import Visibility
from reader.curation.claim_rulings import reject
from reader.curation.jobs import look_for_duplicates
from reader.curation.models import Duplicate, Hold, Lookalike, flag
from reader.exchange.models import SecretAddress
from reader.highlights.models import Anchor, Highlight, Note, write_note
from reader.intake.addresses import Fetch
from reader.intake.models import Draft
from reader.intake.reading import Form
from reader.library.models import Article
from reader.pages.inviting import invite_by_mail
from reader.pages.noting import write
from tests.claims.ledger import Judged, make_judged
from tests.claims.predictions import make_claim
from tests.conftest import signed_in
from tests.curation.desk import HERDS, PRICES, SMALL, again, proposal
from tests.curation.test_tags import public_tag
from tests.e2e.newsletters import INVENTED
from tests.highlights.chips import FIRST, QUOTE
from tests.library.pieces import as_text, shelve_piece
from tests.world import PASSWORD, World, make_highlight

LOST = "The foundries have ordered more machines than they can power, which is"
LINK = re.compile(r"http://[^/\s]+(\S+)")


@dataclass(frozen=True)
class Scene:
    world: World
    article: Article
    highlight: Highlight
    claim: Claim
    note: Note
    draft: Draft
    fetch: Fetch
    duplicate: int
    lookalike: int
    life: Claim
    judged: Judged
    revised: Article

    def lost(self) -> Highlight:
        return Highlight.objects.get(article=self.revised, exact=LOST)

    def replacement(self) -> Draft:
        return Draft.objects.create(owner=self.world.ada, raw=INVENTED.text, form=Form.TEXT, replaces=self.revised)

    def session_of(self, who: str) -> str:
        """The session cookie of somebody by what they are: `nobody` has none."""
        return "" if who == "nobody" else SESSIONS[who](self.world).cookies["sessionid"].value

    def live(self) -> str:
        """The page of a claim that can still be forecast."""
        claim = make_claim(self.article, "trains from scratch before 2030", self.world.ada, "public")
        return claim.get_absolute_url()

    def reset_link(self) -> str:
        Client().post("/accounts/password/reset/", {"email": self.world.cleo.email})
        found = LINK.search(str(mail.outbox[-1].body))
        assert found
        return found[1]

    def confirmation_key(self) -> str:
        address = EmailAddress.objects.create(user=self.world.cleo, email="cleo@elsewhere.example.org")
        return str(EmailConfirmationHMAC(address).key)

    def member(self) -> int:
        return self.world.foundry.memberships.get(user=self.world.cleo).pk

    def invitation(self) -> str:
        _, token = invite(self.world.foundry, "member", self.world.ada, days=7, email="eda@example.org")
        return f"/invitations/{token}/"

    def told_of_an_invitation(self) -> str:
        vouch_for(self.world.vera)
        letter = invite_by_mail(self.world.harbour, "member", self.world.dov, days=7, email=self.world.vera.email)
        return f"/teams/invitations/{letter.pk}/"

    def invited(self, address: str) -> str:
        """The address, once there are invitations of both kinds to see on its page."""
        invite(self.world.foundry, "member", self.world.ada, days=7, uses=3)
        self.invitation()
        return address

    def subscribed(self, address: str) -> str:
        """The address, once there are secret ones to see on its page."""
        SecretAddress.make(self.world.ada)
        return address

    def passkey(self) -> int:
        return int(Authenticator.objects.get(user=self.world.ben, type=Authenticator.Type.WEBAUTHN).pk)


def make_scene(world: World) -> Scene:
    article, ada = world.public, world.ada
    claim = make_claim(article, "2024 will be the year of the small model", ada, "public")
    highlight = claim.statements.get().highlight
    highlight.label(["open models"], ada)
    note = write_note(highlight, "Said **twice**, see [there](https://example.org).", ada)
    for words, kind in [("small models will matter", "highlight"), ("released a model", "evidence")]:
        make_highlight(article, words, ada, kind, "public")
    make_highlight(article, "the year of the small model, and", world.ben, "question", "public")
    write(article, "@ada, is it so?", world.ben)
    write(highlight, "@ada, and this?", world.cleo, note)
    for reader, words in [
        (ada, "the year of the small model"),
        (world.ben, "Prices fall by half"),
        (world.ben, "2024 will"),
    ]:
        make_highlight(world.shared, words, reader, "prediction", "team", world.foundry)
    draft = Draft.objects.create(owner=ada, raw=INVENTED.text, form=Form.TEXT)
    refusal = "That site does not let a server read it. Open the page in your browser, and paste what you see."
    fetch = Fetch.objects.create(
        owner=ada, url="https://site.example/a/piece", refusal=refusal, way="paste", ended_at=timezone.now()
    )
    secure(world.ben)
    work = make_work_for_curators(world, note)
    life = make_claim(article, "model for researchers", ada, "public")
    judged, revised = make_life(life, claim, world), make_revised(world)
    return Scene(world, article, highlight, claim, note, draft, fetch, *work, life, judged, revised)


def make_revised(world: World) -> Article:
    """A piece of which some words were edited and a whole paragraph went, with a mark on each."""
    article = shelve_piece(world.ada, "Chips", Visibility.PUBLIC, words=FIRST)
    for exact in (QUOTE, LOST):
        make_highlight(article, exact, world.ada, visibility=Visibility.PUBLIC)
    article.revise(as_text(FIRST.replace("2027", "2029").replace(LOST, "In the end it is")), world.ada)
    return article


def make_life(claim: Claim, other: Claim, world: World) -> Judged:
    """A claim that people forecast, of which a round is over and another open, with a verdict that is disputed."""
    for reader, percent in [(world.ada, 40), (world.ben, 65), (world.cleo, 90)]:
        Forecast.objects.create(claim=claim, owner=reader, visibility="public", percent=percent, reason="So it goes.")
    past = Round.objects.create(by=world.ben, closed_at=timezone.now(), **of_claim(claim))
    for grader, strict in [(world.ada, 25), (world.cleo, 75)]:
        Assessment.objects.create(round=past, by=grader, strict=strict, charitable=75, difficulty=2, reasons="As said.")
    judged = make_judged(claim, world.public.authors.get(), other, world.ben)
    claim.statements.update(hedge="highly likely")
    claim.state, claim.verdict, claim.dispute = Claim.State.ACCEPTED, judged.verdict, judged.dispute
    claim.save()
    return judged


def make_work_for_curators(world: World, note: Note) -> tuple[int, int]:
    """Something in each queue, something decided, and a claim in another's hands; answers the two suggestions."""
    flag(note, "other", "It repeats what the piece says.", world.cleo)
    for exact in (SMALL, HERDS):
        again(world, exact, f"An echo of {exact}")
    reject(proposal(world, PRICES), world.ben, reason="It names no prices.")
    for name in ("agents", "agent"):
        public_tag(world, name)
    lost = make_highlight(world.public, "everything", world.ada, visibility="public")
    lost.anchors.update(state=Anchor.State.ORPHANED, score=0.4)
    Hold.take("claim", Claim.objects.latest("id").pk, world.ben)
    look_for_duplicates.call()
    return Duplicate.objects.get().pk, Lookalike.objects.get().pk


def secure(user: User) -> None:
    """Give somebody an app for codes, codes on paper and a passkey."""
    vouch_for(user)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key", "credential": credential()}
    )


def credential() -> dict[str, Any]:
    """What a browser hands over when it has made a passkey."""
    public_key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    held = AttestedCredentialData.create(bytes(16), b"blue key", public_key)
    data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), AuthenticatorData.FLAG(0x45), 0, held)
    attested = AttestationObject.create("none", data, {})
    return {
        "id": websafe_encode(b"blue key"),
        "rawId": websafe_encode(b"blue key"),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": websafe_encode(b'{"type":"webauthn.create","challenge":"","origin":"http://localhost"}'),
            "attestationObject": websafe_encode(bytes(attested)),
        },
    }


def just_confirmed(user: User) -> Client:
    """Somebody who has just shown their password again, as delicate pages ask."""
    vouch_for(user)
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def at_the_second_step(world: World) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": world.ben.email, "password": PASSWORD})
    return client


def without_a_password(world: World) -> Client:
    world.cleo.set_unusable_password()
    world.cleo.save()
    return signed_in(world.cleo)


SESSIONS: dict[str, Callable[[World], Client]] = {
    "ada": lambda world: just_confirmed(world.ada),
    "secured": lambda world: just_confirmed(world.ben),
    "long ago": lambda world: signed_in(world.ben),
    "at the second step": at_the_second_step,
    "without a password": without_a_password,
    "viewer": lambda world: signed_in(world.vera),
}
