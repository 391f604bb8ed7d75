import re

import pytest
from django.template import Context, Template

from reader.templatetags.forecite import icon
from tests.conftest import ROOT

ICONS = {path.stem for path in (ROOT / "static/icons").glob("*.svg")}
NAMED = re.compile(r"""\bicon[ (]"([a-z0-9-]+)"|symbol=\\?["']([a-z0-9-]+)""")


def named_in_sources() -> set[str]:
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "reader").rglob("*.py")]
    return {"".join(found) for page in pages for found in NAMED.findall(page.read_text())}


def written(source: str) -> str:
    return Template(source).render(Context())


def test_every_icon_named_is_there() -> None:
    assert named_in_sources() - ICONS == set()


def test_an_icon_is_decoration_unless_it_has_words() -> None:
    assert 'aria-hidden="true"' in written('{% icon "lock" %}')
    assert 'role="img" aria-label="Only you"' in written('{% icon "lock" "Only you" %}')
    assert 'aria-label="&lt;b&gt;"' in icon("lock", "<b>")


def test_an_icon_carries_its_strokes_and_no_style() -> None:
    lock = written('{% icon "lock" %}')

    assert lock.startswith('<svg class="icon" viewBox="0 0 24 24"')
    assert lock.count("<svg") == lock.count("</svg>") == 1
    assert "<rect" in lock
    assert "style" not in lock


def test_a_missing_icon_says_which() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        written('{% icon "no-such-icon" %}')


@pytest.mark.parametrize("kind", ["highlight", "prediction", "evidence", "question"])
def test_every_kind_has_a_shape_of_its_own(kind: str) -> None:
    others = {written(f'{{% pencil "{other}" %}}') for other in ("highlight", "prediction", "evidence", "question")}

    assert f'data-kind="{kind}"' in written(f'{{% pencil "{kind}" %}}')
    assert len({re.sub(r"data-kind=\"\w+\"", "", shape) for shape in others}) == 4


def test_every_icon_there_is_named_somewhere() -> None:
    assert ICONS - named_in_sources() == set()
