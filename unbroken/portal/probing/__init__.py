"""Customers test their own connection from their request, and get one plain sentence."""
