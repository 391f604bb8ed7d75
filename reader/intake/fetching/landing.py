"""What an address answered: the words of a page, or a sentence that says what is there instead."""

import re
from urllib.parse import urlsplit

from reader.core.sanitising import clean, text_of
from reader.intake.decoding import Unreadable, decode, without_surrogates
from reader.intake.fetching.pages import Fetched
from reader.intake.fetching.refusals import NotFetched, Way
from reader.intake.reading import Empty, Form, Reading, read

MOST_BYTES = 5 * 1024 * 1024  # of words and markup; the same for every door
FEWEST_WORDS = 25  # less is a notice
FEWEST_BESIDE_A_PASSWORD = 150

PAGES = ("text/html", "application/xhtml+xml", "")
TEXTS = {"text/plain": Form.TEXT, "text/markdown": Form.MARKDOWN, "text/x-markdown": Form.MARKDOWN}
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/xml", "text/xml")
VIDEOS = re.compile(
    r"(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com|dailymotion\.com|twitch\.tv|tiktok\.com)"
)
# Scripts, styles and pictures inside of a page, which are most of a large one; what describes the piece stays.
BALLAST = re.compile(
    rb"""<script\b(?![^>]*ld\+json)(?:(?!_preloads|</script).){0,5000000}?</script>|<style\b.*?</style>|<svg\b.*?</svg>"""
    rb"""|\bdata:[a-z]+/[a-z+.-]+;base64,[A-Za-z0-9+/=]*+""",
    re.IGNORECASE | re.DOTALL,
)
PASSWORD = re.compile(r"""<input\b[^>]{0,500}\btype\s*=\s*["']?password""", re.IGNORECASE)
SIGNING_IN = re.compile(r"/(?:log-?in|sign-?in|auth|sso|account/login|users/sign_in|session/new)\b", re.IGNORECASE)
CHECKING = re.compile(
    r"just a moment|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|attention required|"
    r"enable javascript and cookies to continue|are you a robot|ddos protection",
    re.IGNORECASE,
)
BEHIND = {
    401: "That page is only for those who sign in there. Open it in your browser, and paste what you see.",
    402: "That page is for those who pay. Open it in your browser, and paste what you see.",
    403: "That site does not let a server read it. Open the page in your browser, and paste what you see.",
    404: "There is no page at that address.",
    410: "The page at that address was taken away.",
    429: "That site is being asked too often. Try again in a while, or paste what your browser shows.",
    451: "That page is withheld for legal reasons.",
}
WITHOUT_A_PAGE = (404, 410, 451)
LOGIN = (
    "That address leads to a page for signing in, not to the piece. Open it in your browser, and paste what you see."
)
CHECK = "That site wants to be sure that a person is asking. Open the page in your browser, and paste what you see."
NOTHING = "The page holds no words that a server is shown. Open it in your browser, and paste what you see."
TOO_MUCH = "This page holds more than 5 MB of words and markup, more than any article. Paste the part you want to keep."


def refuse_by_address(url: str) -> None:
    """Say without asking what is not read from such addresses.

    Raises:
        NotFetched: it is a video.
    """
    try:
        host = (urlsplit(url.strip()).hostname or "").lower().rstrip(".")
    except ValueError:
        return
    if VIDEOS.fullmatch(host):
        raise NotFetched("That is a video, and only words are read here. Paste its transcript, if there is one.")


def words_of(fetched: Fetched) -> tuple[str, Form]:
    """The text that was fetched, and the form it has.

    Raises:
        NotFetched: it is none, or not the page that was meant.
    """
    _refuse_status(fetched.status)
    form = _form_of(fetched)
    body = fetched.body if len(fetched.body) <= MOST_BYTES else BALLAST.sub(b"", fetched.body)
    if len(body) > MOST_BYTES:
        raise NotFetched(TOO_MUCH)
    if not body.strip():
        raise NotFetched(NOTHING)
    try:
        return _decoded(bytes(body), fetched.charset).replace("\x00", ""), form
    except Unreadable:
        raise NotFetched("What is there is no text, so it cannot be read here.", Way.NONE) from None


def understood(raw: str, form: Form, fetched_from: str) -> Reading:
    """The piece in these words.

    Raises:
        NotFetched: there is none: a page for signing in, a check, a page that scripts fill.
    """
    asks = form is Form.HTML and PASSWORD.search(raw) is not None
    signs_in = asks or SIGNING_IN.search(urlsplit(fetched_from).path) is not None
    try:
        reading = read(raw, form, url=fetched_from)
    except Empty:
        raise NotFetched(LOGIN if signs_in else NOTHING) from None
    words = len(text_of(clean(reading.html)).split())
    if CHECKING.search(reading.title or "") and words < FEWEST_BESIDE_A_PASSWORD:
        raise NotFetched(CHECK)
    if signs_in and words < FEWEST_BESIDE_A_PASSWORD:
        raise NotFetched(LOGIN)
    if words < FEWEST_WORDS and not reading.truncated:
        raise NotFetched(NOTHING)
    return reading


def _refuse_status(status: int) -> None:
    if status in BEHIND:
        way = Way.NONE if status in WITHOUT_A_PAGE else Way.PASTE
        raise NotFetched(BEHIND[status], way)
    if status >= 500:
        raise NotFetched("That site has trouble of its own just now. Try again later.", Way.AGAIN)
    if not 200 <= status < 300:
        raise NotFetched(f"That site answered with {status}, and no page.")


def _form_of(fetched: Fetched) -> Form:
    kind, start = fetched.content_type, fetched.body[:1024].lstrip().lower()
    if kind == "application/pdf" or start.startswith(b"%pdf-"):
        raise NotFetched("That is a PDF, which is not read here. Open it, copy its words, and paste them.")
    if kind.startswith(("video/", "audio/")):
        raise NotFetched("That is a recording, and only words are read here. Paste its transcript, if there is one.")
    if kind.startswith("image/"):
        raise NotFetched("That is a picture, and only words are read here.", Way.NONE)
    if kind in FEEDS and (b"<rss" in start or b"<feed" in start or b"<rdf" in start or "json" in kind):
        raise NotFetched("That is a feed, the list of a site’s pieces. Give the address of one piece.", Way.NONE)
    if kind in PAGES or (kind in FEEDS and b"<html" in start):
        return Form.HTML
    if kind in TEXTS:
        return TEXTS[kind]
    raise NotFetched("What is there is neither a page nor a text, so it cannot be read here.", Way.UPLOAD)


def _decoded(body: bytes, charset: str | None) -> str:
    """The text: as UTF-8 where it is that, else as the answer's own head says, else as the page does."""
    try:
        return without_surrogates(body.decode("utf-8-sig"))
    except UnicodeError:
        pass
    if charset and charset.lower() not in ("utf-8", "utf8", "iso-8859-1", "latin-1"):
        try:
            return without_surrogates(body.decode(charset))
        except (UnicodeError, LookupError, ValueError):
            pass
    return decode(body)
