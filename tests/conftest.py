"""For every test: the same quiet environment as the server's, telemetry off, before anything imports Rasa."""

from madoguchi.terminal import silence

silence()
