import collections, sys

sys.path.insert(0, "/tmp/w-core")
import tests.claims.test_ledger_laws as m
from hypothesis import settings

count = collections.Counter()
ok = collections.Counter()
orig = m.Ledger.allows


def allows(self, deed, who, what, how):
    r = orig(self, deed, who, what, how)
    n = deed
    count[n] += 1
    ok[n] += r
    return r


m.Ledger.allows = allows


def test_explore(world):
    m.test_what_is_legal_keeps_the_laws_and_what_is_not_changes_nothing.hypothesis  # exists
    f = (
        settings(m.test_what_is_legal_keeps_the_laws_and_what_is_not_changes_nothing, max_examples=150)
        if False
        else m.test_what_is_legal_keeps_the_laws_and_what_is_not_changes_nothing
    )
    f(world=world)
    print({n: (ok[n], count[n]) for n in count})
