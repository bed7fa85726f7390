"""The widget's files, `web/`, as browsers get them: read once, named by their content, compressed beforehand."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from madoguchi.channels.widget.comments import without_comments

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_COMMENTED = {".css", ".js"}
# Text only: what is compressed already grows
_COMPRESSED = {".css", ".html", ".js", ".svg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file, ready to be sent."""

    content: bytes
    compressed: bytes | None
    content_type: str

    @property
    def integrity(self) -> str:
        """What stands in `integrity="…"` (Subresource Integrity)."""
        return "sha384-" + base64.b64encode(hashlib.sha384(self.content).digest()).decode()

    @property
    def etag(self) -> str:
        """Changes whenever the content does."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:16]}"'


class Files(Mapping[str, File]):
    """Files by their path within the folder. Only these: no request ever becomes a path on the disk."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self._files = dict(sorted(files.items()))

    @classmethod
    def read(cls, folder: Path) -> Files:
        """The files in `folder` of a kind that a browser loads; none where there is no such folder."""
        found = {}
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            hidden = any(part.startswith(".") or part == "node_modules" for part in Path(name).parts)
            if file.suffix in TYPES and file.is_file() and not file.is_symlink() and not hidden:
                found[name] = _ready(file.read_bytes(), file.suffix)
        return cls(found)

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change whenever a file does: the version in the files' address."""
        whole = hashlib.sha256()
        for name, file in self._files.items():
            whole.update(f"{name} {file.integrity}\n".encode())
        return whole.hexdigest()[:12]

    def __getitem__(self, name: str) -> File:
        return self._files[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _ready(content: bytes, suffix: str) -> File:
    if suffix in _COMMENTED:
        content = without_comments(content.decode()).encode()
    compressed = gzip.compress(content, mtime=0) if suffix in _COMPRESSED else None
    return File(content=content, compressed=compressed, content_type=TYPES[suffix])
