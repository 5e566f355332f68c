"""The coder's data files: word lists, word classes and weighted rules. See ``SOURCES.md`` beside this file."""
