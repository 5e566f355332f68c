"""Code the reports of ECB+, on which the tables of the join are fitted and tried: records as JSON lines on stdout.

python training/incidents/coded.py > coded.jsonl
"""

from __future__ import annotations

from fit import ECB, texts

from marsad import Coder, Report


def main() -> None:
    """Code and write."""
    coder = Coder()
    for text in texts(ECB):
        print(coder.code(Report(text.name, text.text, language="en")).dumps())


if __name__ == "__main__":
    main()
