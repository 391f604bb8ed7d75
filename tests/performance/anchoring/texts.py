"""Prose to cut cases from, as texts are stored, a line for each paragraph."""

import argparse
import decimal
import inspect
import ipaddress
import logging
import statistics
import subprocess
import tarfile
import typing
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[3]


def library() -> list[str]:
    """The pieces of the demo library."""
    folder = ROOT / "reader/pages/demo"
    return [
        lined(path.read_text().split("+++", 2)[2]) for path in sorted(folder.glob("*.md")) if path.name != "README.md"
    ]


def licences() -> list[str]:
    """The licences that Debian keeps: long, and full of turns that come again; none on other systems."""
    texts = (path.read_text(errors="replace") for path in sorted(Path("/usr/share/common-licenses").glob("*")))
    return [text for text in {lined(text): None for text in texts} if len(text) > 5_000]


def docstrings() -> list[str]:
    """What modules of the standard library say of themselves: short paragraphs, much alike."""
    modules = (argparse, decimal, ipaddress, logging, statistics, subprocess, tarfile, typing)
    return [lined("\n\n".join(spoken(module))) for module in modules]


def spoken(module: ModuleType) -> list[str]:
    owners = [module, *(owner for _, owner in inspect.getmembers(module, inspect.isclass))]
    texts = (inspect.getdoc(member) for owner in owners for member in vars(owner).values() if callable(member))
    return list(dict.fromkeys(text for text in texts if text))


def lined(text: str) -> str:
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def long_text(size: int) -> str:
    """An article of so many characters."""
    text = "\n".join(library())
    return (text * (size // len(text) + 1))[:size]
