"""`python -m madoguchi.catalog check [FOLDER]`: whether the program data can be used, and what to mend."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from madoguchi.catalog import CatalogError, folder, load


def main(arguments: list[str] | None = None) -> int:
    """0 when the catalog can be used, 1 when it has errors; each is printed with its place and its mend."""
    parser = argparse.ArgumentParser(
        prog="python -m madoguchi.catalog", description="制度データを調べます (check the program data)"
    )
    parser.add_argument("command", choices=["check"])
    parser.add_argument("folder", nargs="?", type=Path, default=folder())
    options = parser.parse_args(arguments)
    try:
        catalog = load(options.folder)
    except CatalogError as error:
        print(error, file=sys.stderr)
        print(
            f"\n制度データに誤りがあります。直してからもう一度お試しください: {len(error.problems)} 件\n"
            f"Mend the program data and try again: {len(error.problems)} error(s).",
            file=sys.stderr,
        )
        return 1
    for warning in catalog.warnings:
        print(warning)
    print(
        f"制度データは正しく読めました (program data are valid): 制度 {len(catalog.programs)}、"
        f"項目 {sum(1 for _ in catalog.facts())}、窓口 {len(catalog.contacts)}、注意 {len(catalog.warnings)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
