"""Rasa custom actions: one file a kind of question, each thin."""
