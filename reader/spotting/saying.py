"""Who says a sentence, how surely, on which condition, and with which numbers: each with the words it is read from.

Only what the words say outright is read. A pronoun names nobody, and a hedge that something beside it changes is none
(`scoring.hedges`); then there is nothing to propose, and the author stays who says it.
"""

import re
from dataclasses import dataclass

from reader.scoring.hedges import HEDGES, Reading, read_hedge
from reader.spotting.disagreeing import read_disagreement
from reader.spotting.lexicon import words
from reader.spotting.thresholds import Threshold, read_threshold
from reader.spotting.tokens import LONGEST

#: A word with a capital, as names have them; particles may stand between two.
_NAME = r"[^\W\d_a-z][\w’'.&-]*(?:\s+(?:(?:of|de|von|van|der|la|le|del)\s+)?[^\W\d_a-z][\w’'&-]*){0,4}"
_SAYS = (
    r"(?:says|said|say|predicts|predicted|predict|expects|expected|expect|forecasts|forecast|forecasted|believes|believed|"
    r"thinks|thought|argues|argued|claims|claimed|estimates|estimated|projects|projected|warns|warned|promises|promised|"
    r"reckons|bets|anticipates|writes|wrote|insists|insisted|suggests|suggested|adds|added|jokes|joked|"
    r"told\s+(?:(?:the|an?|its|his|her|their|our|my)\s+)?\w+)"
)
_SOURCE = (
    r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Tt]heir|[Ii]ts)\s+(?:[\w-]+\s+)?(?:memo|report|paper|study|survey|letter|post|analyst|analysts"
    r"|company|lab|bank|agency|consultancy|ministry|spokesperson|board|committee|commission|government|council|regulator)"
)
_WHO = rf"(?P<who>{_NAME}|{_SOURCE}|[Aa]nalysts|[Ee]conomists|[Ff]orecasters)"
_REPORTED = (
    re.compile(rf"\b[Aa]ccording\s+to\s+{_WHO}"),
    re.compile(rf"\b[Aa]s\s+{_WHO}\s+(?:puts?|put)\s+it\b"),
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
    two three four five six seven eight nine ten dozens hundreds thousands both either neither each half
""")
_IF = re.compile(
    r"(?:^|(?<=[\s,;—–(“]))(?<![Ee]ven )"
    r"(?P<words>(?:[Ii]f(?!\s+(?:not|any|ever)\b)|[Uu]nless|[Pp]rovided(?:\s+that)?|[Aa]ssuming)"
    r"\s+[^.;!?]+)"
)
_DENIAL = re.compile(
    r"\b(?:will(?:\s+(?:\w+ly|almost|most|very|still)){0,2}\s+not|won['’]t|would\s+not|wouldn['’]t|never|nobody|no\s+one|not\s+going\s+to|"
    r"(?:isn|aren)['’]t\s+going\s+to|will\s+no\s+longer|no\s+[\w-]+(?:\s+[\w-]+)?\s+will|"
    r"(?<!without )(?<!no )doubt(?:s|ed)?\s+(?:that|whether|if|it|we|they|he|she|any)|"
    r"(?:not|n['’]t)\s+(?:convinced|persuaded)|"
    r"(?:do|does|did)(?:n['’]t|\s+not)\s+(?:expect|think|believe|foresee|anticipate))\b",
    re.IGNORECASE,
)
_FIGURE = r"\d[\d,.]*(?<![,.])"
_NUMBER = re.compile(
    rf"(?:[$€£]\s?{_FIGURE}(?:\s?(?:trillion|billion|million|thousand|tn|bn|[TBMKk])\b)?)"
    rf"|{_FIGURE}\s?(?:%|per\s?cent\b|[×x]\b|[×x](?=\W|$)|times\b|(?:trillion|billion|million)\b(?:\s+[a-z]+)?)"
    r"|\b(?:[Hh]alf|[Aa]\s+third|[Tt]wo\s+thirds|[Aa]\s+quarter|[Tt]hree\s+quarters|[Mm]ost|[Aa]\s+majority)"
    r"\s+of\s+(?:all\s+)?(?:the\s+)?[a-z]+"
    r"|\bby\s+half\b|\b(?:a\s+)?(?:hundred|thousand)fold\b|\b(?:ten|five|two|three)\s+times\b|\b(?:double|triple|halve)s?\b"
)
_SURE = r"(?:chance|probability|odds|likelihood|confidence|confident|likely|sure|certain)"
_PERCENT = re.compile(
    rf"(?<![\d.,–-])(?P<before>\d{{1,3}}(?:\.\d{{1,2}})?)\s?(?:%|per\s?cent)\s+{_SURE}"
    rf"|{_SURE}\s+(?:of|at|is|that\s+is|:)?\s*(?:about\s+|around\s+|roughly\s+)?(?P<after>\d{{1,3}}(?:\.\d{{1,2}})?)\s?(?:%|per\s?cent)"
)
_ONE_IN = re.compile(r"\b(?:one|1)[\s-]in[\s-](?P<many>\w+)\s+(?:chance|probability)\b", re.IGNORECASE)
_PER_CENT_OF_ONE_IN = {"two": "50", "three": "33", "four": "25", "five": "20", "ten": "10"}
_PER_CENT_OF_ONE_IN |= {"2": "50", "3": "33", "4": "25", "5": "20", "10": "10"}
#: What says how likely something is, and of which nobody knows as what readers hear it.
_UNREAD_HEDGES = re.compile(
    r"\b(?:(?:(?:not|hardly|\w+n['’]t)\s+)?(?:very|highly|quite|extremely|most|increasingly|more\s+than)\s+(?:un)?likely|very\s+probably|in\s+all\s+likelihood|"
    r"chances\s+are(?:\s+(?:good|high|slim|low|small))?|good\s+chance|slim\s+chance|a\s+coin\s+flip)\b",
    re.IGNORECASE,
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
    disagreement: str = ""  #: what the writer says against it; hedge, chance and denial are then the other's
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
    against = read_disagreement(text, text.find(speaker_words) + len(speaker_words))
    hedge, hedge_class = _hedge(text) if not against else ("", "")
    percent, percent_words = _percent(text)
    condition = _condition(text)
    return Saying(
        speaker=speaker,
        speaker_words=speaker_words,
        hedge=hedge,
        hedge_class=hedge_class,
        disagreement=text[slice(*against)] if against else "",
        percent="" if against else percent,
        percent_words="" if against else percent_words,
        condition=condition,
        denial=_denial(text, against or (0, 0)),
        numbers=_numbers(text, percent_words),
        threshold=read_threshold(text, beside=(condition, percent_words)),
    )


def _speaker(text: str) -> tuple[str, str]:
    for pattern in _REPORTED:
        for found in pattern.finditer(text):
            who = found["who"].rstrip(".,’'")
            if who.split()[0].casefold() not in _NOBODY or re.match(_SOURCE, who):
                return who, found[0].strip(" ,.“”\"’'")
    return "", ""


def _denial(text: str, against: tuple[int, int]) -> str:
    """What denies the prediction itself."""
    start, end = against
    return next((found[0] for found in _DENIAL.finditer(text) if found.end() <= start or found.start() >= end), "")


def _numbers(text: str, percent_words: str) -> tuple[str, ...]:
    """Those that something may be judged by: how sure somebody is of it is none of them."""
    start = text.find(percent_words)
    end = start + len(percent_words)
    told = (one[0].strip() for one in _NUMBER.finditer(text) if one.end() <= start or one.start() >= end)
    return tuple(dict.fromkeys(told))[:MOST_NUMBERS]


def _hedge(text: str) -> tuple[str, str]:
    known = read_hedge(text)
    found = _HEDGES.search(text) if known else None
    if known and found:
        return found[0], known.phrase
    unread = _UNREAD_HEDGES.search(text)
    return (unread[0], "") if unread else ("", "")


def _percent(text: str) -> tuple[str, str]:
    for found in _PERCENT.finditer(text):
        said = found["before"] or found["after"]
        if float(said) <= 100:
            return said, found[0]
    one_in = _ONE_IN.search(text)
    share = _PER_CENT_OF_ONE_IN.get(one_in["many"].lower(), "") if one_in else ""
    return (share, one_in[0]) if one_in and share else ("", "")


def _condition(text: str) -> str:
    """The clause with "if" up to the comma that ends it; one that holds most of the sentence is cut at its "then"."""
    found = _IF.search(text)
    if found is None:
        return ""
    words = re.split(r",\s|\s+then\s", found["words"], maxsplit=1)[0]
    return words.rstrip(' .,”"') if len(words.split()) > 2 else ""
