"""Wiring and ground of the fact-checking workflow."""
