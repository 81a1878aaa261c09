"""The people of a company, as an agent sees them: who manages who sees what on the portal."""
