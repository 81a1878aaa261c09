"""Crews on the road: a link of one tap, answers by mail; no account, one problem, for a while."""
