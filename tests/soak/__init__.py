"""Long loops that break things and check everything: python -m tests.soak, make soak.

What each part checks, and what was measured, is in docs/reliability.md.
"""
