"""`manage.py add`: a piece from a file, an address or standard input."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from reader.library.models import Article
from tests.conftest import SHARED
from tests.intake.fetching.servers import page, site
from tests.world import World

SAMPLE = SHARED / "samples/nvidia-patterns-2023-05-17.txt"
PIECE = "On small models\n\nBy Mira Castell\n\nSmall models will matter in 2024, and everybody will run one.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "piece.txt"
    path.write_text(PIECE)
    return path


def add(*arguments: str | Path) -> tuple[str, str]:
    out, errors = io.StringIO(), io.StringIO()
    call_command("add", *map(str, arguments), stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample is not beside this repository")
def test_the_sample_gives_exactly_its_fields(world: World) -> None:
    expected = json.loads(SAMPLE.with_suffix(".expected.json").read_text())

    fields = json.loads(add(SAMPLE, "--json")[0])

    assert {name: value for name, value in fields.items() if expected.get(name) != value} == {}
    text = Article.objects.get(title=fields["title"]).revisions.get().text
    assert [words for words in expected["must_not_contain_in_body"] if words in text] == []
    assert [words for words in expected["must_keep_exact"] if words not in text] == []


def test_it_prints_the_address(world: World, file: Path) -> None:
    out, _ = add(file)

    article = Article.objects.get(title="On small models")
    assert out.strip().endswith(article.get_absolute_url())
    assert out.startswith("http")
    assert article.owner == world.ada


def test_it_opens_what_is_there(world: World, file: Path) -> None:
    assert add(file)[0] == add(file)[0]


def test_it_is_added_by_whom_one_says(world: World, file: Path) -> None:
    add(file, "--by", "CLEO@example.org")

    assert Article.objects.get(title="On small models").owner == world.cleo


def test_it_says_whose_address_is_not_known(world: World, file: Path) -> None:
    with pytest.raises(CommandError, match="Nobody here has the address"):
        add(file, "--by", "nobody@example.org")


def test_without_an_account_the_fields_are_printed_and_nothing_is_saved(db: None, file: Path) -> None:
    out, errors = add(file, "--json")

    assert json.loads(out)["title"] == "On small models"
    assert "nothing was saved" in errors
    assert not Article.objects.exists()


def test_it_reads_standard_input(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PIECE.encode())))

    assert json.loads(add("-", "--json")[0])["title"] == "On small models"


def test_the_form_can_be_said(world: World, file: Path) -> None:
    assert json.loads(add(file, "--json", "--as", "markdown")[0])["source_kind"] == "paste_markdown"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "nothing to read here"),
        (b"%PDF-1.7", "is a PDF, not text"),
        (b"words " * 1_000_000, "larger than 5 MB"),
    ],
)
def test_what_is_no_text_is_refused(world: World, tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "piece"
    path.write_bytes(data)

    with pytest.raises(CommandError, match=sentence):
        add(path)


def test_a_file_that_never_ends_is_refused(world: World) -> None:
    with pytest.raises(CommandError, match="larger than 5 MB"):
        add("/dev/zero")


@pytest.mark.parametrize("name", ["no-such-file.txt", "."])
def test_what_cannot_be_read_is_told(world: World, tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        add(tmp_path / name)


def test_an_address_is_fetched(world: World) -> None:
    words = (
        b"<title>On small models</title><article><p>" + b"Small models will matter, and so on. " * 9 + b"</p></article>"
    )
    with override_settings(ALLOW_PRIVATE_FETCH=True), site(lambda line: [page(words)]) as made:
        fields = json.loads(add(f"http://127.0.0.1:{made.port}/a", "--json")[0])
    assert (fields["source_kind"], fields["url"]) == ("url_html", f"http://127.0.0.1:{made.port}/a")
    assert Article.objects.filter(title=fields["title"]).exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "ftp://site.example/", "https://youtu.be/x"])
def test_an_address_that_is_not_read_is_told(world: World, url: str) -> None:
    with pytest.raises(CommandError, match=r"private network|no web address|a video"):
        add(url)


def test_words_too_long_for_their_fields_are_cut(world: World, tmp_path: Path) -> None:
    path = tmp_path / "piece.html"
    path.write_text(
        f"<html><head><title>{'Long ' * 200}</title><link rel=canonical href='javascript:alert(1)'></head>"
        f"<body><article><h1>{'Long ' * 200}</h1><p>Small models will matter in 2024.</p></article></body></html>"
    )

    add(path)

    article = Article.objects.latest("pk")
    assert len(article.title) <= 300
    assert article.canonical_url is None


def test_a_date_that_can_hardly_be_meant_is_told(world: World, tmp_path: Path) -> None:
    path = tmp_path / "piece.md"
    path.write_text(f"---\ntitle: On small models\ndate: 1970-01-01\n---\n\n{PIECE}")

    errors = add(path)[1]

    assert errors == "Its date, 1970-01-01, can hardly be meant, so it is kept as doubtful.\n"
    assert Article.objects.get(title="On small models").doubted_date == "1970-01-01"
