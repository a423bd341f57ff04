"""The Django application: the co-operative's records, its rota and its HTTP interface."""
