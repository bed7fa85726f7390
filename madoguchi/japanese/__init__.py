"""Japanese text as people type it: folding, numbers, dates and morphemes. Imports nothing else of this package."""
