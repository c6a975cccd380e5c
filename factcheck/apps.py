from django.apps import AppConfig


class FactcheckConfig(AppConfig):
    name = "factcheck"
    label = "factcheck"

    def ready(self) -> None:
        # Makes it the current Celery application, so that shared tasks are sent through our broker.
        from factcheck import celery  # noqa: F401
