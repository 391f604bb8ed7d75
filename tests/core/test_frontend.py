"""What is sent to the browser."""

import re

import pytest
from django.conf import settings
from django.templatetags.static import static

from reader.core.frontend import without_comments
from tests.conftest import ROOT

SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))


def test_comments_on_lines_of_their_own_go() -> None:
    script = (
        "/**\n * What it does.\n */\nimport 'x';\n\n  // why\n  go(); // stays\n  /** @type {A} */\n  const a = b;\n"
    )

    assert without_comments(script) == "import 'x';\n\n  go(); // stays\n  const a = b;\n"


def test_what_only_looks_like_one_stays() -> None:
    script = 'const a = "//x";\nconst b = /\\/\\*/;\nconst c = /** @type {B} */ (d);\nconst e = "*/";\n'
    script += "  /** @type {A} */ (b).go();\n  /** @type {A} */ (c).go(); /* so */\n"

    assert without_comments(script) == script


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_sent_without_comments_and_otherwise_whole(path: object) -> None:
    name = str(path).rpartition("/")[2]
    source = (ROOT / "static/js" / name).read_text()

    kept = [line for line in source.splitlines() if not re.match(r"\s*(?://|\*|/\*(?!.*\*/\s*\S))", line)]
    for sent in (f"js/{name}", static(f"js/{name}").removeprefix(settings.STATIC_URL)):
        assert (settings.STATIC_ROOT / sent).read_text().splitlines() == kept
