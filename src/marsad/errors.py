"""Every exception that Marsad raises on purpose.

::

    MarsadError
    ├── RecordError        a record is not well formed (marsad-record/1)
    ├── ReadingError       an input cannot be turned into a report
    │   ├── UnsupportedInput   no reader for this kind of file
    │   └── LimitExceeded      larger, deeper or slower than allowed
    ├── CodingError        the coder cannot start or a report cannot be coded
    │   └── ModelError         a shipped or pinned model is missing or altered
    ├── KnowledgeError     an actor pack or the gazetteer is malformed
    ├── CodebookError      a user's codebook is malformed, or was trained on another encoder
    ├── CasebookError      the casebook cannot be opened, read or written
    ├── DecisionError      a reviewer's decision that cannot be taken as it is meant
    ├── AnalysisError      a series cannot be read or a model cannot be fitted to it
    ├── IncidentError      a rule or grade of incidents that there is not
    ├── ExchangeError      what was asked for cannot be written in that format
    └── EvaluationError    gold and system records cannot be compared

The message of each is one line that says what is wrong and what to do.
"""

from __future__ import annotations

__all__ = [
    "AnalysisError",
    "CasebookError",
    "CodebookError",
    "CodingError",
    "DecisionError",
    "EvaluationError",
    "ExchangeError",
    "IncidentError",
    "KnowledgeError",
    "LimitExceeded",
    "MarsadError",
    "ModelError",
    "ReadingError",
    "RecordError",
    "UnsupportedInput",
]


class MarsadError(Exception):
    """Base class: catch this to catch everything that Marsad raises on purpose."""


class RecordError(MarsadError):
    """A record breaks the format marsad-record/1."""


class ReadingError(MarsadError):
    """An input cannot be turned into a report."""


class UnsupportedInput(ReadingError):
    """There is no reader for this kind of input."""


class LimitExceeded(ReadingError):
    """An input is larger, deeper or slower to read than the limits allow."""


class CodingError(MarsadError):
    """The coder cannot start, or a report cannot be coded."""


class ModelError(CodingError):
    """A model that the coder needs is missing or is not the pinned one."""


class KnowledgeError(MarsadError):
    """An actor pack or the gazetteer is malformed."""


class CodebookError(MarsadError):
    """A user's codebook is malformed, cannot be trained, or was trained on another encoder."""


class CasebookError(MarsadError):
    """A casebook cannot be opened, read or written."""


class DecisionError(MarsadError):
    """A reviewer's decision names nothing that is there, or a value that cannot stand there."""


class AnalysisError(MarsadError):
    """A series of events cannot be read as it is meant, or a model cannot be fitted to it."""


class IncidentError(MarsadError):
    """Incidents are asked for a rule, field or grade that there is not."""


class ExchangeError(MarsadError):
    """What was asked for cannot be written in that format, or by these conditions."""


class EvaluationError(MarsadError):
    """Gold and system records cannot be compared."""
