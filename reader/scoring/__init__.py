"""Figures about how readers judge, in pure Python: no database, no request."""
