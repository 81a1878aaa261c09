"""The only place that knows every room: settings, urls, processes, command line."""
