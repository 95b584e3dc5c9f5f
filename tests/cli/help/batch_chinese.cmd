levy batch --help --lang zh | head -30
