"""What a reader's own browser sees, sent from there: for pages that a server is not shown."""

from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

#: It is run amid the page that is read, so it leaves nothing behind there. A form, for no page may read our answers.
SCRIPT = """(()=>{const d=document,f=d.createElement('form');f.method='post';f.action='%s';f.target='_blank';\
f.enctype='multipart/form-data';f.acceptCharset='utf-8';f.hidden=true;\
for(const[n,v]of[['url',location.href],['html',d.documentElement.outerHTML]])\
{const t=d.createElement('textarea');t.name=n;t.value=v;f.append(t)}\
d.body.append(f);HTMLFormElement.prototype.submit.call(f);f.remove()})()"""


def address_of(secret: str) -> str:
    """Where the browser sends a page."""
    return f"{settings.SITE_URL}{reverse('sent-page', args=[secret])}"


def bookmarklet(secret: str) -> str:
    """The link that is kept among the bookmarks."""
    return "javascript:" + quote(SCRIPT % address_of(secret), safe="()[]{}=>,;:/'!*.$")
