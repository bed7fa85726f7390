"""Rasa graph components: Sudachi tokenizer, programme linker, intent classifier."""
