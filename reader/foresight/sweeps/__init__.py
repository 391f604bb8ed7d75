"""Looking for predictions in many pieces at once, for one reader: asked for, done by the worker, gone through after.

A `Sweep` is a list of pieces. The worker takes them one after the other (`running`), looks through those that nobody
has looked through yet, and keeps each likely sentence as a `Finding`, in a `Wording` with those that say the same.
What its reader has still to answer is asked for when it is shown (`queries`), by the same rules as in the gutter.
"""
