"""Reports: what maintenance did over some days, in figures and pictures.

It doesn't know Dagster.
"""
