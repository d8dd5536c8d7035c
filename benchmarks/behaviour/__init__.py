"""Made-up histories with attacks in them, and how well the checks of behaviour find these."""
