"""Files that hold many things: mails, mailboxes, archives of them, and what other apps gave away."""
