"""The first rota: what is promised or given beforehand comes before anything is searched."""
