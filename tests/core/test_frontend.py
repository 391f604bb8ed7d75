from pathlib import Path

from django.conf import settings

from reader.core.frontend import without_comments
from tests.conftest import ROOT

MODULE = """/** What it is for. */
import { say } from "forecite/app";

/**
 * @param {string} url  https://example.org
 */
export function go(url) {
  // The browser knows better.
  const place = /** @type {HTMLElement} */ (document.body); // it is there
  say(`//${place.id} /* no comment */`);
}
"""


BARE = """
import { say } from "forecite/app";
export function go(url) {
  const place = (document.body); // it is there
  say(`//${place.id} /* no comment */`);
}
"""


def words(module: str) -> list[str]:
    return module.split()


def test_it_works() -> None:
    assert words(without_comments(MODULE)) == words(BARE)


def test_browsers_get_every_module_without_its_comments() -> None:
    served = [path for path in Path(settings.STATIC_ROOT, "js").glob("*.js") if path.name.count(".") == 2]

    assert {path.name.partition(".")[0] for path in served} == {path.stem for path in (ROOT / "static/js").glob("*.js")}
    assert [path.name for path in served if "/**" in path.read_text() or not path.read_text().strip()] == []
