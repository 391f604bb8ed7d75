import pytest

from reader.intake.sources import Form, guess_form


@pytest.mark.parametrize(
    ("raw", "filename", "form"),
    [
        ("Plain words, and nothing else.", None, Form.TEXT),
        ("Plain words", "piece.md", Form.MARKDOWN),
        ("Plain words", "PIECE.HTM", Form.HTML),
        ("<!doctype html><p>Words", None, Form.HTML),
        ("<p>Words</p><p>More</p>", "saved.txt", Form.HTML),
        ("# A heading\n\nWords", None, Form.MARKDOWN),
        ("# A heading\n\nWords", "notes.txt", Form.TEXT),
        ("---\ntitle: Words\n---\n\nMore", None, Form.MARKDOWN),
        ("See [the list](https://list.example/a).", None, Form.MARKDOWN),
        ("Words.\n\n~~All of it, in fact.~~", None, Form.MARKDOWN),
        ("Some ~~~~ waves ~~~~, ~ 5 or ~~6, and x~~y~~z", None, Form.TEXT),
        ("a < b and b > c, 2 * 3 * 4, __init__", None, Form.TEXT),
    ],
)
def test_the_form_is_guessed(raw: str, filename: str | None, form: Form) -> None:
    assert guess_form(raw, filename) is form
