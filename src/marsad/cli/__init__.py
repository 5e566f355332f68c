"""The command line: one verb, one file, each a thin layer around the library."""
