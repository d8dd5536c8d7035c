"""Dagster's web application behind a guard of our own.

`rules` and `addresses` decide what is let in and know nothing of servers; `guard` puts the rules
around an ASGI application; `server` builds Dagster's application and serves it. Commands, and what
they print, belong to `cli`.
"""
