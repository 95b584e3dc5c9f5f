levy help qoute
