"""Measurements: how well we understand and how fast we answer, and the experiments that chose numbers in the code."""

from madoguchi.terminal import silence

silence()  # before anything here imports Rasa
