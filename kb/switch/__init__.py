"""The switch that turns the service off for everybody, and who turned it."""
