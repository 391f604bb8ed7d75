"""What is sent to the browser."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.templatetags.static import static

from reader.core.frontend import LeanScripts
from tests.conftest import ROOT

SCRIPTS = sorted(path.name for path in (ROOT / "static/js").glob("*.js"))


def sent(name: str) -> str:
    return (settings.STATIC_ROOT / static(f"js/{name}").removeprefix(settings.STATIC_URL)).read_text()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_sent_without_what_explains_it(name: str) -> None:
    source = (ROOT / "static/js" / name).read_text()

    assert "/**" not in sent(name)
    assert 0 < len(sent(name)) <= len(source)


def test_what_only_looks_like_a_comment_stays(tmp_path: Path) -> None:
    script = 'const a = "//x";\nconst b = /\\/\\*/;\nconst c = `/* ${a} */`;\nconst d = "*/";\n'
    (tmp_path / "odd.js").write_text(script)

    lean = LeanScripts(FileSystemStorage(location=tmp_path)).open("odd.js").read().decode()

    for kept in ('"//x"', "/\\/\\*/", "`/* ${a} */`", '"*/"'):
        assert kept in lean


@pytest.mark.parametrize("name", ["site.css", "reading-page.css"])
def test_a_sheet_is_sent_with_those_it_imports(name: str) -> None:
    sheet = (settings.STATIC_ROOT / static(f"css/{name}").removeprefix(settings.STATIC_URL)).read_text()

    assert "@import" not in sheet
    for imported in re.findall(r'url\("([\w-]+\.css)"\)', (ROOT / "static/css" / name).read_text()):
        assert (ROOT / "static/css" / imported).read_text().partition("\n")[0] in sheet
