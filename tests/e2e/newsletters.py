"""Newsletters as somebody copies them from a web page, furniture and all, and what is to be understood of them."""

import json
from dataclasses import dataclass

import pytest

from tests.conftest import SHARED


@dataclass(frozen=True)
class Newsletter:
    text: str
    fields: dict[str, str]
    """What the review page is to show, by label."""
    furniture: list[str]
    """Lines that are not the author's."""
    words: str
    """The passage that predicts something for 2024."""
    sentence: str
    """The whole sentence that it is in."""


INVENTED = Newsletter(
    text="""The Copper Lantern

Share this post

The Copper Lantern
The Copper Lantern
Small Models Come Home

Small Models Come Home

What leaves the data centre first

Ilse Brandt's avatar
Ilse Brandt
Jun 08, 2023
∙ Paid
7

Share this post

The Copper Lantern
The Copper Lantern
Small Models Come Home
Share

Good morning,

For a year the news has come from four buildings in two cities. That is about to end.

A colleague of mine runs a seven-billion-parameter model on the computer under her desk. It answers her mail, badly, \
and for nothing.

Nobody has asked her for a budget, so I expect 2024 will be the year of the model in the cupboard, and the cloud will \
be for those who like paying rent.

Keep reading with a 7-day free trial

Subscribe to The Copper Lantern to keep reading this post and get 7 days of free access to the full post archives.

Already a paid subscriber? Sign in
© 2026 Ilse Brandt
Privacy ∙ Terms ∙ Collection notice
Start writingGet the app
Substack is the home for great culture
""",
    fields={
        "Title": "Small Models Come Home",
        "Subtitle": "What leaves the data centre first",
        "Authors": "Ilse Brandt",
        "Publication": "The Copper Lantern",
        "Published": "2023-06-08",
        "Exact": "day",
        "Who may read the original": "only_paid",
        "Is it whole": "yes",
    },
    furniture=["Share this post", "Already a paid subscriber? Sign in", "© 2026 Ilse Brandt"],
    words="2024 will be the year of the model in the cupboard",
    sentence="Nobody has asked her for a budget, so I expect 2024 will be the year of the model in the cupboard, "
    "and the cloud will be for those who like paying rent.",
)


def real_sample() -> Newsletter:
    """The piece that the people of this project read; it is not ours to copy, so it lies outside the repository."""
    path = SHARED / "samples/nvidia-patterns-2023-05-17.txt"
    if not path.exists():
        pytest.skip(f"The real newsletter lies outside the repository, at {path}, and is not there.")
    said = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    return Newsletter(
        text=path.read_text(encoding="utf-8"),
        fields={
            "Title": said["title"],
            "Subtitle": said["subtitle"],
            "Authors": ", ".join(said["authors"]),
            "Publication": said["publication"],
            "Published": said["published"],
            "Exact": said["published_precision"],
            "Who may read the original": said["audience"],
            "Is it whole": {True: "yes", False: "no", None: ""}[said["truncated"]],
        },
        furniture=["Share this post", "Already a paid subscriber? Sign in", "© 2025 Michael Spencer"],
        words="2024 will be like an iPhone Moment for Open-source LLMs",
        sentence=said["body_last"],
    )
