"""Opening the SQLite file: checks, settings and migrations, and SQLite's errors in plain words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import apsw

from marsad.casebook.migrations import steps
from marsad.errors import CasebookError

__all__ = ["APPLICATION_ID", "connect", "plain_errors", "transaction"]

APPLICATION_ID: Final = 0x4D525344
"""``MRSD``, at byte 68 of the file: what ``file`` and other programs can tell a casebook by."""

_TEMPORARY: Final = ""
_WORDS: Final = (
    (apsw.NotADBError, "is not a casebook"),
    (apsw.CorruptError, "is damaged: restore it from a copy"),
    (apsw.BusyError, "is in use by another program: try again when that has finished"),
    (apsw.LockedError, "is in use by another program: try again when that has finished"),
    (apsw.ReadOnlyError, "cannot be written: the file, its folder or the disk is read-only"),
    (apsw.CantOpenError, "cannot be opened: check that the path and its permissions are right"),
    (apsw.PermissionsError, "cannot be opened: check its permissions"),
    (apsw.FullError, "cannot grow: the disk is full"),
    (apsw.IOError, "cannot be read or written: the disk reports an error"),
    (apsw.TooBigError, "cannot take a text of more than 1,000,000,000 bytes"),
)


@contextmanager
def plain_errors(path: str) -> Iterator[None]:
    """Turn what SQLite raises inside into a CasebookError of one line."""
    try:
        yield
    except UnicodeDecodeError:
        raise CasebookError(f"{path} is damaged: restore it from a copy") from None
    except apsw.Error as error:
        for kind, words in _WORDS:
            if isinstance(error, kind):
                raise CasebookError(f"{path} {words}") from None
        raise CasebookError(f"{path}: {' '.join(str(error).split())}") from None


@contextmanager
def transaction(db: apsw.Connection) -> Iterator[None]:
    """All of what happens inside, on disk when it ends, or none of it. Takes the writer's lock at once."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def connect(path: str, *, create: bool, write: bool, patience: float) -> apsw.Connection:
    """Open the casebook at ``path`` (empty for a temporary one).

    ``patience`` is how many seconds to wait for another program's lock. Raises
    CasebookError where there is no casebook there, it is newer than this
    program, or it cannot be used.
    """
    if path != _TEMPORARY:
        _look(path, create)
    with plain_errors(path):
        db = _open(path, create, write, round(patience * 1000))
        try:
            _settle(db, path, create, write)
        except BaseException:
            db.close()
            raise
        return db


def _look(path: str, create: bool) -> None:
    """Refuse early, and in better words, what SQLite would only call 'unable to open'."""
    if Path(path).is_dir():
        raise CasebookError(f"{path} is a folder, not a casebook")
    if not create and not Path(path).exists():
        raise CasebookError(f"{path}: there is no such casebook")
    if create and not Path(path).absolute().parent.is_dir():
        raise CasebookError(f"{path}: there is no folder to create it in")


def _open(path: str, create: bool, write: bool, patience: int) -> apsw.Connection:
    # Even for reading not SQLITE_OPEN_READONLY, which leaves the -wal and -shm files behind when it closes.
    db = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0))
    db.set_busy_timeout(patience)
    if write:
        return db
    try:
        db.pragma("query_only", True)
        db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        # A WAL file on a read-only disk: safe to read as it stands where no writer has left a log.
        db.close()
        if os.path.exists(path + "-wal") and os.path.getsize(path + "-wal"):
            raise
        address = f"file:{quote(os.path.abspath(path))}?immutable=1"
        return apsw.Connection(address, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    except BaseException:
        db.close()
        raise
    return db


def _settle(db: apsw.Connection, path: str, create: bool, write: bool) -> None:
    for switch, value in (
        (apsw.SQLITE_DBCONFIG_DEFENSIVE, 1),
        (apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
        # A casebook has neither; one that was tampered with shall not run any.
        (apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
        (apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0),
    ):
        db.config(switch, value)
    version, latest = _version(db, path, create), steps()[-1][0]
    if version > latest:
        raise CasebookError(
            f"{path} was made by a newer Marsad (its schema is {version}, this one knows {latest}): upgrade Marsad"
        )
    if not write:
        if version < latest:
            raise CasebookError(f"{path} was made by an older Marsad: 'marsad origins {path}' brings it up to date")
        return
    if path != _TEMPORARY and db.readonly("main"):
        raise apsw.ReadOnlyError
    db.pragma("journal_mode", "wal")
    db.pragma("synchronous", "full")
    # A report touches some 80 pages, most of them of the look-up of origins: let them gather before they are moved.
    db.pragma("wal_autocheckpoint", 4000)
    db.pragma("foreign_keys", True)
    if version < latest:
        _migrate(db, path)


def _version(db: apsw.Connection, path: str, create: bool) -> int:
    """The file's schema version; 0 for an empty one that may be made into a casebook."""
    if db.pragma("application_id") == APPLICATION_ID:
        return int(db.pragma("user_version"))
    empty = not db.pragma("user_version") and not db.execute("SELECT count(*) FROM sqlite_schema").get
    if not (create and empty and not db.pragma("application_id")):
        raise CasebookError(f"{path} is not a casebook")
    return 0


def _migrate(db: apsw.Connection, path: str) -> None:
    """Take the steps that are missing, each whole or not at all."""
    for version, sql in steps():
        with transaction(db):
            # Asked anew under the lock: another program may have just taken this step.
            if _version(db, path, create=True) < version:
                db.execute(sql)
                db.pragma("application_id", APPLICATION_ID)
                db.pragma("user_version", version)
