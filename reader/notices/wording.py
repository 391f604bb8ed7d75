"""What a notice says, the same on the page and in a mail."""

from html import unescape

from django.utils import timezone
from django.utils.html import strip_tags

from reader.claims.models import Claim
from reader.claims.windows import in_words
from reader.notices.models import ANSWER, AROUND, BESIDE, GONE, STRUCK, Kind, Notice

#: As much of a title, a claim or a note as tells it from others.
LONGEST_TITLE, LONGEST_EXCERPT = 90, 220

#: What a curator did to a claim, by what the key of its notice begins with.
DECIDED = {
    "rejected": "rejected your claim",
    "sent back": "has a question about your claim",
    "took out": "does not take the passage you added for somebody saying",
}


#: What was changed in a text, by how the key of its notice begins.
CHANGED = {
    AROUND: "The sentence around the words behind a claim was changed in its text",
    BESIDE: "A remark beside the words behind a claim is new in its text",
    STRUCK: "The words behind a claim, or some of them, were crossed out in its text",
    GONE: "The words behind a claim are no longer in its text",
}
WORDS_CHANGED = "The words behind a claim were changed in its text"


def sentence(notice: Notice) -> str:
    """Who did what, in one line."""
    who = notice.actor.get_short_name() if notice.actor else "Somebody"
    match notice.kind:
        case Kind.MENTION:
            return f"{who} mentioned you in a note on “{title(notice)}”"
        case Kind.REPLY if notice.note and notice.note.parent and notice.note.parent.owner_id == notice.recipient_id:
            return f"{who} replied to your note on “{title(notice)}”"
        case Kind.REPLY:
            return f"{who} replied beside you on “{title(notice)}”"
        case Kind.INVITATION:
            return f"{who} invites you to the team {notice.invitation and notice.invitation.team}"
        case Kind.DISPUTED:
            return dispute_news(notice, who)
        case Kind.CHANGED:
            what = next((told for key, told in CHANGED.items() if notice.key.startswith(key)), WORDS_CHANGED)
            return f"{what}: “{title(notice)}”"
        case Kind.DECIDED if notice.note:
            return f"{who} hid your note on “{title(notice)}”"
        case Kind.DECIDED:
            return f"{who} {DECIDED[notice.key.partition('-')[0]]} “{title(notice)}”"
        case _:
            return f"{claim_news(notice)}: “{title(notice)}”"


def dispute_news(notice: Notice, who: str) -> str:
    """To whoever could decide, how it stands now; to its two sides, who decided."""
    if notice.key.startswith(ANSWER):
        return f"{who} decided the dispute of the verdict on “{title(notice)}”"
    if notice.claim and notice.claim.dispute_id:
        return f"{who} disputes the verdict on “{title(notice)}”: another curator decides"
    return f"A dispute of the verdict on “{title(notice)}” is over"


def claim_news(notice: Notice) -> str:
    """What has become of a claim, as it stands now: a notice may be read long after it was written."""
    claim = notice.claim
    whose = "A claim of yours" if claim is None or claim.owner_id == notice.recipient_id else "A claim you forecast"
    if claim and claim.verdict:
        return f"{whose} is judged ({str(claim.verdict).lower()})"
    if notice.kind == Kind.VERDICT:
        return f"{whose} was judged, and is open again"
    if claim and claim.window_end and claim.window_end >= timezone.localdate():
        return f"{whose} ends on {in_words(claim.window_end)}"
    return f"{whose} is due"


def title(notice: Notice) -> str:
    """The piece or the claim that it is about."""
    note = notice.note
    if note is None:
        return shortened(str(notice.claim), LONGEST_TITLE)
    on = note.highlight.article if note.highlight else note.article or note.claim
    return shortened(str(on), LONGEST_TITLE)


def excerpt(notice: Notice) -> str:
    """The words themselves, where somebody wrote some, without what makes them bold; of a decision, why."""
    if notice.kind == Kind.DECIDED:
        return shortened(reason(notice), LONGEST_EXCERPT)
    return shortened(unescape(strip_tags(notice.note.html)), LONGEST_EXCERPT) if notice.note else ""


def reason(notice: Notice) -> str:
    """Why the note was hidden or the claim rejected, or what the curator asks, as long as that stands."""
    if notice.note:
        return str(notice.note.hidden_because)
    claim = notice.claim
    stands = claim and claim.state in (Claim.State.NEEDS_WORK, Claim.State.REJECTED)
    return claim.remark if claim and stands else ""


def shortened(text: str, longest: int) -> str:
    words = " ".join(text[: 2 * longest].split())
    if len(words) <= longest and len(text) <= 2 * longest:
        return words
    return (words[:longest].rpartition(" ")[0] or words[:longest]) + " …"
