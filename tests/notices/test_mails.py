"""What is mailed: once, to whom it may concern, with nothing in it that they may not see."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from reader.accounts.models import User
from reader.core.jobs.worker import Interrupted
from reader.highlights.models import Note
from reader.notices.jobs import FRESH, PATIENCE, mail_at_once, mail_digest, send_digests
from reader.notices.models import Kind, Notice, Post, prefer
from reader.pages.noting import write
from tests.core.test_jobs import work
from tests.notices.post_office import PostOffice
from tests.notices.telling import invite, many, mention_ben, team_mark
from tests.notices.test_list import GONE
from tests.world import World


@pytest.fixture(autouse=True)
def post_office(settings: Settings) -> Iterator[None]:
    settings.EMAIL_BACKEND = "tests.notices.post_office.PostOffice"
    yield
    PostOffice.on_opening = PostOffice.on_sending = None


def send_at_once(notice: Notice) -> list[EmailMessage]:
    mail_at_once.func(notice.pk)
    return mail.outbox


def send_digest(person: User) -> list[EmailMessage]:
    mail_digest.func(person.pk)
    return mail.outbox


def raising(error: BaseException) -> Callable[[], None]:
    def do() -> None:
        raise error

    return do


def test_it_works(world: World, settings: Settings) -> None:
    notice = mention_ben(world)

    (sent,) = send_at_once(notice)

    assert sent.to == ["ben@example.org"]
    assert sent.subject == "Cleo mentioned you in a note on “Notes for the Foundry”"
    assert str(sent.body).startswith("Hello Ben,\n\nCleo mentioned you in a note on “Notes for the Foundry”.\n")
    assert "What do you say, @ben?" in str(sent.body)
    assert f"{settings.SITE_URL}/notices/{notice.pk}/\n" in str(sent.body)
    assert "No more mails like this one: " in str(sent.body)


def test_the_worker_sends_it_after_a_moment(world: World) -> None:
    mention_ben(world)
    work()
    assert mail.outbox == []

    with time_machine.travel(timezone.now() + PATIENCE + timedelta(seconds=1)):
        work()

    assert len(mail.outbox) == 1
    assert not DBTaskResult.objects.failed().exists()


def test_it_is_sent_once(world: World) -> None:
    notice = mention_ben(world)
    for _ in range(3):
        sent = send_at_once(notice)
    prefer(world.ben.pk, mention=Post.DAILY)
    send_digest(world.ben)

    assert len(sent) == 1


def test_a_read_one_is_not_mailed(world: World) -> None:
    notice = mention_ben(world)
    notice.read()
    prefer(world.ben.pk, reply=Post.DAILY)

    assert send_at_once(notice) == []
    assert send_digest(world.ben) == []


@pytest.mark.parametrize("post", [Post.DAILY, Post.NEVER])
def test_who_wants_no_mail_at_once_gets_none(world: World, post: str) -> None:
    early = mention_ben(world)
    prefer(world.ben.pk, mention=post)
    many(world, 1)

    assert send_at_once(early) == []
    assert DBTaskResult.objects.filter(task_path=mail_at_once.module_path).count() == 1


def test_an_address_that_nobody_confirmed_gets_none(world: World) -> None:
    EmailAddress.objects.create(user=world.ben, email="ben@example.org", verified=False, primary=True)

    assert send_at_once(mention_ben(world)) == []


def test_a_former_member_gets_none(world: World) -> None:
    notice = mention_ben(world)
    User.objects.filter(pk=world.ben.pk).update(is_active=False)

    assert send_at_once(notice) == []


@pytest.mark.parametrize("change", GONE, ids=lambda one: one.__name__)
def test_what_went_out_of_sight_is_not_mailed(world: World, change: Callable[[World, Note], None]) -> None:
    notice = mention_ben(world, "The word is zanzibar, @ben.")
    assert notice.note is not None
    prefer(world.ben.pk, reply=Post.DAILY)

    change(world, notice.note)

    assert send_at_once(notice) == []
    prefer(world.ben.pk, mention=Post.DAILY)
    assert send_digest(world.ben) == []


def test_a_notice_that_is_gone_is_no_failure(db: None) -> None:
    mail_at_once.func(4711)
    mail_digest.func(4711)

    assert mail.outbox == []


def test_hostile_words_make_no_header_and_no_markup(world: World) -> None:
    User.objects.filter(pk=world.cleo.pk).update(name="Cleo\nBcc: all@example.org")
    world.shared.title = "Ben\r\nBcc: x & <b>"
    world.shared.save()

    (sent,) = send_at_once(mention_ben(world, "@ben <script>&"))

    assert "\n" not in sent.subject
    assert "Bcc" not in dict(sent.message().items())
    assert "@ben <script>&" in str(sent.body)


def test_a_long_note_is_cut_short(world: World) -> None:
    (sent,) = send_at_once(mention_ben(world, "@ben " + "word " * 3_000))

    assert len(str(sent.body)) < 1_200


def test_a_mail_program_can_stop_it(client: Client, world: World) -> None:
    (sent,) = send_at_once(mention_ben(world))
    stop = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    response = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    many(world, 1)
    assert send_at_once(Notice.objects.latest("pk")) == [sent]


# At most once, whatever happens.


def test_a_server_that_does_not_answer_is_tried_again(world: World) -> None:
    notice = mention_ben(world)
    PostOffice.on_opening = raising(ConnectionRefusedError("nobody there"))
    with pytest.raises(ConnectionRefusedError):
        send_at_once(notice)
    PostOffice.on_opening = None

    assert len(send_at_once(notice)) == 1


def test_what_the_server_refuses_is_tried_again(world: World) -> None:
    notice = mention_ben(world)
    PostOffice.on_sending = raising(SMTPDataError(451, b"try later"))
    with pytest.raises(SMTPDataError):
        send_at_once(notice)
    PostOffice.on_sending = None

    assert len(send_at_once(notice)) == 1


@pytest.mark.parametrize("end", [Interrupted(), SMTPServerDisconnected("silence"), TimeoutError()])
def test_when_nobody_knows_whether_it_went_out_it_is_not_sent_again(world: World, end: BaseException) -> None:
    notice = mention_ben(world)
    PostOffice.on_sending = raising(end)
    with pytest.raises(type(end)):
        send_at_once(notice)
    PostOffice.on_sending = None

    assert send_at_once(notice) == []
    notice.refresh_from_db()
    assert notice.read_at is None


def test_of_two_workers_one_sends_it(world: World) -> None:
    notice = mention_ben(world)

    def meanwhile() -> None:
        PostOffice.on_opening = None
        send_at_once(notice)

    PostOffice.on_opening = meanwhile
    send_at_once(notice)

    assert len(mail.outbox) == 1


def test_it_is_marked_before_it_is_sent(world: World) -> None:
    notice = mention_ben(world)
    seen: list[bool] = []
    PostOffice.on_sending = lambda: seen.append(Notice.objects.filter(mailed_at=None).exists())

    send_at_once(notice)

    assert seen == [False]


# Once a day.


def test_a_digest_tells_all_that_gathered(world: World) -> None:
    prefer(world.ben.pk, mention=Post.DAILY)
    many(world, 3)

    send_digests.func()
    work()

    (sent,) = mail.outbox
    assert sent.to == ["ben@example.org"]
    assert sent.subject == "3 things you have not read"
    assert str(sent.body).count("- Cleo mentioned you in a note on “Notes for the Foundry”\n") == 3
    assert len(re.findall(r"http://\S+/notices/\d+/", str(sent.body))) == 3


def test_a_digest_is_sent_once_however_often_the_night_comes(world: World) -> None:
    prefer(world.ben.pk, mention=Post.DAILY)
    many(world, 1)
    for _ in range(3):
        send_digests.func()
    work()
    work()

    assert len(mail.outbox) == 1


def test_a_digest_holds_what_is_wanted_daily_alone(world: World) -> None:
    prefer(world.ben.pk, mention=Post.NEVER, invitation=Post.DAILY)
    many(world, 1)
    invite(world.ben, world)

    (sent,) = send_digest(world.ben)

    assert sent.subject == "1 thing you have not read"
    assert "Dov invites you to the team Harbour" in str(sent.body)
    assert "mentioned" not in str(sent.body)


def test_a_digest_has_no_old_news(world: World) -> None:
    prefer(world.ben.pk, mention=Post.DAILY)
    many(world, 1)
    Notice.objects.update(created_at=timezone.now() - FRESH - timedelta(minutes=1))

    send_digests.func()

    assert not DBTaskResult.objects.filter(task_path=mail_digest.module_path).exists()
    assert send_digest(world.ben) == []


def test_a_digest_of_very_many_stays_short(world: World) -> None:
    prefer(world.ben.pk, mention=Post.DAILY)
    many(world, 40)

    (sent,) = send_digest(world.ben)

    assert "and 10 more:" in str(sent.body)
    assert str(sent.body).count("- Cleo mentioned you") == 30


def test_nobody_is_queued_for_nothing(world: World) -> None:
    mention_ben(world)
    prefer(world.ben.pk, **dict.fromkeys(Kind.values, Post.NEVER))

    send_digests.func()

    assert not DBTaskResult.objects.filter(task_path=mail_digest.module_path).exists()


def test_one_reader_gets_no_word_of_anothers(world: World) -> None:
    mark = team_mark(world)
    write(mark, "Only zanzibar for @ben.", world.cleo)
    write(mark, "And this for @ada.", world.cleo)
    prefer(world.ada.pk, mention=Post.DAILY)

    (sent,) = send_digest(world.ada)

    assert "zanzibar" not in str(sent.body)
