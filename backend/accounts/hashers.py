"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: about 60 ms here, against 560 for the default.

    At seven in the morning hundreds of people sign in within a minute; dearer settings would
    make check-in wait.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
