from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClaimsConfig(AppConfig):
    name = "claims"

    def ready(self) -> None:
        from claims import citing, scales
        from sources.citing import register

        register(citing)
        post_migrate.connect(scales.load, sender=self, dispatch_uid="shipped scales")
