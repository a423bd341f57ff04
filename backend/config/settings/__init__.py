"""One settings module for each way of running: development (and trial), test, production."""
