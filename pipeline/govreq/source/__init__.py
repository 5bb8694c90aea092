"""Where bytes come from: files, folders, globs, standard input."""
