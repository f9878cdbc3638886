"""Fetches a pinned npm package, checks it, and hands out the files in it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class NpmPackage:
    """A package at one version; `sha512` is npm's `dist.integrity` without its prefix."""

    name: str
    version: str
    sha512: str

    def fetch(self) -> dict[str, bytes]:
        """Return the package's files by their path in it. Needs `npm` and a network."""
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("npm is needed to fetch fonts and icons (Debian: apt install npm)")
        with tempfile.TemporaryDirectory() as folder:
            spec = f"{self.name}@{self.version}"
            command = [npm, "pack", "--json", "--pack-destination", folder, spec]
            listing = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=folder).stdout
            archive = Path(folder, _file_name(listing)).read_bytes()
        digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
        if digest != self.sha512:
            sys.exit(f"{spec} is not the expected file: its sha512 is {digest}")
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            return {
                member.name.partition("/")[2]: content.read()
                for member in tar
                if (content := tar.extractfile(member)) is not None
            }


def _file_name(listing: bytes) -> str:
    """Name of the packed file; some npm versions report the scope's slash as it is."""
    name: str = json.loads(listing)[0]["filename"]
    return name.removeprefix("@").replace("/", "-")
