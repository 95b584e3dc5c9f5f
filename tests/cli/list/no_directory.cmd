levy list ../fixtures/no_such_directory/
