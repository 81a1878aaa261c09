"""History from files: each record once, however often the file is taken in. Stop and go on."""
