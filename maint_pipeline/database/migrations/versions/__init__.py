"""One pair of files for each revision, named rev_NUMBER_WHAT."""
