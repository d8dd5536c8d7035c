"""Benchmarks: what the product does, side by side with what a user would do instead."""
