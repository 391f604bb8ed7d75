"""The lines of the agreement page, filled in from plain rows: hundreds of sentences by many readers in a moment."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString

from reader.core.markup import NOTHING, fill, together
from reader.reports.comparing import Comparison, Pair, Reader
from reader.reports.queries import MarkRow
from reader.spotting.sentences import Span

#: Of a sentence that goes on and on, so much is shown, beginning a little before its first marked word.
LONGEST, LEAD = 420, 80
#: In a larger company only those who marked a sentence are named beneath it, and the rest counted.
MOST_NAMED = 12

SENTENCE = '<p class="sentence" dir="auto"><a href="{address}#h-{mark}">{words}</a></p>'
ROW = """<li id="s{number}">{sentence}
<ul class="strip">{strip}</ul></li>
"""
ENTRY = '<li data-said="{said}">{name}<span class="visually-hidden"> {words}</span></li>'
SAID = {True: ("yes", "marked it"), False: ("no", "did not mark it"), None: ("not-read", "has not come to it")}
REST = "<li>{count} did not mark it</li>"
PAIR_ROW = '<li id="s{number}" class="side-by-side">{one}{other}</li>\n'
SIDE = '<div class="side">{name}{words}</div>'
NAME = '<ul class="strip">{entry}</ul>'
SAID_NOTHING = {False: "Not marked.", None: "Not come to it yet."}
NOTHING_MARKED = '<p class="muted small">{words}</p>'
MORE = """<li class="more"><a class="button quiet" href="?{query}" hx-get="?{query}" hx-target="closest li" \
hx-swap="outerHTML">More sentences</a></li>
"""


def sentence_rows(comparison: Comparison, numbers: Iterable[int], address: str) -> SafeString:
    """A line for each of these sentences: its words, and who marked it."""
    entries = [{said: entry(reader, said) for said in SAID} for reader in comparison.readers]
    return together(
        fill(
            ROW,
            number=number,
            sentence=sentence(comparison, number, marks_on(comparison.readers, number), address),
            strip=strip(comparison.readers, number, entries),
        )
        for number in numbers
    )


def pair_rows(comparison: Comparison, pair: Pair, numbers: Iterable[int], address: str) -> SafeString:
    """A line for each of these sentences, with what either of two marked of it."""
    return together(
        fill(
            PAIR_ROW,
            number=number,
            one=side(comparison, pair.one, number, address),
            other=side(comparison, pair.other, number, address),
        )
        for number in numbers
    )


def more(query: str) -> SafeString:
    return fill(MORE, query=query)


def entry(reader: Reader, said: bool | None) -> SafeString:  # noqa: FBT001  (a judgement, not a switch)
    key, words = SAID[said]
    return fill(ENTRY, said=key, name=reader.name, words=words)


def strip(readers: Sequence[Reader], number: int, entries: list[dict[bool | None, SafeString]]) -> SafeString:
    said = [reader.judge(number) for reader in readers]
    if len(readers) <= MOST_NAMED:
        return together(mine[judged] for judged, mine in zip(said, entries, strict=True))
    named = [mine[judged] for judged, mine in zip(said, entries, strict=True) if judged]
    rest = fill(REST, count=said.count(False)) if False in said else NOTHING
    return together([*named, rest])


def side(comparison: Comparison, reader: Reader, number: int, address: str) -> SafeString:
    judged = reader.judge(number)
    if judged:
        words = sentence(comparison, number, reader.marks[number], address)
    else:
        words = fill(NOTHING_MARKED, words=SAID_NOTHING[judged])
    return fill(SIDE, name=fill(NAME, entry=entry(reader, judged)), words=words)


def marks_on(readers: Iterable[Reader], number: int) -> list[MarkRow]:
    return [mark for reader in readers for mark in reader.marks.get(number, ())]


def sentence(comparison: Comparison, number: int, marks: Sequence[MarkRow], address: str) -> SafeString:
    """The words of a sentence, those under the marks washed; they lead to their place in the piece."""
    first = min(marks, key=lambda mark: mark.start)
    words = washed(comparison.text, comparison.sentences[number], marks)
    return fill(SENTENCE, address=address, mark=first.id, words=words)


def washed(text: str, span: Span, marks: Iterable[MarkRow]) -> SafeString:
    start, end = span
    stretches = list(merged(marks, span))
    if end - start > LONGEST:
        start = max(start, stretches[0].start - LEAD)
        end = min(end, start + LONGEST)
    out, place = ["… " if start > span.start else ""], start
    for stretch in stretches:
        stop = min(stretch.end, end)
        if stop > stretch.start:
            out.append(escape(text[place : stretch.start], quote=False))
            out.append(f'<mark data-kind="prediction">{escape(text[stretch.start : stop], quote=False)}</mark>')
            place = stop
    out += [escape(text[place:end], quote=False), " …" if end < span.end else ""]
    return SafeString("".join(out))


def merged(marks: Iterable[MarkRow], span: Span) -> Iterator[Span]:
    """What the marks cover of a sentence, in order, each stretch once."""
    covered = sorted((max(mark.start, span.start), min(mark.end, span.end)) for mark in marks)
    start, end = covered[0]
    for next_start, next_end in covered[1:]:
        if next_start > end:
            yield Span(start, end)
            start = next_start
        end = max(end, next_end)
    yield Span(start, end)
