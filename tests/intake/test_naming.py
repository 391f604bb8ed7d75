"""A piece that nobody gave a title has a name all the same."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from reader.intake.details import as_details
from reader.intake.models import Draft
from reader.intake.reading import Form, read
from reader.library.models import Article
from tests.world import World

LONG = (
    "We rent what we used to own, and nobody who signs has read what the lease says of water or of who pays for "
    "the line that brings the power there."
)
BEGUN = "We rent what we used to own, and nobody who signs has read what the lease says …"
HEADED = f"<p>{LONG}</p><h2>What the lease says</h2><p>{LONG} And then some more.</p>"


@pytest.mark.parametrize(
    ("raw", "form", "file", "name"),
    [
        (
            f"{LONG}\n\n{LONG} Again.",
            Form.TEXT,
            "",
            BEGUN,
        ),
        (f"{LONG}\n\n{LONG} Again.", Form.TEXT, "notes/on-small_models.txt", "On small models"),
        (
            f"{LONG}\n\n{LONG} Again.",
            Form.TEXT,
            "2024-03.txt",
            BEGUN,
        ),
        ("This is what is to be read first.", Form.TEXT, "readme.txt", "This is what is to be read first."),
        ("a: b", Form.TEXT, "", "a: b"),
        (HEADED, Form.HTML, "page.html", "What the lease says"),
        (HEADED.replace("h2", "h4"), Form.HTML, "", "What the lease says"),
        (f"<p>{LONG}</p>" * 6 + "<h2>References</h2><p>None.</p>", Form.HTML, "lease.html", "Lease"),
        ("1\n\n2\n\n3\n", Form.TEXT, "", "Untitled"),
    ],
)
def test_it_is_called_by_what_there_is(raw: str, form: Form, file: str, name: str) -> None:
    reading = read(raw, form)
    assert reading.title is None
    assert as_details(reading, file).title == name


def test_a_title_goes_before_any_name() -> None:
    assert as_details(read(f"# On leases\n\n{LONG}", Form.MARKDOWN), "readme.md").title == "On leases"


def test_the_review_proposes_it(world: World, cleo: Client) -> None:
    draft = Draft.objects.create(owner=world.cleo, raw=HEADED, form=Form.HTML)
    assert 'value="What the lease says"' in cleo.get(draft.get_absolute_url()).content.decode()


def test_a_file_added_by_hand_is_called_by_its_name(world: World, tmp_path: Path) -> None:
    path = tmp_path / "on-leases.txt"
    path.write_text(f"{LONG}\n\n{LONG} Again.")
    call_command("add", str(path))
    assert Article.objects.latest("pk").title == "On leases"
