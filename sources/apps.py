from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"

    def ready(self) -> None:
        from sources import fetching, picturing, watch

        # A slip in the list of private hosts must stop the start, not the first capture.
        fetching.policy()
        picturing.program()
        watch.intervals()
