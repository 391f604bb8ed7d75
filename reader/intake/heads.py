"""The heads that stand in place of a masthead: a mail's, a memo's, a chat message's, or a note's properties."""

from reader.intake.abstracts import read_abstract_page
from reader.intake.bylines import Byline
from reader.intake.chatheads import read_chat_head
from reader.intake.findings import Masthead
from reader.intake.lines import Role, Sheet
from reader.intake.mailheads import sort_mail_head
from reader.intake.properties import read_properties


def read_head(sheet: Sheet, head: Masthead) -> None:
    """Claim the head and complete `head` with what it says; nothing happens where there is none."""
    mail = sort_mail_head(sheet)
    if mail is None:
        _read_other_head(sheet, head)
        return
    head.start = head.end = mail.end
    head.title = head.title or mail.title
    head.publication = head.publication or mail.sender
    head.byline |= Byline(authors=mail.authors, dated=mail.dated, has_date=mail.dated is not None)


def _read_other_head(sheet: Sheet, head: Masthead) -> None:
    paper = read_abstract_page(sheet)
    if paper:
        head.start = head.end = paper.end
        head.title = head.title or paper.title
        head.byline |= paper.byline
        return
    chat = read_chat_head(sheet)
    if chat:
        head.start = head.end = chat[0]
        head.title = next((entry.text for entry in sheet.entries[: chat[0]] if entry.role is Role.TITLE), head.title)
        head.byline |= chat[1]
        return
    properties = read_properties(sheet)
    if properties:
        head.end = properties[0]
        head.byline |= properties[1]
