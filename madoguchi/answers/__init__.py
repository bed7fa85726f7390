"""From a question to an answer: which facts, what arithmetic, which words. Imports no Rasa."""
