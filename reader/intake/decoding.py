"""From the bytes of an uploaded file to its text.

Encodings are tried in the order in which they can be proved: a byte order mark, the zero bytes that UTF-16 leaves
between Latin letters, strict UTF-8, an encoding the page itself declares, and last windows-1252, which reads anything
(as the WHATWG defines it, so the five bytes that Python's codec refuses stay control characters).
"""

import codecs
import re

BINARY_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip or office document"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
DECLARATION_WITHIN = 2048
TRUSTED_DECLARATIONS = ("iso8859-", "cp125", "koi8-", "mac-", "shift_jis", "euc_", "gb", "big5", "iso2022_jp")
LATIN_NAMES = {"iso8859-1", "cp1252"}
SURROGATES = re.compile("[\ud800-\udfff]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.02
ASK_FOR_TEXT = "Please upload a .txt, .md or .html file, or paste the words."


class Unreadable(ValueError):
    """The file is no text; the message says so and what to hand in instead, `fault` only the first."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"{fault} {ASK_FOR_TEXT}")
        self.fault = fault


def decode(data: bytes) -> str:
    """Return the text of a file, with lone surrogates replaced by U+FFFD.

    Raises Unreadable where the bytes are a picture, an archive or otherwise no text.
    """
    _refuse_known_binaries(data)
    text = without_surrogates(_decode(data))
    _refuse_controls(text)
    return text


def without_surrogates(text: str) -> str:
    """Return the text in a form that can be encoded: half a surrogate pair becomes U+FFFD."""
    return SURROGATES.sub("\ufffd", text)


def _refuse_known_binaries(data: bytes) -> None:
    for magic, name in BINARY_MAGIC:
        if data.startswith(magic):
            raise Unreadable(f"This file is {name}, not text.")


def _decode(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    wide = _unmarked_utf16(data)
    if wide is not None:
        return data.decode(wide, "replace")
    return _decode_narrow(data)


def _decode_narrow(data: bytes) -> str:
    declared = _declared_encoding(data)
    for encoding in ("utf-8", declared):
        if encoding is not None:
            try:
                return data.decode(encoding)
            except (UnicodeError, LookupError):
                continue
    return _windows_1252(data)


def _declared_encoding(data: bytes) -> str | None:
    """Return the encoding a page claims, if it is a usual one; Latin-1 is left to windows-1252, as browsers do."""
    found = DECLARED.search(data[:DECLARATION_WITHIN])
    if found is None:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii", "ignore"))
    except LookupError:
        return None
    usual = codec.name.startswith(TRUSTED_DECLARATIONS) and codec.name not in LATIN_NAMES
    return codec.name if usual else None


def _windows_1252(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", _WINDOWS_1252)[0]


_WINDOWS_1252 = "".join(
    bytes([byte]).decode("cp1252", "ignore") or chr(byte)  # 81, 8D, 8F, 90 and 9D are no letters in windows-1252
    for byte in range(256)
)


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zeros: Latin letters leave every second byte empty, always on the same side."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2 or b"\x00" not in sample:
        return None
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > pairs * 0.4 and even < pairs * 0.02 + 1:
        return "utf-16-le"
    if even > pairs * 0.4 and odd < pairs * 0.02 + 1:
        return "utf-16-be"
    return None


def _refuse_controls(text: str) -> None:
    if "\x00" in text:
        raise Unreadable("This file holds zero bytes, so it is not text.")
    if len(CONTROLS.findall(text)) > len(text) * MAX_CONTROL_SHARE:
        raise Unreadable("This file is mostly control characters, so it is not text.")
