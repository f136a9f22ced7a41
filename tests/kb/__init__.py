"""Tests of kb/."""
