"""Words that turn what a sentence says of a passage in it: they deny, doubt, take back or make it hang on something."""

import re

from reader.spotting.lexicon import words

#: These join, or go with a noun, and say nothing of their own.
COMMON = words("""
    a an the this these that and but so then thus hence therefore however moreover also still yet now indeed again
    der die das dass den dem des ein eine einen einem einer und aber also doch auch nun noch
""")

_DENYING = r"""
    not cannot no never nor neither without hardly barely scarcely impossible
    nicht kein keine keinen keiner nie niemals kaum ohne unmöglich
"""
_DOUBTING = r"""
    may might could would maybe perhaps possibly probably unlikely doubt doubts doubted doubtful unsure uncertain
    allegedly supposedly hope hopes hoped fear fears feared
    vielleicht möglicherweise wahrscheinlich unwahrscheinlich könnte könnten dürfte dürften wohl angeblich zweifel
"""
_TAKING_BACK = r"""
    wrong wrongly mistake mistaken mistakenly error errors incorrect incorrectly inaccurate false falsely untrue
    retract retracts retracted retraction withdraw withdrew withdrawn corrected correction removed deleted
    regret regrets apologise apologize disavow abandoned took.out taken.out took.back take.back taken.back struck.out
    used.to originally
    (?:earlier|previous|first|original|old).(?:version|edition|text|draft) instead.of rather.than far.from
    falsch irrtum irrten geirrt fehler berichtigung korrektur korrigiert gestrichen gelöscht entfernt zurückgenommen
    widerrufen ursprünglich (?:frühere|früheren|erste|ersten).(?:fassung|version) nicht.mehr
"""
_CONDITIONS = r"""
    if unless provided whether assuming
    wenn falls sofern vorausgesetzt ob
"""

_ALL = "|".join(word.replace(".", " ") for word in (_DENYING + _DOUBTING + _TAKING_BACK + _CONDITIONS).split())
#: Read in words that are folded and stand apart by one space, as the dots do above.
TURNING = re.compile(rf"\b(?:{_ALL})\b|\w+n't\b")
