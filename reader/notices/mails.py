"""The mails themselves: plain text, short, with a way to read on and a way to stop."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from reader.accounts.models import User
from reader.notices.models import Kind, Notice
from reader.notices.wording import excerpt, sentence, shortened

#: Whatever more there is waits in the app.
MOST_LISTED = 30
LONGEST_SUBJECT = 120
SALT = "stop mails"
EVERYTHING = "everything"


def mail_about(notices: list[Notice]) -> EmailMessage:
    """A mail about one notice."""
    (notice,) = notices
    said = {"sentence": sentence(notice), "excerpt": excerpt(notice), "link": link(notice.get_absolute_url())}
    return mail_to(notice.recipient, shortened(sentence(notice), LONGEST_SUBJECT), "at_once", notice.kind, **said)


def digest_mail(notices: list[Notice]) -> EmailMessage:
    """A mail about all that gathered in a day."""
    count = len(notices)
    subject = f"{count} thing{'s' if count > 1 else ''} you have not read"
    lines = [(sentence(notice), excerpt(notice), link(notice.get_absolute_url())) for notice in notices[:MOST_LISTED]]
    said = {"lines": lines, "more": count - len(lines), "all": link(reverse("notices"))}
    return mail_to(notices[0].recipient, subject, "digest", EVERYTHING, **said)


def mail_to(recipient: User, subject: str, template: str, stops: str, **said: object) -> EmailMessage:
    """A mail whose last lines lead to where mails of this kind are stopped; a mail program has a button for it."""
    stop = link(reverse("stop-mails", args=[stop_token(recipient.pk, stops)]))
    said |= {"name": recipient.get_short_name(), "stop": stop, "preferences": link(reverse("mail-preferences"))}
    return EmailMessage(
        subject,
        render_to_string(f"notices/mails/{template}.txt", said),
        to=[recipient.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def link(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def stop_token(person_id: int, kind: str) -> str:
    """Lets whoever has the mail stop its like, without signing in; and nothing else."""
    return signing.dumps([person_id, kind], salt=SALT)


def read_stop_token(token: str) -> tuple[int, list[str]] | None:
    """Whose mails of which kinds it stops; None for what nobody signed."""
    try:
        person_id, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return person_id, Kind.values if kind == EVERYTHING else [kind]
