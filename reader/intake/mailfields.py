"""The lines of a mail's or a memo's head, as mail programs of several languages write them, and what they say."""

import re
from dataclasses import dataclass

from reader.intake.dates import Dated, read_date
from reader.intake.names import looks_like_name, split_names
from reader.intake.publications import is_publication_name
from reader.intake.tables import alternatives, phrases

# What the field says -> how it is labelled.
LABELS = {
    "from": "from | von | de | da | van | от | fra | från | od | מאת | 发件人 | 寄件者 | 差出人 | 보낸 사람",
    "to": "to | an | à | pour | para | aan | кому | til | till | אל | 收件人 | 宛先 | 받는 사람",
    "cc": "cc | bcc | cci | cco | kopie | copie | копия | 抄送",
    "date": """
        date | sent | sent on | datum | gesendet | gesendet am | envoyé | envoyé le | fecha | enviado | enviado el |
        enviada em | data | inviato | verzonden | дата | отправлено | dato | sendt | skickat | תאריך | 日期 |
        发送时间 | 送信日時 | 日付 | 날짜
    """,
    "subject": """
        subject | re | betreff | betr | objet | sujet | asunto | oggetto | assunto | onderwerp | тема | emne | ämne |
        נושא | 主题 | 主旨 | 件名 | 제목
    """,
    "other": """
        reply-to | antwort an | répondre à | memorandum for | distribution | classification | attachments | importance
    """,
}
KINDS = {label.casefold(): kind for kind, block in LABELS.items() for label in phrases(block)}
_LABEL = "|".join(re.escape(label) for label in sorted(KINDS, key=len, reverse=True))
FIELD = re.compile(rf"(?:>\s?)?(?P<label>{_LABEL})\s?[:：]\s*(?P<value>.*)", re.IGNORECASE)
INSIDE = re.compile(rf"(?:^|(?<=\s))(?P<label>{_LABEL})\s?[:：]\s", re.IGNORECASE)
MARKER = alternatives(r"""
    (?:begin |start of (?:the )?)?(?:forwarded|original|fwd) (?:message|e-?mail)
    (?:anfang der )?(?:weitergeleiteten?|ursprünglichen?) (?:nachricht|(?:e-?)?mail)
    (?:début du )?(?:message|e-?mail|mail) (?:transféré|réexpédié|original|d['’]origine)
    (?:inicio del )?mensaje (?:reenviado|original)
    (?:inizio (?:del )?)?messaggio (?:inoltrato|originale)
    (?:início da )?mensagem (?:encaminhada|reencaminhada|original)
    (?:begin )?(?:doorgestuurd|oorspronkelijk) bericht
    (?:пересылаемое|пересланное|исходное) сообщение
    videresendt melding|vidarebefordrat meddelande
    הודעה שהועברה|转发的?邮件|原始邮件|轉寄的郵件|転送メッセージ
""")
MEMO = re.compile(r"(?:(?:internal|confidential|private|office)[ ,]*)*memo(?:randum)?(?:\s?:.{2,150})?", re.IGNORECASE)
REPLIED = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|enc|i|ref)\s?:\s*)+", re.IGNORECASE)
ADDRESS = re.compile(r"\s*[<(\[][^>)\]]*@[^>)\]]*[>)\]]|\s*\S+@\S+")
BRACKETED = re.compile(r"\s*\([^()]{1,60}\)$")
ROLE_ADDRESS = re.compile(
    r"\b(?:hello|hi|news|newsletter|info|no-?reply|team|contact|mail|editors?|letters?)@", re.IGNORECASE
)
FROM_A_LETTER = re.compile(r"(?P<person>.{2,60}?)\s(?:from|at|von|de|da|van)\s(?P<letter>.{2,60})", re.IGNORECASE)
ON_BEHALF = re.compile(r"\s(?:on behalf of|im auftrag von|de la part de|por cuenta de)\s", re.IGNORECASE)
EDGING = "-‐–—=_*>:. "
LONGEST_FIELD, LONGEST_HEAD = 300, 800  # characters


@dataclass(frozen=True, slots=True)
class MailHead:
    title: str | None = None
    authors: tuple[str, ...] = ()
    sender: str | None = None  # of a mail that no person signs: the newsletter
    dated: Dated | None = None
    end: int = 0  # position of the first entry after it


def read_field(text: str) -> tuple[str, str] | None:
    """Return what kind of field the line is and its value, None where it is none."""
    match = FIELD.fullmatch(text) if len(text) < LONGEST_FIELD else None
    return (KINDS[match["label"].casefold()], match["value"].strip()) if match else None


def read_fields_in_a_row(text: str) -> dict[str, str]:
    """Return the fields of a head whose line breaks were no blocks, so that all of it is one line; {} if it is none."""
    if len(text) > LONGEST_HEAD or "@" not in text:
        return {}
    labels = [match for match in INSIDE.finditer(text) if match["label"][0].isupper()]
    if not labels or not (is_marker(text[: labels[0].start()]) or labels[0].start() == 0):
        return {}
    ends = [*(match.start() for match in labels[1:]), len(text)]
    fields: dict[str, str] = {}
    for match, end in zip(labels, ends, strict=True):
        fields.setdefault(KINDS[match["label"].casefold()], text[match.end() : end].strip())
    return fields if "from" in fields and len(fields) > 2 else {}


def is_marker(text: str) -> bool:
    """Whether the line announces a mail that was passed on ("---------- Forwarded message ---------")."""
    return len(text) < 100 and MARKER.fullmatch(text.strip(EDGING)) is not None


def is_memo_heading(text: str) -> bool:
    return MEMO.fullmatch(text.strip(EDGING)[:200]) is not None


def read_values(values: dict[str, str], end: int) -> MailHead:
    """Return what the fields say of the piece."""
    said = ON_BEHALF.split(values.get("from", ""))[-1]
    role_address = ROLE_ADDRESS.search(said)
    sender = BRACKETED.sub("", ADDRESS.sub("", said)).strip(" \"'") or None
    names = _names(sender) if sender and not role_address else ()
    return MailHead(
        title=REPLIED.sub("", values.get("subject", "")).strip() or None,
        authors=names,
        sender=_letter(sender) if names else sender if sender and is_publication_name(sender) else None,
        dated=read_date(values.get("date", "")),
        end=end,
    )


def _letter(sender: str | None) -> str | None:
    """Return the newsletter of "Jane Doe from Some Letter"."""
    match = FROM_A_LETTER.fullmatch(sender or "")
    return match["letter"] if match and looks_like_name(match["person"]) else None


def _names(sender: str) -> tuple[str, ...]:
    """Return the people in "Jane Doe, Staff Engineer" or "Jane Doe from Some Letter"."""
    letter = FROM_A_LETTER.fullmatch(sender)
    if letter and looks_like_name(letter["person"]) and not looks_like_name(sender):
        return (letter["person"],)
    names = split_names(sender)
    if names:
        return names
    first = re.split(r",|\s[|–—(-]\s?|\s(?:from|at|of)\s", sender)[0].strip()
    return (first,) if looks_like_name(first) else ()
