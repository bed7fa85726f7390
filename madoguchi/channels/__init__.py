"""Where madoguchi meets Rasa's server: the connectors named in credentials.yml, and the server itself."""
