"""What a periodical counts: "Issue #47", "Vol. 3, No. 4", "Nr. 12", "Working Paper No. 7"."""

import re

_COUNTED = (
    r"(?:the |special )?(?:(?:working|discussion|policy|research|technical) (?:paper|report|note|brief) )?"
    r"(?:issue(?: no\.?)?|edition|no\.?|nr\.?|n[°º]|number|vol(?:ume|\.)?|episode|ep\.?|"
    r"ausgabe|numéro|número|nummer|numero|выпуск|גיליון)"
)
_NUMBER = r"(?:\d{1,4}|[IVXLC]{1,7})\b"
NUMBERED = re.compile(
    rf"(?:(?:{_COUNTED}(?:\s?[#№]\s?|\s|(?<=[.°º]))\s?|[#№]\s?){_NUMBER}[,:;/]?\s?){{1,3}}|第\s?\d{{1,4}}\s?[期号]",
    re.IGNORECASE,
)
# A year, or a season's; it dates the issue only beside its number.
YEAR = re.compile(
    r"(?:(?:spring|summer|autumn|fall|winter|frühjahr|herbst|printemps|été|automne|hiver|q[1-4]|h[12])[ /]+)?"
    r"(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
