"""madoguchi (窓口): an advisory assistant for small businesses that looks its answers up."""

__version__ = "0.1.0"
