"""The house rules that a reviewer would otherwise have to remember."""

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db.migrations.loader import MigrationLoader

from tests.conftest import ROOT

PACKAGES = sorted(path for path in (ROOT / "reader").rglob("*.py") if "migrations" not in path.parts)
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
STYLES = sorted((ROOT / "static/css").glob("*.css"))
PAGES = sorted((ROOT / "templates").rglob("*.html"))

#: The shortest readable form of "this room has outgrown its purpose".
LONGEST = {".py": 400, ".js": 200, ".css": 250, ".html": 150}

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "services", "service", "manager", "managers", "misc", "common"}

HTMX_2_OR_FORBIDDEN = re.compile(
    r"""hx-on[:=-]|hx-ext=|hx-disabled-elt|hx-vars|hx-params|["'=\s]js:|hx-trigger="[^"]*\[|"""
    r"""\son[a-z]+\s*=\s*["']|\sstyle\s*=\s*["']|javascript:""",
    re.IGNORECASE,
)
HTMX_2_EVENTS = re.compile(r"htmx:[a-z]+[A-Z]\w*|\beval\(|new Function\(|\.setAttribute\([\"']style|innerHTML\s*=")


def test_a_package_imports_only_what_stands_above_it() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("files", [PACKAGES, SCRIPTS, STYLES, PAGES], ids=["python", "scripts", "styles", "pages"])
def test_no_file_outgrows_its_room(files: list[Path]) -> None:
    too_long = {str(path.relative_to(ROOT)): lines for path in files if (lines := length(path)) > LONGEST[path.suffix]}

    assert files
    assert too_long == {}


def test_most_files_are_short() -> None:
    assert statistics.median(length(path) for path in PACKAGES if length(path) > 1) <= 110


def test_most_functions_are_short() -> None:
    lengths = [node.end_lineno - node.lineno for path in PACKAGES for node in functions(path) if node.end_lineno]

    assert statistics.median(lengths) <= 10
    assert max(lengths) <= 60


def test_names_say_what_is_inside() -> None:
    assert [path for path in PACKAGES if path.stem in VAGUE_NAMES] == []


def test_the_migrations_have_one_leaf() -> None:
    assert len(MigrationLoader(None).graph.leaf_nodes("reader")) == 1


def test_the_index_of_models_names_every_model() -> None:
    from reader import models

    named = {model.__name__ for model in apps.get_app_config("reader").get_models() if not model._meta.auto_created}

    assert named == set(models.__all__)


def test_templates_speak_htmx_4_and_keep_the_policy() -> None:
    assert offences(PAGES, HTMX_2_OR_FORBIDDEN) == []


def test_scripts_speak_htmx_4_and_keep_the_policy() -> None:
    assert offences(SCRIPTS, HTMX_2_EVENTS) == []


def test_forms_name_their_place_for_the_fragment() -> None:
    """Inheritance is explicit in htmx 4: a parent's hx-target without `:inherited` reaches nobody."""
    unmarked = re.compile(r"<body[^>]*\shx-(headers|target|swap)=")

    assert offences(PAGES, unmarked) == []


def test_no_file_names_a_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    locks = [name for name in tracked if name.startswith("requirements")]

    assert locks
    assert [
        name for name in locks if "://" in (ROOT / name).read_text() or "--index" in (ROOT / name).read_text()
    ] == []


def test_every_setting_is_documented() -> None:
    named = re.compile(r"\bFORECITE_[A-Z_]+|\bDATABASE_URL\b|\bPORT\b")
    read = {name for path in PACKAGES for name in re.findall(r'"(FORECITE_[A-Z_]+|PORT)"', path.read_text())}

    assert set(named.findall((ROOT / "docs/running.md").read_text())) == read | {"DATABASE_URL"}


def test_every_command_that_is_documented_exists() -> None:
    told = " ".join(page.read_text() for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"manage\.py (\w+)", told)) <= get_commands().keys()
    assert set(re.findall(r"`(?:\w+=\S+ )?make ([\w-]+)", told)) <= targets


def test_no_test_is_skipped_without_a_reason() -> None:
    bare = re.compile(r"pytest\.(?:mark\.)?skip(?!if)\b(?!\()|pytest\.mark\.xfail|skip\(\)")

    assert offences(sorted((ROOT / "tests").rglob("test_*.py")), bare, but=Path(__file__)) == []


def length(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def offences(files: list[Path], pattern: re.Pattern[str], but: Path | None = None) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files
        if path != but
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
