"""What storage takes, how it grows, when the disk is full and what it costs.

The history of sizes is written by `maint.record_storage()` (sql/66_storage.sql). What expires
belongs to `retention/`, and so does where archives are kept (`retention/storage.py`).
"""
