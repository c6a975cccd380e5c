"""Measurements, each beside its peer in the same run: `.venv/bin/python -m bench.fetch` and so on. See RESULTS.md."""
