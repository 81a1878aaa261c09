"""Figures, reviews, reports."""
