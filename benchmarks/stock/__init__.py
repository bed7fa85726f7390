"""The same assistant as a Rasa user would build it from stock parts; README.md of the folder above says how."""
