"""How a sentence of its own takes back what stands beside it, in English and German.

Read is a sentence with one space between any two words, plain quotes, and without its last stop and what decorates it.
Each pattern holds the whole of what is said, or goes on behind a stop: "I take it back" is one, "I take it back to the
shop" is none.
"""

import re
from collections.abc import Iterable

from reader.spotting.disagreeing import SAYS
from reader.spotting.lexicon import words


def _any(text: str) -> str:
    """One of these, a line each; a line may hold several."""
    return f"(?:{'|'.join(line.strip() for line in text.strip().splitlines())})"


def _compiled(patterns: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(rf"{_FILLER}(?:{pattern}){_END}(?P<behind>.*)", re.IGNORECASE) for pattern in patterns]


_SO = "(?: {})*".format(
    _any(r"""
    now|hereby|therefore|today|since|also|simply|just|plainly|clearly|completely|entirely|totally|utterly|quite|badly
    very|all|fully|flatly|formally|publicly|must|have to|want to|wish to|would like to|then|in fact|sadly|obviously
    evidently|both|dead|far|much
    """)
)
_NOUN = _any(r"""
    predictions?|forecasts?|claims?|statements?|sentences?|passages?|paragraphs?|lines?|estimates?|figures?|numbers?
    dates?|views?|opinions?|assertions?|assessments?|expectations?|calls?|bets?|thesis|remarks?|points?|words?|projections?
    guess(?:es)?
    """)
_OLD = "(?:old|first|original|last|earlier|previous|former|whole|entire|above|preceding|following|next)"
#: What is spoken of without its name.
_THIS = _any(rf"""
    (?:all (?:of )?)?(?:this|that|it|these|those|them)(?! (?:{_OLD} )?{_NOUN}\b)
    the (?:above|foregoing|following)
    (?:this|that|the|my|our|these|those) (?:{_OLD} )?{_NOUN}(?: (?:above|below))?
    what (?:I|we) (?:said|wrote|say|write|predicted|claimed)(?: (?:here|above|there|then|below))?
    (?:every|a) word(?: of (?:it|this|that))?
    """)
_I = "(?:I|we)"
_WE = "(?:I|we|the (?:author|editor|writer|desk)s?)"
_ABOUT = r"(?: (?:about|on|with|regarding|concerning|of|in) (?P<about>[^,;:.()]+))?"
_IS = "(?: (?:is|was|are|were|(?:has|have)(?: since| now)? been|had to be)|'s)"
_WHEN = r"(?: (?:by|in|until|before) (?:the end of )?(?:\w+ )?(?:\d{4}|then|time)| on [\w ]{3,20})?"
#: Where what is said may end.
_END = r"(?= ?(?:$|[,;:.()\[\]]| -+ )| {}\b)".format(
    _any(r"""
    and|because|in hindsight|of course|too|today|now|after all|in the end|from the start|either|again|here|altogether
    """)
)
_UNTRUE = _any(r"""
    wrong|false|untrue|incorrect|mistaken|inaccurate|nonsense|premature|exaggerated|too (?:optimistic|pessimistic|early)
    (?:a|my|our) mistake|(?:an|my|our) error|an exaggeration|wishful thinking
    not (?:true|so|correct|right|accurate|the case)
    """)
_WITHDRAWN = _any(rf"""
    withdrawn|retracted|taken back|taken out|corrected|deleted|struck(?: (?:out|off))?|crossed out|superseded|removed
    revised|revoked|rescinded|disproved|disproven|refuted|debunked|obsolete|outdated|out of date|overtaken by events
    no longer (?:true|valid|so|the case|correct|right|current|(?:my|our) view|what {_I} (?:think|believe|expect))
    """)
_NEVER = "(?:did not|didn't|never|has not|hasn't|have not|failed to|will not|won't)"
_HAPPENED = _any(r"""
    happen(?:ed)?|c[ao]me(?: (?:true|to pass|about))?|materiali[sz]ed?|occur(?:red)?|h[eo]ld(?: up)?|turn(?:ed)? out so
    """)
_BELIEVE = "(?:believe(?: in)?|think|hold(?: to)?|expect|support|maintain|claim|endorse|share|stand (?:by|behind))"
_EARLIER = _any(r"""
    (?:last|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: \w+)?'s
    (?:an?|the|our|my|this) (?:earlier|previous|first|original|old|former)
    """)
_TEXT = "(?:version|edition|text|draft|letter|issue|column|piece|post|article|sentence)"
_FORMER = rf"{_EARLIER} {_TEXT}(?: of (?:this|the|our|my) \w+)?"
_WROTE = "(?:said|stated|gave|had|read|claimed|contained|misstated|predicted)"

_TAKE = "(?:take|took|am taking|are taking|taking|have taken)"
_TAKING_BACK = (
    rf"{_WE}(?:'d like to)?{_SO}(?:'m|'re)? {_TAKE} (?:{_THIS}{_SO} back|back {_THIS}){_ABOUT}",
    rf"{_WE}(?: have| has)?{_SO} (?:retract|withdr[ae]w|recant|disown|disavow|renounce|revise)(?:e?d|n|s)? {_THIS}",
    rf"{_THIS}{_IS}{_SO} {_WITHDRAWN}(?: by (?:me|us|the (?:author|editor|writer)s?))?{_WHEN}",
    rf"(?:please )?(?:disregard|ignore|strike|scratch) {_THIS}",
    rf"{_I}(?: deeply| sincerely)? (?:regret|apologi[sz]e for) (?:{_THIS}|(?:the|this|our|my) (?:error|mistake))",
)
_DO_NOT = f"{_WE} (?:no longer|can no longer|do not|don't|cannot|can't|have stopped)(?: really)?"
_NO_LONGER = f"{_WE} (?:no longer|can no longer)"
_BELIEVING_NO_MORE = (
    rf"{_DO_NOT} {_BELIEVE} (?:{_THIS}|so)(?: (?:any ?more|any longer|at all|to be (?:so|true)|is (?:so|true)))?",
    rf"{_NO_LONGER} (?:believe|think|expect|hold|claim) (?:that )?(?P<named>.+)",
    rf"{_I}(?: have|'ve)?(?: since)? changed (?:my|our) (?:minds?|views?|opinions?){_ABOUT}",
    rf"{_I} (?:now )?(?:believe|think|expect) the opposite",
    rf"{_I} would no longer (?:say|write|claim) (?:{_THIS}|so)",
    rf"{_I} used to (?:think|believe|say|expect) (?:so|this|that|it)",
    rf"(?:or|at least|so) ?,? (?:so )?{_I} (?:thought|believed|expected|assumed)(?: (?:then|once|at the time|in \w+))?",
)
_MISTAKEN = "(?:wrong|mistaken|in error|too (?:optimistic|pessimistic|early|sure|hasty))"
_ERRING = (
    rf"{_I} (?:was|were|am|are|have been|(?:got|had) (?:this|that|it)(?: one)?){_SO} {_MISTAKEN}{_ABOUT}",
    rf"(?:he|she|they){_IS}{_SO} (?:wrong|mistaken){_ABOUT}",
    rf"{_I} stand corrected",
    rf"(?:this|that|the|my|our) (?:{_OLD} )?(?:prediction|forecast|bet|call)s? (?:has |have )?failed{_WHEN}",
    rf"{_I}(?: have)? (?:erred|misjudged (?:this|it|that)|made an? (?:mistake|error)(?: here)?)",
    rf"{_THIS}(?:{_IS}| (?:has )?(?:proved|proven|turned out)(?: to be)?){_SO} {_UNTRUE}{_ABOUT}",
)
_NOT_HAPPENING = (
    rf"(?:{_THIS}|nothing of the (?:sort|kind)) {_NEVER} {_HAPPENED}{_WHEN}",
    rf"(?:none|nothing) of (?:this|that|it) (?:has )?(?:{_HAPPENED}|is true|was true){_WHEN}",
    rf"nothing of the (?:sort|kind) {_HAPPENED}{_WHEN}",
    r"(?:it|this|that|things) (?:has |have )?(?:turned out|came|went) (?:otherwise|differently)",
    r"the opposite (?:happened|came true|is true|was true|was the case)",
)
_OF_OLD = (
    rf"(?:this|that)(?: is|'s| was) what {_FORMER} (?:said|read)",
    rf"(?:this|that)(?: is|'s| was) what {_I} (?:used to \w+|\w+ (?:at first|originally|once))",
    rf"so (?:read|said|ran) {_FORMER}(?=$)",
    rf"{_FORMER} (?:(?:wrongly|incorrectly|mistakenly) )?{_WROTE} (?P<former>.+)",
)
_LEIDER = "(?: {})*".format(
    _any(r"""
    leider|so|einfach|schlicht|natürlich|inzwischen|offenbar|ganz|völlig|hier|da|darin|damit|gründlich|hiermit|alles
    """)
)
_DAS = r"(?:das|dies|es|die(?:se)? (?:aussage|prognose|vorhersage|zahl|angabe|behauptung))"
_FALSCH = _any(r"""
    falsch|unrichtig|unwahr|ein irrtum|ein fehler|nicht (?:richtig|wahr)
    überholt|widerlegt|widerrufen|zurückgezogen|gestrichen
    """)
_GERMAN = (
    rf"(?:ich nehme|wir nehmen) {_DAS}{_LEIDER} zurück|{_DAS} (?:nehme ich|nehmen wir){_LEIDER} zurück",
    rf"{_DAS} (?:war|ist|waren|erwies sich als){_LEIDER} {_FALSCH}",
    rf"(?:ich habe mich|wir haben uns){_LEIDER} (?:geirrt|getäuscht|vertan)",
    rf"(?:hier |da )?(?:habe ich mich|haben wir uns){_LEIDER} (?:geirrt|getäuscht|vertan)",
    rf"{_DAS} (?:(?:glaube|denke) ich|(?:glauben|denken) wir) nicht mehr",
    rf"(?:ich (?:glaube|denke)|wir (?:glauben|denken)) (?:{_DAS}|daran) nicht mehr",
    rf"{_DAS} stimmt(?: so)? nicht(?: mehr)?|(?:ich lag|wir lagen|(?:hier |da )?(?:lag ich|lagen wir)){_LEIDER} falsch",
    rf"{_DAS} ist (?:so )?(?:nicht|nie) (?:eingetreten|passiert|geschehen)",
    r"dazu (?:kam es|ist es) (?:nicht|nie)(?: gekommen)?",
)
#: A few: of very many that can be read in several ways there is no end.
_FILLER = r"(?:{} ?[,:-]? ){{0,4}}".format(
    _any(r"""
    but|and|well|so|today|now|in hindsight|looking back|as it turned out|in fact|actually|since then|sadly|alas|clearly
    as of [\w ]{3,15}|(?:I|we) (?:now|must|have to) (?:think|believe|admit|concede)(?: that)?
    sorry|aber|heute|leider|\w+ (?:years?|months?|weeks?|days?) later
    """)
)
RETRACTING = _compiled(
    (*_TAKING_BACK, *_BELIEVING_NO_MORE, *_ERRING, *_NOT_HAPPENING, *_OF_OLD, *_GERMAN),
)
#: Said without a verb; it is all that the sentence has.
BRIEF = re.compile(
    r"(?:but )?(?:not (?:any ?more|any longer|true|so)|no longer(?: (?:true|valid|so|the case))?|wrong|false|untrue|"
    r"incorrect|mea culpa|obsolete|outdated|superseded(?: by [^,;:]+)?|"
    r"(?:my|our) (?:mistake|error)|nicht mehr|falsch)",
    re.IGNORECASE,
)
#: Others say so, or it hangs on something.
NOT_OURS = re.compile(
    rf" ?,? ?(?:if|unless|when|but not|only|that|to|falls|wenn|dass|zu)\b|(?:(?<!\bI)(?<!\bwe)) {SAYS}\b", re.IGNORECASE
)

_DATE = _any(r"""
    \d{1,4}(?:st|nd|rd|th|\.)?|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*
    (?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|by the (?:author|editors?)
    """)
_DATED = rf"(?:[ ,(\[]*(?:on |in |of |vom )?{_DATE}(?:[ ,./-]+{_DATE}){{0,3}}[)\]]?)?"
_STRONG = _any(r"""
    corrections?|corrected|errat(?:um|a)|corrigend(?:um|a)|retractions?|retracted|withdrawn|taken back|no longer valid
    berichtigung(?:en)?|korrektur(?:en)?|widerruf(?:en)?|zurückgezogen|zurückgenommen
    """)
_WEAK = _any(r"""
    updated?|edit(?:ed)?|(?:(?:editor|author)'?s'? |later )?note|p\.? ?s\.?|addendum|postscript|nachtrag|anmerkung
    """)
#: What a remark calls itself, before what it has to say.
LABEL = re.compile(rf"(?:(?P<strong>{_STRONG})|{_WEAK}){_DATED} ?(?:(?::| -+ ) ?(?P<rest>.+)|:?$)", re.IGNORECASE)
_TRIFLES = _any(r"""
    typos?|misspel\w+|mis-?spelt|spelling|spelled|spelt|names?|named|titles?|captions?|photos?|pictures?|images?|charts?
    links?|footnotes?|grammar|commas?|formatting|tippfehler|schreibfehler|bildunterschrift
    """)
#: Who corrects one of these corrects no prediction.
TRIFLES = re.compile(rf"\b{_TRIFLES}\b", re.IGNORECASE)
_HERE = rf"(?:this|that|it|the above|here|dies\w*|das|es|hier|(?:the|our|my|this|that) (?:{_OLD} )?{_NOUN})"
#: It speaks of what stands there, first of all or of nothing else.
HERE = re.compile(rf"{_HERE}\b", re.IGNORECASE)
ONLY_HERE = re.compile(rf"(?:all (?:of )?)?{_HERE}(?: one| too| all| here| above)?", re.IGNORECASE)
#: Which of its sides it speaks of, where it says so.
FOLLOWING = re.compile(r"\b(?:following|below)\b", re.IGNORECASE)
PRECEDING = re.compile(r"\b(?:above|foregoing|preceding)\b", re.IGNORECASE)
DENYING = re.compile(r"\b(?:not|never|no longer|failed)\b|n't\b", re.IGNORECASE)
_WHEN_WRITTEN = _any(r"""
    in \w+(?: \d{4})?|last \w+|here|at first|originally|then|before|this|on \w+|yesterday
    """)
_IN_MAY = r"(?:in \w+(?: \d{4})?,? )?(?:(?:what|this is what) )?"
_ONCE = "(?:(?:once|originally|first|at first|wrongly) )?"
_WHAT = "(?:what|things|predictions|forecasts|claims) (?:that )?"
_LEADS = _any(rf"""
    (?:from )?{_FORMER}(?: (?:read|said|stated|claimed|ran|had|predicted)(?: (?:as follows|this|wrongly))?)? ?:
    {_IN_MAY}{_I} used to (?:write|say) ?:
    {_IN_MAY}{_I} {_ONCE}(?:wrote|said|predicted|claimed|published)(?: {_WHEN_WRITTEN})* ?:
    {_WHAT}{_I} (?:got wrong|no longer (?:believe|think|hold|expect)) ?:?
    {_WHAT}{_I} (?:take back|took back|retract|withdrew|withdraw|were wrong about) ?:?
    """)
#: It leads to what follows.
LEADING = re.compile(_LEADS, re.IGNORECASE)
#: Words that many sentences share, whatever they are about.
EMPTY = words("""
    about after again also are before between but can could did does done even ever every for from had has have been
    here into just know less like made make many more most much must never not only other our out over said same
    says she should since some still such than that the their them then there these they thing things think this
    those though time until very wants was well were what when where which while who will with would year years you
    your believe believes expect expects thinks aber auch dann dass dies eine einen einer haben hier mehr nach nicht
    noch oder sein sich sind über unter wenn werden wird wurde
""")
