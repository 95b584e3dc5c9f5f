levy
