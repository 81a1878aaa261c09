"""Tests of the room outage."""
