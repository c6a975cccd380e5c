"""Beds of hostile pages and answers take minutes: BEDS=all runs them whole, otherwise a part stands for the rest."""

import os

import pytest

WHOLE = os.environ.get("BEDS") == "all"
only_whole = pytest.mark.skipif(not WHOLE, reason="Takes long; BEDS=all ./run test runs it.")
