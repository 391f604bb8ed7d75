"""Secrets that an installation makes for itself, and settings that it refuses."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex

import pytest

from reader.core import environment


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"

    first, again = (environment.kept_secret(path, lambda: token_hex(8)) for _ in range(2))

    assert len(first) == 16
    assert again == first == path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_processes_that_start_together_keep_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as together:
        made = list(together.map(lambda _: environment.kept_secret(tmp_path / "key", lambda: token_hex(8)), range(32)))

    assert len(set(made)) == 1


def test_a_start_that_is_cut_off_leaves_no_empty_secret(tmp_path: Path) -> None:
    def killed() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        environment.kept_secret(tmp_path / "key", killed)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["0", "65536", "-1", "80 80", "²"])
def test_a_number_out_of_bounds_stops_the_start_with_one_line(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PORT", value)

    with pytest.raises(
        environment.BadSetting, match=r"^PORT=.* is not understood: give a whole number from 1 to 65535"
    ):
        environment.number("PORT", 8000, 1, 65535)


def test_a_word_that_is_no_choice_stops_the_start_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORECITE_SIGNUP", "maybe")

    with pytest.raises(environment.BadSetting, match="choose one of closed, open"):
        environment.choice("FORECITE_SIGNUP", "closed", ("closed", "open"))


@pytest.mark.parametrize("value", ["Nowhere", "", "../etc/passwd", "Europe"])
def test_a_time_zone_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FORECITE_TIME_ZONE", value)

    with pytest.raises(environment.BadSetting, match="name a time zone"):
        environment.time_zone("FORECITE_TIME_ZONE", "UTC")


@pytest.mark.parametrize("value", ["example.org", "ftp://example.org", "https://", "https://example.org/rooms", "x"])
def test_an_address_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FORECITE_URL", value)

    with pytest.raises(environment.BadSetting, match="give an address"):
        environment.site_address("FORECITE_URL", "http://localhost:8000")


def test_an_address_is_kept_without_its_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORECITE_URL", "https://example.org:8443/")

    assert environment.site_address("FORECITE_URL", "") == "https://example.org:8443"


@pytest.mark.parametrize("value", ["mysql://root:hunter2@db/x", "root:hunter2@db"])
def test_another_database_stops_the_start_and_its_password_is_not_told(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", value)

    with pytest.raises(environment.BadSetting) as refusal:
        environment.database_address("DATABASE_URL", "")

    assert "postgres://" in str(refusal.value)
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("smtp+tls://ada:pass@mail.example.org:2587", ("mail.example.org", 2587, "ada", "pass", True, False)),
        ("smtps://ada%40example.org:p%3Ass%2F@mail", ("mail", 465, "ada@example.org", "p:ss/", False, True)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp+tls://[::1]/", ("::1", 587, "", "", True, False)),
    ],
)
def test_a_mail_server_is_understood(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: tuple[str, int, str, str, bool, bool]
) -> None:
    monkeypatch.setenv("FORECITE_SMTP_URL", value)

    server = environment.mail_server("FORECITE_SMTP_URL")

    assert server is not None
    assert (*expected,) == (
        server.host,
        server.port,
        server.user,
        server.password,
        server.starts_tls,
        server.speaks_tls,
    )


def test_without_a_mail_server_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORECITE_SMTP_URL", " ")

    assert environment.mail_server("FORECITE_SMTP_URL") is None


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.org",
        "http://ada:hunter2@mail",
        "smtp://",
        "smtp://ada:hunter2@",
        "smtp://ada:hunter2@mail:none",
        "smtp://ada:hunter2@mail:99999",
        "smtp://ada:hunter2@mail/inbox",
        "ada:hunter2@mail.example.org",
        "smtp://[ada:hunter2",
    ],
)
def test_a_mail_server_that_is_none_stops_the_start_and_its_password_is_not_told(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("FORECITE_SMTP_URL", value)

    with pytest.raises(environment.BadSetting, match="give smtp") as refusal:
        environment.mail_server("FORECITE_SMTP_URL")

    assert "hunter2" not in str(refusal.value)
