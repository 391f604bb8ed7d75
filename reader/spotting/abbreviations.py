"""Words whose stop does not end a sentence, and words that begin one. All are folded, without the last stop."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: With a capital only ("Gen." and "Ms.", but not "the next gen." and "5 ms."), and a name behind them.
TITLES = words("mr mrs ms messrs dr prof rev hon gov gen sen rep capt col sgt lt st mt pres amb hr fr mme mlle")

#: Something always follows them. Never in capitals alone: "CA" is a state.
JOINING = words("""
    vs v e.g i.e eg ie cf viz approx ca circa resp incl excl esp
    z.b d.h u.a bzw vgl sog ggf evtl insb mio mrd p.ex
""")

#: A number follows them; before anything else they are words like "no" and "art".
NUMBERED = words("no nos nr fig figs eq eqs sec secs ch chap p pp vol vols art para pt ed eds tab ref refs est")

#: They may end a sentence: what follows decides.
TRAILING = words("""
    etc inc ltd corp co cos plc llc bros jr sr esq dept univ assn intl al usw
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun
""")

#: In German an ordinal has a stop, and one of these behind it.
AFTER_ORDINALS = words("""
    januar februar märz april mai juni juli august september oktober november dezember
    jahrhundert jahrhunderts jahrhunderte quartal quartals halbjahr halbjahrs kapitel auflage klasse
""")

#: What begins a sentence and hardly ever a name: after "the U.S." or "plan B." these begin the next one.
OPENING = words("""
    the a an it its this that these those there then they he she we you i in on at by for from with without as if
    when while where what who why how but and or so yet nor not no yes after before since until because although
    though however still also even once our my his her their your one some many most more all each every any
    is are was were will would can could should may might do does did has have had let nobody everyone
    der die das ein eine es er sie wir ich und aber doch dann wenn
""")
