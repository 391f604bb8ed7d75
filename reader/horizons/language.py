"""Whether the words around a place are English: "in 2030" is German and Italian too."""

from .tokens import Sentence
from .vocabulary import vocabulary

_ENGLISH = vocabulary(
    """
    the of to and is are be will would that this it its we they you he she i for with as by on at not from have has
    been their than more most but if when what which who there our your his her an all
    """
)
# Left out are words that English has too: "die", "in", "a", "on", "man", "son", "no".
_OTHER = vocabulary(
    """
    der das und ist nicht wird werden von bis für mit eine einen dem den des ein auch sich auf wir ich sie er es
    le la les et est une sera seront qui que du au aux dans sur pour avec plus ne pas d ce cette il elle nous
    el los las del por para será serán una uno con como más se lo y
    di che nel nella sarà saranno gli non più della delle sono entro
    não uma com até dos das será ao pelo
    het een wordt worden van niet zal zullen voor naar ook naar
    att och är inte kommer som av på ett det
    jest nie będzie się roku przez oraz
    """
)
_REACH = 30


def is_foreign(s: Sentence, i: int) -> bool:
    """Whether two words of another language stand around `i`, and more of them than of English."""
    first, last = max(s.first_of_sentence(i), i - _REACH), min(s.sentence_end(i), i + _REACH)
    around = s.words[first:last]
    other = len([word for word in around if word in _OTHER or not (word.isascii() or _is_latin(word))])
    return other > max(len([word for word in around if word in _ENGLISH]), 1)


def _is_latin(word: str) -> bool:
    return not any("\u0370" <= letter < "\u2000" for letter in word)
