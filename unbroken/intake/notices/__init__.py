"""Carriers' notices of work by mail: certain ones are windows, a person decides on the rest."""
