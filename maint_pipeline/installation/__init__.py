"""Installing on a database: what `maint migrate` and `maint adopt` do.

This package is above `database`, `checks`, `retention` and `sources`, because it needs them all.
"""
