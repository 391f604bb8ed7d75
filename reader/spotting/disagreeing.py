"""Whether whoever writes a sentence disagrees with the prediction that it tells of, and in which words.

Read is only what the writer says outright, now, and behind the prediction: "X expects …, but I think he is wrong". Who
was wrong, or is wrong about something else, who may be, and of whom others say so is not disagreed with; nor does a
condition or a question disagree. Where somebody else speaks in between, nobody knows whom it is about.
"""

import re

SAYS = (
    r"(?:says?|said|predicts?|predicted|expects?|expected|believes?|believed|thinks?|thought|argues?|argued|insists?|"
    r"insisted|warns?|warned|anticipates?|reckons?|writes?|wrote|doubts?|doubted|disagrees?|disagreed|replies|replied)"
)
#: Whose prediction it is, where nobody is named.
_SOMEBODY = re.compile(
    r"\b(?:he|she|they|some|many|most|others|everyone|everybody|people|critics|optimists|pessimists|enthusiasts|insiders|"
    r"analysts|economists|experts|forecasters|investors|executives|founders|it\s+is\s+(?:often|widely|commonly))"
    rf"(?:\s+\w+){{0,3}}?\s+(?:{SAYS}|claims?|claimed|estimates?|projects?|promises?|bets?|hopes?)\b",
    re.IGNORECASE,
)
#: Somebody else has the word: neither the writer nor whose prediction it is.
_ANOTHER = re.compile(rf"(?<!\bhe\s)(?<!\bshe\s)(?<!\bit\s)(?<!\bI\s)(?<!\bwe\s)\b{SAYS}\b", re.IGNORECASE)

_I = r"(?:(?:personally|honestly|frankly),?\s+)?(?:I|we)"
_AM = r"(?:I(?:\s+am|['’]m)|we(?:\s+are|['’]re))"
_IS = r"(?:\s+(?:is|are)|['’](?:s|re))"
_SO = r"(?:\s+(?:simply|just|plainly|clearly|flatly|dead|quite|very|highly|totally|utterly|almost\s+certainly))*"
_WRONG = (
    r"\s+(?:wrong|mistaken|(?:far\s+)?too\s+optimistic|(?:overly|wildly)\s+optimistic)"
    r"(?:\s+(?:about|on)\s+(?:this|that|it))?"
)
_UNTRUE = (
    r"\s+(?:unlikely|implausible|improbable|impossible|unrealistic|nonsense|absurd|wishful\s+thinking)"
    r"(?:\s+to\s+(?:happen|come\s+true|hold))?"
)
_HE_ERRS = rf"(?:he|she|they|it|that|this){_IS}{_SO}{_WRONG}"
_IT_FAILS = rf"(?:(?:it|that|this)(?:{_IS}|\s+(?:seems|looks|sounds))|they{_IS}){_SO}{_UNTRUE}"
_THAT = r"(?:it|that|this)"
_THEM = r"(?:it|that|this|him|her|them)"
_REALLY = r"(?:\s+(?:really|quite|strongly|respectfully|firmly|completely|totally|seriously|very\s+much|still|must))*"
_DO_NOT = r"(?:do\s+not|don['’]t|cannot|can['’]t)(?:\s+(?:really|quite))?"
#: What is the writer's own word wherever a clause begins.
_MINE = (
    rf"{_I}{_REALLY}\s+(?:think|believe|suspect|reckon|bet|say)\s+(?:that\s+)?(?:{_HE_ERRS}|{_IT_FAILS})",
    rf"{_AM}\s+(?:sure|certain|convinced|confident)\s+(?:that\s+)?(?:{_HE_ERRS}|{_IT_FAILS})",
    rf"{_I}\s+(?:find|think|consider)\s+{_THAT}{_SO}(?:{_UNTRUE}|\s+hard\s+to\s+believe)",
    rf"{_I}{_REALLY}\s+(?:disagree|beg\s+to\s+differ)(?:\s+with\s+{_THEM})?",
    rf"{_I}\s+{_DO_NOT}\s+(?:buy|see)\s+{_THAT}(?:\s+happening)?",
    rf"{_I}\s+{_DO_NOT}\s+believe\s+(?:{_THEM}|a\s+word\s+of\s+{_THAT})",
    rf"{_I}\s+{_DO_NOT}\s+(?:think\s+so|agree(?:\s+with\s+{_THEM})?)",
    rf"{_I}\s+{_DO_NOT}\s+think\s+(?:that\s+)?(?:he|she|they|it|that|this){_IS}\s+(?:right|correct)",
    rf"{_AM}\s+not\s+buying\s+{_THAT}",
    rf"{_I}{_REALLY}\s+doubt\s+{_THAT}",
    rf"{_I}(?:\s+would|['’]d)\s+bet\s+against\s+{_THEM}",
    rf"which\s+{_I}{_REALLY}\s+(?:doubt|dispute|{_DO_NOT}\s+(?:believe|buy|expect))",
    rf"which\s+(?:is|seems|looks|sounds){_SO}{_UNTRUE}",
)
_TURN = r"(?:but|yet|though|although|however|only)\b,?\s+"
_DISAGREEMENT = re.compile(
    rf"(?:[,;:.!?()—–][”\"’]?|\s--?)\s*(?P<words>(?:{_TURN}|and\s+)?(?:{'|'.join(_MINE)})"
    # "That is wrong" by itself may be said of what is right to do; "but that is wrong" is not.
    rf"|{_TURN}(?:{_HE_ERRS}|{_IT_FAILS})|(?<=[;:.!?—–]\s)(?!(?:it|that|this){_IS}{_SO}\s+wrong)(?:{_HE_ERRS}|{_IT_FAILS}))"
    r"(?=\s*(?:[.!,;:)—–”\"]|\s--?\s|$)|\s+(?:because|since|given|for|to\s+(?:me|us)|in\s+my|and\s+(?:that|expect|think|believe))\b)",
    re.IGNORECASE,
)
#: Others say so ("he is wrong, critics say"), or the writer agrees ("and I don't think so, either").
_NOT_AGAINST = re.compile(
    rf"[”\"’]?\s*[,—–-]?\s*[”\"’]?\s*(?!(?:I|we)\s)(?:(?:[\w’'-]+\s+){{0,3}}{SAYS}\b|according\s+to\b|either\b)",
    re.IGNORECASE,
)


def read_disagreement(text: str, behind: int) -> tuple[int, int] | None:
    """Where the writer disagrees with what was told before.

    `behind` is where a name ends of whom something is told; where it is 0, the prediction may be somebody's unnamed.
    """
    told = behind or (found.end() if (found := _SOMEBODY.search(text)) else 0)
    for found in _DISAGREEMENT.finditer(text, told) if told else ():
        start, end = found.span("words")
        if _ANOTHER.search(text, told, start):
            return None
        if not _NOT_AGAINST.match(text, end) and not _is_quoted(text[:start]):
            return start, end
    return None


def _is_quoted(before: str) -> bool:
    """Whether what stands before leaves a quotation open."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
