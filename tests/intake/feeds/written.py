"""Feeds as sites write them, and as they should not."""

from collections.abc import Iterable

WORDS = "We expect that at least one lab moves its largest cluster abroad before 2027, and that nobody says so aloud. "
WHOLE = f"<p>{WORDS}</p>" * 8


def item(number: int, title: str = "", body: str = WHOLE, *, link: str = "", guid: str = "", extra: str = "") -> str:
    address = link or f"http://site.example/{number}"
    name = guid or f"http://site.example/?p={number}"
    ending = "" if body.endswith(("[…]", "[…]</p>")) else f"<p>Thus ends {number}.</p>"
    return (
        f"<item><title>{title or f'Piece {number}'}</title><link>{address}</link><guid>{name}</guid>"
        f"<pubDate>Tue, 03 Nov 2026 08:00:00 +0100</pubDate><dc:creator>Freya Lund</dc:creator>{extra}"
        f"<content:encoded><![CDATA[{body}{ending}]]></content:encoded></item>"
    )


def rss(items: Iterable[str], head: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kilowatt Review</title>'
        f"<link>http://site.example/</link>{head}{''.join(items)}</channel></rss>"
    ).encode()


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Kilowatt Review</title>
<link href="http://site.example/"/><author><name>Freya Lund</name></author>
<entry><id>tag:site.example,2026:1</id><title>Piece 1</title><link href="/1"/>
<published>2026-11-03T23:30:00-08:00</published>
<content type="html">{WHOLE.replace("<", "&lt;")}</content></entry></feed>""".encode()

RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://site.example/"><title>Kilowatt Review</title>
<link>http://site.example/</link></channel>
<item rdf:about="http://site.example/1"><title>Piece 1</title>
<link>http://site.example/1</link>
<description>Short.</description><dc:date>2026-11-03</dc:date></item></rdf:RDF>"""

JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Kilowatt Review", "home_page_url": "/",
"authors": [{"name": "Freya Lund"}], "items": [{"id": 1, "url": "/1", "title": "Piece 1",
"content_text": "One.\\n\\nTwo.",
"date_published": "2026-11-03T08:00:00Z"}, {"id": "2", "url": "/2", "summary": "Short."}, "nonsense"]}"""

BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">%s]>
<rss version="2.0"><channel><title>T</title><item><title>&h;</title><guid>1</guid></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 40) for letter in range(ord("b"), ord("i"))
)
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>T</title><item><title>&x;</title><guid>1</guid></item></channel></rss>"""
