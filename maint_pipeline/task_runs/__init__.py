"""The life of a task run, recorded in the ledger, and the maintenance windows that bind it."""
