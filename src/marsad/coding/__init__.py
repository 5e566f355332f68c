"""The coder: from a report to a record of what it says."""
