levy help quote
