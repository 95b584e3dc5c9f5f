levy help --lang zh
