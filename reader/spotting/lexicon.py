"""The words that the spotter tells apart. All are folded, and contractions are written out ("won't" is "will not")."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What a prediction is built on, or may be: without any of these (or a number) a sentence is not looked at further.
MODALS = words("will would could may might can should must shall going")
BELIEFS = words("""
    think thinks believe believes expect expects expected predict predicts predicted prediction predictions forecast
    forecasts forecasted bet guess suspect doubt reckon reckons anticipate anticipates anticipated fear assume suppose
    estimate estimates estimated project projected foresee wager surprised convinced sure certain confident expectation
    odds slated due set poised bound destined doomed likely unlikely probably inevitable inevitably probability chance
    certainly surely timeline timelines median imagine say says
""")
FUTURES = words("""
    soon sooner eventually someday future upcoming coming next tomorrow until within away ahead decade decades century
    centuries generation generations years year months month weeks quarter quarters spring summer autumn winter
    christmas election anytime horizon forever never longer yet trend trends pace continue continues remains remain
    becomes become arrives replaces about time ever days long
""")
#: Without one of these, a number or a month no wording names a time, and `horizons` need not be asked.
TIMES = words("""
    soon sooner eventually eventual someday future years year month months week weeks day days decade decades century
    centuries term run tomorrow tonight quarter quarters spring summer autumn winter fall christmas easter next coming
    generation generations ahead away within later monday tuesday wednesday thursday friday saturday sunday hour hours
    minutes half mid early anytime lifetime
""")
CUES = (MODALS - words("can should must")) | BELIEFS | FUTURES

#: How many of these the neighbours hold tells whether the passage looks ahead.
FORWARD = words("""
    will may might could going expect expects expected predict predicts forecast forecasts bet likely soon eventually
    decade decades future coming tomorrow probably
""")

#: The verb behind a modal: what the world does, what a reader or a program does.
CHANGES = words("""
    become replace emerge disappear vanish grow shrink fall rise drop reach exceed surpass overtake cross dominate
    collapse die win lose ban happen arrive come end stop double triple halve outperform match beat change transform
    disrupt automate converge widen narrow close shift move follow remain stay continue keep start spread increase
    decrease improve accelerate slow hit look take make get go kill destroy eat outpace lead cause bring drive displace
    eliminate force join leave open launch ship release announce acquire buy sell adopt regulate pass fail struggle
    survive succeed peak burst pop merge run need require cost pay settle expand decline evolve matter
""")
HANDLING = words("""
    use find learn show explain discuss call return print install notice read write describe cover help want ask try
    tell add click create give build check ensure send update see cite argue imagine say report
""")

SUBJECTS = {
    **dict.fromkeys(("he", "she"), "HE"),
    **dict.fromkeys(("someone", "somebody"), "SOME"),
    **dict.fromkeys(("everyone", "everybody"), "ALL"),
    **dict.fromkeys(("anyone", "anybody"), "ANY"),
    **dict.fromkeys(("who", "whoever"), "WHO"),
    **dict.fromkeys(("most", "many"), "MOST"),
    **dict.fromkeys(("people", "users"), "PEOPLE"),
    **dict.fromkeys(("and", "or", "but"), "AND"),
    **{word: word.upper() for word in words("i we you they it this that these there which one nobody what to")},
}
#: Between a subject and its verb these are looked past.
PASSED = words("""
    not also probably likely never always still just only soon eventually then now even ever almost certainly simply
    quickly really often usually sometimes therefore thus well already very all both
""")
CONDITIONS = words("if when whether unless once")
SUBORDINATES = CONDITIONS | words("until while because since although though as after before that which who so where")
PAST = words("""
    was were had did went came got made took said thought knew saw found gave told became left began wrote ran grew fell
    rose lost won built bought sold paid spent held met sat stood understood brought kept meant sent felt heard led
    broke spoke chose drew drove used
""")
MONTHS = words("""
    january february march april may june july august september october november december
""")
NUMBERS = words("""
    two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred thousand
""")
CONTRACTED = {
    "won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "gonna": ("going", "to"),
    "let's": ("let", "us"), "shan't": ("shall", "not"), "ain't": ("is", "not"),
}  # fmt: skip
ENDINGS = {"'ll": "will", "n't": "not", "'re": "are", "'ve": "have", "'d": "would", "'m": "am", "'s": "'s"}

#: Small words that tell English from other languages that share an alphabet and some of the cues.
ENGLISH = words("""
    the of and to in is that it for was with as are this be have by from not but they which or an on you we at i will
    if there would could may might has more than their can about who what when our do
""")
ELSEWHERE = words("""
    der die das und ist nicht ein eine zu den mit von auf für sich dem des im auch sind wir es le la les et est une
    dans que qui pour pas sur avec plus ce il au aux nous du el los las y en un por con para del se su al como lo pero
    che di e per non è sono della si het een van dat op te zijn voor met aan er ook maar om o os da do em um uma não
""") - words("die an in do as at on no me he so was")
