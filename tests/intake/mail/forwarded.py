"""One newsletter as the mail programs of the world pass it on, in four languages."""

from tests.intake.mail.post import body

NAME, ADDRESS = "Freya Lund from Kilowatt Review", "kilowatt@substack.com"
WHO = f"{NAME} &lt;{ADDRESS}&gt;"
TITLE = "The grid is the model"
WORDS = (
    "Ask a modeller what limits the next run and you hear about data. Ask whoever signs the lease.\n\n"
    "We expect that at least one lab moves its largest cluster abroad before 2027, and that nobody says so aloud.\n\n"
    "The rest is arithmetic: a substation takes four years, a model takes one, and neither waits for the other.\n"
)
LABELS = {
    "english": ("From", "Sent", "To", "Subject", "Date"),
    "german": ("Von", "Gesendet", "An", "Betreff", "Datum"),
    "french": ("De ", "Envoyé ", "À ", "Objet ", "Date "),
    "spanish": ("De", "Enviado", "Para", "Asunto", "Fecha"),
}
LONG_DAY = {
    "english": "Tuesday, November 3, 2026 9:12 AM",
    "german": "Dienstag, 3. November 2026 09:12",
    "french": "mardi 3 novembre 2026 09:12",
    "spanish": "martes, 3 de noviembre de 2026 9:12",
}
SUBJECT = {"english": "Fwd: ", "german": "WG: ", "french": "TR : ", "spanish": "RV: "}

GMAIL_HEAD = {
    "english": ("From", "Tue, Nov 3, 2026 at 9:12 AM"),
    "german": ("Von", "Di., 3. Nov. 2026 um 09:12 Uhr"),
    "french": ("De ", "mar. 3 nov. 2026 à 09:12"),
    "spanish": ("De", "mar, 3 nov 2026 a las 9:12"),
}


def gmail(language: str, words: str = "") -> str:
    sender, day = GMAIL_HEAD[language]
    return (
        '<div dir="ltr">Have a look<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        f'class="gmail_attr">---------- Forwarded message ---------<br>{sender}: <strong class="gmail_sendername" '
        f'dir="auto">{NAME}</strong> <span dir="auto">&lt;<a href="mailto:{ADDRESS}">{ADDRESS}</a>&gt;</span><br>'
        f'Date: {day}<br>Subject: {TITLE}<br>To:  &lt;<a href="mailto:cleo@example.org">cleo@example.org</a>&gt;<br>'
        f"</div><br><br>{words or body()}</div></div>"
    )


def gmail_plain(language: str) -> str:
    sender, day = GMAIL_HEAD[language]
    return (
        f"Have a look\n\n---------- Forwarded message ---------\n{sender}: {NAME} <{ADDRESS}>\nDate: {day}\n"
        f"Subject: {TITLE}\nTo: <cleo@example.org>\n\n\n{WORDS}"
    )


def outlook(language: str) -> str:
    """On a computer: made by Word."""
    sender, sent, to, subject, _ = LABELS[language]
    return (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body lang=EN-US><div class=WordSection1>"
        "<p class=MsoNormal>See below.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div "
        "style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal>"
        f"<b>{sender}:</b> {WHO} <br><b>{sent}:</b> {LONG_DAY[language]}<br><b>{to}:</b> Cleo &lt;cleo@example.org&gt;"
        f"<br><b>{subject}:</b> {TITLE}<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>{body()}"
        "</div></body></html>"
    )


def outlook_web(language: str) -> str:
    sender, sent, to, subject, _ = LABELS[language]
    return (
        '<html><body><div class="elementToProof">See below.</div><div id="appendonsend"></div>'
        '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
        f'<font face="Calibri, sans-serif" color="#000000" style="font-size:11pt"><b>{sender}:</b> {WHO}<br>'
        f"<b>{sent}:</b> {LONG_DAY[language]}<br><b>{to}:</b> Cleo &lt;cleo@example.org&gt;<br>"
        f"<b>{subject}:</b> {TITLE}</font><div>&nbsp;</div></div><div>{body()}</div></body></html>"
    )


def outlook_phone(language: str) -> str:
    head = '<div>Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><div id="ms-outlook-mobile"></div>'
    return outlook_web(language).replace('<div class="elementToProof">See below.</div>', head)


ORIGINAL = {
    "english": "-----Original Message-----",
    "german": "-----Ursprüngliche Nachricht-----",
    "french": "-----Message d'origine-----",
    "spanish": "-----Mensaje original-----",
}


def outlook_plain(language: str) -> str:
    sender, sent, to, subject, _ = LABELS[language]
    return (
        f"See below.\n\n{ORIGINAL[language]}\n{sender}: {NAME} <{ADDRESS}> \n{sent}: {LONG_DAY[language]}\n"
        f"{to}: Cleo <cleo@example.org>\n{subject}: {TITLE}\n\n{WORDS}"
    )


def outlook_web_plain(language: str) -> str:
    return outlook_plain(language).replace(ORIGINAL[language], "________________________________")


APPLE_HEAD = {
    "english": ("Begin forwarded message:", "3 November 2026 at 09:12:00 CET"),
    "german": ("Anfang der weitergeleiteten Nachricht:", "3. November 2026 um 09:12:00 MEZ"),
    "french": ("Début du message réexpédié :", "3 novembre 2026 à 09:12:00 UTC+1"),
    "spanish": ("Inicio del mensaje reenviado:", "3 de noviembre de 2026, 9:12:00 CET"),
}


def apple(language: str) -> str:
    sender, _, to, subject, date = LABELS[language]
    opening, day = APPLE_HEAD[language]
    rows = [(sender, WHO), (subject, f"<b>{TITLE}</b>"), (date, day), (to, "cleo@example.org")]
    fields = "".join(
        f'<div style="margin:0px;"><span style="color:black;"><b>{label}: </b></span><span>{value}<br></span></div>'
        for label, value in rows
    )
    return (
        f'<html><body>For you.<br><div><br><blockquote type="cite"><div>{opening}</div><br>'
        f'{fields}<br class="Apple-interchange-newline"><div>{body()}</div></blockquote></div></body></html>'
    )


def apple_plain(language: str) -> str:
    sender, _, to, subject, date = LABELS[language]
    opening, day = APPLE_HEAD[language]
    head = f"{sender}: {NAME} <{ADDRESS}>\n{subject}: {TITLE}\n{date}: {day}\n{to}: cleo@example.org\n\n"
    quoted = "".join(f"> {line}\n" for line in f"{opening}\n\n{head}{WORDS}".split("\n"))
    return f"For you.\n\n{quoted}"


PHONE_HEAD = {
    "english": ("Sent from my iPhone", "November 3, 2026 at 9:12:00 AM GMT+1"),
    "german": ("Von meinem iPhone gesendet", "3. November 2026 um 09:12:00 MEZ"),
    "french": ("Envoyé de mon iPhone", "3 novembre 2026 à 09:12:00 UTC+1"),
    "spanish": ("Enviado desde mi iPhone", "3 de noviembre de 2026, 9:12:00 CET"),
}


def iphone(language: str) -> str:
    sender, _, to, subject, date = LABELS[language]
    signed, day = PHONE_HEAD[language]
    return (
        f'<html><body dir="auto"><br id="lineBreakAtBeginningOfSignature"><div dir="ltr">{signed}</div><div dir="ltr">'
        f'<br>{APPLE_HEAD[language][0]}<br><br></div><blockquote type="cite"><div dir="ltr"><b>{sender}:</b> {WHO}<br>'
        f"<b>{date}:</b> {day}<br><b>{to}:</b> cleo@example.org<br><b>{subject}:</b> <b>{TITLE}</b><br><br></div>"
        f'</blockquote><blockquote type="cite"><div dir="ltr">{body()}</div></blockquote></body></html>'
    )


SAMSUNG_HEAD = {
    "english": ("-------- Original message --------", "11/3/26  9:12 AM  (GMT+01:00)"),
    "german": ("-------- Ursprüngliche Nachricht --------", "03.11.26  09:12  (GMT+01:00)"),
    "french": ("-------- Message d'origine --------", "03/11/2026  09:12  (GMT+01:00)"),
    "spanish": ("-------- Mensaje original --------", "3/11/26  9:12  (GMT+01:00)"),
}

THUNDERBIRD_HEAD = {
    "english": ("-------- Forwarded Message --------", "Subject", "Date", "From", "To"),
    "german": ("-------- Weitergeleitete Nachricht --------", "Betreff", "Datum", "Von", "An"),
    "french": ("-------- Message transféré --------", "Sujet ", "Date ", "De ", "Pour "),
    "spanish": ("-------- Mensaje reenviado --------", "Asunto", "Fecha", "De", "Para"),
}
STAMP = "Tue, 3 Nov 2026 09:12:00 +0100"


def thunderbird(language: str) -> str:
    opening, subject, date, sender, to = THUNDERBIRD_HEAD[language]
    rows = [(subject, TITLE), (date, STAMP), (sender, WHO), (to, "cleo@example.org")]
    cells = "".join(
        f'<tr><th valign="BASELINE" nowrap="nowrap" align="RIGHT">{label}: </th><td>{value}</td></tr>'
        for label, value in rows
    )
    return (
        f'<html><body><p>For the shelf.</p><div class="moz-forward-container"><br><br>{opening}<table '
        'class="moz-email-headers-table" cellspacing="0" cellpadding="0" border="0"><tbody>'
        f"{cells}</tbody></table><br><br>{body()}</div></body></html>"
    )


def thunderbird_plain(language: str) -> str:
    opening, subject, date, sender, to = THUNDERBIRD_HEAD[language]
    return (
        f"For the shelf.\n\n\n{opening}\n{subject}: \t{TITLE}\n{date}: \t{STAMP}\n{sender}: \t{NAME} <{ADDRESS}>\n"
        f"{to}: \tcleo@example.org\n\n\n\n{WORDS}"
    )


PROTON_HEAD = {
    "english": ("------- Forwarded Message -------", "On Tuesday, November 3rd, 2026 at 9:12 AM"),
    "german": ("------- Weitergeleitete Nachricht -------", "Am Dienstag, 3. November 2026 um 09:12"),
    "french": ("------- Message transféré -------", "Le mardi 3 novembre 2026 à 09:12"),
    "spanish": ("------- Mensaje reenviado -------", "El martes, 3 de noviembre de 2026 a las 9:12"),
}


def proton(language: str) -> str:
    sender, _, to, subject, date = LABELS[language]
    opening, day = PROTON_HEAD[language]
    return (
        '<div style="font-family: Arial">For the shelf.<br></div><div class="protonmail_quote">'
        f"{opening}<br>{sender}: {WHO}<br>{date}: {day}<br>{subject}: {TITLE}<br>{to}: cleo@example.org "
        f'&lt;cleo@example.org&gt;<br><br><blockquote class="protonmail_quote" type="cite">{body()}</blockquote></div>'
    )


def proton_plain(language: str) -> str:
    sender, _, to, subject, date = LABELS[language]
    opening, day = PROTON_HEAD[language]
    head = f"{opening}\n{sender}: {NAME} <{ADDRESS}>\n{date}: {day}\n{subject}: {TITLE}\n{to}: cleo@example.org\n\n"
    return f"For the shelf.\n\n{head}" + "".join(f"> {line}\n" for line in WORDS.split("\n"))


YAHOO_HEAD = {
    "english": ("----- Forwarded Message -----", "Tuesday, November 3, 2026 at 09:12:00 AM GMT+1"),
    "german": ("----- Weitergeleitete Nachricht -----", "Dienstag, 3. November 2026 um 09:12:00 MEZ"),
    "french": ("----- Mail transféré -----", "mardi 3 novembre 2026 à 09:12:00 UTC+1"),
    "spanish": ("----- Mensaje reenviado -----", "martes, 3 de noviembre de 2026, 9:12:00 CET"),
}


def yahoo(language: str) -> str:
    sender, sent, to, subject, _ = LABELS[language]
    opening, day = YAHOO_HEAD[language]
    rows = [(sender, WHO), (to, "cleo@example.org &lt;cleo@example.org&gt;"), (sent, day), (subject, TITLE)]
    fields = "".join(f"<div><b>{label}:</b> {value}</div>" for label, value in rows)
    return (
        '<div class="ydp1yahoo-style-wrap"><div dir="ltr">For the shelf.</div><div id="yahoo_quoted_1" '
        f'class="yahoo_quoted"><div style="font-family:Helvetica"><div>{opening}</div>{fields}<div><br></div>'
        f'<div><div id="yiv1">{body()}</div></div></div></div></div>'
    )


def yahoo_plain(language: str) -> str:
    """Yahoo writes the whole head in one line."""
    sender, sent, to, subject, _ = LABELS[language]
    opening, day = YAHOO_HEAD[language]
    return (
        f'For the shelf.\n\n   {opening} {sender}: {NAME} <{ADDRESS}>{to}: "cleo@example.org" <cleo@example.org>'
        f"{sent}: {day}{subject}: {TITLE}\n {WORDS}"
    )


def samsung(language: str) -> str:
    sender, _, to, subject, date = LABELS[language]
    opening, day = SAMSUNG_HEAD[language]
    return (
        '<html><body><div dir="auto"><br></div><div id="composer_signature" dir="auto"><div>Sent from my Galaxy</div>'
        f'</div><div><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>{opening}</div>'
        f"<div>{sender}: {WHO} </div><div>{date}: {day} </div><div>{to}: cleo@example.org </div>"
        f"<div>{subject}: {TITLE} </div><div><br></div></div>{body()}</body></html>"
    )


HTML = {
    "gmail": gmail,
    "outlook": outlook,
    "outlook web": outlook_web,
    "outlook phone": outlook_phone,
    "apple": apple,
    "iphone": iphone,
    "samsung": samsung,
    "thunderbird": thunderbird,
    "proton": proton,
    "yahoo": yahoo,
}
PLAIN = {
    "gmail": gmail_plain,
    "outlook": outlook_plain,
    "outlook web": outlook_web_plain,
    "apple": apple_plain,
    "thunderbird": thunderbird_plain,
    "proton": proton_plain,
    "yahoo": yahoo_plain,
}
