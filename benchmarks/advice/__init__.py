"""What advice is worth: `python -m benchmarks.advice`, part by part."""
