"""The structured programme data: frozen types, strict loading, validation, queries. Imports no Rasa."""

from madoguchi.catalog.catalog import Catalog
from madoguchi.catalog.loading import folder, load
from madoguchi.catalog.problems import CatalogError, Problem

__all__ = ["Catalog", "CatalogError", "Problem", "folder", "load"]
