"""Repairs: what ends a finding, done so that it can be undone, and proven to be.

The undo comes from the difference of two snapshots of the catalog and not from the statement. What
is here takes a connection and knows neither Dagster nor the command line.
"""
