"""What the browser loads: hashed static files, the import map and the policy that allows nothing else."""

import base64
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import rjsmin
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from whitenoise.storage import CompressedManifestStaticFilesStorage

HTMX = "vendor/htmx.esm.min.js"


class LeanScripts:
    """A folder of scripts, each read as a browser needs it: what explains them is a quarter of their weight."""

    def __init__(self, folder: Storage) -> None:
        self.folder = folder

    def open(self, name: str) -> ContentFile[bytes]:
        with self.folder.open(name) as script:
            return ContentFile(rjsmin.jsmin(script.read().decode()).encode(), name)


class WholeSheets:
    """A folder of style sheets, each read with those that it imports in their places: one request instead of eight."""

    IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\);')

    def __init__(self, folder: Storage) -> None:
        self.folder = folder

    def open(self, name: str) -> ContentFile[bytes]:
        with self.folder.open(name) as sheet:
            text = sheet.read().decode()
        return ContentFile(self.IMPORT.sub(lambda found: self.beside(name, found[1]), text).encode(), name)

    def beside(self, name: str, other: str) -> str:
        sheet: bytes = self.open(str(Path(name).with_name(other))).read()
        return sheet.decode()


#: How the files of a folder are read for the browser.
READ_BY: dict[str, type[LeanScripts | WholeSheets]] = {"js": LeanScripts, "css": WholeSheets}


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Files under names that carry their hash, so that they are cached for ever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.addresses: dict[str, str] = {}

    def post_process(self, paths: dict[str, tuple[Any, str]], *args: Any, **options: Any) -> Any:
        read = {name: (as_sent(name, folder), path) for name, (folder, path) in paths.items()}
        return super().post_process(read, *args, **options)

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002  (Django's signature)
        """The address of a file, looked up once: a page asks for twenty, and none changes while the process runs."""
        if settings.DEBUG:
            return str(super().url(name, force))
        if name not in self.addresses:
            self.addresses[name] = str(super().url(name, force))
        return self.addresses[name]


def as_sent(name: str, folder: Storage) -> Any:
    reading = READ_BY.get(name.partition("/")[0])
    return reading(folder) if reading else folder


@lru_cache(maxsize=1)
def import_map() -> SafeString:
    """The inline import map: bare module names to hashed addresses.

    Inline since browsers ignore an external one; its hash is in the policy, which a page answered 304 keeps valid
    where a nonce would not.
    """
    modules = {
        f"forecite/{path.stem}": static(f"js/{path.name}")
        for path in sorted((settings.ROOT / "static/js").glob("*.js"))
    }
    text = json.dumps({"imports": {"htmx": static(HTMX), **modules}}, separators=(",", ":"))
    return mark_safe(text)  # noqa: S308  (made of our own file names only)


@lru_cache(maxsize=1)
def policy() -> str:
    """The Content-Security-Policy of every response."""
    digest = base64.b64encode(hashlib.sha256(import_map().encode()).digest()).decode()
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' 'sha256-{digest}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )


@lru_cache(maxsize=1)
def build() -> str:
    """What tells this build from another: a part of every page's ETag, so that an upgrade reaches readers."""
    digest = hashlib.sha256(import_map().encode())
    for folder in (settings.ROOT / "templates", settings.ROOT / "reader", settings.ROOT / "static/css"):
        for path in sorted(Path(folder).rglob("*.*")):
            if path.suffix in {".html", ".py", ".css"}:
                digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


def context(request: HttpRequest) -> dict[str, Any]:
    return {"import_map": import_map(), "signup_open": settings.SIGNUP == "open"}
