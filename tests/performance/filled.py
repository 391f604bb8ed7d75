"""A filled library in a process of its own: it says what its pages are, and measures them when it is asked to.

The process that compares a small library with a large one has one of these for each, and asks them in turn: so both are
measured while the machine is equally busy. Questions and answers are lines of JSON.
"""

import json
import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # it imports models, which wait for `django.setup`
    from tests.performance.measuring import Browser

REPEATS = 20
#: The pages of a piece that two libraries are compared by have about so many marks, and so many words.
MARKS, WORDS = 40, 400


class Measured(NamedTuple):
    """Of some requests, in milliseconds: what each took the processor, and how long each took, in their order.

    `database` is what each took PostgreSQL's process on average, None where that is not of this machine.
    """

    cpu: list[float]
    wall: list[float]
    size: int
    database: float | None = None


class Library:
    """The process, seen from outside."""

    def __init__(self, folder: str, articles: int, database: str | None) -> None:
        environment = os.environ | {"FORECITE_DATA": folder} | ({"DATABASE_URL": database} if database else {})
        command = [sys.executable, "-m", "tests.performance.filled", str(articles)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)
        self.pages: dict[str, str] = self.answer()

    def measure(self, address: str, repeats: int = REPEATS, user: str = "") -> Measured:
        return Measured(**self.ask({"address": address, "repeats": repeats, "user": user}))

    def reindex(self, *, from_nothing: bool) -> dict[str, Any]:
        found: dict[str, Any] = self.ask({"reindex": True, "from_nothing": from_nothing})
        return found

    def ask(self, question: dict[str, Any]) -> Any:
        assert self.process.stdin
        print(json.dumps(question), file=self.process.stdin, flush=True)
        return self.answer()

    def answer(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the process of a filled library has ended")
        return json.loads(line)

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def main() -> None:
    """Fill the library where it is not, and answer questions until there are no more."""
    import django
    from django.core.management import call_command

    articles = int(sys.argv[1])
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    size = [f"--articles={articles}", f"--highlights={articles * 10}", f"--claims={articles}"]
    if not is_filled(articles):
        call_command("fill", *size, stdout=sys.stderr)
    say(pages())
    browsers: dict[str, Browser] = {}
    for line in sys.stdin:
        say(answer_to(json.loads(line), browsers))


def answer_to(question: dict[str, Any], browsers: dict[str, "Browser"]) -> dict[str, Any]:
    from reader.accounts.models import User
    from reader.pages.filling.cast import READER
    from tests.performance.measuring import browser

    if "reindex" in question:
        if question["from_nothing"]:
            forget_records()
        return reindexed()
    email = question["user"] or READER
    if email not in browsers:
        browsers[email] = browser(User.objects.get(email=email))
    return measured(browsers[email], question["address"], question["repeats"])


def measured(who: "Browser", address: str, repeats: int) -> dict[str, Any]:
    from tests.performance.measuring import WARM_UP

    answer = who.get(address)
    if answer.status != 200:
        return {"cpu": [], "wall": [], "size": answer.status}
    for _ in range(min(WARM_UP, repeats)):
        who.get(address)
    cpu, wall = [], []
    before = database_seconds()
    for _ in range(repeats):
        began, started = time.perf_counter(), time.process_time()
        who.get(address)
        cpu.append((time.process_time() - started) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    after = database_seconds()
    database = None if before is None or after is None else (after - before) * 1000 / repeats
    return {"cpu": cpu, "wall": wall, "size": len(answer.body), "database": database}


def database_seconds() -> float | None:
    """What the process of PostgreSQL that answers here has used; the kernel tells it in hundredths of a second."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return None
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def forget_records() -> None:
    """As an update does that keeps words otherwise."""
    from django.apps import apps
    from django.db import connection

    update = import_module("reader.migrations.0026_records_know_their_words")
    with connection.schema_editor() as editor:
        update.make(apps, editor)


def reindexed() -> dict[str, Any]:
    """Make the records of the search anew in another process, and go on reading meanwhile."""
    import resource

    from reader.accounts.models import User
    from reader.pages.filling.cast import READER
    from tests.performance.measuring import browser

    reader = browser(User.objects.get(email=READER))
    manage = str(Path(__file__).parents[2] / "manage.py")
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    running = subprocess.Popen([sys.executable, manage, "reindex"], stdout=subprocess.DEVNULL)
    waits, refused = [], 0
    while running.poll() is None:
        for address in ("/search/?q=models", "/claims/"):
            began = time.perf_counter()
            refused += reader.get(address).status != 200
            waits.append((time.perf_counter() - began) * 1000)
        time.sleep(0.5)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    wall = time.monotonic() - started
    refused += running.returncode
    return {"cpu": cpu, "wall": wall, "longest": max(waits), "requests": len(waits), "refused": refused}


def is_filled(articles: int) -> bool:
    from reader.library.models import Article
    from reader.library.searching import is_behind

    return Article.objects.count() == articles and not is_behind()


def pages() -> dict[str, str]:
    """The addresses of pages that every filled library has, each of what is busiest there."""
    from django.db.models import Count

    from reader.claims.models import Claim
    from reader.library.models import Article, Person, Publication
    from reader.tags.models import Tag

    public = {"visibility": "public"}
    tag = Tag.objects.filter(**public).annotate(worn=Count("claims")).latest("worn", "pk")
    person = Person.objects.filter(**public).annotate(said=Count("statements")).latest("said", "pk")
    series = Publication.objects.filter(**public).annotate(pieces=Count("articles")).latest("pieces", "pk")
    claim = Claim.objects.filter(**public, verdict__isnull=False).annotate(said=Count("statements"))
    busiest = Article.objects.filter(**public).annotate(marks=Count("highlights")).latest("marks", "pk")
    return {
        "tag": f"/tags/{tag.slug}/",
        "person": f"/people/{person.slug}/",
        "publication": f"/publications/{series.slug}/",
        "claim": f"/claims/{claim.latest('said', 'pk').pk}/",
        "piece": f"/articles/{piece_like_others()}/",
        "busiest piece": f"/articles/{busiest.slug}/",
        "tag filter": f'tag:"{tag.name}"',
        "author filter": f'author:"{person.name}"',
        "member of one team": somebody_in(1),
        "stranger": somebody_in(0),
    }


def somebody_in(teams: int) -> str:
    """The address of somebody who is in so many teams."""
    from django.db.models import Count

    from reader.accounts.models import User

    return User.objects.annotate(joined=Count("memberships")).filter(joined=teams).earliest("pk").email


def piece_like_others() -> str:
    """A piece that a library of any size has, or nearly: of a certain length, with so many marks that all see."""
    from django.db.models import Count, Q

    from reader.library.models import Article

    seen = Count("highlights", filter=Q(highlights__visibility="public"))
    hidden = Count("highlights", filter=~Q(highlights__visibility="public"))
    pieces = Article.objects.filter(visibility="public").annotate(seen=seen, hidden=hidden)
    rows = pieces.filter(words__range=(WORDS - 60, WORDS + 60)).values_list("slug", "seen", "hidden", "words")
    best = min(rows, key=lambda row: (abs(row[1] - MARKS) + abs(row[2] - MARKS), abs(row[3] - WORDS), row[0]))
    return str(best[0])


def say(what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
