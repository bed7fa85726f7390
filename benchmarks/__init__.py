"""Experiments that chose a number in the code; each prints the table that a page in docs/adr shows."""

from madoguchi.terminal import silence

silence()  # before anything here imports Rasa
