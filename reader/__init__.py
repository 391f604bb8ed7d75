"""Forecite: a reading room for AI-industry commentary."""
