"""When nobody notices: what the server does at which hour, and when heavy work is best started.

Samples of the load are taken by the sensor (`sensors/load.py`). It doesn't know Dagster.
"""
