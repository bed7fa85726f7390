"""Rules on what a text's words ask, by what they answer; their order is in madoguchi/answers/certain.py."""
