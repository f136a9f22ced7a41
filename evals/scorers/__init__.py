"""Scorers: pure, short functions; 1 and 0, a share between them, or None where it does not apply.

Whether a figure applies is decided by the Case alone, never by the Answer, so that a regression
cannot take itself out of the denominator. Only the count of sentences and citations varies.
"""
