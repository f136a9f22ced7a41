"""Cases, scorers and the runner; run the same public functions as the app."""
