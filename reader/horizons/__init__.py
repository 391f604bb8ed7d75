"""Reading time wording: which days "by the end of the decade" means, seen from the day it was said.

A grammar: bases name a period ("2027", "the third quarter", "early next year"), operators make a window of it ("by",
"before", "in"), and lengths of time are counted from the day it was said ("within five years").
"""

from .grammar import parse
from .rules import explain
from .windows import By, Kind, Precision, Window

__all__ = ["By", "Kind", "Precision", "Window", "explain", "parse"]
