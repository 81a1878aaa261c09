"""Problems that many share: what is wrong now, one problem's page, what is done about it."""
