"""The steps of an answer: screen, understand, choose, support, compose, verify."""
