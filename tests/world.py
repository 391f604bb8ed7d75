"""The people and pieces that every test knows.

Ada runs the installation and owns the team Foundry, Ben keeps the public ledger and is Foundry's curator, Cleo is a
member of Foundry and Vera only reads there; Dov is of another team, Harbour.
"""

from dataclasses import dataclass
from datetime import date

from reader.accounts.models import Membership, Team, User
from reader.core.sanitising import clean, text_of
from reader.core.visibility import Visibility
from reader.highlights.marking import locate, mark
from reader.highlights.models import Highlight, Kind
from reader.library.models import Article, Revision, Text
from reader.library.shelving import Details, shelve
from tests.snapshot import Snapshot

PASSWORD = "correct horse battery"

PIECE = """<p>It is becoming clear that small models will matter.</p>
<p>In February the lab released a model for researchers, and <em>everything</em> accelerated.</p>
<h2>What comes next</h2>
<p>We think 2024 will be the year of the small model, and of 🦙 herds.</p>
<ul><li>Prices fall by half within eighteen months.</li><li>Nobody trains from scratch before 2030.</li></ul>
<p>שלום, said the engineer; the end is near.</p>"""


@dataclass
class World:
    ada: User
    ben: User
    cleo: User
    vera: User
    dov: User
    foundry: Team
    harbour: Team
    public: Article
    shared: Article
    private: Article
    elsewhere: Article


def make_person(name: str, **fields: bool) -> User:
    return User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, name=name, **fields)


def make_team(name: str, **roles: User) -> Team:
    team = Team.objects.create(name=name, slug=name.lower())
    Membership.objects.bulk_create(Membership(team=team, user=user, role=role) for role, user in roles.items())
    return team


def make_article(
    title: str, by: User, visibility: str = Visibility.PRIVATE, team: Team | None = None, html: str = PIECE
) -> Article:
    """A piece of its own text (the title is in it, for two equal texts are one article), said on 17 May 2023."""
    body = clean(f"{html}<p>Thus ends {title}.</p>")
    article, _ = shelve(
        Details(
            title=title,
            authors=["Mira Castell"],
            publication="The Gradient Ledger",
            published=date(2023, 5, 17),
            published_precision="day",
        ),
        Text(html=body, text=text_of(body), raw=html, source_kind="paste_html"),
        by,
        visibility,
        team.pk if team else None,
    )
    return article


def newest(article: Article) -> Revision:
    return article.revisions.latest("number")


def make_highlight(
    article: Article,
    exact: str,
    by: User,
    kind: str = Kind.HIGHLIGHT,
    visibility: str = Visibility.PRIVATE,
    team: Team | None = None,
) -> Highlight:
    highlight, _ = mark(locate(newest(article), exact), kind, by, visibility, team.pk if team else None)
    return highlight


def make_world() -> World:
    return WORLD()


def people_and_pieces() -> World:
    ada, ben = (
        make_person("Ada", is_staff=True, is_superuser=True, is_curator=True),
        make_person("Ben", is_curator=True),
    )
    cleo, vera, dov = make_person("Cleo"), make_person("Vera"), make_person("Dov")
    foundry = make_team("Foundry", owner=ada, curator=ben, member=cleo, viewer=vera)
    harbour = make_team("Harbour", owner=dov)
    return World(
        ada=ada,
        ben=ben,
        cleo=cleo,
        vera=vera,
        dov=dov,
        foundry=foundry,
        harbour=harbour,
        public=make_article("The year of the small model", ada, Visibility.PUBLIC),
        shared=make_article("Notes for the Foundry", ada, Visibility.TEAM, foundry),
        private=make_article("For Cleo alone", cleo),
        elsewhere=make_article("A Harbour memo", dov, Visibility.TEAM, harbour),
    )


WORLD = Snapshot(people_and_pieces)
