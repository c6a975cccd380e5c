from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "factcheck.sample"
    label = "sample"
