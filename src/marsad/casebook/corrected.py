"""The title and date of a report as they are listed: as it came, or as reviewers corrected them."""

from __future__ import annotations

from typing import Final

__all__ = ["PUBLISHED", "RETITLED", "TITLE"]

_SAID: Final = (
    "SELECT decided.report FROM decided JOIN decisions ON decisions.number = decided.decision"
    ' WHERE instr(decisions.data, \'"field":"{field}"\')'
)
"""The reports about a field of which something was decided: canonical JSON has it in no other way of writing."""
_FIELD: Final = (
    "CASE WHEN reports.number IN (" + _SAID + ") THEN"
    " CASE WHEN json_valid(records.json) THEN records.json ->> '$.{field}' END ELSE reports.{field} END"
)

RETITLED: Final = _SAID.format(field="title")
"""SQL for the numbers of the reports about whose titles something was decided."""
TITLE: Final = _FIELD.format(field="title")
"""SQL for a report's title where ``reports`` is joined with the ``records`` that are listed."""
PUBLISHED: Final = _FIELD.format(field="published")
"""The same for the date of publication."""
