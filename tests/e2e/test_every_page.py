"""Every page that there is: within the policy, silent in the console, accessible, on any screen, in any light.

The pages are listed from the URL patterns: a new one fails here until it is given an address, or a reason not to have
one.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from reader.foresight.sweeps.models import Sweep
from reader.foresight.sweeps.running import run_sweep
from reader.intake.imports.made import Made
from reader.intake.sending.models import WayIn
from reader.notices.mails import stop_token
from tests.e2e.scene import Scene, make_scene
from tests.foresight.pieces import looked_through
from tests.routes import make_awaited, make_confirmation, make_feed, make_images, make_import, make_plan
from tests.world import PASSWORD, World

LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
pytestmark = pytest.mark.browser_context_args(reduced_motion="reduce")

Address = Callable[[Scene], str]
Visit = Callable[..., Page]

#: Not pages: what they answer is no document that somebody looks at.
NO_PAGES = {
    **dict.fromkeys(
        ["highlight-kind", "highlight-passage", "highlight-tags", "highlight-deletion", "highlight-restoration"],
        "takes a form, and leads back to the piece",
    ),
    **dict.fromkeys(
        [
            *("note-deletion", "note-restoration", "claim-notes", "article-tags", "reading", "display"),
            *("desk-hold", "desk-tag-merging", "undoing", "fetches", "import-cancellation", "import-repetition"),
            *("feed-pause", "feed-resumption", "feed-removal", "feed-restoration", "feeds-list", "feed-rule-deletion"),
            *("import-plan-deletion", "confirmation-done", "bookmarklet-end", "mail-address-end", "sent-page"),
            *("awaited-removal", "awaited-restoration", "feed-entry-bringing"),
        ],
        "takes a form",
    ),
    **dict.fromkeys(["suggestion-dismissal", "suggestion-restoration"], "takes a form, and leads back to the piece"),
    **dict.fromkeys(
        [
            *("sweep-cancellation", "sweep-repetition", "sweep-removal", "sweep-restoration"),
            *("wording-claim-deletion", "wording-dismissal", "wording-restoration"),
        ],
        "takes a form, and leads back to what was found",
    ),
    **dict.fromkeys(
        ["team-ownership", "team-foresight", "desk-foresight-model", "team-member-removal", "team-invitation-end"],
        "takes a form",
    ),
    **dict.fromkeys(
        [
            *("forecast-withdrawal", "claim-crowd", "evidence-removal", "evidence-restoration", "round-closing"),
            *("verdict-undoing", "dispute-withdrawal", "reply-removal", "reply-restoration", "relation-removal"),
        ],
        "takes a form, and leads back to the claim",
    ),
    **dict.fromkeys(["notices-reading", "notice-reading"], "takes a form, and leads back to the notices"),
    **dict.fromkeys(
        [
            *("people-suggestions", "publications-suggestions", "tag-suggestions", "mention-suggestions"),
            "claims-suggestions",
        ],
        "answers a field",
    ),
    **dict.fromkeys(
        [
            *("due-calendar", "my-verdicts-feed", "verdicts-feed", "ledger-csv", "ledger-json"),
            *("saved-search-feed", "feeds-opml"),
            "manifest",
        ],
        "is read by a program",
    ),
    "secret-addresses-end": "takes a form",
    "identification-undoing": "takes a form, and leads back to the person",
    **dict.fromkeys(["saved-searches", "saved-search-deletion", "recent-searches-deletion"], "takes a form"),
    "recent-searches": "is told by a script",
    "search-completions": "answers a field",
    "notice": "leads to what it is about",
    "admin-on-site": "leads to the page of a row",
    "highlight": "leads to the passage in its piece",
    "chosen-comparison": "leads to the comparison of two texts, or back to their list",
    "revision-undoing": "takes a form, and leads to the texts of the piece",
    "highlight-rewording": "leads to the passage in the comparison of its texts",
    **dict.fromkeys(
        ["highlight-candidate", "highlight-placing-undoing", "highlight-keeping"],
        "takes a form, and leads to the piece",
    ),
    **dict.fromkeys(["changes", "article-images"], "answers the page of a piece that is open"),
    "healthz": "speaks to the supervisor",
    "article-image": "is a picture",
    "mfa_download_recovery_codes": "is a text file",
    "mfa_login_webauthn": "speaks JSON to the passkey script",
    "account_confirm_login_code": "belongs to sign-in by mailed code, which is off, and leads to signing in",
}


def swept(scene: Scene) -> Sweep:
    """Two pieces that were looked through, of which one says what the other says."""
    pieces = [looked_through(title, scene.world.ada) for title in ("Forecasts", "Forecasts again")]
    sweep = Sweep.begin(scene.world.ada, "Some pieces", "q=Forecasts", [one.pk for one in pieces])
    run_sweep.func(sweep_id=sweep.pk)
    return sweep


#: Every page by the name of its URL: who looks at it, and where it is.
def waiting(scene: Scene, name: str) -> str:
    make_confirmation(scene.world.ada, "", "private")
    make_awaited(scene.world.ada, "", "private")
    return reverse(name)


def over(scene: Scene) -> str:
    """An import that can be taken back, but for the piece, which everyone sees."""
    work = make_import(scene.world.ada, "letters", scene.article)
    work.finish()
    Made.objects.create(work=work, article=scene.article)
    return reverse("import-taking-back", args=[work.pk])


def lacking(scene: Scene) -> str:
    make_images(scene.article, "")
    return reverse("missing-images")


def with_way_in(scene: Scene, door: str, name: str) -> str:
    WayIn.make(scene.world.ada, door)
    return reverse(name)


PAGES: dict[str, tuple[str, Address]] = {
    "add-article": ("ada", lambda scene: reverse("add-article")),
    "draft": ("ada", lambda scene: scene.draft.get_absolute_url()),
    "fetch": ("ada", lambda scene: scene.fetch.get_absolute_url()),
    "feeds": ("ada", lambda scene: f"/feeds/?{make_feed(scene.world.ada, 'gazette', scene.article).pk}"),
    "feed": ("ada", lambda scene: make_feed(scene.world.ada, "gazette", scene.article).get_absolute_url()),
    "feed-rules": (
        "ada",
        lambda scene: f"/feeds/rules/?feed={make_feed(scene.world.ada, 'gazette', scene.article).pk}",
    ),
    "imports": ("ada", lambda scene: reverse("imports")),
    "sweeps": ("ada", lambda scene: f"/foresight/?{swept(scene).pk}"),
    "new-sweep": ("ada", lambda scene: reverse("new-sweep")),
    "sweep": ("ada", lambda scene: swept(scene).get_absolute_url()),
    "wording": ("ada", lambda scene: reverse("wording", args=[swept(scene).wordings.latest("best").pk])),
    "wording-claim": ("ada", lambda scene: reverse("wording-claim", args=[swept(scene).wordings.latest("best").pk])),
    "bring-in": ("ada", lambda scene: reverse("bring-in")),
    "import-plan": ("ada", lambda scene: make_plan(scene.world.ada, "letters").get_absolute_url()),
    "missing-images": ("ada", lacking),
    "import-taking-back": ("ada", over),
    "awaited": ("ada", lambda scene: waiting(scene, "awaited")),
    "confirmations": ("ada", lambda scene: waiting(scene, "confirmations")),
    "shared": ("ada", lambda scene: f"{reverse('shared')}?url=https://site.example/a"),
    "bookmarklet": ("ada", lambda scene: with_way_in(scene, WayIn.Door.PAGE, "bookmarklet")),
    "mail-address": ("ada", lambda scene: with_way_in(scene, WayIn.Door.MAIL, "mail-address")),
    "import": ("ada", lambda scene: make_import(scene.world.ada, "letters", scene.article).get_absolute_url()),
    "today": ("ada", lambda scene: "/"),
    "articles": ("ada", lambda scene: "/articles/?q=small"),
    "article": ("ada", lambda scene: scene.article.get_absolute_url()),
    "highlights": ("ada", lambda scene: reverse("highlights", args=[scene.article.slug])),
    "composer": ("ada", lambda scene: reverse("composer", args=[scene.article.slug]) + "?exact=herds&kind=prediction"),
    "article-details": ("ada", lambda scene: reverse("article-details", args=[scene.article.slug])),
    "article-agreement": (
        "viewer",
        lambda scene: f"{reverse('article-agreement', args=[scene.world.shared.slug])}?a={scene.world.ada.pk}",
    ),
    "revisions": ("ada", lambda scene: reverse("revisions", args=[scene.revised.slug])),
    "revision": ("ada", lambda scene: reverse("revision", args=[scene.revised.slug, 1])),
    "comparison": ("nobody", lambda scene: reverse("comparison", args=[scene.revised.slug, 2])),
    "revision-restoration": ("ada", lambda scene: reverse("revision-restoration", args=[scene.revised.slug, 1])),
    "new-revision": ("ada", lambda scene: reverse("new-revision", args=[scene.revised.slug])),
    "replacement": ("ada", lambda scene: scene.replacement().get_absolute_url()),
    "lost-marks": ("ada", lambda scene: reverse("lost-marks", args=[scene.revised.slug])),
    "highlight-placing": ("ada", lambda scene: f"{scene.revised.get_absolute_url()}?placing={scene.lost().pk}"),
    "article-notes": ("ada", lambda scene: reverse("article-notes", args=[scene.article.slug])),
    "highlight-editing": ("ada", lambda scene: reverse("highlight-editing", args=[scene.highlight.pk])),
    "article-filters": (
        "ada",
        lambda scene: reverse("article-filters", args=[scene.article.slug]) + "?kind=question",
    ),
    "highlight-reactions": ("ada", lambda scene: reverse("highlight-reactions", args=[scene.highlight.pk])),
    "note-resolution": ("ada", lambda scene: reverse("note-resolution", args=[scene.note.pk])),
    "note-reopening": ("ada", lambda scene: reverse("note-reopening", args=[scene.note.pk])),
    "highlight-notes": ("ada", lambda scene: reverse("highlight-notes", args=[scene.highlight.pk])),
    "note": ("ada", lambda scene: reverse("note", args=[scene.note.pk])),
    "note-replies": ("ada", lambda scene: reverse("note-replies", args=[scene.note.pk])),
    "person": ("ada", lambda scene: scene.article.authors.get().get_absolute_url()),
    "person-account": ("ada", lambda scene: f"{scene.article.authors.get().get_absolute_url()}account/"),
    "publication": (
        "ada",
        lambda scene: str(scene.article.publication and scene.article.publication.get_absolute_url()),
    ),
    "person-record": ("ada", lambda scene: f"{scene.article.authors.get().get_absolute_url()}record/?counted=pending"),
    "publication-record": ("ada", lambda scene: f"{scene.article.publication.get_absolute_url()}record/"),  # type: ignore[union-attr]  # it has one
    "tags": ("ada", lambda scene: "/tags/"),
    "tag": ("ada", lambda scene: scene.highlight.tags.get().get_absolute_url()),
    "tag-record": ("ada", lambda scene: f"{scene.highlight.tags.get().get_absolute_url()}record/"),
    "scores": ("nobody", lambda scene: "/scores/"),
    "claims": ("ada", lambda scene: "/claims/?phase=due"),
    "claim": ("ada", lambda scene: scene.claim.get_absolute_url()),
    "claims-due": ("ada", lambda scene: "/claims/due/"),
    "claim-history": ("ada", lambda scene: reverse("claim-history", args=[scene.life.pk])),
    "claim-forecasts": ("ada", lambda scene: reverse("claim-forecasts", args=[scene.life.pk])),
    "claim-evidence": ("ada", lambda scene: reverse("claim-evidence", args=[scene.claim.pk])),
    "claim-rounds": ("ada", lambda scene: reverse("claim-rounds", args=[scene.claim.pk])),
    "round-assessments": ("ada", lambda scene: reverse("round-assessments", args=[scene.judged.round.pk])),
    "claim-verdict": ("secured", lambda scene: reverse("claim-verdict", args=[scene.life.pk])),
    "verdict-disputes": ("ada", lambda scene: reverse("verdict-disputes", args=[scene.judged.verdict.pk])),
    "dispute-answer": ("ada", lambda scene: reverse("dispute-answer", args=[scene.judged.dispute.pk])),
    "claim-replies": ("ada", lambda scene: reverse("claim-replies", args=[scene.life.pk])),
    "claim-relations": ("ada", lambda scene: reverse("claim-relations", args=[scene.claim.pk])),
    "claim-statements": ("ada", lambda scene: reverse("claim-statements", args=[scene.claim.pk])),
    "statement": ("ada", lambda scene: reverse("statement", args=[scene.claim.statements.get().pk])),
    "claim-edit": ("ada", lambda scene: reverse("claim-edit", args=[scene.claim.pk])),
    "claim-citation": ("ada", lambda scene: reverse("claim-citation", args=[scene.claim.pk])),
    "search": ("ada", lambda scene: "/search/?q=models"),
    "secret-addresses": ("ada", lambda scene: scene.subscribed("/settings/addresses/")),
    "teams": ("ada", lambda scene: "/teams/"),
    "team": ("ada", lambda scene: scene.world.foundry.get_absolute_url()),
    "team-settings": ("ada", lambda scene: "/teams/foundry/settings/"),
    "team-departure": ("ada", lambda scene: "/teams/foundry/departure/"),
    "team-deletion": ("ada", lambda scene: "/teams/foundry/deletion/"),
    "team-member": ("ada", lambda scene: f"/teams/foundry/members/{scene.member()}/"),
    "team-invitations": ("ada", lambda scene: scene.invited("/teams/foundry/invitations/")),
    "invitation": ("nobody", lambda scene: scene.invitation()),
    "invitation-of-mine": ("viewer", lambda scene: scene.told_of_an_invitation()),
    "article-visibility": ("ada", lambda scene: reverse("article-visibility", args=[scene.article.slug])),
    "articles-visibility": ("ada", lambda scene: f"/articles/visibility/?piece={scene.article.pk}"),
    "highlight-visibility": ("ada", lambda scene: reverse("highlight-visibility", args=[scene.highlight.pk])),
    "desk": ("ada", lambda scene: "/desk/"),
    "desk-duplicates": ("ada", lambda scene: f"/desk/duplicates/?after={scene.duplicate - 1}"),
    "desk-notes": ("ada", lambda scene: "/desk/notes/"),
    "desk-articles": ("ada", lambda scene: "/desk/articles/"),
    "desk-highlights": ("ada", lambda scene: "/desk/highlights/"),
    "desk-statements": ("ada", lambda scene: "/desk/statements/"),
    "desk-foresight": ("ada", lambda scene: reverse("desk-foresight")),
    "desk-tags": ("ada", lambda scene: "/desk/tags/"),
    "desk-tag-list": ("ada", lambda scene: "/desk/tags/all/"),
    "desk-tag": ("ada", lambda scene: f"/desk/tags/{scene.highlight.tags.get().pk}/"),
    "desk-claim": ("ada", lambda scene: f"/desk/claims/{scene.claim.pk}/"),
    "desk-claim-merging": ("ada", lambda scene: f"/desk/claims/{scene.claim.pk}/merging/"),
    "desk-duplicate-merging": ("ada", lambda scene: f"/desk/duplicates/{scene.duplicate}/merging/"),
    "desk-lookalike-merging": ("ada", lambda scene: f"/desk/lookalikes/{scene.lookalike}/merging/"),
    "desk-together": ("ada", lambda scene: f"/desk/claims/together/?act=rejection&item={scene.claim.pk}"),
    "desk-act": ("ada", lambda scene: f"/desk/claims/{scene.claim.pk}/rejection/"),
    "decisions": ("ada", lambda scene: "/decisions/"),
    "note-flag": ("viewer", lambda scene: f"/notes/{scene.note.pk}/flag/"),
    "settings": ("ada", lambda scene: "/settings/"),
    "my-marks": ("ada", lambda scene: "/profile/"),
    "my-notes": ("ada", lambda scene: "/profile/notes/"),
    "my-claims": ("ada", lambda scene: "/profile/claims/"),
    "my-record": ("ada", lambda scene: "/profile/record/"),
    "my-record-forecasts": ("ada", lambda scene: "/profile/record/forecasts/?counted=pending"),
    "notices": ("ada", lambda scene: "/notices/"),
    "mail-preferences": ("ada", lambda scene: "/settings/notices/"),
    "stop-mails": ("nobody", lambda scene: f"/notices/stop/{stop_token(scene.world.ben.pk, 'everything')}/"),
    "export": ("ada", lambda scene: "/settings/export/"),
    "account-deletion": ("ada", lambda scene: "/settings/deletion/"),
    "account_login": ("nobody", lambda scene: "/accounts/login/"),
    "account_logout": ("ada", lambda scene: "/accounts/logout/"),
    "account_inactive": ("nobody", lambda scene: "/accounts/inactive/"),
    "account_signup": ("nobody", lambda scene: "/accounts/signup/"),
    "account_reauthenticate": ("long ago", lambda scene: "/accounts/reauthenticate/"),
    "account_email": ("ada", lambda scene: "/accounts/email/"),
    "account_email_verification_sent": ("nobody", lambda scene: "/accounts/confirm-email/"),
    "account_confirm_email": ("nobody", lambda scene: f"/accounts/confirm-email/{scene.confirmation_key()}/"),
    "account_change_password": ("ada", lambda scene: "/accounts/password/change/"),
    "account_set_password": ("without a password", lambda scene: "/accounts/password/set/"),
    "account_reset_password": ("nobody", lambda scene: "/accounts/password/reset/"),
    "account_reset_password_done": ("nobody", lambda scene: "/accounts/password/reset/done/"),
    "account_reset_password_from_key": ("nobody", lambda scene: scene.reset_link()),
    "account_reset_password_from_key_done": ("nobody", lambda scene: "/accounts/password/reset/key/done/"),
    "mfa_index": ("secured", lambda scene: "/accounts/2fa/"),
    "mfa_authenticate": ("at the second step", lambda scene: "/accounts/2fa/authenticate/"),
    "mfa_reauthenticate": ("long ago", lambda scene: "/accounts/2fa/reauthenticate/"),
    "mfa_activate_totp": ("ada", lambda scene: "/accounts/2fa/totp/activate/"),
    "mfa_deactivate_totp": ("secured", lambda scene: "/accounts/2fa/totp/deactivate/"),
    "mfa_view_recovery_codes": ("secured", lambda scene: "/accounts/2fa/recovery-codes/"),
    "mfa_generate_recovery_codes": ("secured", lambda scene: "/accounts/2fa/recovery-codes/generate/"),
    "mfa_list_webauthn": ("secured", lambda scene: "/accounts/2fa/webauthn/"),
    "mfa_add_webauthn": ("ada", lambda scene: "/accounts/2fa/webauthn/add/"),
    "mfa_reauthenticate_webauthn": ("long ago", lambda scene: "/accounts/2fa/webauthn/reauthenticate/"),
    "mfa_remove_webauthn": ("secured", lambda scene: f"/accounts/2fa/webauthn/keys/{scene.passkey()}/remove/"),
    "mfa_edit_webauthn": ("secured", lambda scene: f"/accounts/2fa/webauthn/keys/{scene.passkey()}/edit/"),
}


def names(patterns: list[Any]) -> Iterator[str]:
    """The names of all addresses but those of Django's admin, whose pages are Django's."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


ALL_PAGES = sorted(set(names(get_resolver().url_patterns)) - set(NO_PAGES))


@pytest.fixture
def scene(world: World) -> Scene:
    cache.clear()  # nobody has tried to sign in too often
    return make_scene(world)


@pytest.fixture
def visit(page: Page, context: BrowserContext, live_server: LiveServer, scene: Scene) -> Visit:
    """Opens an address as somebody, and says which status is expected of it."""

    def go(who: str, address: str, status: int = 200) -> Page:
        if session := scene.session_of(who):
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        answer = page.goto(f"{live_server.url}{address}")
        assert answer
        assert answer.status == status, answer.url
        return page

    return go


def expect_well_made(page: Page) -> None:
    expect(page).not_to_have_title("")
    expect(page.locator("h1")).to_have_count(1)
    page.evaluate(AXE_SCRIPT)
    for size in (LAPTOP, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sideways == 0, f"{sideways} pixels too wide at {size['width']}"
        page.emulate_media(color_scheme="light")
        assert_accessible(page, f"{size['width']} pixels, light")
        page.emulate_media(color_scheme="dark")
        assert_accessible(page, f"{size['width']} pixels, dark", ["color-contrast", "link-in-text-block"])


def assert_accessible(page: Page, where: str, rules: list[str] | None = None) -> None:
    """By all of axe's rules, or by those that ask about colours alone."""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    results = AxeResults(page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], **only}))
    assert results.violations_count == 0, f"{where}: {results.generate_report()}"


@pytest.mark.parametrize("name", ALL_PAGES)
def test_it_is_well_made(visit: Visit, scene: Scene, name: str) -> None:
    who, address = PAGES[name]
    expect_well_made(visit(who, address(scene)))


@pytest.mark.parametrize("address", ["/", "/articles/", "/claims/", "/tags/", "/decisions/", "article", "claim"])
def test_it_is_well_made_for_somebody_not_signed_in(visit: Visit, scene: Scene, address: str) -> None:
    own = {"article": scene.article.get_absolute_url(), "claim": scene.claim.get_absolute_url()}
    expect_well_made(visit("nobody", own.get(address, address)))


def test_a_claim_with_all_of_its_life_is_well_made(visit: Visit, scene: Scene) -> None:
    expect_well_made(visit("ada", scene.life.get_absolute_url()))


@pytest.mark.parametrize(
    "address",
    [
        *("/articles/?q=nothing-like-it", "/claims/?phase=upcoming&tag=none", "/tags/", "/decisions/?of=mine"),
        *("/notices/", "/profile/notes/"),
    ],
)
def test_an_empty_list_is_well_made(visit: Visit, address: str) -> None:
    expect_well_made(visit("viewer", address))


def test_the_words_to_mark_are_asked_for(visit: Visit, scene: Scene) -> None:
    expect_well_made(visit("ada", reverse("composer", args=[scene.article.slug])))


def test_signing_up_is_well_made_where_it_is_open(visit: Visit, settings: Settings) -> None:
    settings.SIGNUP = "open"
    expect_well_made(visit("nobody", "/accounts/signup/"))


#: Forms sent with something wrong: who, where, what is written into them, the button, and the status of the answer.
REFUSED: dict[str, tuple[str, Address, dict[str, str], str, int]] = {
    "a wrong password": (
        "nobody",
        PAGES["account_login"][1],
        {"login": "a@example.org", "password": "no"},
        "Sign in",
        200,
    ),
    "nothing pasted": ("ada", PAGES["add-article"][1], {"text": " "}, "Read it", 422),
    "no title": ("ada", PAGES["draft"][1], {"title": ""}, "Save the article", 422),
    "a window in the past": ("ada", PAGES["composer"][1], {"window_end": "2001-01-01"}, "Save", 422),
    "a claim's window": ("ada", PAGES["claim-edit"][1], {"window_end": "2001-01-01"}, "Save", 422),
    "a forecast of nothing": ("ada", lambda scene: scene.live(), {"percent": ""}, "Forecast", 422),
    "no source": ("ada", PAGES["claim-evidence"][1], {"url": "ftp://x"}, "Add the evidence", 422),
    "no verdict": ("secured", PAGES["claim-verdict"][1], {"reason": ""}, "Give the verdict", 422),
    "no reason": ("ada", PAGES["desk-act"][1], {"sentence": ""}, "Reject", 422),
    "no claim chosen": ("ada", PAGES["desk-duplicate-merging"][1], {}, "Merge", 422),
    "no tag's name": ("ada", PAGES["desk-tag"][1], {"name": "#"}, "Rename", 422),
    "an empty note": ("ada", PAGES["highlight-notes"][1], {"body": ""}, "Save the note", 422),
    "a short password": (
        "ada",
        PAGES["account_change_password"][1],
        {"oldpassword": PASSWORD, "password1": "short"},
        "Change the password",
        200,
    ),
    "a wrong code": ("at the second step", PAGES["mfa_authenticate"][1], {"code": "000000"}, "Sign in", 200),
    "a team without a name": ("ada", PAGES["teams"][1], {"name": ""}, "Make the team", 422),
    "an invitation for nobody": ("ada", PAGES["team-invitations"][1], {"email": ""}, "Send the invitation", 422),
    "a team that goes nowhere": ("ada", PAGES["team-deletion"][1], {}, "Delete the team", 422),
    "no name": ("ada", PAGES["settings"][1], {"name": ""}, "Save name and handle", 422),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_form_is_well_made(visit: Visit, scene: Scene, expected_refusals: list[int], case: str) -> None:
    who, address, said, button, status = REFUSED[case]
    page = visit(who, address(scene))
    expected_refusals.append(status)
    form = page.locator("main form").filter(has=page.get_by_role("button", name=button, exact=True))
    form.evaluate("form => { form.noValidate = true }")
    for name, value in said.items():
        form.locator(f"[name={name}]").evaluate("(field, value) => { field.value = value }", value)
    form.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".errorlist").first).to_be_visible()
    expect_well_made(page)


@pytest.mark.parametrize("who", ["nobody", "ada"])
def test_what_is_not_there_is_well_made(visit: Visit, expected_refusals: list[int], who: str) -> None:
    expected_refusals.append(404)
    expect_well_made(visit(who, "/articles/of-no-such-name/", 404))


@pytest.mark.parametrize("address", ["/teams/", "/articles/?choose=1", "/articles/visibility/"])
def test_a_page_of_teams_is_well_made_for_somebody_who_has_few_rights(visit: Visit, address: str) -> None:
    expect_well_made(visit("viewer", address))


def test_an_invitation_that_opens_nothing_is_well_made(visit: Visit, expected_refusals: list[int]) -> None:
    expected_refusals.append(404)
    expect_well_made(visit("ada", "/invitations/of-no-such-secret/", 404))


def test_what_is_not_allowed_is_well_made(visit: Visit, scene: Scene, expected_refusals: list[int]) -> None:
    expected_refusals.append(403)
    expect_well_made(visit("viewer", PAGES["highlight-editing"][1](scene), 403))


@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/busy/", 429)])
def test_what_went_wrong_is_well_made(
    visit: Visit, settings: Settings, expected_refusals: list[int], address: str, status: int
) -> None:
    settings.ROOT_URLCONF = "tests.e2e.faults"
    expected_refusals.append(status)
    expect_well_made(visit("ada", address, status))


def test_a_form_sent_from_elsewhere_is_well_made(visit: Visit, expected_refusals: list[int]) -> None:
    expected_refusals.append(403)
    page = visit("ada", "/accounts/logout/")
    page.locator("main [name=csrfmiddlewaretoken]").evaluate("field => field.remove()")
    page.locator("main form").get_by_role("button").click()
    expect(page.locator("h1")).not_to_have_text("Sign out")
    expect_well_made(page)


@pytest.mark.parametrize("address", ["/admin/", "/admin/reader/user/", "/admin/reader/user/add/"])
def test_djangos_admin_keeps_to_the_policy(visit: Visit, address: str) -> None:
    """Its markup is Django's, and is left to Django; that it obeys the policy is what the console's silence says."""
    page = visit("ada", address)
    expect(page).not_to_have_title("")
    expect(page.locator("h1").last).to_be_visible()
