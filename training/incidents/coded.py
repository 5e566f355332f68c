"""Code the reports of ECB+ that the tables of the join are fitted on: records as JSON lines on stdout.

python training/incidents/coded.py > coded.jsonl
"""

from __future__ import annotations

from fit import training_texts

from marsad import Coder, Report


def main() -> None:
    """Code and write."""
    coder = Coder()
    for text in training_texts():
        print(coder.code(Report(text.name, text.text, language="en")).dumps())


if __name__ == "__main__":
    main()
