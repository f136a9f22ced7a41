"""Documents as a city has them, made by the tests, with the text they must give."""
