"""What a piece without a title is called: by its first heading, its first words, or the file that it came in."""

import re
from pathlib import PurePath

from reader.core.sanitising import clean, text_of
from reader.intake.lines import Role
from reader.intake.reading import Reading

#: Letters; a longer first line is no name by itself.
LONGEST_NAME = 80
#: A heading further down is that of a part.
NEAR = 400
HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
LETTER = re.compile(r"[^\W\d_]")


def name_for(reading: Reading, file: str = "") -> str:
    """The best name at hand; "Untitled" where there are neither words nor a file."""
    line = _first_line(reading)
    short = line if len(line) <= LONGEST_NAME else ""
    return _first_heading(reading) or short or _of_file(file) or _beginning(line) or "Untitled"


def _first_heading(reading: Reading) -> str:
    found = HEADING.search(reading.html[: NEAR + 2_000])
    if found is None or found.start() > NEAR:
        return ""
    return _beginning(" ".join(text_of(clean(found[2])).split()))


def _first_line(reading: Reading) -> str:
    said = (line.text for line in reading.lines if line.shown and line.role is Role.BODY)
    return next((text for text in said if LETTER.search(text)), "")


def _of_file(file: str) -> str:
    """`on-small_models.txt` as words."""
    name = " ".join(re.split(r"[\s_-]+", PurePath(file).stem)).strip()
    return _beginning(f"{name[:1].upper()}{name[1:]}") if LETTER.search(name) else ""


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rsplit(' ', 1)[0]} …"
