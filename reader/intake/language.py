"""A guess at the language of a piece, from its script or its commonest small words."""

import re
from collections import Counter

SMALL_WORDS = {
    "en": "the of and to in is that it for was with as are this be have from by not but they which or an on you we at",
    "de": "der die das und ist nicht ein eine zu den mit von auf für sich dem des im auch wird sind wir werden es als",
    "fr": "le la les des et est une dans que qui pour pas sur avec plus par ce il sont au aux nous cette ne du",
    "es": "el la los las que y en un una es por con para del se no su al más como lo este pero son",
    "it": "il la che di e un una per non è con sono del della si più come gli nel alla anche questo le dei",
    "nl": "de het een en van is dat in op te zijn voor met niet aan er ook als maar om naar wordt deze bij",
    "pt": "o a os as que e de do da em um uma para com não por mais se como dos no na são ao",
}
# Scripts that tell the language by themselves, the narrower first (Japanese has Chinese characters too).
SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "he": re.compile("[\u05d0-\u05ea]"),
    "el": re.compile("[\u0370-\u03ff]"),
}
SCRIPT_SHARE = 0.3  # of all letters
FEWEST_LETTERS = 20
WORDS = re.compile(r"[^\W\d_]+")
SAMPLE = 20_000  # characters
FEWEST_WORDS = 12
SMALL_SHARE = 0.12


def guess_language(text: str) -> str | None:
    """Return an ISO 639-1 code, or None where there is too little to go by or no language stands out."""
    by_script = _language_of_script(text[:SAMPLE])
    if by_script:
        return by_script
    words = WORDS.findall(text[:SAMPLE].lower())
    if len(words) < FEWEST_WORDS:
        return None
    counts = Counter(words)
    shares = {code: sum(counts[word] for word in small.split()) / len(words) for code, small in SMALL_WORDS.items()}
    best, second = sorted(shares, key=lambda code: shares[code], reverse=True)[:2]
    return best if shares[best] >= SMALL_SHARE and shares[best] > shares[second] * 1.3 else None


def _language_of_script(text: str) -> str | None:
    letters = sum(character.isalpha() for character in text)
    if letters < FEWEST_LETTERS:
        return None
    return next((code for code, script in SCRIPTS.items() if len(script.findall(text)) >= SCRIPT_SHARE * letters), None)
