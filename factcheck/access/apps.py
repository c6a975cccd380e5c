from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "factcheck.access"
    label = "access"
