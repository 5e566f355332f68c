"""Output files that are either whole or not there."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path, *, keep: bool = True) -> Iterator[IO[str]]:
    """A UTF-8 text file that takes the name ``path`` only once it is complete and on disk.

    On an interrupt (Ctrl-C) what was written, if anything, is kept as ``path`` +
    ``.partial``, unless ``keep`` is false; on any other exception it is removed. An earlier
    file at ``path`` stays as it was in both cases. Lines are written as given:
    nothing is translated. A device or pipe (``/dev/null``) is written to as it is.

    Raises OSError.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(path.parent))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            try:
                yield out
            finally:
                out.flush()
                os.fsync(out.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException as error:
        with suppress(FileNotFoundError):  # interrupted after it had taken its name
            if keep and isinstance(error, KeyboardInterrupt) and os.path.getsize(name):
                os.replace(name, path.with_name(path.name + ".partial"))
            else:
                os.unlink(name)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else those that the umask gives a new one."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0o077)  # it can only be read by setting it; other threads may make files meanwhile
    os.umask(mask)
    return 0o666 & ~mask
