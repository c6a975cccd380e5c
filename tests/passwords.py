from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """Hashes that cost nothing to make and that a real server, which knows the usual hasher, accepts too."""

    iterations = 1
