"""Unbroken: the service desk of those who keep others connected."""
