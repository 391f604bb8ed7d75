"""Everything that comes in many at once: run by the worker, seen at /imports/, stopped and tried again there.

How a door uses it. The view that takes the file or the address:

    work = Import.begin(request.user, Door.MAIL, file.name, form="mbox")   # TooMany after thirty in ten minutes
    keep(work, file.chunks())                                              # where there is a file
    queue(work)
    return HttpResponseRedirect(work.get_absolute_url(), status=303)

`visibility=` and `team_of_pieces_id=` of `begin` say who is to see the pieces; `work.audience` is what to hand to
`shelve`, which falls back to the reader alone. And the walk, in a module that `reader/intake/jobs.py` imports:

    @walked_by(Door.MAIL)
    def walk(work: Import) -> Iterator[Step]:
        file = open_kept(work)                       # a binary file that can seek; only parts of it are in memory
        file.seek(work.place)                        # where the slice before left off (0 after a retry)
        work.expect(1200)                            # if the number of lines of the log is known; else `place` tells
        for message in messages(file):
            yield Step(key, name, partial(bring, work, message), place=file.tell())

`bring` answers the lines of the log, as a rule one:

    Item(name=subject, outcome=Outcome.ADDED, sentence="…", article=article)

A step runs at least once: a worker may be killed between the work and its note, so bring in by verbs that add nothing
the second time (`shelve`). Its key is the same each time (a Message-ID, a row's number): what is in the log is not
brought again. A step that raises `Refused`, or anything unforeseen, is noted as failed, and the next one is taken; a
walk that raises `NotBrought("A sentence for the reader.")` ends the import as not read. After ten seconds an import
goes to the end of the queue and the walk begins anew, at `work.place`, so that a walk must be cheap up to there. Bring
many small things of one kind (the highlights of one piece) in one step with many items, in one transaction.
"""

from reader.intake.imports.files import keep, open_kept
from reader.intake.imports.models import Door, Import, Item, Outcome
from reader.intake.imports.running import NotBrought, Step, queue, walked_by

__all__ = ["Door", "Import", "Item", "NotBrought", "Outcome", "Step", "keep", "open_kept", "queue", "walked_by"]
