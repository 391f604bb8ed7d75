"""Finding what a text predicts, in pure Python: no database, no request."""
