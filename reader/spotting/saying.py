"""Who says a sentence, how surely, on which condition, and with which numbers: each with the words it is read from.

Only what the words say outright is read. A pronoun names nobody, and a hedge that something beside it changes is none
(`scoring.hedges`); then there is nothing to propose, and the author stays who says it.
"""

import re
from dataclasses import dataclass

from reader.scoring.hedges import HEDGES, Reading, read_hedge
from reader.spotting.lexicon import words
from reader.spotting.thresholds import Threshold, read_threshold
from reader.spotting.tokens import LONGEST

#: A word with a capital, as names have them; particles may stand between two.
_NAME = r"[^\W\d_a-z][\w’'.&-]*(?:\s+(?:(?:of|de|von|van|der|la|le|del)\s+)?[^\W\d_a-z][\w’'&-]*){0,4}"
_SAYS = (
    r"(?:says|said|say|predicts|predicted|predict|expects|expected|expect|forecasts|forecast|forecasted|believes|believed|"
    r"thinks|thought|argues|argued|claims|claimed|estimates|estimated|projects|projected|warns|warned|promises|promised|"
    r"reckons|bets|anticipates|writes|wrote|told\s+\w+)"
)
_SOURCE = (
    r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]heir|[Ii]ts)\s+(?:[\w-]+\s+)?(?:memo|report|paper|study|survey|letter|post|analyst|analysts"
    r"|company|lab|bank|agency|consultancy|ministry|spokesperson)"
)
_WHO = rf"(?P<who>{_NAME}|{_SOURCE}|[Aa]nalysts|[Ee]conomists|[Ff]orecasters)"
_REPORTED = (
    re.compile(rf"\b[Aa]ccording\s+to\s+{_WHO}"),
    re.compile(rf"(?:^|(?<=[\s“\"(—–,;:])){_WHO}(?:\s+(?:also|now|still|recently|once|has|have|had))?\s+{_SAYS}\b"),
    re.compile(rf",?[”\"’']\s*{_SAYS}\s+{_WHO}"),
    re.compile(rf",\s*{_SAYS}\s+{_WHO}\s*[.,]"),
    re.compile(rf"^{_WHO}(?:,[^“\"]{{1,80}})?:\s*[“\"]"),
    re.compile(rf"[”\"]\s*[-–—]{{1,2}}\s*{_WHO}\s*$"),
)
#: Words with a capital that begin a sentence and name nobody.
_NOBODY = words("""
    i we you he she it they this that these those who what which if when while but and or so yet then there here now as
    some many most few people everyone everybody nobody no not one others critics in on at by for after before since
    today tomorrow yesterday my our your his her its their the a an let did do does is are was were will would may
""")
_IF = re.compile(
    r"(?:^|(?<=[\s,;—–(“]))(?<![Ee]ven )"
    r"(?P<words>(?:[Ii]f(?!\s+(?:not|any|ever)\b)|[Uu]nless|[Pp]rovided(?:\s+that)?|[Aa]ssuming)"
    r"\s+[^.;!?]+)"
)
_DENIAL = re.compile(
    r"\b(?:will\s+not|won['’]t|would\s+not|wouldn['’]t|never|nobody|no\s+one|not\s+going\s+to|"
    r"(?:isn|aren)['’]t\s+going\s+to|will\s+no\s+longer|no\s+[\w-]+(?:\s+[\w-]+)?\s+will)\b",
    re.IGNORECASE,
)
_FIGURE = r"\d[\d,.]*(?<![,.])"
_NUMBER = re.compile(
    rf"(?:[$€£]\s?{_FIGURE}(?:\s?(?:trillion|billion|million|thousand|tn|bn|[TBMKk])\b)?)"
    rf"|{_FIGURE}\s?(?:%|per\s?cent\b|[×x]\b|[×x](?=\W|$)|times\b|(?:trillion|billion|million)\b(?:\s+[a-z]+)?)"
    r"|\b(?:half|a\s+third|two\s+thirds|a\s+quarter|three\s+quarters|most|a\s+majority)\s+of\s+(?:all\s+)?(?:the\s+)?[a-z]+"
    r"|\bby\s+half\b|\b(?:a\s+)?(?:hundred|thousand)fold\b|\b(?:ten|five|two|three)\s+times\b|\b(?:double|triple|halve)s?\b"
)
_SURE = r"(?:chance|probability|odds|likelihood|confidence|confident|likely|sure|certain)"
_PERCENT = re.compile(
    rf"(?<![\d.,–-])(?P<before>\d{{1,3}}(?:\.\d{{1,2}})?)\s?(?:%|per\s?cent)\s+{_SURE}"
    rf"|{_SURE}\s+(?:of|at|is|that\s+is|:)?\s*(?:about\s+|around\s+|roughly\s+)?(?P<after>\d{{1,3}}(?:\.\d{{1,2}})?)\s?(?:%|per\s?cent)"
)
_HEDGES = re.compile(
    r"\b(?:almost\s+certain(?:ly)?|highly\s+likely|unlikely|likely|probabl[ey]|realistic\s+possibility|"
    r"almost\s+no\s+chance|may|might|could)\b",
    re.IGNORECASE,
)
MOST_NUMBERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a sentence says of itself. Each is words of the sentence, exactly; empty where it says nothing of it."""

    speaker: str = ""
    speaker_words: str = ""  #: the speaker with the verb of saying
    hedge: str = ""
    hedge_class: str = ""  #: the phrase whose reading is known
    percent: str = ""
    percent_words: str = ""
    condition: str = ""
    denial: str = ""
    numbers: tuple[str, ...] = ()
    threshold: Threshold | None = None

    @property
    def heard(self) -> Reading | None:
        """What readers hear in the hedge, where that is known."""
        return next((hedge.reading for hedge in HEDGES if hedge.phrase == self.hedge_class), None)

    @property
    def loose_numbers(self) -> list[str]:
        """Those that are in no threshold: somebody has to say what they would show."""
        return [number for number in self.numbers if not (self.threshold and number in self.threshold.words)]

    @property
    def fills_in_wording(self) -> bool:
        """Whether there is more to confirm than who says it, or to look at: a denial, a number that tells no side."""
        return bool(self.hedge or self.percent or self.condition or self.denial or self.numbers or self.threshold)


def read_saying(sentence: str) -> Saying:
    """What there is to propose, from the words of the sentence alone."""
    text = sentence[:LONGEST]
    speaker, speaker_words = _speaker(text)
    hedge, hedge_class = _hedge(text)
    percent, percent_words = _percent(text)
    condition = _condition(text)
    return Saying(
        speaker=speaker,
        speaker_words=speaker_words,
        hedge=hedge,
        hedge_class=hedge_class,
        percent=percent,
        percent_words=percent_words,
        condition=condition,
        denial=found[0] if (found := _DENIAL.search(text)) else "",
        numbers=tuple(dict.fromkeys(one[0].strip() for one in _NUMBER.finditer(text)))[:MOST_NUMBERS],
        threshold=read_threshold(text, beside=(condition, percent_words)),
    )


def _speaker(text: str) -> tuple[str, str]:
    for pattern in _REPORTED:
        for found in pattern.finditer(text):
            who = found["who"].rstrip(".,’'")
            if who.split()[0].casefold() not in _NOBODY or re.match(_SOURCE, who):
                return who, found[0].strip(" ,.“”\"’'")
    return "", ""


def _hedge(text: str) -> tuple[str, str]:
    known = read_hedge(text)
    found = _HEDGES.search(text) if known else None
    return (found[0], known.phrase) if known and found else ("", "")


def _percent(text: str) -> tuple[str, str]:
    for found in _PERCENT.finditer(text):
        said = found["before"] or found["after"]
        if float(said) <= 100:
            return said, found[0]
    return "", ""


def _condition(text: str) -> str:
    """The clause with "if" up to the comma that ends it; one that holds most of the sentence is cut at its "then"."""
    found = _IF.search(text)
    if found is None:
        return ""
    words = re.split(r",\s|\s+then\s", found["words"], maxsplit=1)[0]
    return words.rstrip(' .,”"') if len(words.split()) > 2 else ""
