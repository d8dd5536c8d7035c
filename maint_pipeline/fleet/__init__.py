"""What is asked or done of all databases of a fleet from the command line."""
