import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.intake.decoding import Unreadable, decode

WORDS = "“Squabbling” – it’s £5 à la carte"
UNUSED_IN_WINDOWS_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_usual_encodings_are_read_right(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)) == WORDS


def test_a_declared_encoding_is_believed() -> None:
    page = '<html><head><meta charset="windows-1251"></head><p>Прогноз'
    assert decode(page.encode("cp1251")) == page


def test_utf8_goes_before_what_the_page_declares() -> None:
    page = '<meta charset="iso-8859-2"><p>“Zażółć”'
    assert decode(page.encode()) == page


def test_declared_latin_1_is_windows_1252() -> None:
    page = '<meta charset="iso-8859-1"><p>“quoted”'
    assert decode(page.encode("cp1252")) == page


@pytest.mark.parametrize("encoding", ["rot13", "idna", "unicode_escape", "no-such-thing", "utf-7"])
def test_an_odd_declaration_is_not_believed(encoding: str) -> None:
    assert decode(f'<meta charset="{encoding}"><p>caf'.encode() + b"\xe9").endswith("café")


def test_bytes_that_windows_1252_lacks_are_kept_as_controls() -> None:
    assert decode(b"caf\xe9 " * 60 + UNUSED_IN_WINDOWS_1252).endswith("\x81\x8d\x8f\x90\x9d")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "a picture"),
        (b"PK\x03\x04docx", "a zip"),
        (b"text\x00text\x00\x00\x00", "zero bytes"),
        (bytes(range(1, 32)) * 10, "control characters"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        decode(data)
    assert str(refused.value).endswith("Please upload a .txt, .md or .html file, or paste the words.")


def test_a_lone_surrogate_in_utf16_is_replaced() -> None:
    assert decode(b"\xff\xfea\x00\x00\xd8b\x00") == "a\ufffdb"


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except Unreadable:
        return
    text.encode("utf-8")
